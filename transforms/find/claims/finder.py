"""The road through a text: only sentences with a word that may open a frame are read closely.

In: the text with its sentences, quantities, dates and names. Out: `Claim` rows in text order.
"""

from collections.abc import Sequence
from datetime import date, datetime

from transforms.find.claims.antecedents import name_from_sentence, name_from_story
from transforms.find.claims.calendar_days import calendar_day
from transforms.find.claims.candidates import candidates_of
from transforms.find.claims.claim import Claim
from transforms.find.claims.context import drop_animals, is_silent, mark_doubt
from transforms.find.claims.day_before import with_days_before
from transforms.find.claims.days import Span, set_days
from transforms.find.claims.described import drop_described, read_described
from transforms.find.claims.gapped import read_gapped
from transforms.find.claims.groups import groups_of, may_count
from transforms.find.claims.inverted import read_inverted
from transforms.find.claims.leads import read_lead
from transforms.find.claims.nouns import read_counted_nouns, read_noun
from transforms.find.claims.parts import mark_parts
from transforms.find.claims.row import row_of
from transforms.find.claims.sentence import Found, Sentence
from transforms.find.claims.shared_days import part_events, share_days
from transforms.find.claims.states import read_labelled_noun, read_state
from transforms.find.claims.swallowed import may_hide_a_count
from transforms.find.claims.tokens import Tokens, tokens_of
from transforms.find.claims.told import days_told
from transforms.find.claims.tolls import read_toll, read_toll_noun
from transforms.find.claims.verbs import read_verb
from transforms.find.claims.whole import name_totals, tie_named, tie_parts
from transforms.find.claims.within import Rows
from transforms.find.claims.words import Words, words_of
from transforms.find.dates import DateExpression
from transforms.find.mentions import Mention
from transforms.find.quantities import Quantity
from transforms.find.sentences import Sentence as Stretch

PEOPLE, PLACES = "NORP", ("LOC", "FAC")


def find_claims(
    text: str,
    sentences: Sequence[Stretch],
    quantities: Sequence[Quantity],
    dates: Sequence[DateExpression],
    mentions: Sequence[Mention] = (),
    published: date | datetime | None = None,
    language: str | None = "en",
) -> list[Claim]:
    """The counts of people affected that a text reports, in order.

    Args:
        text: the article's text.
        sentences: its sentences, in order.
        quantities: its numbers, in order.
        dates: its time expressions, in order.
        mentions: its names; those of peoples ("Syrians") are people who can be counted.
        published: when it was published: the end of a count "since 2011".
        language: ISO 639-1. A language without rules has no claims.
    """
    words = words_of(language)
    if words is None:
        return []
    hiding = (expression for expression in dates if may_hide_a_count(expression, text))
    counted: list[Quantity | DateExpression] = [*filter(may_count, quantities), *hiding]
    candidates, disease, crowd = candidates_of(text, sentences, counted, words)
    if not candidates:
        return []
    today = calendar_day(published)
    dates = with_days_before(text, sentences, dates, words)
    names = sorted((m for m in mentions if m.label in (PEOPLE, *PLACES)), key=lambda mention: mention.start)
    story: list[Found] = []
    told: list[tuple[int, Span]] = []
    numbers, expressions, named = Rows(quantities), Rows(dates), Rows(names)
    for number in candidates:
        stretch = sentences[number]
        own = numbers.within(stretch), expressions.within(stretch), named.within(stretch)
        found = _read(text, stretch, *own, words, disease, today)
        for claim in found:
            claim.sentence = number
        story += found
    if any(found.days[0] is None for found in story):
        told = days_told(text, sentences, dates, sorted({f.sentence for f in story}), words, today)
    name_totals(story)
    tie_named(story)
    tie_parts(story)
    # "Five of them were minors" is a claim only when it is told what happened to them.
    story = [found for found in story if found.metric]
    name_from_story(story)
    part_events(story, today)
    share_days(story, told, crowd)
    return [row_of(text, found) for found in sorted(story, key=lambda f: (f.group.start, f.group.end, f.metric))]


def _mark_names(tokens: Tokens, mentions: Sequence[Mention]) -> None:
    """Tell the tokens which of them are names of peoples and of places."""
    people, places = set(), set[int]()
    for mention in mentions:
        first, last = tokens.first_at(mention.start), tokens.first_at(mention.end)
        if mention.label == PEOPLE:
            people.add(last - 1)
        else:
            places.update(range(first, last))
    tokens.peoples, tokens.places = frozenset(people), frozenset(places - people)


def _read(
    text: str,
    stretch: Stretch,
    quantities: Sequence[Quantity],
    dates: Sequence[DateExpression],
    mentions: Sequence[Mention],
    words: Words,
    disease: bool,
    today: date | None,
) -> list[Found]:
    tokens = tokens_of(text, stretch.start, stretch.end, words)
    _mark_names(tokens, mentions)
    groups = groups_of(tokens, quantities, dates)
    if all(group.people is False for group in groups):
        return []
    sentence = Sentence(tokens, groups, disease)
    _frames(sentence)
    mark_parts(sentence)
    if not sentence.found or is_silent(tokens):
        return []
    mark_doubt(sentence)
    name_from_sentence(sentence)
    drop_animals(sentence)
    set_days(sentence, dates, today)
    return sentence.found


def _frames(sentence: Sentence) -> None:
    tokens: Tokens = sentence.tokens
    words = tokens.words
    read_described(sentence)
    read_counted_nouns(sentence)
    for index, word in enumerate(tokens.low):
        if word not in words.openers:
            continue
        if word in words.verbs:
            read_verb(sentence, index)
        if word in words.states and not words.state_signs[word].isdisjoint(sentence.low):
            read_state(sentence, index)
        if word in words.nouns:
            read_noun(sentence, index)
            read_labelled_noun(sentence, index)
        if word in words.nominal or word in words.lists["nominal_victims"]:
            read_inverted(sentence, index, words.nominal.get(word, "killed"))
    for index, word in enumerate(tokens.low):
        if word not in words.late_openers:
            continue
        if word in words.tolls:
            read_toll(sentence, index)
        if word in words.lists["toll_nouns"]:
            read_toll_noun(sentence, index)
        if word in words.leads:
            read_lead(sentence, index)
    drop_described(sentence)
    read_gapped(sentence)
