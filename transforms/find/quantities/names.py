"""Names that hold a number: Boeing 737, Article 5, Group of Seven, 10 Downing Street.

In: a reading. Out: whether its number belongs to a name.
"""

from transforms.find.quantities.counted import counted_after, is_plural, plural_near
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens


def is_name(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether a bare number is part of a name: Boeing 737, Article 5, Group of Seven, 10 Downing Street."""
    amount = reading.amount
    if _is_title(tokens, reading, words) or _owns(tokens, amount.last, words):
        return True
    if reading.bare and amount.letter and tokens.raw[amount.last - 1].isupper():
        return _address(tokens, amount.first, amount.last, words) or _is_model(
            tokens, reading, words
        )  # 221B Baker Street
    if reading.bare and amount.scaled and tokens.kinds[amount.first] == "w" and amount.last == amount.first + 1:
        return _group_of(tokens, amount.first)  # Ms Million
    if not reading.bare or amount.scaled or amount.rule not in {"digits", "words"}:
        return False
    if _designation(tokens, amount.first, words) or _minute(tokens, amount.first, amount.last):
        return True
    if _goes_on_naming(tokens, amount.first, amount.last, words):
        return True
    if reading.first != amount.first:
        return tokens.low[reading.first - 1] in words.lists["name_before_always"] and reading.first == amount.first - 1
    return (
        _named_before(tokens, amount.first, amount.last, words)
        or _group_of(tokens, amount.first)
        or _address(tokens, amount.first, amount.last, words)
    )


def _is_title(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """40 Under 40: a bound with a capital between two numbers."""
    core, last = reading.amount.first, reading.amount.last
    behind = core - 1 if reading.first < core else last
    between = tokens.low[behind] in words.lists["loose_bounds"] and tokens.capital(behind)
    return between and tokens.kinds[behind - 1] == "n" == tokens.kinds[behind + 1]


def _owns(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """3M's: a word with a capital that is glued to the number and owns something."""
    return tokens.glued(at) and tokens.capital(at) and tokens.low[at].endswith(words.possessives)


def _is_model(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """3M, Block 1B: one digit and a capital letter that count nothing."""
    amount = reading.amount
    if len(tokens.raw[amount.first]) > 1 or reading.first != amount.first:
        return False
    return not plural_near(tokens, amount.last, words)


def _designation(tokens: Tokens, first: int, words: Lexicon) -> bool:
    """B-52, Su-35, top-five: a hyphen makes the number part of the word before it."""
    if tokens.low[first - 1] != "-" or not tokens.glued(first) or not tokens.glued(first - 1):
        return False
    word = tokens.low[first - 2]
    if tokens.kinds[first - 2] != "w" or word in words.lists["hyphen_before_number"]:
        return False
    return (tokens.capital(first - 2) and tokens.kinds[first] == "n") or word in words.lists["name_before"]


def _goes_on_naming(tokens: Tokens, first: int, last: int, words: Lexicon) -> bool:
    """The 6 of "Articles 5 and 6", the 11 of "SDGs 7 and 11": more numbers of what bears the first."""
    at = first
    while _joins_numbers(tokens.low[at - 1], words) and tokens.kinds[at - 2] == "n" and tokens.raw[at - 2].isdigit():
        at -= 2
    word = tokens.low[at - 1]
    counts = is_plural(tokens, last, words) or (
        tokens.kinds[last] == "w"
        and tokens.low[last] not in words.lists["function_words"]
        and is_plural(tokens, last + 1, words)
    )
    if at == first or tokens.kinds[first] != "n" or counts:
        return False
    letters = tokens.raw[at - 1].removesuffix("s")
    is_code = len(letters) > 1 and letters.isupper() and letters.isalpha()
    return is_code or word in words.lists["name_before"] or _named_before(tokens, at, at + 1, words)


def _joins_numbers(word: str, words: Lexicon) -> bool:
    return word == "," or word in words.lists["and"] or word in words.lists["or"]


def _minute(tokens: Tokens, first: int, last: int) -> bool:
    """The 90 and the 3 of "90+3": minutes of a match."""
    after = tokens.low[last] == "+" and tokens.glued(last) and tokens.glued(last + 1) and tokens.kinds[last + 1] == "n"
    before = tokens.low[first - 1] == "+" and tokens.glued(first) and tokens.glued(first - 1)
    return after or (before and tokens.kinds[first - 2] == "n")


def is_numbered(tokens: Tokens, joined: Reading, words: Lexicon) -> bool:
    """Whether two numbers with a dash number a thing: "case 22-451", "pages 22-45"."""
    before = joined.amount.first - 3
    if joined.rule != "range_dash" or not joined.bare or joined.first != before + 1:
        return False
    return tokens.low[before] in words.lists["name_before"] and not is_plural(tokens, joined.last, words)


def _named_before(tokens: Tokens, first: int, last: int, words: Lexicon) -> bool:
    low = tokens.low
    before = first - 1
    if not tokens.same_line(first):
        return False
    if low[before] == "." and low[before - 1] in words.lists["number_marks"]:
        return True
    if low[before] == "." and tokens.glued(before) and len(low[before - 1]) == 1 and tokens.capital(before - 1):
        return not plural_near(tokens, last, words)  # S.R. 472
    word = low[before]
    plural = plural_near(tokens, last, words) and low[last] not in words.lists["function_words"]
    if word in words.lists["name_before_always"]:
        return word not in words.lists["name_or_noun"] or not plural
    if word in words.lists["name_before"] and not plural:
        return True
    if tokens.kinds[before] != "w" or not tokens.capital(before):
        return word in {"&", "+"} and tokens.capital(before - 1) and tokens.kinds[first] == "n" and not plural
    if tokens.kinds[first] == "w":
        return tokens.capital(first) and not tokens.opens_sentence(before)
    if any(word in words.lists[name] for name in ("function_words", "months", "weekdays", "added_before")):
        return False
    if word.endswith(words.possessives) and words.thousands in tokens.raw[first]:
        return False  # Turner's 27,058; but Boeing's 737 MAX
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


def _address(tokens: Tokens, first: int, last: int, words: Lexicon) -> bool:
    """10 Downing Street, 787 Dreamliner, the 800 block of Fourth Street, 618 E. Main."""
    if tokens.low[last] in words.lists["block"] and tokens.low[last + 1] in words.lists["of"]:
        return True
    if tokens.raw[last].isupper() and tokens.low[last] in words.lists["directions"] and not tokens.glued(last):
        return tokens.low[last + 1] == "." or tokens.capital(last + 1) or tokens.kinds[last + 1] == "n"
    if tokens.kinds[last] != "w" or not tokens.capital(last) or not tokens.same_line(last) or tokens.glued(last):
        return False
    named = tokens.capital(last + 1) and tokens.kinds[last + 1] == "w" and tokens.same_line(last + 1)
    if named and counted_after(tokens, last, words) is None and not tokens.raw[last].isupper():
        return True  # "11 Pro Max"
    if tokens.kinds[first] == "w" and counted_after(tokens, last, words) is not None:
        return False  # eight Florida Highway Patrol troopers
    for ahead in range(3):
        if not tokens.capital(last + ahead):
            return False
        if tokens.low[last + ahead] in words.lists["street_after"]:
            return True
    return False
