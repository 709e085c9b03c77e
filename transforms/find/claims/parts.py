"""Counts that are part of another: "including three children", "61 of them civilians", "among the dead were two".

In: a sentence with its claims. Out: claims marked as parts, with the one that includes them when it stands in the
sentence; `whole.py` looks for the others in the story.
"""

from transforms.find.claims.arguments import has_predicate
from transforms.find.claims.group import Group
from transforms.find.claims.phrase import read_phrase
from transforms.find.claims.sentence import Found, Sentence

LONGEST_REACH = 9


def mark_parts(sentence: Sentence) -> None:
    """Find the parts of the sentence and tie them to what includes them."""
    for place, word in enumerate(sentence.tokens.low):
        if word in sentence.tokens.words["including"]:
            _including(sentence, place, place + 1)
        elif word in sentence.tokens.words["among"]:
            _among(sentence, place)
        elif word in sentence.tokens.words["amounts_of_them"] and _of_them(sentence, place):
            _including(sentence, place, place + 3)
        elif word in sentence.tokens.words["of"] and sentence.tokens.at(place + 1) in sentence.tokens.words["them"]:
            _of_whom(sentence, place)
        elif word in sentence.tokens.words["of"]:
            _of_the_state(sentence, place)
    for group in sentence.groups:
        if group.of_the and not group.of_state:
            _definite(sentence, group)
        elif group.of_them or group.of_state:
            _pronoun(sentence, group)
        elif group.people is None and group.noun is None:
            _severity(sentence, group)
    _breakdown(sentence)


def _of_them(sentence: Sentence, place: int) -> bool:
    tokens = sentence.tokens
    return tokens.at(place + 1) in tokens.words["of"] and tokens.at(place + 2) in tokens.words["them"]


def _parent(sentence: Sentence, place: int, metric: str = "") -> Found | None:
    """The nearest claim before a token that is no part itself."""
    before = [f for f in sentence.found if f.group.last <= place and not f.part and metric in ("", f.metric)]
    return max(before, key=lambda f: (f.group.last, f.tally == "event"), default=None)


def _members(sentence: Sentence, place: int) -> list[Group]:
    """The counts listed behind a word such as "including"."""
    tokens = sentence.tokens
    found: list[Group] = []
    end = min(len(tokens), place + LONGEST_REACH)
    at = place
    while at < end:
        number = sentence.by_first.get(at)
        if number is not None and sentence.groups[number].core >= at:
            group = sentence.groups[number]
            if (
                group.people is False
                or (found and group.people is not True)
                or (found and has_predicate(sentence, group) and tokens.at(group.first - 1) not in (",",))
            ):
                break
            if (
                found
                and has_predicate(sentence, group)
                and sentence.claim_of(group)
                and not _same_list(sentence, found[-1], group)
            ):
                break
            if not group.of_them:
                found.append(group)
            at = max(group.last, at + 1)
            end = min(len(tokens), at + LONGEST_REACH)
            continue
        word = tokens.low[at]
        if (word in tokens.words["be"] and not found) or (word in tokens.words["existence"] and not found):
            at += 1
            continue
        if (
            word in tokens.words.verbs
            or word in tokens.words["be"]
            or word in tokens.words["have"]
            or word in tokens.words["breaks"] - {"but"}
            or word in ")"
        ):
            break
        if found and word in tokens.words["prepositions"]:
            break
        at += 1
    return found


def _same_list(sentence: Sentence, last: Group, group: Group) -> bool:
    return all(word in sentence.tokens.words["and"] | {","} for word in sentence.tokens.low[last.last : group.first])


def _including(sentence: Sentence, place: int, after: int) -> None:
    """12 people, including three children, were killed; the dead included a nurse."""
    tokens = sentence.tokens
    nominal = tokens.words.nominal.get(tokens.at(place - 1), "") or (
        "killed" if tokens.at(place - 1) in tokens.words["nominal_victims"] else ""
    )
    subject = nominal and not _belongs(sentence, place - 1)
    parent = None if subject else _parent(sentence, place)
    if parent is None and not subject:
        return
    if parent is not None and parent.group.last < place - 16:
        return
    for group in _members(sentence, after):
        _make_part(sentence, group, parent, nominal if subject else "", "including")


def _belongs(sentence: Sentence, place: int) -> bool:
    """Whether a state word is part of a count before it: "12 dead, including", "12 injured including"."""
    return any(found.at == place for found in sentence.found)


