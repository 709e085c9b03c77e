"""What looks like a quantity and is none: years, dates, clock times, telephone numbers, names that hold a number.

In: tokens and a place, or a reading. Out: the name of what it is, and the token after it; such numbers stay silent.
"""

from transforms.find.quantities.counted import counted_after, is_plural
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.readings import Reading
from transforms.find.quantities.tokens import Tokens

LONGEST_LIST = 24
"""Bare numbers in a row that are still a list in a sentence."""
DASHES = frozenset({"-", "–", "—", "−"})


def silent_digits(tokens: Tokens, at: int, words: Lexicon) -> tuple[str, int] | None:
    """What the digits at a token are when they are no number: its name and the token after it."""
    for rule in (_data, _identifier, _clock, _date, _telephone, _list_number, _decade):
        last = rule(tokens, at, words)
        if last:
            return rule.__name__.lstrip("_"), last
    return None


def _chain(tokens: Tokens, at: int, joints: frozenset[str]) -> int:
    """The token after digits joined without spaces: 12/05/2024, 192.168.1.2, 555-0199."""
    last = at + 1
    while (
        tokens.low[last] in joints and tokens.glued(last) and tokens.kinds[last + 1] == "n" and tokens.glued(last + 1)
    ):
        last += 2
    return last


def _data(tokens: Tokens, at: int, _words: Lexicon) -> int:
    """A long row of bare numbers is data, not a sentence about quantities."""
    last = at + 1
    numbers = 1
    while tokens.kinds[last] == "n" or (tokens.low[last] in {",", ";", "|", "/"} and tokens.kinds[last + 1] == "n"):
        numbers += tokens.kinds[last] == "n"
        last += 1
        if numbers == LONGEST_LIST:
            while tokens.kinds[last] == "n" or tokens.low[last] in {",", ";", "|", "/"}:
                last += 1
            return last
    return 0


def _identifier(tokens: Tokens, at: int, words: Lexicon) -> int:
    """Part of a word, an address or a code: TPP-11, 192.168.1.2, www.site24.com, @user5, 24/7."""
    before = tokens.low[at - 1]
    if len(tokens.raw[at]) > 25:
        return at + 1
    if (
        tokens.glued(at)
        and before in {"#", "@", "_", "\\", "^", "="}
        and not (before == "=" and tokens.low[at - 2] in {"<", ">", "y"})
    ):
        return at + 1
    if tokens.glued(at) and before in DASHES and tokens.kinds[at - 2] == "w" and tokens.glued(at - 1):
        word = tokens.low[at - 2]
        if word not in words.lists["hyphen_before_number"] and word not in words.numbers:
            return _chain(tokens, at, frozenset(DASHES | {".", "/"}))
    dots = _chain(tokens, at, frozenset({"."}))
    if dots > at + 1 or (tokens.glued(at) and before == "." and tokens.kinds[at - 2] == "w" and tokens.glued(at - 1)):
        return dots
    slash = tokens.low[at + 1] == "/" and tokens.glued(at + 1) and tokens.kinds[at + 2] == "n" and tokens.glued(at + 2)
    if slash:
        last = _chain(tokens, at, frozenset({"/"}))
        upper, lower = tokens.raw[at], tokens.raw[at + 2]
        proper = upper.isdigit() and lower.isdigit() and int(upper[:9]) < int(lower[:9]) and last == at + 3
        return 0 if proper and lower in {"2", "3", "4", "5", "6", "8", "10", "12", "16", "32", "64"} else last
    if tokens.low[at + 1] == "/" and tokens.low[at + 3] == "/":
        return at + 5
    after = tokens.raw[at + 1] if tokens.kinds[at + 1] == "w" and tokens.glued(at + 1) else ""
    return at + 2 if after in {"G", "D", "X"} or any(sign.isdigit() for sign in after[:-1]) else 0  # 5G, 3D, 4x4


def _clock(tokens: Tokens, at: int, words: Lexicon) -> int:
    """5:46, 10.45pm, 9 a.m., 0401 GMT."""
    low = tokens.low
    if low[at + 1] == ":" and tokens.glued(at + 1) and tokens.kinds[at + 2] == "n" and tokens.glued(at + 2):
        return _chain(tokens, at, frozenset({":"}))
    after = low[at + 1]
    if after in words.lists["clock_after"] and tokens.same_line(at + 1):
        zone = tokens.raw[at + 1].isupper() and after not in {"am", "pm"}
        if not zone or (len(tokens.raw[at]) == 4 and tokens.raw[at].isdigit()):
            return at + 2
    if after in {"a", "p"} and low[at + 2 : at + 4] == [".", "m"]:
        return at + 4
    return 0


