"""Names that the story itself calls a person or a body: mentions come in and go out with the labels it tells.

"his sister, Zeta," is a person, "Ana Ruiz, the country's largest lender," a body.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.link.countries import country_by_demonym
from transforms.link.names.person_name import gender_in
from transforms.link.speakers.words import Words

_WINDOW = 60
"""Characters around a name that are read."""
_MOST_WORDS = 6
_BODIES = ("ORG", "FAC")
_OLDEST = 120
_THINGS = ("PRODUCT", "WORK", "EVENT", "LAW")
_SENTENCE_ENDS = (".", "!", "?", '"', "”", ":", ")")
_JOINED = 8
"""Characters between two joined names."""


def corrected(text: str, mentions: Sequence[Mention], words: Words) -> list[Mention]:
    """The mentions, all of one id or spelling relabelled where one of them is contradicted, without mere titles."""
    told = list(_contradicted(text, mentions, words))
    labels = {mention.entity_id or mention.text: label for mention, label in told}
    people = {mention.text.rpartition(" ")[2]: mention for mention, label in told if label == "PER"}
    bodies = {mention.text: mention for mention in mentions if mention.label == "ORG" and mention.entity_id}
    if "ORG" in labels.values():
        # "Milei" tells no gender, "Javier Milei" does
        for mention in mentions:
            if mention.label == "PER" and gender_in(mention.text):
                labels.pop(mention.entity_id or mention.text, None)
    kept = [mention for mention in mentions if not _is_title(text, mention, words)]
    if told:
        kept = [_relabelled(mention, labels, people) for mention in kept]
    return [
        mention if mention.entity_id and mention.label not in _THINGS else _as_body(mention, bodies) for mention in kept
    ]


def _contradicted(text: str, mentions: Sequence[Mention], words: Words) -> Iterator[tuple[Mention, str]]:
    """The mentions whose label the story contradicts, with the right one."""
    demonyms = country_by_demonym()
    person_end = -_WINDOW
    for mention in mentions:
        if mention.text in demonyms:
            label = "NORP"
        else:
            label = _label_told(text, mention, words) if _is_open(text, mention) else ""
        if mention.label == "PER":
            person_end = mention.end
        elif not label and mention.label in _BODIES and mention.start - person_end < _JOINED:
            is_joined = text[person_end : mention.start].strip() in words.lists["joins"]
            label = "PER" if is_joined and gender_in(mention.text) else ""
        if label and label != mention.label:
            yield mention, label


def _as_body(mention: Mention, bodies: Mapping[str, Mention]) -> Mention:
    """The mention of a thing, or without an id, as the body that bears the same name elsewhere in the story."""
    body = bodies.get(mention.text)
    return mention if body is None else replace(mention, label="ORG", entity_id=body.entity_id, name=body.name)


def _relabelled(mention: Mention, labels: Mapping[str, str], people: Mapping[str, Mention]) -> Mention:
    """The mention with the label told; a last name is of the person who was taken for a body."""
    key = mention.entity_id or mention.text
    if key in labels:
        return replace(mention, label=labels[key])
    whole = people.get(mention.text) if mention.label in _BODIES else None
    if whole is None:
        return mention
    return replace(mention, label="PER", entity_id=whole.entity_id, name=whole.name or whole.text)


def _is_title(text: str, mention: Mention, words: Words) -> bool:
    """Whether what looks like a name is an office: "the Collector", "a former Olympian", "MLA Ana Ruiz"."""
    if not words.is_person(mention.text.lower()):
        return mention.label in _BODIES and _is_of_place(text, mention, words)
    before = text[max(0, mention.start - _WINDOW) : mention.start].lower().split()
    is_before_name = text[mention.end : mention.end + 1] == " " and text[mention.end + 1 : mention.end + 2].isupper()
    return is_before_name or bool(
        before and (before[-1] in words.lists["determiners"] or before[-1] in words.lists["not_for"])
    )


def _is_of_place(text: str, mention: Mention, words: Words) -> bool:
    """Whether what looks like a body is somebody by his seat: "the Goma MP said"."""
    place, _, noun = mention.text.rpartition(" ")
    if not place or not noun.isupper() or not words.is_person(noun.lower()):
        return False
    before = text[max(0, mention.start - _WINDOW) : mention.start].lower().split()
    return bool(before) and before[-1] in words.lists["definite"]


def _is_open(text: str, mention: Mention) -> bool:
    """Whether the words around a name may tell that its label is wrong."""
    if mention.label == "PER":
        return not gender_in(mention.text)
    if mention.label in _BODIES:
        start, end = mention.start, mention.end
        return text[start - 2 : start] == ", " or text[end : end + 2] == ", "
    return mention.label in _THINGS or (mention.label == "LOC" and not mention.entity_id)


def _label_told(text: str, mention: Mention, words: Words) -> str:
    is_unknown_place = mention.label == "LOC" and not mention.entity_id
    before = text[max(0, mention.start - _WINDOW) : mention.start].replace("’", "'")
    after = text[mention.end : mention.end + _WINDOW].replace("’", "'")
    if mention.label in _BODIES or is_unknown_place:
        is_person = _is_apposed_person(before, after, mention.text, words) or _has_age(after, words)
        is_body = mention.label == "LOC" and not is_person and _is_called_body(before, after, words)
        return "PER" if is_person else "ORG" if is_body else ""
    if mention.label in _THINGS:
        return "ORG" if _is_owner(before, words) else ""
    return "ORG" if _is_called_body(before, after, words) else ""


def _is_apposed_person(written: str, after: str, name: str, words: Words) -> bool:
    """Whether a name stands behind "his sister,", or behind "the head of the bank," when it can be no bank's."""
    if not written.endswith(", ") or after[:1] not in (",", ".", ";", ""):
        return False
    said = written[:-2].split()
    is_told = bool(gender_in(name))
    has_noun = False
    for index in range(len(said) - 1, max(-1, len(said) - 2 - _MOST_WORDS), -1):
        low = said[index].lower()
        if has_noun and (low.endswith("'s") or low in words.lists["determiners"]):
            return True
        if low.endswith((",", ".")):
            return False
        if not has_noun and words.is_person(low) and low not in words.lists["either"]:
            behind = said[index + 1 :]
            is_named = any(word[:1].isupper() for word in behind)
            has_noun = not behind or (behind[0].lower() in words.lists["office_of"] and (is_told or is_named))
    return False


