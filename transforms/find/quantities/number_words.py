"""Numbers in words: "twenty-five", "two hundred and six thousand", "five and a half million", "two point five".

In: tokens and a place. Out: `Amount` or None.
"""

from dataclasses import dataclass

from transforms.find.quantities.amount import Amount, times
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.parts import and_a_part
from transforms.find.quantities.tokens import Tokens

SMALL = frozenset({"unit", "teen", "tens"})


@dataclass(slots=True)
class _Sum:
    """A number as its words come in: whole thousands and millions in `total`, what is below them in `current`."""

    total: float = 0.0
    current: float | None = None
    smallest: float = float("inf")
    scale: float = 1.0
    plain: float = 0.0

    def take(self, part: str, value: float) -> bool:
        """Add a word, unless it belongs to another number ("two three")."""
        if part in SMALL:
            return self._take_small(part, value)
        if part == "hundred":
            if self.current is not None and self.current >= 100:
                return False
            self.current = (1.0 if self.current is None else self.current) * value
            return True
        return (part == "scale" or (part == "scales" and self.current is not None)) and self._take_scale(value)

    def _take_small(self, part: str, value: float) -> bool:
        if self.current is None:
            self.current = value
            return True
        after_tens = part == "unit" and value and self.current % 100 >= 20 and self.current % 10 == 0
        if not after_tens and not (self.current >= 100 and self.current % 100 == 0):
            return False
        self.current += value
        return True

    def _take_scale(self, value: float) -> bool:
        if value >= self.smallest:
            if self.current is not None:
                return False
            self.total *= value  # two thousand million
        else:
            self.plain = self.plain or self.current or 1.0
            self.total += (1.0 if self.current is None else self.current) * value
        self.scale = max(self.scale, value)
        self.smallest, self.current = value, None
        return True

    @property
    def value(self) -> float:
        return self.total + (self.current or 0.0)


def word_number(tokens: Tokens, first: int, words: Lexicon, alone: bool) -> Amount | None:
    """The number whose words begin at a token; `alone` after "between", where "and" opens the second number."""
    if tokens.low[first - 1] == "-" and tokens.glued(first) and tokens.low[first - 2] in words.lists["open_prefixes"]:
        return None  # a multi-million dollar deal
    sum_, at, last = _Sum(), first, first
    while tokens.same_line(at) or at == first:
        part, value = words.numbers.get(tokens.low[at], ("", 0.0))
        if part in {"dozen", "dozens"} and sum_.current and not sum_.total:
            return Amount(first, at + 1, sum_.current * value, "words", plain=sum_.current, scale=value)
        if not sum_.take(part, value):
            more = None if alone or last == first else _part_inside(tokens, last, words, sum_)
            if more is None:
                break
            last = at = more
            continue
        last = at + 1
        at = _next_word(tokens, last, words, sum_, alone)
    if last == first:
        return None
    plain = sum_.value if sum_.scale == 1.0 else sum_.plain
    return _with_decimals(tokens, Amount(first, last, sum_.value, "words", plain=plain, scale=sum_.scale), words)


def _next_word(tokens: Tokens, at: int, words: Lexicon, sum_: _Sum, alone: bool) -> int:
    """Where the next word of the number may stand: behind a hyphen or an "and"."""
    if tokens.low[at] == "-" and tokens.kinds[at + 1] == "w":
        inside = words.numbers.get(tokens.low[at + 1], ("", 0.0))[0] in {"unit", "hundred", "scale", "dozen"}
        return at + 1 if inside else at
    if tokens.low[at] in words.lists["number_and"] and not alone and _goes_on(tokens, at + 1, words, sum_):
        return at + 1
    return at


def _goes_on(tokens: Tokens, at: int, words: Lexicon, sum_: _Sum) -> bool:
    """Whether "and" goes on with the number: after a hundred or a thousand, before a smaller number without scale."""
    part, value = words.numbers.get(tokens.low[at], ("", 0.0))
    after_hundred = sum_.current is not None and sum_.current >= 100
    if part not in SMALL or not value or not (after_hundred or (sum_.current is None and sum_.total >= 100)):
        return False
    ahead = at + 1
    while tokens.low[ahead] == "-" or words.numbers.get(tokens.low[ahead], ("", 0.0))[0] in SMALL:
        ahead += 1
    if words.denominators.get(tokens.low[ahead]) and tokens.low[ahead] in words.lists["plural_parts"]:
        return False  # six million and two thirds, two hundred and fifty-four hundredths
    return words.numbers.get(tokens.low[ahead], ("", 0.0))[0] != "hundred" or sum_.current is None


def _part_inside(tokens: Tokens, at: int, words: Lexicon, sum_: _Sum) -> int | None:
    """Five and a half (million); two million and three fifths: the token after the part, which is added."""
    part = and_a_part(tokens, at, words)
    if part is None:
        return None
    value, last = part
    if sum_.current is not None:
        sum_.current += value
        return last
    if tokens.low[last - 1] not in words.lists["plural_parts"] or tokens.low[last] in words.lists["of"]:
        return None
    scale = words.numbers.get(tokens.low[last], ("", 0.0))
    sum_.total += value * (scale[1] if scale[0] == "scale" else sum_.smallest)
    return last + (scale[0] == "scale")


def _with_decimals(tokens: Tokens, amount: Amount, words: Lexicon) -> Amount:
    """The number with the digits after "point" and the scale behind them: "two point five million"."""
    if tokens.low[amount.last] not in words.lists["point"] or amount.value is None:
        return amount
    digits, at = _decimals(tokens, amount.last + 1, words)
    if not digits:
        return amount
    value = amount.value + float(f"0.{digits}")
    part, factor = words.numbers.get(tokens.low[at], ("", 1.0))
    if part != "scale":
        return Amount(amount.first, at, value, "words", plain=value)
    return Amount(amount.first, at + 1, times(value, factor), "words", plain=value, scale=factor)


def _decimals(tokens: Tokens, at: int, words: Lexicon) -> tuple[str, int]:
    """The digits spoken after "point", and the token after them: "seven one", "seventy-one"."""
    part, value = words.numbers.get(tokens.low[at], ("", 0.0))
    if part == "tens":
        hyphen = tokens.low[at + 1] == "-"
        unit = words.numbers.get(tokens.low[at + 1 + hyphen], ("", 0.0))
        return (str(int(value + unit[1])), at + 2 + hyphen) if unit[0] == "unit" else (str(int(value)), at + 1)
    digits = ""
    while len(digits) < 6 and words.numbers.get(tokens.low[at], ("", 0.0))[0] == "unit":
        digits += str(int(words.numbers[tokens.low[at]][1]))
        at += 1
    return digits, at


def scale_of(words: Lexicon, word: str) -> float:
    """What a word multiplies by: a million, a hundred, a dozen; 0 for any other word."""
    part, factor = words.numbers.get(word, ("", 0.0))
    return factor if part in {"scale", "hundred", "dozen"} else 0.0
