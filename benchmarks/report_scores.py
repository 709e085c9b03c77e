"""Scores of statements and claims against golden stories: a story's gold and its annotation in, counts and errors out.

An annotation is anything with `statements`, `claims` and `mentions` in the columns of the tables. What counts as right
is written down in `tests/golden/reports/README.md`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

Row = dict[str, Any]
Span = tuple[int, int]

ANYBODY = frozenset(
    {"person", "persons", "people", "victims", "others", "dead", "deaths", "bodies", "survivors", "lives", "cases"}
    | {"wounded", "injured", "missing", "casualties", "inhabitants", "residents", "individuals"}
)
"""Nouns that say no more of those affected than that they are people."""

SMALL_WORDS = frozenset({"the", "a", "an", "of", "for", "s"})
PLURALS = {"men": "man", "women": "woman", "children": "child", "people": "person", "wives": "wife"}
OWN_DAY = timedelta(days=1)


@dataclass(frozen=True)
class GoldStory:
    """A story and what a careful reader finds in it, each answer with its `span`."""

    id: str
    published: date
    country: str | None
    text: str
    statements: tuple[Row, ...]
    claims: tuple[Row, ...]


@dataclass
class Scores:
    """What was counted, and what was wrong, as lines for a reader."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, name: str, is_right: bool) -> None:
        """Count one answer."""
        self.counts[f"{name}.all"] += 1
        self.counts[f"{name}.right"] += is_right

    def share(self, name: str) -> float:
        """Right out of all; 0 when there were none, so that an empty answer reaches no floor."""
        return self.counts[f"{name}.right"] / self.counts[f"{name}.all"] if self.counts[f"{name}.all"] else 0.0

    def f1(self, kind: str) -> float:
        """The harmonic mean of precision and recall, of `claims` or `statements`."""
        both = self.share(f"{kind}.precision") + self.share(f"{kind}.recall")
        return 2 * self.share(f"{kind}.precision") * self.share(f"{kind}.recall") / both if both else 0.0

    def summary(self) -> dict[str, float | int]:
        """Every measure by its name."""
        found: dict[str, float | int] = {}
        for kind in ("claims", "statements"):
            found |= {f"{kind}.{part}": round(self.share(f"{kind}.{part}"), 4) for part in ("precision", "recall")}
            found[f"{kind}.f1"] = round(self.f1(kind), 4)
            found[f"{kind}.gold"] = self.counts[f"{kind}.recall.all"]
        names = {name.removesuffix(".all") for name in self.counts if name.endswith(".all")}
        return found | {
            name: round(self.share(name), 4) for name in sorted(names) if name.count(".") == 1 and name not in found
        }


def read_gold(folder: Path) -> list[GoldStory]:
    """The stories of a folder, by name of the file."""
    return [_read_story(file) for file in sorted(folder.glob("*.yaml"))]


def score(stories: Sequence[GoldStory], annotations: Sequence[Any]) -> Scores:
    """All stories together."""
    scores = Scores()
    for story, annotation in zip(stories, annotations, strict=True):
        _score_claims(story, list(annotation.claims), scores)
        _score_statements(story, list(annotation.statements), list(annotation.mentions), scores)
    return scores


def _read_story(file: Path) -> GoldStory:
    values = yaml.safe_load(file.read_text(encoding="utf-8"))
    text = values["text"]
    names = {row["speaker"]: [row["speaker"], *row.get("also", ())] for row in values["statements"]}
    statements = [row | {"span": find_words(text, row["words"], row.get("nth"))} for row in values["statements"]]
    claims = [
        row
        | {
            "span": find_words(text, row["text"], row.get("nth")),
            "parent": find_words(text, row["part_of"], row.get("part_of_nth")) if row["part_of"] else None,
            "sources": names.get(row["source"], [row["source"]]) if row["source"] else [],
        }
        for row in values["claims"]
    ]
    country = values.get("source_place")
    return GoldStory(values["id"], values["published_at"], country, text, tuple(statements), tuple(claims))


def find_words(text: str, words: str, nth: int | None) -> Span:
    """Where words stand as whole words; `nth` is needed, and counts from 1, when they stand there more than once.

    >>> find_words("two of two", "two", 2)
    (7, 10)
    """
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    spans = [found.span() for found in re.finditer(before + re.escape(words) + after, text)]
    if not spans or (nth or 1) > len(spans):
        raise ValueError(f"the text does not hold {words!r}" + (f" {nth} times" if nth else ""))
    if nth is None and len(spans) > 1:
        raise ValueError(f"the text holds {words!r} {len(spans)} times; say which with nth")
    return spans[(nth or 1) - 1]


