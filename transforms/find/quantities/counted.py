"""What a number counts: the noun phrase behind it, as written.

In: tokens and the place after the number. Out: first and last token of the phrase. It works on words and endings alone;
with part-of-speech tags at hand only `is_plural` and `_ends` would have to ask them.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.tokens import Tokens

LONGEST = 5
"""Words of the longest counted phrase: "combined digital and physical sales"."""


def is_plural(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a token looks like a noun that can be counted: a regular plural, or one of the list."""
    word = tokens.low[at]
    if tokens.kinds[at] != "w" or (len(word) < 3 and word not in words.lists["counted_as_is"]):
        return False
    if word in words.lists["counted_as_is"]:
        return True
    if word in words.lists["not_plural"] or word in words.lists["function_words"]:
        return False
    return word.endswith(words.plurals) and not word.endswith(words.not_plurals)


def plural_near(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a plural noun stands at a token or, behind one word, next to it."""
    return is_plural(tokens, at, words) or (tokens.kinds[at] == "w" and is_plural(tokens, at + 1, words))


def counted_after(
    tokens: Tokens, at: int, words: Lexicon, one: bool = False, part: bool = False
) -> tuple[int, int] | None:
    """The noun phrase that begins at a token: its first and last (exclusive) token.

    `one` takes a singular noun; of a `part` the determiner may follow at once ("half the condos").
    """
    at = _skip_partitive(tokens, at, words, part)
    if at < 0 or not tokens.same_line(at):
        return None
    end = at
    for place in range(at, at + 2 * LONGEST):
        if _ends(tokens, place, words, at):
            break
        if tokens.kinds[place] == "w" and tokens.low[place] not in words.lists["and"]:
            end = place + 1
            if part and tokens.low[place] in words.lists["wholes"]:
                return at, end
            if one and not _continues(tokens, place + 1, words):
                return at, end
            if (
                not one
                and is_plural(tokens, place, words)
                and tokens.low[place + 1] != "-"
                and not _pair(tokens, place, words)
            ):
                return at, end
    return (at, end) if one and end > at else None


def attributive(tokens: Tokens, at: int, words: Lexicon, part: bool = False) -> tuple[int, int] | None:
    """The singular noun phrase behind a number: "11 member trade agreement"."""
    found = counted_after(tokens, at, words, one=True, part=part)
    if found is None or any(tokens.low[place].endswith(words.verb_endings) for place in range(*found)):
        return None
    return found


def _skip_partitive(tokens: Tokens, at: int, words: Lexicon, part: bool) -> int:
    """Where the noun begins: behind "of the", "of those", "more". -1 when there is only a pronoun."""
    low = tokens.low
    if low[at] == "-" and tokens.glued(at):
        at += 1
    if part and low[at] in words.lists["determiners"]:
        return at + 1
    if low[at] in words.lists["of"]:
        at += 1
        if _points(tokens, at, words):
            at += 1
            at += low[at] in words.lists["be"]
            return at if is_plural(tokens, at, words) else -1
        while low[at] in words.lists["determiners"] or low[at].endswith(words.possessives):
            at += 1
        at += low[at] in words.lists["places_in_line"] or low[at] in words.lists["most"]
        if tokens.capital(at) and low[at + 1].endswith(words.possessives):
            at += 2
        if (low[at] in words.numbers or tokens.kinds[at] == "n") and is_plural(tokens, at + 1, words):
            at += 1
    return at


def _points(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a token is a pronoun: "61 of them civilians", "two of those", but not "two of those ships"."""
    if tokens.low[at] not in words.lists["pointing"]:
        return False
    return tokens.low[at] not in words.lists["determiners"] or not plural_near(tokens, at + 1, words)


def _ends(tokens: Tokens, place: int, words: Lexicon, first: int) -> bool:
    """Whether the phrase stops before this token."""
    word, kind = tokens.low[place], tokens.kinds[place]
    if not tokens.same_line(place) or not kind:
        return True
    if kind == "s":
        return not (
            word in {"-", "&"}
            and place > first
            and tokens.kinds[place + 1] == "w"
            and (tokens.glued(place) or word == "&")
        )
    if kind != "w":
        return True
    if word in words.lists["and"]:
        return place == first or not _joins_modifiers(tokens, place, words)
    if word == "us" and tokens.raw[place] == "US":
        return False
    return word in words.lists["function_words"]


def _joins_modifiers(tokens: Tokens, place: int, words: Lexicon) -> bool:
    """Whether "and" joins two modifiers of one noun: "digital and physical sales"."""
    if is_plural(tokens, place - 1, words) or tokens.low[place + 1] in words.lists["function_words"]:
        return False
    return (
        tokens.kinds[place + 1] == "w"
        and not is_plural(tokens, place + 1, words)
        and is_plural(tokens, place + 2, words)
    )


def _continues(tokens: Tokens, place: int, words: Lexicon) -> bool:
    if tokens.low[place] == "-" and tokens.glued(place):
        return True
    return tokens.kinds[place] == "w" and not _ends(tokens, place, words, place)


def _pair(tokens: Tokens, place: int, words: Lexicon) -> bool:
    """Whether the next word is the real head: "sports cars", "arms dealers"."""
    return tokens.low[place] in words.lists["plural_modifiers"] and is_plural(tokens, place + 1, words)


def singular(phrase: list[str], words: Lexicon) -> str:
    """The phrase with its head in the singular: "rapid test" of "rapid tests"."""
    head = phrase[-1]
    for plural, ending in words.singulars:
        if (head.endswith(plural) and len(head) > len(plural) + 1) or head == plural:
            return " ".join((*phrase[:-1], head.removesuffix(plural) + ending))
    return " ".join(phrase)
