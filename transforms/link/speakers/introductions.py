"""How a story introduces somebody: a name in its sentence comes in, what is said of its bearer goes out.

"fire chief Ana Ruiz", "the fire chief, Ana Ruiz,", "Ana Ruiz, the fire chief,", "Ana Ruiz of UNHCR".
"""

from collections.abc import Iterator

from transforms.link.names.words import titles
from transforms.link.speakers.phrases import Phrase, age_phrase, body_after, is_age, read_phrase
from transforms.link.speakers.story import NONE, Story, Tokens
from transforms.link.speakers.stretches import OWNS, end_after, start_before

_ENDS = frozenset(',.;:()—–!?"“”’»…')
_SHORT = 4
"""Tokens of an office between commas."""
_NO_OFFICES = ("form",)


def introductions_of(story: Story, number: int, *, speaks: bool) -> Iterator[Phrase]:
    """What is said around a name of who bears it; `speaks` when the name stands for a speaker there."""
    mention = story.mentions[number]
    tokens = story.tokens(story.sentence_at(mention.start))
    first, last = tokens.first_at(mention.start), tokens.first_at(mention.end - 1) + 1
    if not 0 <= first < len(tokens.low):
        return
    for at in range(first, min(last - 1, len(tokens.low))):
        if not story.words.is_person(tokens.low[at]):
            break
        yield Phrase(tokens.low[at], {tokens.low[at]})
    if not story.words.lists["of_police"].isdisjoint(tokens.low[max(0, first - _SHORT) : last - 1]):
        yield from (Phrase("", body_noun=noun) for noun in story.words.lists["police"])
    yield from _before(story, tokens, first, last)
    yield from _after(story, tokens, last, speaks=speaks)


def _before(story: Story, tokens: Tokens, first: int, last: int) -> Iterator[Phrase]:
    start = start_before(story, tokens, first, whole=False)
    if start < first:
        yield from _titles(tokens, start, first)
        yield from (Phrase(tokens.low[at]) for at in range(start, first) if is_age(tokens.low[at]))
        if (phrase := read_phrase(story, tokens, start, first)) is not None:
            yield phrase
        owner = tokens.names[first - 2] if tokens.at(first - 1) in OWNS and first > 1 else NONE
        if owner != NONE and story.mentions[owner].label == "ORG":
            yield Phrase("", owner=owner)
    if (
        start >= 3
        and tokens.at(start - 1) in story.words.lists["by"]
        and tokens.at(start - 2) in story.words.lists["led_by"]
    ):
        owner = tokens.names[start - 4 if tokens.at(start - 3) == "," and start > 3 else start - 3]
        if owner != NONE and story.mentions[owner].label == "ORG":
            yield Phrase("", owner=owner)
    if start and tokens.low[start - 1] == "," and _is_end(tokens, last):
        begin = start_before(story, tokens, start - 1, whole=True)
        phrase = read_phrase(story, tokens, *_from_noun(story, tokens, begin, start - 1))
        if phrase is not None:
            yield phrase


def _from_noun(story: Story, tokens: Tokens, begin: int, end: int) -> tuple[int, int]:
    """The stretch without what stands before its own phrase: "In Damascus the governor of Rostov"."""
    words = story.words
    for index in range(begin, end):
        if tokens.names[index] == NONE and (words.is_person(tokens.low[index]) or tokens.low[index] in words.offices):
            for start in range(index, begin - 1, -1):
                low = tokens.low[start]
                if tokens.names[start] == NONE and (low in words.lists["determiners"] or low in words.pronouns):
                    return start, end
                if low in words.lists["prepositions"] and tokens.names[start] == NONE:
                    return start + 1, end
            return begin, end
    return begin, begin


def _titles(tokens: Tokens, start: int, first: int) -> Iterator[Phrase]:
    """The office that a title means: "Gov. Ana Ruiz" is a governor."""
    low = [word for word in tokens.low[start:first] if word != "."]
    for size in (3, 2, 1):
        title = titles().get(" ".join(low[-size:])) if size <= len(low) else None
        if title is not None and title.kind not in _NO_OFFICES:
            yield Phrase(title.kind.rsplit(" ", 1)[-1], {*title.kind.split(), *low})
            return


