"""The noun phrase behind a count: the place after a number comes in; where the phrase ends and whom it counts go out.

The head is a noun for people (`people.yaml`), a people's name ("Palestinians"), or a noun for what befell them
("deaths"). Anything else that looks like a noun says that no people are counted.
"""

from dataclasses import dataclass

from transforms.find.claims.tokens import Tokens
from transforms.find.claims.words import Noun

LONGEST = 8
"""Tokens of the longest phrase: "suspected members of the banned separatist group"."""


@dataclass(slots=True)
class Phrase:
    """What a phrase says: see `group.Group` for the fields."""

    last: int
    who: str | None = None
    people: bool | None = None
    noun: Noun | None = None
    state: str = ""
    others: bool = False


def read_phrase(tokens: Tokens, at: int, one: bool, peoples: frozenset[int]) -> Phrase:
    """The phrase that begins at a token; `one` asks for a singular head. `peoples` are tokens of peoples' names."""
    begin = at
    others = False
    while tokens.at(at) in tokens.words["others"]:
        others, at = True, at + 1
    head, place = -1, at
    while place < min(len(tokens), at + LONGEST) and not _ends(tokens, place, at):
        if is_head(tokens, place, one, peoples) or tokens.low[place] in tokens.words.nouns:
            head = place
            if not _compound(tokens, place, one, peoples):
                break
        place += 1
    if head < 0:
        return _headless(tokens, begin, at, place, others)
    if head + 1 < len(tokens) and _another_noun(tokens, head, one):
        return Phrase(head + 2, people=False)
    return _headed(tokens, at, head, others, one, peoples)


def is_head(tokens: Tokens, place: int, one: bool, peoples: frozenset[int]) -> bool:
    """Whether a token is a noun for people in the right number."""
    word = tokens.low[place]
    last = word.rsplit("-", 1)[-1]
    if one:
        return tokens.words.plural_of(last) is not None or place in peoples
    if tokens.words.is_plural(last):
        return True
    return place in peoples or _demonym(tokens, place)


def _demonym(tokens: Tokens, place: int) -> bool:
    raw = tokens.raw[place]
    return (
        raw[:1].isupper()
        and raw.endswith(tokens.words.demonyms)
        and tokens.low[place] not in tokens.words["not_demonyms"]
        and not (
            tokens.is_word(place + 1) and tokens.at(place + 1) not in tokens.words["stops"] and raw.endswith("ese")
        )
    )


def _ends(tokens: Tokens, place: int, first: int) -> bool:
    """Whether a phrase stops before a token."""
    word = tokens.low[place]
    if word in tokens.words["stops"] or (word in tokens.words["be"]):
        return word != "us" or tokens.raw[place] != "US"
    if not tokens.raw[place][0].isalnum():
        return place == first or word not in "-&'\"“”‘’"
    return tokens.raw[place][0].isdigit() and "-" not in word and place > first


def _compound(tokens: Tokens, place: int, one: bool, peoples: frozenset[int]) -> bool:
    """Whether the head is still to come: "police officers", "construction workers", "Palestinian farmers"."""
    following = place + 1
    if following >= len(tokens) or _ends(tokens, following, place):
        return False
    return is_head(tokens, following, one, peoples) or (
        following + 1 < len(tokens)
        and following not in range(0)
        and not tokens.low[following].endswith("s")
        and tokens.low[following] not in tokens.words.verbs
        and tokens.low[following] not in tokens.words.nominal
        and not tokens.is_adverb(following)
        and not _ends(tokens, following + 1, place)
        and tokens.low[place] in tokens.words["people_modifiers"]
        and is_head(tokens, following + 1, one, peoples)
    )


def _another_noun(tokens: Tokens, head: int, one: bool) -> bool:
    """Whether the noun for people only describes another noun: "12 police cars", "a child seat"."""
    word = tokens.low[head + 1]
    if not tokens.is_word(head + 1) or word in tokens.words["stops"] or word in tokens.words.verbs:
        return word in tokens.words["possessives"]
    if word in tokens.words.states or word in tokens.words["links"] or tokens.is_adverb(head + 1):
        return False
    if tokens.low[head] in tokens.words["as_is_modifiers"]:
        return word.endswith("s")
    return one and word in tokens.words["things"]


