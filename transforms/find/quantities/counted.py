"""What a number counts: the noun phrase behind it, as written.

In: tokens and the place after the number. Out: first and last token of the phrase. It works on words and endings alone;
with part-of-speech tags at hand only `is_plural` and `_ends` would have to ask them.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.times import is_time_word
from transforms.find.quantities.tokens import Tokens

LONGEST = 5
"""Words of the longest counted phrase: "combined digital and physical sales"."""
SCALES = frozenset({"scale", "short", "letter"})
LONGEST_NAME_NUMBER = 3
"""Digits of the number in a name of things: a 737, an F-16; four are a year or a number of their own."""


def is_plural(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a token looks like a noun that can be counted: a regular plural, or one of the list."""
    word = tokens.low[at]
    if tokens.kinds[at] != "w" or (len(word) < 3 and word not in words.lists["counted_as_is"]):
        return False
    if word in words.lists["counted_as_is"]:
        return True
    if word in words.lists["not_plural"] or word in words.lists["function_words"]:
        return False
    return word.endswith(words.plurals) and not word.endswith(words.not_plurals)


def plural_near(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a plural noun stands at a token or, behind one word, next to it."""
    return is_plural(tokens, at, words) or (tokens.kinds[at] == "w" and is_plural(tokens, at + 1, words))


def counted_after(
    tokens: Tokens, at: int, words: Lexicon, one: bool = False, part: bool = False
) -> tuple[int, int] | None:
    """The noun phrase that begins at a token: its first and last (exclusive) token.

    `one` takes a singular noun; of a `part` the determiner may follow at once ("half the condos").
    """
    at = _skip_partitive(tokens, at, words, part)
    if at < 0 or not tokens.same_line(at):
        return None
    end = at
    for place in range(at, at + 2 * LONGEST):
        if _ends(tokens, place, words, at) and not _numbered_name(tokens, place, at):
            break
        if tokens.kinds[place] == "w" and not _joins(tokens.low[place], words):
            end = place + 1
            if part and tokens.low[place] in words.lists["wholes"]:
                return at, end
            if one and not _continues(tokens, place + 1, words):
                return at, end
            if (
                not one
                and is_plural(tokens, place, words)
                and tokens.low[place + 1] != "-"
                and not _pair(tokens, place, words)
            ):
                return at, end
    return (at, end) if one and end > at else None


def attributive(tokens: Tokens, at: int, words: Lexicon, part: bool = False) -> tuple[int, int] | None:
    """The singular noun phrase behind a number: "11 member trade agreement"."""
    found = counted_after(tokens, at, words, one=True, part=part)
    if found is None or any(tokens.low[place].endswith(words.verb_endings) for place in range(*found)):
        return None
    if len(tokens.raw[found[1] - 1]) == 1:
        return None  # three U.S. and two U.K. firms
    if tokens.low[found[0]] in words.lists["comparatives"] or tokens.low[found[1] - 1].endswith(words.possessives):
        return None  # "40k cheaper than its rivals"
    return found


def _skip_partitive(tokens: Tokens, at: int, words: Lexicon, part: bool) -> int:
    """Where the noun begins: behind "of the", "of those", "more". -1 when there is only a pronoun."""
    low = tokens.low
    if low[at] == "-" and tokens.glued(at):
        at += 1
    if low[at] in words.lists["added_words"] and _plural_ahead(tokens, at + 1, words):
        return at + 1  # "2,500 more nurses"
    if part and low[at] in words.lists["determiners"]:
        if is_time_word(tokens, at, words) and is_time_word(tokens, at + 1, words):
            return -1  # shrank by a third this year
        at += 1
        at += low[at].endswith(words.possessives)  # "half the city's 900,000 people"
        return _skip_number(tokens, at, words)
    if low[at] in words.lists["of"]:
        at += 1
        if _points(tokens, at, words):
            at += 1
            at += low[at] in words.lists["be"]
            return at if is_plural(tokens, at, words) else -1
        while low[at] in words.lists["determiners"] or low[at].endswith(words.possessives):
            at += 1
        at += low[at] in words.lists["places_in_line"] or low[at] in words.lists["most"]
        if tokens.capital(at) and low[at + 1].endswith(words.possessives):
            at += 2
        at = _skip_number(tokens, at, words)
    return at


def _skip_number(tokens: Tokens, at: int, words: Lexicon) -> int:
    """The noun behind the number of a whole: "half of the 40 ships", "a third of the combined 4.3M sales"."""
    number = at + (tokens.low[at] in words.lists["whole_modifiers"])
    if tokens.low[number] not in words.numbers and tokens.kinds[number] != "n":
        return at
    noun = number + 1 + (words.numbers.get(tokens.low[number + 1], ("", 0.0))[0] in SCALES)
    return noun if _plural_ahead(tokens, noun, words) else at


def _plural_ahead(tokens: Tokens, first: int, words: Lexicon) -> bool:
    """Whether the noun phrase that begins at a token has a plural."""
    for place in range(first, first + LONGEST):
        if is_plural(tokens, place, words):
            return True
        if _ends(tokens, place, words, first) and tokens.low[place] not in words.lists["and"]:
            return False
    return False


def _points(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a token is a pronoun: "61 of them civilians", "two of those", but not "two of those ships"."""
    if tokens.low[at] not in words.lists["pointing"]:
        return False
    return tokens.low[at] not in words.lists["determiners"] or not plural_near(tokens, at + 1, words)


def _ends(tokens: Tokens, place: int, words: Lexicon, first: int) -> bool:
    """Whether the phrase stops before this token."""
    word, kind = tokens.low[place], tokens.kinds[place]
    if not tokens.same_line(place) or not kind:
        return True
    if kind == "s":
        if word == ".":
            return not _in_abbreviation(tokens, place, first)
        return not (
            word in {"-", "&"}
            and place > first
            and tokens.kinds[place + 1] == "w"
            and (tokens.glued(place) or word == "&")
        )
    if kind != "w":
        return True
    if len(word) > 2 and word in words.numbers and (place > first or tokens.low[place + 1] != "-"):
        return True
    if _joins(word, words) and not _hyphened(tokens, place):
        return place == first or not _joins_modifiers(tokens, place, words)
    if word == "us" and tokens.raw[place] == "US":
        return False
    return word in words.lists["function_words"] and not _hyphened(tokens, place)


def _in_abbreviation(tokens: Tokens, place: int, first: int) -> bool:
    """Whether a full stop belongs to "U.S.": another letter of it or a small word follows."""
    if place == first or len(tokens.raw[place - 1]) > 1 or not tokens.capital(place - 1) or not tokens.glued(place):
        return False
    letter = tokens.glued(place + 1) and len(tokens.raw[place + 1]) == 1 and tokens.capital(place + 1)
    after = tokens.raw[place + 1]
    return letter or (tokens.low[place - 2] == "." and (after.islower() or after == "-"))


def _hyphened(tokens: Tokens, place: int) -> bool:
    """Whether a small word is part of a longer one: stay-at-home mothers, out-of-town guests."""
    before = tokens.low[place - 1] == "-" and tokens.glued(place) and tokens.glued(place - 1)
    return before or (tokens.low[place + 1] == "-" and tokens.glued(place + 1) and tokens.glued(place + 2))


def _joins(word: str, words: Lexicon) -> bool:
    return word in words.lists["and"] or word in words.lists["or"]


def _joins_modifiers(tokens: Tokens, place: int, words: Lexicon) -> bool:
    """Whether "and" or "or" joins two modifiers of one noun: "digital and physical sales"."""
    if is_plural(tokens, place - 1, words) or tokens.low[place + 1] in words.lists["function_words"]:
        return False
    if tokens.kinds[place + 1] != "w" or is_plural(tokens, place + 1, words):
        return False
    names = tokens.capital(place - 1) and tokens.capital(place + 1) and tokens.capital(place + 2)
    plain = tokens.kinds[place + 2] == "w" and tokens.low[place + 2] not in words.lists["function_words"]
    return is_plural(tokens, place + 2, words) or ((names or plain) and is_plural(tokens, place + 3, words))


def _numbered_name(tokens: Tokens, place: int, first: int) -> bool:
    """Whether a token numbers a name that says which: "40 Boeing 737 aircraft", "12 F-16 jets", "COVID-19 tests"."""
    if tokens.low[place] == "-" and tokens.kinds[place + 1] == "n":
        return place > first and tokens.glued(place) and tokens.glued(place + 1) and tokens.capital(place - 1)
    if tokens.kinds[place] != "n" or place == first or len(tokens.raw[place]) > LONGEST_NAME_NUMBER:
        return False
    named = tokens.low[place - 1] == "-" or tokens.capital(place - 1)
    return named and tokens.same_line(place) and tokens.kinds[place + 1] == "w" and not tokens.glued(place + 1)


def _continues(tokens: Tokens, place: int, words: Lexicon) -> bool:
    if (tokens.low[place] == "-" and tokens.glued(place)) or _in_abbreviation(tokens, place, place - 1):
        return True
    if _numbered_name(tokens, place, place - 1):
        return True
    return tokens.kinds[place] == "w" and not _ends(tokens, place, words, place)


def _pair(tokens: Tokens, place: int, words: Lexicon) -> bool:
    """Whether the next word is the real head: "sports cars", "staff vacancies", "Las Vegas hotels"."""
    if not is_plural(tokens, place + 1, words) or not tokens.same_line(place + 1):
        return False
    named = tokens.capital(place) and (tokens.raw[place].isupper() or not tokens.capital(place + 1))
    word = tokens.low[place]
    modifies = word in words.lists["plural_modifiers"] or word in words.lists["mass_modifiers"]
    return modifies or named or word in words.lists["name_parts"]


def singular(phrase: list[str], words: Lexicon) -> str:
    """The phrase with its head in the singular: "rapid test" of "rapid tests"."""
    head = phrase[-1]
    for plural, ending in words.singulars:
        if (head.endswith(plural) and len(head) > len(plural) + 1) or head == plural:
            return " ".join((*phrase[:-1], head.removesuffix(plural) + ending))
    return " ".join(phrase)
