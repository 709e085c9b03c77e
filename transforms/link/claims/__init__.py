"""Where claims happened and who made them: claims, linked names and statements in; claims with ids out.

`places.py` finds the place, `sources.py` the source; the words they ask for are data, one folder a language.
"""

from collections.abc import Sequence

from transforms.find.claims import Claim
from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence, find_sentences
from transforms.find.statements.statement import Statement
from transforms.link.claims.places import set_places
from transforms.link.claims.sources import set_sources
from transforms.link.claims.words import words_of

__all__ = ["link_claims"]


def link_claims(
    text: str,
    claims: Sequence[Claim],
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    language: str | None = "en",
    sentences: Sequence[Sentence] | None = None,
) -> list[Claim]:
    """The claims of one text in order, each with its place and source where the text tells them.

    Args:
        text: the article's text.
        claims: its claims, from `find_claims`.
        mentions: its names with their ids, from `link_places` and `link_names`.
        statements: its statements with resolved speakers, from `link_speakers`.
        language: ISO 639-1. In a language without rules only statements tell a source.
        sentences: its sentences, found when they are not given.
    """
    if not claims:
        return []
    words = words_of(language)
    sentences = find_sentences(text, (), language) if sentences is None else sentences
    sourced = set_sources(text, claims, mentions, statements, sentences, words)
    return set_places(text, sourced, mentions, statements, sentences, words)