def _score_claims(story: GoldStory, found: list[Any], scores: Scores) -> None:
    pairs = _pairs(story.claims, found)
    right = {gold: _wrong_in_claim(story.claims[gold], found[number]) for gold, number in pairs.items()}
    for gold, row in enumerate(story.claims):
        scores.add("claims.recall", gold in pairs and not right[gold])
        if gold not in pairs:
            scores.errors.append(f"{story.id}: claim missed: {row['text']!r} {row['metric']} {row['who']}")
            continue
        claim = found[pairs[gold]]
        if row["parent"] or claim.part_of is not None:
            scores.add("claims.part_of_given", _same_parent(row["parent"], claim.part_of, found))
        wrong = right[gold] + [
            name
            for name, is_right in _attributes(row, claim, found, story.published).items()
            if not (scores.add(f"claims.{name}", is_right) or is_right)
        ]
        if wrong:
            shown = "; ".join(f"{name} {row[name]!r}, got {_value(claim, name)!r}" for name in wrong)
            scores.errors.append(f"{story.id}: claim {row['text']!r}: {shown}")
    matched = {number: gold for gold, number in pairs.items()}
    for number, claim in enumerate(found):
        scores.add("claims.precision", number in matched and not right[matched[number]])
        if number not in matched:
            shown = f"{claim.text!r} {claim.metric} {claim.who!r} ({claim.rule})"
            scores.errors.append(f"{story.id}: claim too many: {shown} in {_around(story.text, claim)!r}")


def _pairs(golds: Sequence[Row], found: Sequence[Any]) -> dict[int, int]:
    """Each gold with the prediction that shares most with it; one prediction for one gold."""
    candidates = sorted(
        (claim.metric != row["metric"], -_shared(row["span"], claim), gold, number)
        for gold, row in enumerate(golds)
        for number, claim in enumerate(found)
        if _shared(row["span"], claim) > 0
    )
    pairs: dict[int, int] = {}
    for _, _, gold, number in candidates:
        if gold not in pairs and number not in pairs.values():
            pairs[gold] = number
    return pairs


def _shared(span: Span, row: Any) -> int:
    return min(span[1], row.end) - max(span[0], row.start)


def _wrong_in_claim(row: Row, claim: Any) -> list[str]:
    """Which of the fields that make a claim right are wrong."""
    wrong = [name for name in ("metric", "low", "high", "comparator") if getattr(claim, name) != row[name]]
    return wrong if same_people(row["who"], claim.who) else [*wrong, "who"]


def _attributes(row: Row, claim: Any, found: Sequence[Any], published: date) -> dict[str, bool]:
    return {
        "source": same_any(row["sources"], claim.source),
        "place": same_any([row["place"]] if row["place"] else [], claim.place),
        "part_of": _same_parent(row["parent"], claim.part_of, found),
        "hypothetical": row["hypothetical"] == bool(claim.hypothetical),
        "tally": row["tally"] == claim.tally,
        "event": same_event(row["event"], claim.event_start, claim.event_end, published),
    }


def _same_parent(parent: Span | None, part_of: int | None, found: Sequence[Any]) -> bool:
    if parent is None or part_of is None:
        return parent is None and part_of is None
    return any(claim.start == part_of and _shared(parent, claim) > 0 for claim in found)


def _value(claim: Any, name: str) -> Any:
    if name == "event":
        return f"{claim.event_start}/{claim.event_end}"
    return getattr(claim, name)


def _around(text: str, row: Any) -> str:
    return text[max(0, row.start - 40) : row.end + 40]


def _score_statements(story: GoldStory, found: list[Any], mentions: Sequence[Any], scores: Scores) -> None:
    """Words are compared as words of the text, so that it does not matter where a speech is cut into statements."""
    words = [match.span() for match in re.finditer(r"\w+", story.text)]
    golds = [_inside(words, row["span"]) for row in story.statements]
    theirs = [_inside(words, (row.start, row.end)) for row in found]
    same = [[_same_speaker(row, other) for other in found] for row in story.statements]
    for gold, row in enumerate(story.statements):
        mine = [number for number in range(len(found)) if same[gold][number] and golds[gold] & theirs[number]]
        is_found = _covered(golds[gold], (theirs[number] for number in mine))
        scores.add("statements.recall", is_found)
        if is_found:
            best = found[max(mine, key=lambda number: len(golds[gold] & theirs[number]))]
            _score_found(story, row, best, mentions, scores)
        else:
            others = [found[number].speaker for number in range(len(found)) if golds[gold] & theirs[number]]
            scores.errors.append(
                f"{story.id}: statement missed: {row['speaker']!r}: {row['words']!r}; speakers {others}"
            )
    for number, statement in enumerate(found):
        mine = [gold for gold in range(len(golds)) if same[gold][number]]
        is_right = _covered(theirs[number], (golds[gold] for gold in mine))
        scores.add("statements.precision", is_right)
        if not is_right:
            shown = f"{statement.speaker!r} {statement.cue!r}: {statement.text!r} ({statement.rule})"
            scores.errors.append(f"{story.id}: statement too many: {shown}")


