"""The word "one": whether it counts ("one of the victims") or only points ("one of them", "One resident said").

In: tokens and a reading. Out: which of the two it is.
"""

from transforms.find.quantities.counted import counted_after, is_plural
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens


def is_pronoun_one(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether "one" only points: "one of them", "the one that", "One resident said", "one day"."""
    first, low = reading.amount.first, tokens.low
    if (
        reading.amount.last != first + 1
        or low[first] not in words.lists["one"]
        or not reading.bare
        or reading.core < first
    ):
        return False
    after = low[first + 1]
    if is_one_of(tokens, first, words):
        return False
    if low[first - 1] in words.lists["one_never_before"] or after in words.lists["one_never_after"]:
        return True
    if after in words.lists["one_idioms"] and low[first - 1] in words.lists["before_one_idiom"]:
        return True  # "on one hand"
    if tokens.kinds[first + 1] != "w" or not tokens.same_line(first + 1) or after in words.lists["function_words"]:
        return True
    if after.endswith(words.verb_endings) or is_plural(tokens, first + 1, words):
        return True
    subject = tokens.opens_sentence(first) or tokens.capital(first)
    return subject or any(low[place] in words.lists["one_speech"] for place in range(first + 1, first + 5))


def is_one_of(tokens: Tokens, first: int, words: Lexicon) -> bool:
    """Whether "one" counts out of several: "one of the victims", "one of its best players", not "one of them"."""
    low = tokens.low
    if low[first - 1] in words.lists["one_never_before"] or low[first + 1] not in words.lists["of"]:
        return False
    owned = low[first + 2].endswith(words.possessives) or low[first + 3].endswith(words.possessives)
    if not (low[first + 2] in words.lists["determiners"] or owned) or not tokens.same_line(first + 2):
        return False
    if low[first + 3] in words.numbers or tokens.kinds[first + 3] == "n":
        return False  # "one of the two pilots": the row is the two
    found = counted_after(tokens, first + 1, words)
    return found is not None and low[found[1] - 1] not in words.lists["not_one_of"]
