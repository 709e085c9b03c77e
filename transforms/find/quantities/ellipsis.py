"""Numbers that speak through a neighbour: a shared unit or noun, a conversion in brackets, two bounds of a range.

In: two readings that stand beside each other. Out: what the one takes from the other.
"""

from collections.abc import Iterator

from transforms.find.quantities.amount import Amount
from transforms.find.quantities.change import is_time_word
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.readings import read_number
from transforms.find.quantities.tokens import Tokens

SENTENCE_ENDS = frozenset({".", "!", "?", ";"})
LONGEST_ELLIPSIS = 16
"""Tokens between people and the number that leaves them out at most."""
LONGEST_GAP = 8
"""Tokens between the numbers of one verb at most."""


def closes_interval(tokens: Tokens, first: Reading, second: Reading, words: Lexicon) -> bool:
    """Greater than 100 and smaller than 300: two bounds that are the ends of one range."""
    if (
        first.value is None
        or second.value is None
        or tokens.low[first.last : second.first] not in words.between["both_bounds"]
    ):
        return False
    if (
        (first.unit is not None and first.unit != second.unit)
        or first.counted
        or first.comparator[0] == second.comparator[0]
    ):
        return False
    low, high = (first, second) if first.comparator[0] == ">" else (second, first)
    return low.comparator in {">", ">="} and high.comparator in {"<", "<="} and (low.value or 0.0) < (high.value or 0.0)


def interval(first: Reading, second: Reading) -> Reading:
    """The range that two bounds make."""
    low, high = (first, second) if first.comparator[0] == ">" else (second, first)
    second.low, second.high, second.value, second.comparator = low.value, high.value, None, "="
    second.first = second.core = second.bound = first.first
    second.rule = "range_of_bounds"
    return second


def one_more(tokens: Tokens, reading: Reading, words: Lexicon) -> Iterator[Reading]:
    """Three soldiers and a civilian: the person an article counts beside a number of people."""
    end = _end(reading)
    if reading.kind != "cardinal" or reading.value is None or reading.counted is None:
        return
    if tokens.low[end] not in words.lists["and"] or tokens.low[end + 1] not in words.lists["articles"]:
        return
    if (
        tokens.low[reading.counted[1] - 1] not in words.lists["people"]
        or tokens.low[end + 2] not in words.lists["people_one"]
    ):
        return
    amount = Amount(end + 1, end + 2, 1.0, "article", plain=1.0)
    yield Reading(end + 1, end + 2, amount, 1.0, "article", core=end + 1, counted=(end + 2, end + 3))


def share_unit(tokens: Tokens, reading: Reading, words: Lexicon, country: str | None) -> None:
    """Eight or nine euros, 8 or $9: the unit is written once."""
    at = reading.last
    if not reading.bare or reading.amount.scaled or tokens.low[at] not in words.lists["or"]:
        return
    ahead = next(
        (
            place
            for place in (at + 1, at + 2, at + 3)
            if tokens.kinds[place] == "n" or tokens.low[place] in words.numbers
        ),
        0,
    )
    second = read_number(tokens, ahead, words, country) if ahead else None
    if (
        second is not None
        and second.unit is not None
        and second.core == at + 1
        and second.kind in {"money", "percent", "measure"}
    ):
        reading.unit, reading.kind, reading.rate = second.unit, second.kind, second.rate
        reading.unit_span = second.unit_span


def inherit(tokens: Tokens, reading: Reading, previous: Reading | None, words: Lexicon) -> None:
    """A conversion in brackets has the bound and direction of what it converts; ", or 0.6%" has the direction."""
    if previous is None:
        reading.people = _people(tokens, reading, words)
        return
    _inherit(tokens, reading, previous, words)
    reading.people = _people(tokens, reading, words) or previous.people


