"""A body's name taken apart: words of a text come in, what is compared goes out."""

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.link.folding import fold_name
from transforms.link.names.words import (
    Head,
    company_forms,
    heads,
    same_words,
    small_words,
    words_of_kind,
)

_FORM_WORDS = 3
_SAME = tuple((re.compile(rf"\b{re.escape(word)}\b"), means) for word, means in same_words())


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name as it is compared: `words` are folded, without article and company form; "Ministry of Health" is turned.

    `head` is the noun that the body is called by, `is_company` whether a legal form stood there.
    """

    words: tuple[str, ...]
    written: str
    head: Head | None = None
    is_company: bool = False

    @property
    def is_head_alone(self) -> bool:
        """Whether the name is a mere noun: "the Court"."""
        return self.head is not None and len(self.words) == 1


@lru_cache(maxsize=16384)
def body_name(text: str) -> BodyName:
    """Takes a name apart.

    >>> body_name("Ministry of Health").words, body_name("Kia Motors Corp").words
    (('health', 'ministry'), ('kia', 'motors'))
    """
    folded = fold_name(text)
    for pattern, means in _SAME:
        folded = pattern.sub(means, folded)
    words = folded.split()
    if len(words) > 1 and words[0] in words_of_kind("article"):
        words = words[1:]
    first = 1 if len(words) > 1 and (words[0],) in company_forms("first") else 0
    count = _without_form(words)
    is_company, words = first > 0 or count < len(words), words[first:count]
    head = _head(words)
    turned = heads().get(words[0]) if words else None
    if turned is not None and len(words) > 2 and words[1] in words_of_kind("genitive"):
        head = turned
        if turned.turns:
            rest = [word for word in words[2:] if word not in words_of_kind("article")]
            words = [*rest, words[0]]
    return BodyName(tuple(words), _without_written_form(text, is_company), head, is_company)


def _head(words: list[str]) -> Head | None:
    """The noun that a body is called by: the last word, or the last before "for" or "of"."""
    small = next((at for at, word in enumerate(words) if at and word in small_words()), len(words))
    return heads().get(words[small - 1]) or heads().get(words[-1]) if words else None


def _without_form(words: list[str]) -> int:
    """How many words are left without the legal forms at the end."""
    count = len(words)
    while count > 1:
        for size in range(min(_FORM_WORDS, count - 1), 0, -1):
            if tuple(words[count - size : count]) in company_forms():
                count -= size
                break
        else:
            break
    return count


def _without_written_form(text: str, is_company: bool) -> str:
    """The name as written, without its legal form."""
    if not is_company:
        return text
    pieces = text.split()
    if len(pieces) > 1 and (fold_name(pieces[0]),) in company_forms("first"):
        pieces = pieces[1:]
    while len(pieces) > 1 and any(
        tuple(fold_name(" ".join(pieces[-size:])).split()) in company_forms()
        for size in range(1, min(_FORM_WORDS, len(pieces) - 1) + 1)
    ):
        pieces.pop()
    return " ".join(pieces).rstrip(" ,&")
