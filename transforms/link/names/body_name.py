"""A body's name taken apart: words of a text come in, what is compared goes out."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from transforms.link.folding import fold_name
from transforms.link.names.words import (
    Head,
    branch_words,
    common_words,
    company_forms,
    heads,
    national_words,
    same_words,
    sectors,
    small_words,
)

_FORM_WORDS = 3
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){1,4}(?=\S)")
_LETTER = re.compile(r"[^\W\d_]")
_SAME = tuple((re.compile(rf"\b{re.escape(word)}\b"), means) for word, means in same_words())

_NOUNS = small_words() | heads().keys() | national_words() | national_words("portfolio")


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
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    first = 1 if len(words) > 1 and (words[0],) in company_forms("first") else 0
    count = _without_form(words)
    is_company, words = first > 0 or count < len(words), words[first:count]
    head = _head(words)
    turned = heads().get(words[0]) if words else None
    if turned is not None and len(words) > 2 and words[1] == "of":
        head = turned
        if turned.turns:
            rest = [word for word in words[2:] if word != "the"]
            words = [*rest, words[0]]
    return BodyName(tuple(words), _without_written_form(text, is_company), head, is_company)


def initials(text: str) -> tuple[str, ...]:
    """The letters that an acronym of the name may have, with its small words and without.

    >>> initials("Bank of England")
    ('BE', 'BOE')
    """
    words = re.findall(r"[^\W_]+", text)
    small = small_words()
    short = "".join(word[0] for word in words if word.lower() not in small or word[0].isupper()).upper()
    return tuple(dict.fromkeys((short, "".join(word[0] for word in words).upper())))


def may_stand_for(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym come in the name in that order, the first at the beginning of its first words.

    >>> may_stand_for("HTS", "Hayat Tahrir al-Sham"), may_stand_for("UNICEF", "World Food Programme")
    (True, False)
    """
    letters = [letter for letter in acronym.upper() if _LETTER.match(letter)]
    plain = fold_name(name).upper()
    if len(letters) < 2 or plain[:1] != letters[0] or sum(word[0] in letters for word in plain.split()) < 2:
        return False
    at = 0
    for letter in letters:
        at = plain.find(letter, at) + 1
        if not at:
            return False
    return True


def short_names(name: BodyName) -> list[tuple[str, ...]]:
    """The forms that a story may use for a name once it was said in full: "Kia" for "Kia Motors".

    A company leaves out any last words, but not those of a branch ("Toyota Motor Credit" is not Toyota Motor); other
    bodies leave out their head noun only.
    """
    words = name.words
    whole = is_company(name)
    sizes = range(1, len(words)) if whole else range(len(words) - 1, len(words)) if name.head else range(0)
    short = [words[:size] for size in sizes if size and not branch_words().intersection(words[size:])]
    lead = len(fold_name(found[0]).split()) if (found := _INITIALS.match(name.written)) else 0
    if lead and whole:  # "Hutton" of "E. F. Hutton"
        short += [words[lead:size] for size in range(lead + 1, len(words) + 1)]
    return [form for form in short if can_call(form)]


def is_company(name: BodyName) -> bool:
    """Whether the name says that it is a company's: by its legal form, or as "Airlines" does."""
    return name.is_company or (len(name.words) > 1 and name.words[-1] in sectors())


def can_call(form: tuple[str, ...]) -> bool:
    """Whether a short form says enough to call one body: not "the bank", not "national"."""
    plain = [word for word in form if word not in _NOUNS]
    return len(plain) > 1 or any(len(word) > 1 and word not in _common() for word in plain)


@cache
def _common() -> frozenset[str]:
    return frozenset(map(fold_name, common_words()))


def is_national(name: BodyName) -> bool:
    """Whether every country has a body of that name."""
    if name.head is None or name.head.national == "no":
        return False
    words = [word for word in name.words if word not in small_words() and word not in heads()]
    plain = national_words() | (national_words("portfolio") if name.head.turns else frozenset())
    return name.head.national == "always" or name.is_head_alone or all(word in plain for word in words)


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
