"""Claims of tolls: "the death toll rose to 60", "bringing the number of injured to 80".

In: a sentence. Out: claims of a running total added to it.
"""

from transforms.find.claims.chain import doubts
from transforms.find.claims.completion import is_completed
from transforms.find.claims.group import Group
from transforms.find.claims.pattern import follows
from transforms.find.claims.phrase import read_phrase
from transforms.find.claims.sentence import Found, Sentence

LONGEST_PATH = 24
TOTAL, SAME, TOLD = "total", "same", "told"
TOLL, ILL, AT_MOST, ABOVE = "toll", "infected", "<=", (">", ">=")


def read_toll(sentence: Sentence, index: int) -> None:
    """Add the claim of the toll that is named at a token."""
    tokens = sentence.tokens
    for phrase, metric in tokens.words.tolls[tokens.low[index]]:
        if tuple(tokens.low[index : index + len(phrase)]) != phrase:
            continue
        group = _ahead(sentence, index + len(phrase)) or _before(sentence, index)
        if metric == TOLD:
            metric = _named(sentence, index + len(phrase), group)
        open_end = metric == SAME and group is not None and _grows(sentence, index, group)
        told = sentence.claim_of(group) if metric == SAME and group is not None else None
        metric = told.metric if told is not None else _same(sentence, index) if metric == SAME else metric
        if group is not None:
            _gone_up(sentence, group)
            _bound(sentence, group)
        fresh = group is not None and group.human and sentence.claim_of(group) is None
        if open_end and not metric and group is not None and fresh:
            sentence.found.append(Found(group, "", TOLL, index, tally=TOTAL))
        if group is not None and metric and not any(f.group is group and f.rule == TOLL for f in sentence.found):
            doubt = any(doubts(tokens, p, "chain") for p in range(index + len(phrase), max(index, group.first)))
            sentence.add(group, metric, TOLL, index, doubt)
            _name(sentence, group, index + len(phrase) - 1)
            claim = sentence.claim_of(group, metric)
            if claim is not None and _grows(sentence, index, group):
                claim.tally = TOTAL
        return


def read_toll_noun(sentence: Sentence, index: int) -> None:
    """Deaths rose to 17; injuries have climbed to 80."""
    tokens = sentence.tokens
    noun, after = tokens.words.nouns[tokens.low[index]], index + 1
    while tokens.at(after) in tokens.words.lists["have"] | tokens.words.lists["be_finite"] or tokens.is_adverb(after):
        after += 1
    if (
        index in sentence.by_last
        or tokens.at(after) not in tokens.words.lists["grows"] | tokens.words.lists["toll_changes"]
    ):
        return
    if noun.needs in tokens.words.lists["disease_needs"] and not sentence.disease:
        return
    group = _ahead(sentence, after + 1)
    if group is None or group.people is False or sentence.claim_of(group) is not None:
        return
    _gone_up(sentence, group)
    _bound(sentence, group)
    sentence.add(group, noun.metric, TOLL, index)
    sentence.found[-1].tally = TOTAL


def _gone_up(sentence: Sentence, group: Group) -> None:
    """Read "has gone up to 730" as 730, not as at most 730."""
    tokens = sentence.tokens
    if group.comparator != AT_MOST or tokens.at(group.first - 1) not in tokens.words.lists["going_up"]:
        return
    place = tokens.first_at(group.end) - 1
    group.start, group.low, group.comparator = tokens.starts[place], group.high, "="


def _bound(sentence: Sentence, group: Group) -> None:
    """Read "has passed 50" as more than 50, "is nearing 50" as about 50."""
    words, before = sentence.tokens.words, sentence.tokens.at(group.first - 1)
    if group.comparator != "=" or group.low != group.high:
        return
    if before in words.lists["exceeds"]:
        group.high, group.comparator = None, ">"
    elif before in words.lists["nears"]:
        group.comparator = "~"


