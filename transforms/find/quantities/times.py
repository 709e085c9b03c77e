"""Words of a time inside a phrase: "in March", "last year", "in the first quarter of 2023".

In: a token. Out: whether it may belong to a time.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.tokens import Tokens


def is_time_word(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a token may be part of "in March", "last year", "on Friday", "in the first quarter of 2023"."""
    word, lists = tokens.low[at], words.lists
    if word in lists["time_words"] or word in lists["months"] or word in lists["weekdays"]:
        return True
    year = len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2099
    return year or (word in lists["months_if_capital"] and tokens.capital(at))
