"""Phrases around names: tokens of a sentence come in, what a phrase calls somebody goes out.

"the deputy head of the charity Zeta" has the core "the deputy head", its noun is "head", its owner Zeta.
"""

from dataclasses import dataclass, field

from transforms.link.speakers.story import NONE, Story, Tokens
from transforms.link.speakers.stretches import OWNS, stops

_LONGEST_COMPLEMENT = 9
"""Tokens between an office and its body: "head of the emergency department of Zeta"."""
_BODIES = ("ORG", "FAC")


@dataclass(slots=True)
class Phrase:
    """What a phrase says of somebody.

    `noun` is its head, `words` all its words. The owner is a name (`owner`, a place in `Story.mentions`), a pronoun
    (`its_at`, a position in the text), a noun for a body of the story (`body_noun`), or the
    company that the story is about (`is_of_company`). `is_over`: somebody was it once.
    """

    noun: str
    words: set[str] = field(default_factory=set)
    owner: int = NONE
    its_at: int = NONE
    body_noun: str = ""
    is_of_company: bool = False
    is_over: bool = False


_AGED = "-year-old"


def is_age(word: str) -> bool:
    """Whether a word tells an age: "61-year-old"."""
    return word.endswith(_AGED) and word.removesuffix(_AGED).isdigit()


def age_phrase(years: str) -> Phrase:
    """What ", 61," says of the person before it."""
    return Phrase(f"{years}{_AGED}")


def read_phrase(story: Story, tokens: Tokens, start: int, end: int) -> Phrase | None:
    """What the tokens of a description say, or None when they hold no noun for a person."""
    words = story.words
    core = start
    while core < end and (core == start or not _is_preposition(story, tokens, core)):
        core += 1
    place = next((index for index in range(core - 1, start - 1, -1) if _is_noun(story, tokens, index)), NONE)
    if place == NONE:
        return None
    first = next((at for at in range(place, start, -1) if tokens.low[at] in words.lists["determiners"]), start)
    said = {tokens.low[index] for index in range(first, end) if tokens.is_word(index)}
    noun = tokens.low[place].removeprefix("ex-")
    found = Phrase(
        noun,
        said - words.lists["determiners"],
        is_over=bool(said & words.lists["not_for"]) or noun != tokens.low[place],
    )
    if noun in words.offices:
        _read_owner(story, tokens, found, first, place, end)
        if noun in words.lists["speaks_for"] and found.words == {noun} and found.its_at == NONE and place + 1 == end:
            found.its_at = tokens.starts[place]
        if (
            found.owner == NONE
            and found.its_at == NONE
            and not found.body_noun
            and tokens.at(place + 1) in words.lists["office_of"]
            and place + 1 < end
        ):
            found.owner, found.body_noun = body_after(story, tokens, place + 2, end, is_whole=True)
    elif place + 1 < end and tokens.at(place + 1) in words.lists["works_at"] and noun not in words.lists["guests"]:
        owner, found.body_noun = body_after(story, tokens, place + 2, end, is_whole=True)
        found.owner = owner if owner != NONE and _is_whole_body(story, tokens, owner) else NONE
    return found


def body_after(story: Story, tokens: Tokens, start: int, end: int, *, is_whole: bool = False) -> tuple[int, str]:
    """The first name of a body in a stretch, or the noun of "the union"; `is_whole`: it is known to be one phrase."""
    words = story.words
    for index in range(start, min(end, start + _LONGEST_COMPLEMENT)):
        if stops(story, tokens, index) and not (is_whole and tokens.low[index] in words.lists["and"]):
            break
        if _is_owner(story, tokens.names[index]):
            return (NONE if _describes_person(story, tokens, index) else tokens.names[index]), ""
    defined = tokens.at(start) in words.lists["definite"] and tokens.at(start + 1) in words.bodies
    return NONE, tokens.low[start + 1] if defined and start + 1 < end else ""


def _describes_person(story: Story, tokens: Tokens, index: int) -> bool:
    """Whether a body's name stands before somebody's office: a lawyer of "Zeta director Ana Ruiz"."""
    after = index + 1
    while after < len(tokens.low) and after - index < _LONGEST_COMPLEMENT and tokens.low[after] not in OWNS:
        name = tokens.names[after]
        if name != NONE and name != tokens.names[index]:
            return story.mentions[name].label == "PER" and after > tokens.first_at(
                story.mentions[tokens.names[index]].end
            )
        if name == NONE and (stops(story, tokens, after) or tokens.low[after] in story.words.lists["prepositions"]):
            return False
        if name == NONE and story.words.is_person(tokens.low[after]):
            return True
        after += 1
    return False


def _read_owner(story: Story, tokens: Tokens, found: Phrase, first: int, place: int, end: int) -> None:
    """Whose an office is by the words before it: "the union's secretary", "UN officials", "its head"."""
    words = story.words
    for index in range(place - 1, first - 1, -1):
        if _is_owner(story, tokens.names[index]):
            # "Treasury Secretary" is an office of state, not one of the Treasury's
            if index + 1 < place or found.noun not in words.lists["of_state"]:
                found.owner = tokens.names[index]
            return
    opening = words.pronouns.get(tokens.low[first]) if tokens.names[first] == NONE else None
    if opening and opening.kind in ("body", "people"):
        found.its_at = tokens.starts[first]
        return
    for index in range(place - 1, first - 1, -1):
        owns = tokens.at(index + 1) in OWNS or index + 1 == place
        if owns and tokens.low[index] in words.bodies and tokens.names[index] == NONE:
            if all(tokens.low[at] in words.lists["determiners"] for at in range(first, index)):
                found.body_noun = tokens.low[index]
            return
    titles = (tokens.low[place], " ".join(tokens.low[max(first, place - 1) : place + 1]))
    if place + 1 == end and any(title in words.lists["of_company"] for title in titles):
        found.is_of_company = True


def _is_owner(story: Story, name: int) -> bool:
    return name != NONE and story.mentions[name].label in _BODIES


def _is_whole_body(story: Story, tokens: Tokens, name: int) -> bool:
    """Whether a name is a body's and no word goes on with it: at "Zeta market" nobody speaks for Zeta."""
    after = tokens.first_at(story.mentions[name].end - 1) + 1
    goes_on = tokens.is_word(after) and tokens.names[after] == NONE and not stops(story, tokens, after)
    is_part = goes_on and not _is_preposition(story, tokens, after) and not story.words.is_body(tokens.at(after))
    return story.mentions[name].label == "ORG" and not is_part


def _is_noun(story: Story, tokens: Tokens, index: int) -> bool:
    low = tokens.low[index].removeprefix("ex-")
    return tokens.names[index] == NONE and (story.words.is_person(low) or story.words.is_people(low))


def _is_preposition(story: Story, tokens: Tokens, index: int) -> bool:
    return tokens.names[index] == NONE and (tokens.low[index] in story.words.lists["prepositions"])