def _people(tokens: Tokens, reading: Reading, words: Lexicon) -> tuple[int, int] | None:
    """The people a reading counts; those "of them" are counted already."""
    if reading.counted is None or tokens.low[reading.counted[1] - 1] not in words.lists["people"]:
        return None
    partitive = (
        tokens.low[reading.last] in words.lists["of"] and tokens.low[reading.last + 1] in words.lists["pointing"]
    )
    return None if partitive else reading.counted


def _inherit(tokens: Tokens, reading: Reading, previous: Reading, words: Lexicon) -> None:
    between = tokens.low[_end(previous) : reading.first]
    if (reading.parenthesised and between == ["("]) or (between == ["/"] and previous.parenthesised):
        if reading.comparator == "=" and reading.value is not None:
            reading.comparator = previous.comparator
        reading.change = previous.change
        reading.parenthesised = True
    elif previous.change and reading.change is None and _same_direction(tokens, previous, reading, between, words):
        reading.change = previous.change
    if not reading.bare or reading.counted is not None or not reading.kind == previous.kind == "cardinal":
        return
    if between in words.between["same_noun"] or _compares(tokens, _end(previous), reading.first, words):
        reading.counted = previous.counted
    elif previous.people is not None and _leaves_out(tokens, previous.people[1], reading, words):
        reading.counted = previous.people


def _compares(tokens: Tokens, since: int, first: int, words: Lexicon) -> bool:
    """460 cars have been stolen this year, compared with 63: in one sentence, nothing else is counted between."""
    if not 0 < first - since <= LONGEST_ELLIPSIS or (tokens.kinds[first + 1] == "w" and tokens.glued(first + 1)):
        return False
    if any(tokens.low[at] in SENTENCE_ENDS or not tokens.same_line(at + 1) for at in range(since, first)):
        return False
    phrases = words.between["comparisons"]
    return any(len(phrase) > 1 and tokens.low[first - len(phrase) : first] == phrase for phrase in phrases)


def _leaves_out(tokens: Tokens, since: int, reading: Reading, words: Lexicon) -> bool:
    """12 people died and 40 were hurt; killing 12 people and wounding 40; 9 soldiers, two of whom survived."""
    if not 0 <= reading.first - since <= LONGEST_ELLIPSIS:
        return False
    if any(tokens.low[at] in SENTENCE_ENDS or not tokens.same_line(at + 1) for at in range(since, reading.first)):
        return False
    after, lists = tokens.low[reading.last], words.lists
    if after in lists["be"] or after in lists["have"] or after in lists["who"]:
        return True
    if after in lists["of"]:
        return tokens.low[reading.last + 1] in lists["pointing"]
    return tokens.kinds[reading.last] != "w" and tokens.low[reading.first - 1] in lists["casualty_verbs"]


def _same_direction(tokens: Tokens, previous: Reading, reading: Reading, between: list[str], words: Lexicon) -> bool:
    """190 points, or 0.6%; 3%, 4% and 5%; rose 3% in May and 4% in June; Dow fell 1%, the S&P 500 2%."""
    if between in words.between["same_change"]:
        return True
    if reading.unit != previous.unit or reading.unit is None or len(between) > LONGEST_GAP or not between:
        return False
    if not any(word in words.lists["list_joints"] for word in between) or between[-1] in words.lists["before_level"]:
        return False
    after = reading.last
    if tokens.kinds[after] == "w" and tokens.low[after] not in words.lists["function_words"]:
        return False
    return all(_in_gap(tokens, at, words) for at in range(_end(previous), reading.first))


def _in_gap(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a token may stand between the numbers of one verb: a name, a time, a comma, an "and"."""
    word = tokens.low[at]
    if word in words.lists["list_joints"] or is_time_word(tokens, at, words) or word in words.lists["determiners"]:
        return tokens.same_line(at)
    return tokens.same_line(at) and (tokens.capital(at) or word in {"&", "-"} or tokens.kinds[at] == "n")


def _end(reading: Reading) -> int:
    """The token after a reading and what it counts."""
    return max(reading.last, reading.counted[1]) if reading.counted else reading.last
