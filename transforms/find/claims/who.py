"""What people are called: the tokens of a phrase and its head come in, the noun in the plural goes out."""

from transforms.find.claims.tokens import Tokens

LONGEST_ACRONYM = 5
"""Letters of a word in capitals that keeps them: "UNHCR staff", but not "FAILED asylum seeker"."""


def who_of(tokens: Tokens, at: int, head: int, last: int, one: bool) -> str:
    """The people in the plural, without the words that do not say which."""
    words = tokens.words
    head_word = tokens.low[head]
    if head_word in words.lists["just_people"] or head_word.endswith(
        (words.texts["aged_ending"], words.texts["age_ending"])
    ):
        kept = [tokens.raw[i] for i in range(at, head) if _says_which(tokens, i) and tokens.raw[i][:1].isupper()]
        return " ".join([*kept, words.texts["people"]])
    if one:
        *before, tail = tokens.low[head].split("-")
        head_word = words.plural_of(head_word) or "-".join([*before, words.plural_of(tail) or tail])
    if words.is_named(head_word):
        head_word = head_word.capitalize()
    elif tokens.raw[head][:1].isupper() and not words.is_plural(head_word):
        ending = words.texts["plural_ending"]
        same = not one or tokens.raw[head].endswith((ending, words.texts["people_and_adjective"]))
        head_word = tokens.raw[head] + ("" if same else ending)
    before = [_kept(tokens, i) for i in range(at, head) if _says_which(tokens, i)]
    phrase = " ".join([*before, head_word])
    if last > head + 1:
        phrase += tokens.text[tokens.ends[head] : tokens.ends[last - 1]]
    return phrase


def _kept(tokens: Tokens, place: int) -> str:
    raw = tokens.raw[place]
    plural = tokens.words.plural_of(raw.lower())
    common = plural is not None and not tokens.words.is_named(plural)
    return raw.lower() if common or (raw.isupper() and len(raw) > LONGEST_ACRONYM) else raw


def _says_which(tokens: Tokens, place: int) -> bool:
    word = tokens.low[place]
    return (
        tokens.is_word(place)
        and place not in tokens.places
        and not word.endswith(tokens.words.texts["age_ending"])
        and word not in tokens.words.lists["dropped"]
        and word not in tokens.words.nominal
        and word not in tokens.words.verbs
        and not tokens.is_adverb(place)
    )
