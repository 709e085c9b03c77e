"""Numbers that speak through the one before: a noun left out, a conversion in brackets, one more person.

In: two readings that stand beside each other. Out: what the one takes from the other.
"""

from collections.abc import Iterator

from transforms.find.quantities.ages import could_be_age
from transforms.find.quantities.amount import Amount
from transforms.find.quantities.counted import singular
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.times import is_time_word
from transforms.find.quantities.tokens import Tokens
from transforms.find.quantities.units import Unit

SENTENCE_ENDS = frozenset({".", "!", "?", ";"})
LONGEST_ELLIPSIS = 16
"""Tokens between people and the number that leaves them out at most."""
LONGEST_POINTS = 40
"""Tokens between the points of one index and the level of another at most."""
LONGEST_GAP = 8
"""Tokens between the numbers of one verb at most."""


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


def inherit(tokens: Tokens, reading: Reading, previous: Reading | None, words: Lexicon) -> None:
    """A conversion in brackets has the bound and direction of what it converts; ", or 0.6%" has the direction."""
    if previous is not None:
        _inherit(tokens, reading, previous, words)
        _inherit_points(tokens, reading, previous, words)
        reading.people, reading.points = previous.people, previous.points
    reading.people = _people(tokens, reading, words) or reading.people
    if reading.counted is not None and tokens.low[reading.counted[1] - 1] in words.lists["index_points"]:
        reading.points = reading.counted


def _people(tokens: Tokens, reading: Reading, words: Lexicon) -> tuple[int, int] | None:
    """The people a reading counts; those "of them" are counted already."""
    if reading.counted is None or tokens.low[reading.counted[1] - 1] not in words.lists["people"]:
        return None
    partitive = (
        tokens.low[reading.last] in words.lists["of"] and tokens.low[reading.last + 1] in words.lists["pointing"]
    )
    # "9 people, including 2 children, died and 50 were treated": 50 people
    among = tokens.low[reading.first - 1] in words.lists["including"]
    return None if partitive or among else reading.counted


def _inherit(tokens: Tokens, reading: Reading, previous: Reading, words: Lexicon) -> None:
    between = tokens.low[_end(previous) : reading.first]
    if (reading.parenthesised and between == ["("]) or (between == ["/"] and previous.parenthesised):
        if reading.comparator == "=" and reading.value is not None:
            reading.comparator = previous.comparator
        reading.change = previous.change
        reading.parenthesised = True
    elif (
        previous.change
        and reading.change is None
        and reading.rule != "range_from_to"
        and _same_direction(tokens, previous, reading, between, words)
    ):
        reading.change = previous.change
    if not between and previous.kind == "duration" and _is_letter(tokens, previous) and _is_letter(tokens, reading):
        reading.kind = "duration"  # 3h 20m
    if reading.unit is not None or reading.counted is not None or reading.kind != "cardinal":
        return
    if previous.rule == "age_aged" and between in words.between["same_age"] and could_be_age(reading):
        reading.kind, reading.unit, reading.rule = "age", previous.unit, "age_aged"
        return
    if tokens.low[reading.last] in words.lists["and"] and tokens.kinds[reading.last + 1] == "n":
        return  # "38 dead and 121 wounded, up from 29 and 97": which is which is not written
    if reading.rate:
        _inherit_rated(tokens, reading, previous, words)
        return
    same = previous.kind == "cardinal" and (
        between in words.between["same_noun"] or _compares(tokens, _end(previous), reading.first, words)
    )
    if same:
        reading.counted = previous.counted
    elif previous.people is not None and _leaves_out(tokens, previous.people[1], reading, words):
        reading.counted = previous.people


def _inherit_rated(tokens: Tokens, reading: Reading, previous: Reading, words: Lexicon) -> None:
    """14 thefts in May, compared with a usual 11 per month: thefts per month."""
    if previous.kind != "cardinal" or previous.counted is None:
        return
    between = tokens.low[_end(previous) : reading.first]
    if between in words.between["same_noun"] or _compares(tokens, _end(previous), reading.first, words):
        noun = tokens.low[previous.counted[0] : previous.counted[1]]
        reading.unit, reading.unit_span = Unit(singular(noun, words), "count"), previous.counted
        reading.counted = previous.counted


def _inherit_points(tokens: Tokens, reading: Reading, previous: Reading, words: Lexicon) -> None:
    """Fell 0.4% to 2,210 points, while the other gained 0.2% to 1,845: the second level is in points too."""
    points = previous.points
    if points is None or reading.counted is not None or not reading.bare or reading.kind != "cardinal":
        return
    if previous.kind != "percent" or tokens.low[previous.last : reading.first] not in words.between["to_level"]:
        return
    ends = tokens.kinds[reading.last] != "w" or tokens.low[reading.last] in words.lists["function_words"]
    if not ends or reading.first - points[1] > LONGEST_POINTS or reading.value is None:
        return
    if not any(tokens.low[at] in SENTENCE_ENDS for at in range(points[1], reading.first)):
        reading.counted = points


def _is_letter(tokens: Tokens, reading: Reading) -> bool:
    """Whether the unit is written as one letter."""
    return reading.unit_span is not None and len(tokens.raw[reading.unit_span[0]]) == 1


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
    before = reading.first - 1
    before -= tokens.low[before] in lists["added_before"]  # "and captured another 6"
    if tokens.kinds[reading.last] == "w" or tokens.low[before] not in lists["casualty_verbs"]:
        return False
    return _are_objects(tokens, since, words) and not any(
        tokens.low[at] in lists["who"] for at in range(since, reading.first)
    )


def _are_objects(tokens: Tokens, last: int, words: Lexicon) -> bool:
    """Whether the people before are those it was done to: "killing 12 people", not "two gunmen (killed four)"."""
    return any(tokens.low[at] in words.lists["casualty_verbs"] for at in range(last - 1, last - LONGEST_GAP, -1))


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
