"""Names that the story itself calls a person or a body: mentions come in and go out with the labels it tells.

"his sister, Zeta," is a person, "Ana Ruiz, the country's largest lender," a body.
"""

from collections.abc import Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.link.speakers.words import Words

_WINDOW = 60
"""Characters around a name that are read."""
_MOST_WORDS = 6
_BODIES = ("ORG", "FAC")


def corrected(text: str, mentions: Sequence[Mention], words: Words) -> list[Mention]:
    """The mentions, all of one id or spelling relabelled where one of them is contradicted."""
    labels: dict[str, str] = {}
    for mention in mentions:
        label = _label_told(text, mention, words)
        if label and label != mention.label:
            labels[mention.entity_id or mention.text] = label
    named = [mention for mention in mentions if not _is_title(text, mention, words)]
    return [
        replace(mention, label=labels[key]) if (key := mention.entity_id or mention.text) in labels else mention
        for mention in named
    ]


def _is_title(text: str, mention: Mention, words: Words) -> bool:
    """Whether what looks like a name is an office: "the Collector"."""
    low = mention.text.lower()
    return words.is_person(low) and text[max(0, mention.start - 4) : mention.start].lower() == "the "


def _label_told(text: str, mention: Mention, words: Words) -> str:
    if mention.label in _BODIES or (mention.label == "LOC" and not mention.entity_id):
        return "PER" if _is_apposed_person(text, mention, words) else ""
    if mention.label == "PER" and _is_called_body(text, mention, words):
        return "ORG"
    return ""


def _is_apposed_person(text: str, mention: Mention, words: Words) -> bool:
    """Whether a name stands behind "his sister," or "the bank's negotiator,"."""
    if text[mention.start - 2 : mention.start] != ", " or text[mention.end : mention.end + 1] not in (",", "."):
        return False
    before = text[max(0, mention.start - 2 - _WINDOW) : mention.start - 2].lower().replace("’", "'").split()
    if not before or not words.is_person(before[-1]) or before[-1] in words["either"]:
        return False
    for word in reversed(before[-1 - _MOST_WORDS : -1]):
        if word.endswith("'s") or word in words["determiners"]:
            return True
        if word in words["prepositions"] or word.endswith((",", ".")):
            return False
    return False


def _is_called_body(text: str, mention: Mention, words: Words) -> bool:
    before = text[max(0, mention.start - _WINDOW) : mention.start].lower().split()
    after = text[mention.end : mention.end + _WINDOW].lower().replace("’", "'")
    # "Rotherfield Town have sold": nobody have, unless two do
    last = before[-1] if before else ""
    is_plural = any(word in words["plural_verbs"] for word in after.split()[:1])
    if is_plural and last not in words["joins"] and last not in words["modals"] and last not in words["did"]:
        return not last.endswith(",")
    if last in words.bodies and not words.is_person(last):
        return True
    if not after.startswith(", "):
        return False
    said = after[2:].partition(",")[0].partition(".")[0].split()
    return _is_body_phrase(said, words)


def _is_body_phrase(said: Sequence[str], words: Words) -> bool:
    """Whether a description as far as its first preposition is that of a body: "the country's largest lender"."""
    core = []
    for word in said:
        if word in words["prepositions"] or word in words["relatives"]:
            break
        core.append(word)
    is_opened = bool(core) and (core[0] in words["determiners"] or core[0].endswith("'s"))
    if not is_opened or len(core) > _MOST_WORDS or any(words.is_person(word) for word in core):
        return False
    return words.is_body(core[-1])