def _name(sentence: Sentence, group: Group, last: int) -> None:
    """Call those of "the number of refugees" refugees."""
    words = sentence.tokens.words
    word = sentence.tokens.at(last)
    if (
        group.who is None
        and words.is_plural(word)
        and word not in words.lists["just_people"] | words.lists["nominal_victims"]
    ):
        group.who = word


def _ahead(sentence: Sentence, place: int) -> Group | None:
    """The number a toll rose to, stands at or is put at."""
    tokens = sentence.tokens
    for at in range(place, min(len(tokens), place + LONGEST_PATH)):
        if tokens.low[at] in tokens.words.lists["toll_ends"] or (at > place and tokens.low[at] == ":"):
            return None
        number = sentence.by_first.get(at)
        if number is None or sentence.groups[number].first != at:
            continue
        group = sentence.groups[number]
        if group.people is False:
            continue
        up = group.comparator == AT_MOST and tokens.at(at - 1) in tokens.words.lists["going_up"]
        if up or tokens.at(at - 1) in tokens.words.lists["toll_links"] or tokens.is_adverb(at - 1):
            return group
        if group.comparator in ABOVE and tokens.at(at - 1) in tokens.words.lists["going_up"]:
            return group  # "has risen above 100"
        if tokens.low[group.core] in tokens.words.lists["range_openers"]:
            return group
        if tokens.at(at - 1) in tokens.words.lists["by"] and "range" not in group.rule:
            continue
        if tokens.at(group.last) in tokens.words.lists["to"] and group.last + 1 in sentence.by_first:
            continue  # "rose 12 to 97"
        return group if "range" in group.rule else None
    return None


def _before(sentence: Sentence, index: int) -> Group | None:
    """The number in "brings to 60 the number of dead"."""
    tokens = sentence.tokens
    place = index
    while tokens.at(place - 1) in tokens.words.lists["determiners"]:
        place -= 1
    number = sentence.by_last.get(place)
    if number is None:
        return None
    group = sentence.groups[number]
    return group if group.people is not False and tokens.at(group.first - 1) in tokens.words.lists["toll_put"] else None


def _same(sentence: Sentence, index: int) -> str:
    """What the total counts that follows a count: "two more died, bringing the total to 60"."""
    found = next((found.metric for found in reversed(sentence.found) if found.tally != TOTAL), "")
    nouns = (sentence.tokens.words.nouns.get(word) for word in reversed(sentence.tokens.low[:index]))
    return found or next((noun.metric for noun in nouns if noun is not None and noun.counts and not noun.needs), "")


def _grows(sentence: Sentence, index: int, group: Group) -> bool:
    """Whether a toll is said to have grown or to stand: a running total."""
    tokens = sentence.tokens
    first, last = min(index - 5, group.first), max(index, group.last)
    return any(tokens.at(place) in tokens.words.lists["grows"] for place in range(max(0, first), last))


def _named(sentence: Sentence, at: int, group: Group | None) -> str:
    """What befell the people whose number it is: "the number of miners killed"."""
    tokens = sentence.tokens
    phrase = read_phrase(tokens, at, False)
    after = phrase.last
    while tokens.at(after) in tokens.words.lists["links"]:
        after += 1
    metric = tokens.words.nominal.get(tokens.at(after), "") if phrase.people else ""
    if phrase.people and tokens.at(after) in tokens.words.lists["ill_with"]:
        metric = ILL if tokens.at(after + 1) in tokens.words.lists["diseases"] else ""
    if not metric and phrase.people:
        phrases = tokens.words.states.get(tokens.at(phrase.last), ())
        metric = next((m for words, m in phrases if follows(tokens, phrase.last, (words,)) >= 0), "")
    if not metric and phrase.people and after > phrase.last:
        verbs = tokens.words.verbs.get(tokens.at(after), ())
        metric = next((verb.metric for verb in verbs if is_completed(sentence, verb, after)), "")
    if group is not None and metric and group.people is None:
        group.who = phrase.who
    return metric