def _headless(tokens: Tokens, begin: int, at: int, place: int, others: bool) -> Phrase:
    """Nothing counted is named: a count that stands alone, or one of things."""
    if others:
        return Phrase(at, tokens.words.texts["people"], True, others=True)
    word = tokens.at(begin)
    alone = place == begin or word in tokens.words.verbs or word in tokens.words.states or word in tokens.words["links"]
    return (
        Phrase(begin, None, None)
        if alone or tokens.is_adverb(begin)
        else Phrase(place, _named(tokens, at, place), False)
    )


def _headed(tokens: Tokens, at: int, head: int, others: bool, one: bool, peoples: frozenset[int]) -> Phrase:
    noun = tokens.words.nouns.get(tokens.low[head])
    if noun is not None and noun.counts:
        return Phrase(head + 1, tokens.words.texts["people"], None, noun)
    if noun is not None and not is_head(tokens, head, one, peoples):
        return Phrase(head + 1, None, False)
    last = _joined(tokens, head, peoples) if not one else head + 1
    state = next((tokens.words.nominal[w] for w in tokens.low[at:head] if w in tokens.words.nominal), "")
    if tokens.low[head] in tokens.words.nominal and not one:
        # "12 dead": the state is all there is; the state's own reader sees it.
        return Phrase(head, None, None)
    return Phrase(last, _who(tokens, at, head, last, one), True, state=state, others=others)


def _joined(tokens: Tokens, head: int, peoples: frozenset[int]) -> int:
    """Where "men, women and children" or "members of the security forces" ends."""
    at = head + 1
    if tokens.low[head] in tokens.words["of_what"] and tokens.at(at) in tokens.words["of"]:
        place = at + 1
        while place < min(len(tokens), at + 6) and (place <= at + 2 or not _ends(tokens, place, place)):
            if place > at + 1 and _ends(tokens, place, place):
                break
            place += 1
        return place
    while tokens.at(at) in tokens.words["and"] | {","} and at + 1 < len(tokens):
        if not is_head(tokens, at + 1, False, peoples):
            return head + 1
        joined = tokens.at(at) in tokens.words["and"]
        at += 2
        if joined:
            return at if not _goes_on(tokens, at) else head + 1
    return head + 1


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether a word behind a list begins something else: "nine children, police and hospital staff said"."""
    return tokens.is_word(at) and tokens.low[at] in tokens.words["say"]


def _who(tokens: Tokens, at: int, head: int, last: int, one: bool) -> str:
    """The people in the plural, without the words that do not say which."""
    words = tokens.words
    head_word = tokens.low[head]
    if head_word in words["just_people"]:
        kept = [tokens.raw[i] for i in range(at, head) if _says_which(tokens, i) and tokens.raw[i][:1].isupper()]
        return " ".join([*kept, words.texts["people"]])
    if one:
        *before, tail = tokens.low[head].split("-")
        head_word = "-".join([*before, words.plural_of(tail) or tail])
    if tokens.raw[head][:1].isupper() and not words.is_plural(head_word):
        head_word = tokens.raw[head] + ("s" if one and not tokens.raw[head].endswith(("s", "ese")) else "")
    before = [_kept(tokens, i) for i in range(at, head) if _says_which(tokens, i)]
    phrase = " ".join([*before, head_word])
    if last > head + 1:
        phrase += tokens.text[tokens.ends[head] : tokens.ends[last - 1]]
    return phrase


def _kept(tokens: Tokens, place: int) -> str:
    raw = tokens.raw[place]
    return raw.lower() if tokens.words.plural_of(raw.lower()) or (raw.isupper() and len(raw) > 5) else raw


def _says_which(tokens: Tokens, place: int) -> bool:
    word = tokens.low[place]
    return (
        tokens.is_word(place)
        and word not in tokens.words["dropped"]
        and word not in tokens.words.nominal
        and word not in tokens.words.verbs
        and not tokens.is_adverb(place)
    )


def _named(tokens: Tokens, at: int, last: int) -> str | None:
    """A phrase whose head is no known noun, as written: people only if something else says so."""
    return tokens.text[tokens.starts[at] : tokens.ends[last - 1]] if at < last else None
