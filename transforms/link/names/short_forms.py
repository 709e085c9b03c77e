"""Short forms: "the Observatory" goes to the last body of the story that is called by that noun, if none competes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from transforms.find.mentions import Mention
from transforms.link.folding import fold_name
from transforms.link.names.body_name import body_name
from transforms.link.names.context import Context
from transforms.link.names.words import Head, heads, small_words, words_of_kind

SHORT_FORM = "short_form"
"""Rule of a noun that stands for a body named before."""

_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s|\n")
_SMALL = "|".join(sorted(small_words() - {"and", "in", "to"}))
_GOES_ON = re.compile(rf"(?:[\s-](?:[A-Z]|[a-z]+-[A-Z]))|\s(?:{_SMALL})\s|['’]s\s[A-Z]|[-\w]")


def link_short_forms(context: Context, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions in text order, with those nouns that stand for a body named before."""
    text = context.text
    alone = {(m.start, m.end): number for number, m in enumerate(mentions) if m.entity_id is None and _head_alone(m)}
    covered = bytearray(len(text))
    for mention in mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    linked, added = list(mentions), []
    named = _Named(context, mentions)
    for start, end, head in _nouns(text, alone):
        number = alone.get((start, end))
        if number is None and any(covered[start:end]):
            continue
        meant = named.last(start, head)
        if meant is None:
            continue
        mention = linked[number] if number is not None else Mention(start, end, text[start:end], head.label)
        mention = replace(
            mention,
            label=meant.label,
            entity_id=meant.entity_id,
            name=meant.name,
            country_code=meant.country_code,
            rule=SHORT_FORM,
        )
        if number is None:
            added.append(mention)
        else:
            linked[number] = mention
    return sorted([*linked, *added], key=lambda mention: (mention.start, mention.end, mention.label))


class _Named:
    """The bodies called by each noun, asked from left to right."""

    def __init__(self, context: Context, mentions: Sequence[Mention]) -> None:
        self._text = context.text
        self._waiting = [m for m in mentions if m.label in {"ORG", "LAW", "FAC"} and m.name and not _head_alone(m)]
        self._waiting.reverse()
        self._nouns: dict[str, frozenset[str]] = {}
        self._last: dict[str, list[Mention]] = {}
        self._context = context

    def last(self, start: int, head: Head) -> Mention | None:
        while self._waiting and self._waiting[-1].end <= start:
            self._see(self._waiting.pop())
        seen = self._last.get(_key(head.noun), [])
        if not seen or seen[-1].label != head.label:
            return None
        last = seen[-1]
        if len(seen) > 1 and not _SENTENCE_END.search(self._text, seen[-2].end, last.start):
            return None
        return last

    def _see(self, mention: Mention) -> None:
        key = mention.entity_id or mention.name or ""
        if key not in self._nouns:
            self._nouns[key] = self._nouns_of(mention)
        for noun in self._nouns[key] | self._own(mention):
            seen = self._last.setdefault(noun, [])
            # One entry for each body: the last two that differ say whether they compete.
            if seen and (seen[-1].entity_id, seen[-1].name) == (mention.entity_id, mention.name):
                seen.pop()
            seen.append(mention)
            del seen[:-2]

    def _nouns_of(self, mention: Mention) -> frozenset[str]:
        """What a body is called by: the nouns of its name, and those that the directory gives."""
        known = self._context.directory.by_id(mention.entity_id) if mention.entity_id else None
        short = {_key(word) for word in known.short} if known else set()
        return frozenset(short) | self._head(mention.name or "")

    def _own(self, mention: Mention) -> frozenset[str]:
        return self._head(mention.text)

    @staticmethod
    def _head(name: str) -> frozenset[str]:
        head = body_name(name).head
        return frozenset({_key(head.noun)}) if head else frozenset()


def _key(noun: str) -> str:
    """A noun, in whatever spelling."""
    return " ".join(body_name(noun).words)


def _head_alone(mention: Mention) -> bool:
    return " " not in mention.text and mention.label in {"ORG", "LAW", "FAC"} and fold_name(mention.text) in heads()


def _nouns(text: str, alone: dict[tuple[int, int], int]) -> Iterator[tuple[int, int, Head]]:
    """The nouns after "the" that no longer name goes on from, and the mentions that are such a noun."""
    found = {match.span(1) for match in _pattern().finditer(text) if not _GOES_ON.match(text, match.end())}
    for start, end in sorted(found | alone.keys()):
        head = heads().get(fold_name(text[start:end]))
        if head is not None:
            yield start, end, head


@cache
def _pattern() -> re.Pattern[str]:
    nouns = [head.noun for head in heads().values()] + [head.noun.lower() for head in heads().values() if head.small]
    articles = "|".join(sorted(words_of_kind("article")))
    return re.compile(
        rf"(?<!\w)(?i:{articles})\s({'|'.join(sorted(map(re.escape, nouns), key=len, reverse=True))})(?!\w)"
    )
