"""A text as words and signs, with its sentences, quotations and names marked on them: what all readers walk over.

In: text, sentences, mentions. Out: `Marked`, parallel lists by token.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.find.mentions import Mention, outermost
from transforms.find.sentences import Sentence
from transforms.find.statements.quotes import Quote, find_quotes
from transforms.find.statements.words import Words
from transforms.find.tokens import Tokens, tokens_of

NONE = -1


@dataclass(frozen=True, slots=True)
class Marked:
    """Token `i` is `text[starts[i]:ends[i]]`; `low[i]` is that in small letters with straight apostrophes.

    `quote_of[i]` and `mention_of[i]` are places in `quotes` and `mentions`, or NONE. `quote_tokens[q]` is the first and
    last token (exclusive) of a quote, marks included; `sentence_tokens` are those of each sentence,
    `sentence_starts` its first characters.
    """

    text: str
    words: Words
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    quotes: Sequence[Quote]
    low: list[str]
    starts: list[int]
    ends: list[int]
    quote_of: list[int]
    mention_of: list[int]
    quote_tokens: list[tuple[int, int]]
    mention_tokens: list[tuple[int, int]]
    sentence_tokens: list[tuple[int, int]]
    sentence_starts: list[int]

    def is_word(self, index: int) -> bool:
        """Whether a token is a word or number rather than a sign."""
        return self.low[index][0].isalnum()

    def capital(self, index: int) -> bool:
        """Whether a token begins with a capital."""
        return self.text[self.starts[index]].isupper()

    def stands(self, words: Sequence[str], index: int) -> bool:
        """Whether words stand from a token on."""
        return tuple(self.low[index : index + len(words)]) == tuple(words)

    def label(self, index: int) -> str:
        """The label of the name a token belongs to, or nothing."""
        number = self.mention_of[index]
        return self.mentions[number].label if number != NONE else ""


def mark(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], words: Words) -> Marked:
    """The text with everything marked on its tokens, in one pass."""
    tokens = tokens_of(text)
    quotes = find_quotes(text, _paragraphs(sentences))
    names = outermost(mentions)
    quote_of, quote_tokens = _spread(tokens, [(quote.start, quote.end) for quote in quotes])
    mention_of, mention_tokens = _spread(tokens, [(name.start, name.end) for name in names])
    sentence_tokens = tokens.touched([(sentence.start, sentence.end) for sentence in sentences])
    return Marked(
        text, words, sentences, names, quotes, tokens.low, tokens.starts, tokens.ends,
        quote_of, mention_of, quote_tokens, mention_tokens, sentence_tokens, [span.start for span in sentences],
    )  # fmt: skip


def _paragraphs(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    last = None
    for sentence in sentences:
        if sentence.paragraph == last:
            found[-1] = (found[-1][0], sentence.end)
        else:
            found.append((sentence.start, sentence.end))
            last = sentence.paragraph
    return found


def _spread(tokens: Tokens, spans: Sequence[tuple[int, int]]) -> tuple[list[int], list[tuple[int, int]]]:
    """For each token the span it lies in, and for each span its tokens."""
    owner = [NONE] * len(tokens.low)
    touched = tokens.touched(spans)
    for number, (first, last) in enumerate(touched):
        owner[first:last] = [number] * (last - first)
    return owner, touched