def _month(tokens: Tokens, at: int, words: Lexicon) -> bool:
    word = tokens.low[at]
    return word in words.lists["months"] or (word in words.lists["months_if_capital"] and tokens.capital(at))


def _date(tokens: Tokens, at: int, words: Lexicon) -> int:
    """April 7, 9 May 2019, 2024-11-27, Sept. 3."""
    raw, low = tokens.raw[at], tokens.low
    if not raw.isdigit():
        return 0
    last = at + 1
    if low[last] in {"st", "nd", "rd", "th"} and tokens.glued(last):
        last += 1
    if (
        len(raw) == 4
        and low[at + 1] in DASHES
        and tokens.kinds[at + 2] == "n"
        and low[at + 3] in DASHES
        and tokens.glued(at + 2)
    ):
        return _chain(tokens, at, frozenset(DASHES))
    before = at - 1
    if low[before] == ".":
        before -= 1
    day = len(raw) <= 2 and int(raw) <= 31
    if day and _month(tokens, before, words) and tokens.same_line(at):
        while low[last] in DASHES and tokens.kinds[last + 1] == "n" and len(tokens.raw[last + 1]) <= 2:
            last += 2
        if low[last] == "," and _like_year(tokens.raw[last + 1]):
            return last + 2
        return last + 1 if _like_year(tokens.raw[last]) else last
    joined = last + (low[last] in words.lists["of"])
    if day and _month(tokens, joined, words) and tokens.same_line(joined):
        return joined + 2 if _like_year(tokens.raw[joined + 1]) else joined + 1
    if _like_year(raw) and _month(tokens, before, words):
        return last
    return last if low[before] in words.lists["weekdays"] and day and last > at + 1 else 0


def _like_year(raw: str) -> bool:
    return len(raw) == 4 and raw.isdigit() and 1000 <= int(raw) <= 2199


def _telephone(tokens: Tokens, at: int, words: Lexicon) -> int:
    """555-0199, +1-222-555-0199, call 911."""
    last = _chain(tokens, at, frozenset(DASHES | {"/", "."}))
    groups = [tokens.raw[place] for place in range(at, last, 2)]
    if len(groups) >= 3 and not (len(groups) == 3 and all(len(group) <= 2 for group in groups)):
        return last
    if len(groups) == 2 and len(groups[0]) == 3 and len(groups[1]) == 4 and "." not in groups[1]:
        return last
    if (
        tokens.low[at - 1] in words.lists["phone_before"]
        and tokens.raw[at].isdigit()
        and not is_plural(tokens, at + 1, words)
    ):
        while tokens.kinds[last] == "n" and tokens.same_line(last):
            last += 1
        return last
    if tokens.low[at - 1] == "+" and tokens.glued(at) and tokens.kinds[at + 1] == "n" and tokens.same_line(at + 1):
        while tokens.kinds[last] == "n" and tokens.same_line(last):
            last += 1
        return last
    return 0


def _list_number(tokens: Tokens, at: int, _words: Lexicon) -> int:
    """A number that only counts the lines of a list: "1. First", "(2)", "3)"."""
    opens = not tokens.kinds[at - 1] or not tokens.same_line(at)
    if opens and tokens.low[at + 1] in {".", ")"} and tokens.raw[at].isdigit() and len(tokens.raw[at]) < 3:
        return at + 2 if tokens.kinds[at + 2] == "w" and tokens.same_line(at + 2) else 0
    if tokens.low[at - 1] == "(" and tokens.low[at + 1] == ")" and len(tokens.raw[at]) < 3 and not tokens.glued(at - 1):
        return at + 2 if tokens.kinds[at + 2] == "w" else 0
    return 0


def _decade(tokens: Tokens, at: int, _words: Lexicon) -> int:
    """The 1990s, in his 40s, 1980's."""
    after = tokens.low[at + 1]
    if after == "s" and tokens.glued(at + 1) and tokens.raw[at].isdigit():
        return at + 2
    return at + 3 if after in {"'", "’"} and tokens.low[at + 2] == "s" and tokens.glued(at + 2) else 0


