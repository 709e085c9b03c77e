"""How else a body may be called: its name comes in, short forms and what its acronym may be go out."""

import re
from functools import cache

from transforms.link.folding import fold_name
from transforms.link.names.body_name import BodyName
from transforms.link.names.generic import generic_names
from transforms.link.names.words import branch_words, common_words, heads, national_words, sectors, small_words

_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){1,4}(?=\S)")
_LETTER = re.compile(r"[^\W\d_]")
_NOUNS = small_words() | heads().keys() | national_words() | national_words("portfolio")


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


def is_national(name: BodyName) -> bool:
    """Whether every country has, or may have, a body of that name."""
    if generic_names().get(name.words) == "national":
        return True
    if name.head is None or name.head.national == "no":
        return False
    words = [word for word in name.words if word not in small_words() and word not in heads()]
    plain = national_words() | (national_words("portfolio") if name.head.turns else frozenset())
    return name.head.national == "always" or name.is_head_alone or all(word in plain for word in words)


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


@cache
def _common() -> frozenset[str]:
    return frozenset(map(fold_name, common_words()))
