"""The counts of a sentence: its tokens and the quantities in it come in, `Group` objects in text order go out.

Numbers come from the quantities; "a man", "both drivers" and "no one" are counts in words that are read here.
"""

from collections.abc import Sequence

from transforms.find.claims.counted import Numbers, read_counted
from transforms.find.claims.counts_in_words import counts_in_words
from transforms.find.claims.group import Group
from transforms.find.claims.phrase import is_head
from transforms.find.claims.swallowed import swallowed
from transforms.find.claims.tokens import Tokens
from transforms.find.dates import DateExpression
from transforms.find.quantities import Quantity

COUNTS = "cardinal"
ARTICLE = "article"
"""The rule for the "a" of "three soldiers and a civilian", which is read here with its noun."""


def may_count(quantity: Quantity) -> bool:
    """Whether a quantity is a plain number rather than money, a rank or an article."""
    return quantity.kind == COUNTS and quantity.rule != ARTICLE


def groups_of(tokens: Tokens, quantities: Sequence[Quantity], dates: Sequence[DateExpression] = ()) -> list[Group]:
    """All counts of the sentence that may be counts of people."""
    tokens.numbers = frozenset(tokens.first_at(q.start) for q in quantities)
    numbers = {tokens.first_at(q.start): (tokens.first_at(q.end), q.value) for q in quantities}
    found = [group for quantity in quantities if (group := _of_quantity(tokens, quantity, numbers)) is not None]
    taken = {place for group in found for place in range(group.core, group.last)}
    found += [group for group in counts_in_words(tokens, numbers) if group.core not in taken]
    found += [group for group in swallowed(tokens, dates, numbers) if group.core not in taken]
    found.sort(key=lambda group: (group.core, group.last))
    for number, group in enumerate(found[:-1]):
        # "three of the 12 miners": the first count reaches over the second.
        if found[number + 1].core < group.last:
            group.inner = number + 1
    return found


def _of_quantity(tokens: Tokens, quantity: Quantity, numbers: Numbers) -> Group | None:
    core = tokens.first_at(quantity.start)
    after = tokens.first_at(quantity.end)
    if not (may_count(quantity) and core < after <= len(tokens) and tokens.starts[core] == quantity.start):
        return None
    if tokens.ends[after - 1] != quantity.end or _is_exception(tokens, core):
        return None
    low, high = bounds(quantity)
    group = Group(core, core, after, quantity.start, quantity.end, low, high, quantity.comparator, quantity.rule)
    group.change, group.rate = quantity.change is not None, quantity.unit is not None
    read_counted(tokens, group, after, numbers)
    group.first = _determined(tokens, core)
    if _is_meant(tokens, group.first):
        return None
    return None if group.people is None and _is_age(tokens, core) else group


def _is_exception(tokens: Tokens, core: int) -> bool:
    """Whether those are counted whom nothing befell: "all but two died"."""
    return tokens.at(core - 1) in tokens.words.lists["but"] and tokens.at(core - 2) in tokens.words.lists["all_but"]


def _is_meant(tokens: Tokens, first: int) -> bool:
    """Whether there is only room or a plan for so many: "we prepared for 50 dead", "beds for 40 wounded"."""
    words = tokens.words
    return tokens.at(first - 1) in words.lists["for_word"] and tokens.at(first - 2) in words.lists["meant"]


def _is_age(tokens: Tokens, core: int) -> bool:
    """Whether a bare number is somebody's age: "a boy of six", "aged 12 and 14", "a third of them under five"."""
    words, before = tokens.words, tokens.at(core - 1)
    if any(tokens.at(place) in words.lists["aged"] for place in range(core - 3, core)):
        return True
    if before in words.lists["than"] and tokens.at(core - 2) in words.lists["age_comparatives"]:
        return True
    if tokens.at(core) in words.lists["age_bounds"]:
        people = before not in words.verbs and before not in words.nominal and is_head(tokens, max(0, core - 1), False)
        return before in words.lists["them"] or (core > 0 and people)
    boy = before in words.lists["of"] and core >= 2 and is_head(tokens, core - 2, True)
    return boy and tokens.low[core - 2] not in words.lists["body_of"]


def bounds(quantity: Quantity) -> tuple[float | None, float | None]:
    """A definite number is both bounds; else what the text gives."""
    if quantity.value is not None and quantity.comparator in ("=", "~"):
        return quantity.value, quantity.value
    return quantity.low, quantity.high


def _determined(tokens: Tokens, core: int) -> int:
    """Where the phrase begins with its determiners: "his two children", "another 12", "a family of five"."""
    first = core
    if tokens.at(core - 1) in tokens.words.lists["of"] and tokens.at(core - 2) in tokens.words.lists["body_of"]:
        first = core - 2
    while first > 0 and first > core - 6 and tokens.low[first - 1] in tokens.words.lists["determiners"]:
        first -= 1
    return first
