"""Two numbers that are the ends of one: "between 5 and 7 percent", "$2-4 million", "from $200 to $4 million".

In: the reading of the first number. Out: the range, when the second belongs to it; unit and scale are shared.
"""

from transforms.find.quantities.counted import plural_near
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.moves import behind_aside, same_noun
from transforms.find.quantities.range_ends import joined, plausible, same_measure
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.readings import read_number
from transforms.find.quantities.tokens import Tokens

NEAR = 2.5
"""How many times the first number the second is at most in a range of things that something rose by."""


def take_range(tokens: Tokens, first: Reading, words: Lexicon, country: str | None) -> Reading | None:
    """The range that begins with a number, None when it is a number by itself."""
    if first.value is None or first.amount.rule in {"one_in", "fold"}:
        return None
    opener = _opener(tokens, first, words)
    aside = behind_aside(tokens, first, words) if opener == "from" else 0
    joint, rule = _joint(tokens, aside or first.last, words, opener)
    if not joint or (rule == "range_to" and _is_level(tokens, first, words)):
        return None
    second = _second(tokens, joint, words, country)
    if second is not None and _same_letter(first, second):
        first.value, first.unit, first.unit_span, first.kind = first.amount.value, None, None, "cardinal"
    if aside and (second is None or not same_noun(tokens, first, second, words)):
        return None
    if second is not None and rule == "range_from_to" and second.unit is None:
        second = take_range(tokens, second, words, country) or second  # from 18.5 to 21-23 billion euros
        if second.high is not None:
            second.value = second.high
    if second is None or second.value is None or second.amount.rule == "one_in":
        return None
    if rule == "range_to" and first.unit is None and second.unit is None and _moved(tokens, first, second, words):
        return None  # the toll rose by 14 to 231
    if first.unit is None and second.prefixed and not opener:
        return None  # sixfold to $3.7 billion
    if not same_measure(first, second) or not plausible(tokens, first, second, rule):
        return None
    both = joined(first, second, rule, opener)
    if aside and first.unit is None and aside == first.last + 1:
        both.counted = (first.last, aside)
    return both


def _same_letter(first: Reading, second: Reading) -> bool:
    """Whether the letter read as a unit is the scale of both: between 1.2m and 1.5m homes."""
    letter = first.amount.letter
    return (
        bool(letter)
        and first.unit is not None
        and not first.prefixed
        and second.amount.letter == letter
        and (second.unit is None)
    )


def _is_level(tokens: Tokens, first: Reading, words: Lexicon) -> bool:
    """Whether "to" leads to a level: "rose $2 to $40", "in June to 4.1 million"; "rose 2 to 3 percent" is a range."""
    before = tokens.low[first.first - 1]
    if first.unit is None:
        raw = tokens.raw[first.amount.first]
        year = len(raw) == 4 and raw.isdigit() and "1000" <= raw <= "2199"
        return year and before in words.lists["in"] | words.lists["since"]
    change = words.changes
    return before in words.lists["by"] or before in change["verb"] or before in change["adverb"]


def _moved(tokens: Tokens, first: Reading, second: Reading, words: Lexicon) -> bool:
    """Whether something moved by the first number and stands at the second; "rose by 5 to 7 seats" is a range."""
    before = first.first - 1
    low, high = first.value or 0.0, second.value or 0.0
    if tokens.low[before] in words.lists["by"]:
        before -= 1
    change = words.changes
    if tokens.low[before] not in change["verb"] and tokens.low[before] not in change["adverb"]:
        return False
    return not (high <= NEAR * low and plural_near(tokens, second.last, words))


def _opener(tokens: Tokens, first: Reading, words: Lexicon) -> str:
    """The word that announces a range: between or from."""
    before = tokens.low[first.first - 1]
    if before in words.lists["between"] and not first.parenthesised:
        return "between"
    return "from" if before in words.lists["from"] else ""


def _joint(tokens: Tokens, at: int, words: Lexicon, opener: str) -> tuple[int, str]:
    """The place of the second number and the rule of the joint; 0 when there is none."""
    word = tokens.low[at]
    if not tokens.same_line(at):
        return 0, ""
    if opener == "between":
        return (at + 1, "range_between") if word in words.lists["and"] or word in words.lists["range_to"] else (0, "")
    hung = word == "-" and tokens.glued(at) and not tokens.glued(at + 1)
    if hung and (tokens.low[at + 1] in words.lists["range_to"] or tokens.low[at + 1] in words.lists["or"]):
        return at + 2, "range_to"  # an 8- to 10-mile walk
    if word in words.lists["range_dashes"] and len(tokens.raw[at]) <= 2 and _joins(tokens, at):
        spelled = tokens.low[at + 1] in words.lists["range_to"] and tokens.low[at + 2] in words.lists["range_dashes"]
        return (at + 3, "range_to") if spelled else (at + 1, "range_dash")  # 0-to-60-mph
    if word in words.lists["range_to"]:
        after = at + 1
        if tokens.low[after] == "-" and tokens.glued(after):
            after += 1  # 200,000 to-260,000
        return after, "range_from_to" if opener == "from" else "range_to"
    if word in words.lists["up"] and tokens.low[at + 1] in words.lists["range_to"] and opener == "from":
        return at + 2, "range_from_to"
    if word in words.lists["or"] and tokens.kinds[at + 1] in {"n", "w"}:
        return at + 1, "range_or"
    return 0, ""


def _joins(tokens: Tokens, at: int) -> bool:
    """Whether a dash may join two numbers: a long one with spaces parts two phrases ("a third — 31% — of them")."""
    return tokens.glued(at) or tokens.low[at] not in {"—", "--"}


def _second(tokens: Tokens, at: int, words: Lexicon, country: str | None) -> Reading | None:
    """The second number; its currency may stand before it, and an article."""
    for ahead in range(4):
        place = at + ahead
        if tokens.kinds[place] in {"n", "f"} or tokens.low[place] in words.numbers:
            reading = read_number(tokens, place, words, country)
            if reading is None or (reading.core > at + 1 and ahead > 1 and not reading.prefixed):
                return None
            return reading if reading.core <= at + (tokens.low[at] in words.lists["articles"]) else None
        if tokens.kinds[place] not in {"s", "c", "w"}:
            return None
    return None
