"""Direction: whether a number is a rise or a fall, told by the verb, adverb or noun that governs it.

In: a reading and the tokens around it. Out: up, down or None. "Rose 3% to $40" is 3 percent up; 40 dollars is a level.
"""

from transforms.find.quantities.change_nouns import adverb_after, is_points, noun_after, noun_of
from transforms.find.quantities.change_verbs import verb_before_by, verb_before_object, verb_before_time
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens


def change_of(tokens: Tokens, reading: Reading, words: Lexicon) -> str | None:
    """The direction of a quantity, None when it is a level or nothing says so."""
    # "cut from $90m to $75m": two levels, of which neither is the amount of the cut
    if reading.kind in {"ordinal", "age", "score", "duration"} or reading.rule == "range_from_to":
        return None
    at = _before_number(tokens, reading, words)
    return (
        _governed(tokens, at, reading, words)
        or noun_of(tokens, at, reading, words)
        or noun_after(tokens, reading, words)
        or adverb_after(tokens, reading, words)
    )


def _before_number(tokens: Tokens, reading: Reading, words: Lexicon) -> int:
    """The token that may govern the number, words like "a further" skipped; padding when the line begins here."""
    at = reading.first - 1
    for _ in range(3):
        if tokens.low[at] not in words.lists["adverbs_before_number"] or not tokens.same_line(at + 1):
            break
        at -= 1
    return at if tokens.same_line(at + 1) else 0


def _governed(tokens: Tokens, at: int, reading: Reading, words: Lexicon) -> str | None:
    """Rose 3%; cut its forecast by 3%; was down 3%; grew in the first quarter 3%."""
    word = tokens.low[at]
    if word in words.lists["by"]:
        return verb_before_by(tokens, at - 1, reading, words)
    adverb = words.changes["adverb"].get(word)
    if adverb:
        return adverb if _is_adverb_of_change(tokens, at, reading, words) else None
    verb = words.changes["verb"].get(word)
    if verb and (_moves_over(tokens, reading, word, words) or _is_level_bound(tokens, reading, words)):
        return None
    if reading.kind == "percent" and _is_attribute(tokens, reading, words):
        return None
    if verb is None and reading.kind == "percent":
        return verb_before_time(tokens, at, words) or verb_before_object(tokens, at, reading, words)
    if reading.kind == "ratio" and reading.rule != "fold" and reading.unit is not None:
        return None  # has expanded three times
    return verb if verb and _counts_change(tokens, reading, word, words) else None


def _is_attribute(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether a percentage says which: "raised the 5% tax", "cut its 10% stake"."""
    before, after = tokens.low[reading.first - 1], tokens.low[reading.last]
    noun = tokens.kinds[reading.last] == "w" and after not in words.lists["function_words"]
    return noun and before in words.lists["determiners"]


def _is_adverb_of_change(tokens: Tokens, at: int, reading: Reading, words: Lexicon) -> bool:
    """Shares were down 3%; up a third; not "racked up $3 million", "whipping up five soups a day"."""
    before = tokens.low[at - 1]
    if reading.kind == "percent" or is_points(tokens, reading, words):
        return before not in words.lists["phrasal_verbs"]
    if reading.kind == "cardinal" or (reading.kind == "ratio" and reading.rule == "one_in"):
        return False
    acts = before.endswith(words.verb_endings) and before not in words.lists["closing_verbs"]
    return not acts and before not in words.lists["phrasal_verbs"]


def _moves_over(tokens: Tokens, reading: Reading, verb: str, words: Lexicon) -> bool:
    """Whether the number is a way or things on it: "she jumped 6.98 metres", "he jumped two walls"."""
    if verb not in words.lists["moving_verbs"] or reading.rate:
        return False
    if reading.kind == "measure" and reading.unit is not None:
        return reading.unit.si_unit == "m"
    if reading.kind != "cardinal" or reading.counted is None or is_points(tokens, reading, words):
        return False
    return tokens.low[reading.counted[1] - 1] not in words.lists["places_of_rank"]


def _is_level_bound(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether the bound makes the number a level: "climbed above 8,000", "fell well below 3%"."""
    return reading.bound >= 0 and any(
        tokens.low[at] in words.lists["level_bounds"] for at in range(reading.bound, reading.core)
    )


def _counts_change(tokens: Tokens, reading: Reading, verb: str, words: Lexicon) -> bool:
    """Whether a verb without "by" says how much: "rose 3%", but "lost 12 soldiers" and "added 3 rooms" only count."""
    if is_points(tokens, reading, words) and verb in words.lists["adding"]:
        return _moved_points(tokens, reading, words)
    if reading.kind in {"percent", "ratio"} or is_points(tokens, reading, words):
        return True
    if verb in words.lists["transitive_changes"]:
        minor = reading.kind == "money" and reading.unit is not None and reading.unit.part == "minor"
        return minor or _in_percent_too(tokens, reading, words) or _leads_to_price(tokens, reading, words)
    return True


def _moved_points(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether points were added to an index, not by a player: "added 20.7 points", "added 20 points, or 1%"."""
    if reading.counted is None or reading.value is None or reading.value != int(reading.value):
        return True
    at = reading.counted[1] + (tokens.low[reading.counted[1]] == ",")
    return tokens.low[at] in words.lists["or"] or tokens.low[at] in words.lists["range_to"]


def _in_percent_too(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether the same is said in percent: "added $1.20, or 1.5%"; then it is a price that moved."""
    at = reading.last
    at += tokens.low[at] == ","
    if tokens.low[at] not in words.lists["or"] and tokens.low[at] != "(":
        return False
    found = words.units.at(tokens, at + 2)
    return tokens.kinds[at + 1] == "n" and found is not None and found[0].unit.kind == "percent"


def _leads_to_price(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether the new price follows: "gold gained $12.30 to $1,934.10"."""
    at = reading.last
    if reading.kind != "money" or tokens.low[at] not in words.lists["range_to"] or tokens.kinds[at + 2] != "n":
        return False
    return words.currencies_before.at(tokens, at + 1) is not None