def _has_age(after: str, words: Words) -> bool:
    """Whether a name is followed by ", 14," or ", who is 14"."""
    following = after.split()[:4]
    if not after.startswith(", ") or len(following) < 3:
        return False
    years = following[1]
    if following[1] in words.lists["who"] and following[2] in words.lists["is"]:
        return following[-1].strip(",.").isdigit()
    return years.endswith(",") and years[:-1].isdigit() and int(years[:-1]) < _OLDEST


def _is_called_body(before: str, after: str, words: Words) -> bool:
    """Whether a name has a plural verb, stands behind a company's noun, or before "the country's largest lender"."""
    *said, last = before.lower().rsplit(None, 1) or ("",)
    if any(word in words.lists["plural_verbs"] for word in after.split(None, 1)[:1]):
        # "Rotherfield Town have sold"; but "friends of Rui Paz have" and "Rui Paz and Ana Ruiz have"
        return not last or last.endswith(_SENTENCE_ENDS) or last in words.lists["clause_openers"] - words.lists["joins"]
    if last in words.businesses and not words.is_person(last):
        return True
    if last.endswith(",") and last[:-1] in words.businesses and _is_defined(" ".join(said).split(), words):
        return True
    return after.startswith(", ") and _is_body_phrase(after[2:], words)


def _is_owner(before: str, words: Words) -> bool:
    """Whether a name stands right behind a company's noun: "its owner Zeta"."""
    last = before.lower().split()[-1:]
    return bool(last) and (last[0] in words.businesses or last[0] in words.lists["either"])


def _is_defined(said: Sequence[str], words: Words) -> bool:
    return any(word.endswith("'s") or word in words.lists["determiners"] for word in said[-_MOST_WORDS:])


def _is_body_phrase(after: str, words: Words) -> bool:
    """Whether a description as far as its first preposition is that of a body: "the country's largest lender"."""
    said, _, rest = after.partition(".")[0].partition(",")
    if any(word in words.lists["joins"] for word in rest.split()[:1]):
        return False
    core = []
    for word in said.split():
        if word in words.lists["prepositions"] or word in words.lists["relatives"]:
            break
        core.append(word)
    is_opened = bool(core) and (core[0].lower() in words.lists["articles"] or core[0].endswith("'s"))
    if not is_opened or len(core) > _MOST_WORDS or any(words.is_person(word) for word in core):
        return False
    return words.is_body(core[-1])  # written with a capital it is a name of its own