def _among(sentence: Sentence, place: int) -> None:
    """Among the dead were three children; three children were among the 12 dead; 12 people, among them a nurse."""
    tokens = sentence.tokens
    after = place + 1
    if tokens.at(after) in tokens.words["them"] - tokens.words["those"]:
        _including(sentence, place, after + 1)
        return
    metric, end, counted = _state_phrase(sentence, after)
    if not metric:
        return
    parent = counted or _parent(sentence, place, metric)
    members = (
        _members(sentence, end)
        if tokens.at(end) in tokens.words["be"] | tokens.words["existence"] | {","} or place == 0
        else []
    )
    if not members:
        members = _before_among(sentence, place)
        parent = counted
    for group in members:
        if parent is None or group is not parent.group:
            _make_part(sentence, group, parent, metric, "among")


def _state_phrase(sentence: Sentence, at: int) -> tuple[str, int, Found | None]:
    """The metric of "the dead", "those killed", "the 12 people killed", where it ends, and its claim if it counts."""
    tokens = sentence.tokens
    words = tokens.words
    counted: Found | None = None
    for place in range(at, min(len(tokens), at + 6)):
        number = sentence.by_first.get(place)
        if number is not None:
            counted = sentence.claim_of(sentence.groups[number])
            if counted is not None and sentence.groups[number].state:
                return counted.metric, sentence.groups[number].last, counted
        word = tokens.low[place]
        if word in words.nominal:
            return words.nominal[word], place + 1, counted
        if word in words["nominal_victims"]:
            return "killed", place + 1, counted
        inside = counted is not None and place < counted.group.last
        if not (
            inside
            or word in words["those"]
            or word in words["determiners"]
            or word in words["be"]
            or word in words["relatives"]
        ):
            break
    if counted is not None:
        return counted.metric, counted.group.last, counted
    return "", at, None


def _before_among(sentence: Sentence, place: int) -> list[Group]:
    tokens = sentence.tokens
    at = place
    while at > 0 and (tokens.low[at - 1] in tokens.words["links"] or tokens.low[at - 1] == ","):
        at -= 1
    number = sentence.by_last.get(at)
    if number is None or sentence.groups[number].people is not True:
        return []
    groups = [sentence.groups[number]]
    while tokens.at(groups[0].first - 1) in tokens.words["and"] | {","}:
        before = sentence.by_last.get(groups[0].first - 1)
        if before is None or sentence.groups[before].people is not True:
            break
        groups.insert(0, sentence.groups[before])
    return groups


def _of_whom(sentence: Sentence, place: int) -> None:
    """Of whom 40 died; of them, three were children."""
    at = place + 2
    tokens = sentence.tokens
    metric = tokens.words.nominal.get(tokens.at(at), "") if tokens.at(at - 1) in tokens.words["those"] else ""
    at += bool(metric)
    if place > 0 and sentence.by_last.get(place + 2) is not None:
        return
    at += tokens.at(at) == ","
    number = sentence.by_first.get(at)
    if number is not None and sentence.groups[number].people is not False:
        group = sentence.groups[number]
        group.of_them = group.of_them or not metric
        if tokens.at(group.last) in tokens.words["be"]:
            group.who = _predicate(sentence, group.last) or group.who
        _make_part(sentence, group, _parent(sentence, place, metric), metric, "of_whom")


def _of_the_state(sentence: Sentence, place: int) -> None:
    """Of the dead, three were children."""
    tokens = sentence.tokens
    metric, end, counted = _state_phrase(sentence, place + 1)
    opens = place == 0 or not tokens.raw[place - 1][0].isalnum()
    if not metric or not opens:
        return
    number = sentence.by_first.get(end + (tokens.at(end) == ","))
    if number is not None and sentence.groups[number].people is not False:
        group = sentence.groups[number]
        if tokens.at(group.last) in tokens.words["be"]:
            group.who = _predicate(sentence, group.last) or group.who
        _make_part(sentence, group, counted, metric, "of_whom")


def _pronoun(sentence: Sentence, group: Group) -> None:
    """Three of them children; two of the dead were nurses; two of the injured later died."""
    tokens = sentence.tokens
    inner = sentence.claim_of(sentence.groups[group.inner]) if group.inner >= 0 else None
    parent = inner or _parent(sentence, group.first, group.of_state)
    own = sentence.claim_of(group)
    if own is not None and (not group.of_state or own.metric != group.of_state or own.at >= group.last):
        own.part, own.parent, own.of_state = True, parent, group.of_state
        return
    at = group.last
    while tokens.is_adverb(at) and tokens.at(at) not in tokens.words["severity"]:
        at += 1
    who = _predicate(sentence, at)
    bound = parent is not None and not group.of_state and tokens.at(at) in tokens.words["prepositions"]
    if (
        who is not None
        or bound
        or (_qualifies(sentence, at) and not (group.of_state and tokens.at(at) not in tokens.words["be"]))
    ):
        group.who = who or group.who
        _make_part(sentence, group, parent, group.of_state, "of_them")


