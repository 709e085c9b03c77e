"""Who a pronoun stands for: what fits it and its place come in, the nearest fitting actor goes out, or None in doubt.

Sentences are walked backwards. In each, whoever speaks comes first, then its subject. Two who fit equally are doubt.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from transforms.link.speakers.actor import Actor
from transforms.link.speakers.appositions import apposed_name
from transforms.link.speakers.called import actor_called, read_called, unnamed_actor
from transforms.link.speakers.cast import Cast
from transforms.link.speakers.story import NONE, Story
from transforms.link.speakers.subjects import are_joined, is_subject, names_in, phrase_of_subject

_MOST_SENTENCES = 15
_FAR = 2
"""Paragraphs before the last one in which somebody is looked for when nobody was named since."""
_MOST_NAMES = 12
_MOST_SPEAKERS = 8
"""Speakers of one sentence that are compared."""

Fits = Callable[[Actor], bool]
Span = tuple[int, int]
NOWHERE = (0, 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: whether an actor may be it as a speaker, and as a subject that has not spoken."""

    speaker: Fits
    subject: Fits


def nearest(cast: Cast, position: int, own: Span, wanted: Wanted, sentences: int = _MOST_SENTENCES) -> Actor | None:
    """The actor nearest before a position that is wanted.

    `own` is the stretch that the one sought is responsible for: nobody in it is meant. A person who is neither speaker
    nor subject is taken only when the paragraph has nobody else, and makes doubt in the sentence of the position.
    """
    story = cast.story
    others: list[Actor] = []
    is_rival = is_closer = False
    here = story.sentence_at(position)
    for number, is_far in _backwards(cast, position, sentences):
        if is_far and (others or _names_somebody(cast, own, wanted)):
            break
        end = min(position, story.sentences[number].end)
        spoken = cast.spoken.get(number, [])[-_MOST_SPEAKERS:]
        found = _unique(actor for at, actor in spoken if at < position and wanted.speaker(actor))
        found = found or _subjects(cast, number, end, own, wanted.subject, is_far=is_far)
        if is_far:
            found = [actor for actor in found if actor.kind == "person"]
        if found and is_closer and story.sentences[number].paragraph < story.sentences[here].paragraph:
            return others[0]
        if found:
            is_sure = len(found) == 1 and (not is_rival or others == found)
            if is_sure and found[0].kind == "person" and not (found[0].is_named or spoken):
                is_sure = _is_only(cast, found[0], position, wanted)
            return found[0] if is_sure else None
        if not others:
            others = _others(cast, number, end, own, wanted)
            is_rival = bool(others) and number == here
            is_closer = len(others) == 1 and not is_rival and _is_within(story, number, here)
            is_closer = is_closer and not _has_person(story, number)
    return others[0] if len(others) == 1 else None


def subject_of_lead(cast: Cast, position: int, own: Span, wanted: Wanted) -> Actor | None:
    """Who opens a story with words of their own: "Zeta will cut 300 jobs, it said". Nobody else was named so far."""
    story = cast.story
    number = story.sentence_at(position)
    is_lead = all(sentence.kind == "heading" for sentence in islice(story.sentences, number))
    if not is_lead or not story.sentences[number].start <= own[0] < own[1] <= position:
        return None
    found = _subjects(cast, number, own[1], NOWHERE, wanted.subject, is_far=False)
    return found[0] if len(found) == 1 else None


def _is_within(story: Story, number: int, here: int) -> bool:
    """Whether a sentence is in the paragraph of another."""
    return story.sentences[number].paragraph == story.sentences[here].paragraph


def _has_person(story: Story, number: int) -> bool:
    """Whether somebody is spoken of without a name before the first person that a sentence names."""
    tokens, words = story.tokens(number), story.words
    for low, name in zip(tokens.low, tokens.names, strict=True):
        if name != NONE and story.mentions[name].label == "PER":
            return False
        if name == NONE and (words.is_person(low) or (low in words.pronouns and words.pronouns[low].kind == "person")):
            return True
    return False