def _score_found(story: GoldStory, row: Row, statement: Any, mentions: Sequence[Any], scores: Scores) -> None:
    is_direct_right = row["direct"] == bool(statement.direct)
    affiliation = _name_of(statement.speaker_affiliation_id, mentions)
    is_affiliation_right = same_any([row["affiliation"]] if row["affiliation"] else [], affiliation)
    scores.add("statements.direct", is_direct_right)
    scores.add("statements.affiliation", is_affiliation_right)
    if not is_direct_right:
        scores.errors.append(f"{story.id}: statement {row['words']!r}: direct {row['direct']}, got {statement.direct}")
    if not is_affiliation_right:
        expected = row["affiliation"]
        scores.errors.append(f"{story.id}: statement {row['words']!r}: affiliation {expected!r}, got {affiliation!r}")


def _inside(words: Sequence[Span], span: Span) -> frozenset[int]:
    return frozenset(number for number, (start, end) in enumerate(words) if span[0] <= start and end <= span[1])


def _covered(wanted: frozenset[int], parts: Iterable[frozenset[int]]) -> bool:
    """Whether the parts together hold at least half of the words."""
    return bool(wanted) and 2 * len(wanted & frozenset().union(*parts)) >= len(wanted)


def _same_speaker(row: Row, statement: Any) -> bool:
    return same_any([row["speaker"], *row.get("also", ())], statement.speaker)


def _name_of(entity_id: str | None, mentions: Sequence[Any]) -> str | None:
    """The name of an id, as the story's mentions give it, else the id's own words."""
    if entity_id is None:
        return None
    named = [mention.name for mention in mentions if mention.entity_id == entity_id and mention.name]
    return named[0] if named else entity_id.partition(":")[2].replace("-", " ")


def same_any(names: Sequence[str], other: str | None) -> bool:
    """Whether a name is one of those expected, nobody being expected when there are none.

    >>> same_any(["Aino Rautala"], "Rautala"), same_any([], None), same_any(["UNHCR"], None)
    (True, True, False)
    """
    if not names or not other:
        return not names and not other
    return any(same_name(name, other) for name in names)


def same_name(name: str, other: str) -> bool:
    """Whether the words of one are among the words of the other.

    >>> same_name("the Observatory", "Syrian Observatory for Human Rights"), same_name("Ana Pires", "Ana Lopes")
    (True, False)
    """
    mine, theirs = set(_words(name)) - SMALL_WORDS, set(_words(other)) - SMALL_WORDS
    return bool(mine) and bool(theirs) and (mine <= theirs or theirs <= mine)


def same_people(who: str, other: str | None) -> bool:
    """Whether two nouns call those affected the same, singular or plural.

    >>> same_people("police officers", "officers"), same_people("people", "persons"), same_people("people", "girls")
    (True, True, False)
    >>> same_people("men", "elderly man"), same_people("workers", "factory")
    (True, False)
    """
    mine, theirs = _words(who), _words(other or "")
    if not mine or not theirs:
        return False
    if set(mine) <= ANYBODY:
        return _head(theirs) in {_singular(word) for word in ANYBODY}
    is_inside = {_singular(word) for word in mine} <= {_singular(word) for word in theirs}
    is_around = {_singular(word) for word in theirs} <= {_singular(word) for word in mine}
    return (is_inside or is_around) and _head(mine) == _head(theirs)


def same_event(event: str | None, start: Any, end: Any, published: date) -> bool:
    """Whether days are those of the gold; an end may be the day after, and open when it is the day of the story.

    >>> same_event("2025-03-04", "2025-03-04", "2025-03-04", date(2025, 3, 5))
    True
    >>> same_event("2025-06", "2025-06-01", "2025-07-01", date(2025, 8, 1)), same_event(None, None, None, date.min)
    (True, True)
    """
    if event is None or start is None:
        return event is None and start is None and end is None
    first, last = event.split("/")[0], event.split("/")[-1]
    if _days(str(start))[0] != _days(first)[0]:
        return False
    expected = _days(last)[1]
    if end is None:
        return expected >= published - OWN_DAY or "/" not in event
    return expected - OWN_DAY <= _days(str(end))[1] <= expected + OWN_DAY or (
        expected >= published - OWN_DAY and _days(str(end))[1] >= published - OWN_DAY
    )


def _days(text: str) -> tuple[date, date]:
    """First and last day of a year, a month or a day.

    >>> _days("2025-02")
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    """
    numbers = [int(part) for part in text[:10].split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    if len(numbers) == 2:
        following = date(numbers[0] + numbers[1] // 12, numbers[1] % 12 + 1, 1)
        return date(numbers[0], numbers[1], 1), following - OWN_DAY
    return date(*numbers), date(*numbers)


def _words(text: str) -> list[str]:
    """Words without case and accents.

    >>> _words("Prime Minister’s Élise Garnier")
    ['prime', 'minister', 's', 'elise', 'garnier']
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    return re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def _singular(word: str) -> str:
    for plural, singular in PLURALS.items():
        if word.endswith(plural):
            return word.removesuffix(plural) + singular
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _head(words: Sequence[str]) -> str:
    """The noun that a phrase is about: the last word before "of" and its like."""
    for number, word in enumerate(words):
        if number and word in ("of", "from", "in", "who", "with", "at", "on", "under", "aged"):
            return _singular(words[number - 1])
    return _singular(words[-1])