def _definite(sentence: Sentence, group: Group) -> None:
    """Two of the pupils, two of the four: part of a count before, if the story has one (`whole.py`)."""
    inner = sentence.claim_of(sentence.groups[group.inner]) if group.inner >= 0 else None
    for found in sentence.found:
        if found.group is group and found is not inner:
            found.part, found.parent = True, inner


def _predicate(sentence: Sentence, at: int) -> str | None:
    """Who they are: "children" in "three of them children" and "three of the dead were children"."""
    tokens = sentence.tokens
    while tokens.at(at) in tokens.words["be"] | tokens.words["determiners"]:
        at += 1
    if at >= len(tokens):
        return None
    phrase = read_phrase(tokens, at, False)
    if not phrase.people:
        phrase = read_phrase(tokens, at, True)
    return phrase.who if phrase.people else None


def _qualifies(sentence: Sentence, at: int) -> bool:
    """Whether what follows only says how badly, or nothing at all."""
    tokens = sentence.tokens
    words = tokens.words
    if at >= len(tokens) or tokens.low[at] in words["severity"] or tokens.low[at] in ".;)—–":
        return True
    if tokens.low[at] in words["prepositions"]:
        return (
            tokens.at(at + 1) in words["condition"]
            or tokens.at(at + 2) in words["condition"]
            or tokens.at(at + 3) in words["condition"]
        )
    if tokens.low[at] in words["be"]:
        return tokens.at(at + 1) in words["prepositions"] | words["severity"] | words["origin"]
    return False


def _severity(sentence: Sentence, group: Group) -> None:
    """The five of "40 injured, five seriously"."""
    tokens = sentence.tokens
    word = tokens.at(group.last)
    if word not in tokens.words["severity"] or sentence.claim_of(group) is not None:
        return
    parent = _parent(sentence, group.first)
    if parent is not None and not tokens.is_word(group.last + 1) | (tokens.at(group.last + 1) in tokens.words.verbs):
        _make_part(sentence, group, parent, "", "of_them")


def _breakdown(sentence: Sentence) -> None:
    """Parts that add up: "five people, three men and two women, were killed"."""
    tokens = sentence.tokens
    for parent in list(sentence.found):
        whole = parent.group
        if (
            parent.part
            or whole.exact is None
            or whole.exact < 2
            or tokens.at(whole.last) not in tokens.words["breakdown_marks"]
        ):
            continue
        parts: list[Group] = []
        at = whole.last + 1
        while (number := sentence.by_first.get(at)) is not None and sentence.groups[number].people is True:
            parts.append(sentence.groups[number])
            at = parts[-1].last
            while tokens.at(at) in tokens.words["and"] | {","}:
                at += 1
        counts = [part.exact for part in parts]
        if (
            len(parts) > 1
            and None not in counts
            and _kinds(sentence, whole, parts)
            and sum(c for c in counts if c is not None) == whole.exact
        ):
            for part in parts:
                _make_part(sentence, part, parent, parent.metric, "breakdown")


def _kinds(sentence: Sentence, whole: Group, parts: list[Group]) -> bool:
    """Whether parts say what kinds of people a whole has: "three men and two women" are kinds of "five people"."""
    words = sentence.tokens.words
    plain = whole.who in (None, words.texts["people"])
    return plain or all((part.who or "").split(" ")[-1] in words["kinds"] for part in parts)


def _make_part(sentence: Sentence, group: Group, parent: Found | None, metric: str, rule: str) -> None:
    """Mark the claim of a count as a part, or make it one with the metric of what includes it."""
    if parent is not None and (parent.group is group or (group.low or 0) >= parent.group.largest):
        return
    metric = metric or (parent.metric if parent is not None else "")
    own = sentence.claim_of(group, metric) or sentence.claim_of(group)
    if own is None:
        if (not metric and not group.of_them) or group.people is False or group.noun is not None:
            return
        sentence.add(group, metric, rule, group.core, parent is not None and parent.doubt)
        own = sentence.claim_of(group, metric)
        if own is not None and parent is not None:
            own.tally = parent.tally
    for found in sentence.found:
        if found.group is group:
            found.part, found.parent, found.of_state = (
                True,
                parent,
                found.of_state or (metric if parent is None else ""),
            )
            if group.who is None and parent is not None and not group.of_them:
                group.who = parent.group.who