def _is_only(cast: Cast, actor: Actor, position: int, wanted: Wanted) -> bool:
    """Whether no other near speaker is wanted than a subject without a name: "The mayor smiled. It rained, he said"."""
    paragraph = cast.story.sentences[cast.story.sentence_at(position)].paragraph
    for number, is_far in _backwards(cast, position, _MOST_SENTENCES):
        if not is_far and cast.story.sentences[number].paragraph == paragraph:
            spoken = cast.spoken.get(number, [])[-_MOST_SPEAKERS:]
            if any(at < position and other is not actor and wanted.speaker(other) for at, other in spoken):
                return False
    return True


def _names_somebody(cast: Cast, own: Span, wanted: Wanted) -> bool:
    """Whether somebody who is wanted is named in the words themselves."""
    names = cast.story.names_between(*own)[:_MOST_NAMES]
    return any(cast.named[name].kind == "person" and wanted.subject(cast.named[name]) for name in names)


def _others(cast: Cast, number: int, end: int, own: Span, wanted: Wanted) -> list[Actor]:
    """The people of a sentence who may be meant; a name that the story does not tell apart needs a gender."""
    names = names_in(cast.story, number, end, own)
    people = (cast.named[name] for name in names if not _asks(cast.story, number, name))
    return _unique(
        actor
        for actor in people
        if actor.kind == "person" and (actor.entity_id or actor.gender) and wanted.subject(actor)
    )


def _asks(story: Story, number: int, name: int) -> bool:
    """Whether somebody asked whoever speaks: "Asked by Ana Ruiz whether …, he said"."""
    tokens = story.tokens(number)
    first = tokens.first_at(story.mentions[name].start)
    return first == 2 and tokens.low[1] in story.words.lists["by"] and tokens.low[0] in story.words.said.verbs


def _backwards(cast: Cast, position: int, most: int) -> Iterator[tuple[int, bool]]:
    """The sentences before, nearest first, and whether they are far: neither in this paragraph nor the one before.

    Paragraphs of quotation do not count.
    """
    story = cast.story
    last = story.sentence_at(position)
    lowest = story.sentences[last].paragraph - 1
    for number in range(last, max(-1, last - most), -1):
        sentence = story.sentences[number]
        if sentence.paragraph < lowest - _FAR:
            return
        yield number, sentence.paragraph < lowest
        # The marks themselves may stand outside.
        is_quoted = story.is_quoted(sentence.start + 1) and story.is_quoted(sentence.end - 3)
        if sentence.paragraph == lowest and is_quoted and not cast.spoken.get(number):
            lowest -= 1


def _subjects(cast: Cast, number: int, end: int, own: Span, fits: Fits, *, is_far: bool) -> list[Actor]:
    story = cast.story
    found: list[Actor] = []
    span = None if is_far else phrase_of_subject(story, number, end)
    if span is not None and not own[0] <= story.tokens(number).starts[span[0]] < own[1]:
        called = read_called(story, story.tokens(number), *span)
        if called is not None and not _is_named_behind(story, number, span[1], end):
            actor = actor_called(cast, called) or unnamed_actor(cast, story.tokens(number), *span, called)
            found = [actor] if fits(actor) else []
    names = [name for name in names_in(story, number, end, own) if fits(cast.named[name])]
    for place, name in enumerate(names):
        if is_subject(story, number, name):
            found.append(cast.named[name])
            found += [cast.named[other] for other in names[place + 1 : place + 2] if are_joined(story, name, other)]
            break
    return _unique(found)


def _is_named_behind(story: Story, number: int, behind: int, end: int) -> bool:
    """Whether who opens a sentence is named there between commas: "His lawyer, who was late, Ana Ruiz, left"."""
    tokens = story.tokens(number)
    for name in story.names_between(tokens.starts[behind - 1], end)[:_MOST_NAMES]:
        if story.mentions[name].label == "PER":
            first = tokens.first_at(story.mentions[name].start)
            last = tokens.first_at(story.mentions[name].end - 1) + 1
            return tokens.at(first - 1) == "," == tokens.at(last)
    return apposed_name(story, tokens, behind) != NONE


def _unique(actors: Iterable[Actor]) -> list[Actor]:
    return list({id(actor): actor for actor in actors}.values())