def _after(story: Story, tokens: Tokens, last: int, *, speaks: bool) -> Iterator[Phrase]:
    words = story.words
    low = tokens.at(last)
    if low in words.lists["belongs"] or (speaks and low in words.lists["belongs_loosely"]):
        owner, noun = body_after(story, tokens, last + 1, len(tokens.low))
        yield Phrase("", owner=owner, body_noun=noun)
    if low == "(" and (name := tokens.name(last + 1)) != NONE and story.mentions[name].label == "ORG":
        is_alone = tokens.at(tokens.first_at(story.mentions[name].end)) == ")"
        yield Phrase("", owner=name if is_alone and not _is_initials(story, name, last - 1, tokens) else NONE)
    behind = _past_age(tokens, last)
    if behind > last:
        yield age_phrase(tokens.at(last + 1))
    last = behind
    low = tokens.at(last)
    if low in words.lists["is"] and (
        tokens.at(last + 1) in words.lists["articles"] or tokens.at(last + 1) in words.offices
    ):
        phrase = read_phrase(story, tokens, last + 1, end_after(story, tokens, last + 1))
        if phrase is not None:
            yield phrase
    if low != ",":
        return
    if tokens.at(last + 1) in words.lists["who"]:
        yield from _who(story, tokens, last + 2)
        return
    if speaks and (
        tokens.at(last + 1) in words.lists["belongs"] or tokens.at(last + 1) in words.lists["belongs_loosely"]
    ):
        owner, noun = body_after(story, tokens, last + 2, len(tokens.low))
        yield Phrase("", owner=owner if _is_no_town(story, owner) else NONE, body_noun=noun)
        return
    end = end_after(story, tokens, last + 1)
    is_end = _is_end(tokens, end) or tokens.at(end) in words.lists["who"]
    if end > last + 1 and is_end and (phrase := read_phrase(story, tokens, last + 1, end)) is not None:
        name = tokens.name(end + 1)
        if phrase.noun in words.offices and phrase.owner == NONE and tokens.at(end) == "," and name != NONE:
            # "Ana Ruiz, Director, Zeta, said so"
            is_body = story.mentions[name].label == "ORG" and end - last <= _SHORT
            phrase.owner = name if is_body and tokens.at(tokens.first_at(story.mentions[name].end)) == "," else NONE
        yield phrase


def _is_no_town(story: Story, name: int) -> bool:
    """Whether what looks like a body behind ", from" can be no town that the model did not know."""
    return name != NONE and (" " in story.mentions[name].text or story.mentions[name].text.isupper())


def _is_initials(story: Story, name: int, last: int, tokens: Tokens) -> bool:
    """Whether what stands in brackets are the initials of the person before: "Ana Maria Ruiz (AMR)"."""
    person = story.mentions[tokens.names[last]].text if tokens.names[last] != NONE else ""
    return story.mentions[name].text.lower() == "".join(word[0] for word in person.lower().split())


def _past_age(tokens: Tokens, last: int) -> int:
    """The token after "(43)" or ", 43"."""
    if tokens.at(last) == "(" and tokens.at(last + 1).isdigit() and tokens.at(last + 2) == ")":
        return last + 3
    return last + 2 if tokens.at(last) == "," and tokens.at(last + 1).isdigit() else last


def _who(story: Story, tokens: Tokens, verb: int) -> Iterator[Phrase]:
    words = story.words
    while tokens.at(verb) in words.lists["adverbs"] or tokens.at(verb) in words.lists["perfect"]:
        verb += 1
    if tokens.at(verb) in words.lists["is"]:
        phrase = read_phrase(story, tokens, verb + 1, end_after(story, tokens, verb + 1))
        if phrase is not None:
            yield phrase
        return
    leads = tokens.at(verb) in words.lists["leads"]
    begin = verb + 1 if leads else verb + 2
    if leads or (
        f"{tokens.at(verb)} {tokens.at(verb + 1)}" in words.lists["leads"]
        or (tokens.at(verb) in words.lists["serves"] and tokens.at(verb + 1) in words.lists["office_of"])
    ):
        owner, noun = body_after(story, tokens, begin, len(tokens.low))
        yield Phrase("", owner=owner, body_noun=noun)


def _is_end(tokens: Tokens, index: int) -> bool:
    return index >= len(tokens.low) or tokens.low[index][:1] in _ENDS