def is_year(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether a bare number of four digits is a year."""
    at = reading.amount.first
    raw = tokens.raw[at]
    if not reading.bare or not _like_year(raw) or reading.amount.last != at + 1:
        return False
    before, year = tokens.low[at - 1], int(raw)
    counts = tokens.low[at + 1] in words.lists["people"]
    if 1900 <= year <= 2099:
        strong = reading.comparator != "=" and before not in {"over", "under", "about", "around", "above", "below"}
        if counts and (strong or year % 100 == 0 or before not in words.lists["year_before"]):
            return False
        return not (strong and is_plural(tokens, at + 1, words) and before in {"than", "least", "to", "many"})
    if before == "." and tokens.low[at - 2] in {"d", "c"} and tokens.low[at - 4] in {"a", "b"}:
        return True  # A.D. 1000
    if tokens.low[at + 1] in {"bc", "ad", "bce", "ce"} or before in {"ad", "bc"}:
        return True
    if before in words.lists["of"] and tokens.low[at - 2] in words.lists["before_of_number"]:
        return False
    plural = _plural_near(tokens, at + 1, words)
    if plural or reading.comparator != "=":
        return before in {"in", "since"} and not plural
    return before in words.lists["year_before"] or tokens.capital(at - 1)


def _plural_near(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a plural noun stands at a token or, behind one word, next to it."""
    return is_plural(tokens, at, words) or (tokens.kinds[at] == "w" and is_plural(tokens, at + 1, words))


def is_name(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether a bare number is part of a name: Boeing 737, Article 5, Group of Seven, 10 Downing Street."""
    amount = reading.amount
    if not reading.bare or amount.scaled or amount.rule not in {"digits", "words"}:
        return False
    if reading.first != amount.first:
        return tokens.low[reading.first - 1] in words.lists["name_before_always"] and reading.first == amount.first - 1
    return (
        _named_before(tokens, amount.first, amount.last, words)
        or _group_of(tokens, amount.first)
        or _address(tokens, amount.last, words)
    )


def _named_before(tokens: Tokens, first: int, last: int, words: Lexicon) -> bool:
    low = tokens.low
    before = first - 1
    if not tokens.same_line(first):
        return False
    if low[before] == "." and low[before - 1] in {
        "no",
        "nos",
        "nr",
        "art",
        "sec",
        "ch",
        "vol",
        "fig",
        "pp",
        "p",
        "prop",
    }:
        return True
    word = low[before]
    plural = _plural_near(tokens, last, words) and low[last] not in words.lists["function_words"]
    if word in words.lists["name_before_always"]:
        return word not in {"no", "group", "game", "number", "level", "form"} or not plural
    if word in words.lists["name_before"] and not plural:
        return True
    if tokens.kinds[before] != "w" or not tokens.capital(before):
        return word in {"&", "+"} and tokens.capital(before - 1) and tokens.kinds[first] == "n" and not plural
    if tokens.kinds[first] == "w":
        return tokens.capital(first) and not tokens.opens_sentence(before)
    if word in words.lists["function_words"] or word in words.lists["months"] | words.lists["weekdays"]:
        return False
    if any(sign.isdigit() for sign in word):
        return True
    if tokens.opens_sentence(before) and plural:
        return False
    return not plural or (not tokens.opens_sentence(before) and tokens.raw[before].isupper() and len(word) < 3)


def _group_of(tokens: Tokens, first: int) -> bool:
    """Group of Seven, the Big Four: a number word with a capital inside a sentence."""
    if tokens.kinds[first] != "w" or not tokens.capital(first) or tokens.opens_sentence(first):
        return False
    return not tokens.raw[first].isupper()


def _address(tokens: Tokens, last: int, words: Lexicon) -> bool:
    """10 Downing Street, 787 Dreamliner."""
    if tokens.kinds[last] != "w" or not tokens.capital(last) or not tokens.same_line(last) or tokens.glued(last):
        return False
    named = tokens.capital(last + 1) and tokens.kinds[last + 1] == "w" and tokens.same_line(last + 1)
    if named and counted_after(tokens, last, words) is None and not tokens.raw[last].isupper():
        return True  # "11 Pro Max"
    for ahead in range(3):
        if not tokens.capital(last + ahead):
            return False
        if tokens.low[last + ahead] in words.lists["street_after"]:
            return True
    return False


def is_pronoun_one(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether "one" only points: "one of them", "the one that", "One resident said", "one day"."""
    first, low = reading.amount.first, tokens.low
    if reading.amount.last != first + 1 or low[first] != "one" or not reading.bare or reading.core < first:
        return False
    after = low[first + 1]
    if low[first - 1] in words.lists["one_never_before"] or after in words.lists["one_never_after"]:
        return True
    if tokens.kinds[first + 1] != "w" or not tokens.same_line(first + 1) or after in words.lists["function_words"]:
        return True
    if after.endswith(("ed", "ly")) or is_plural(tokens, first + 1, words):
        return True
    subject = tokens.opens_sentence(first) or tokens.capital(first)
    return subject or any(low[place] in words.lists["one_speech"] for place in range(first + 1, first + 5))
