"""Mentions that hold two names: "Piper Aviation Inc. Harwell" comes in, two mentions go out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.link.folding import fold_name
from transforms.link.names.words import company_forms

LEGAL_FORM = "legal_form"
"""Rule of a name that its legal form makes an organization's."""

_DASH = re.compile(r"\s[-–—]{1,2}\s(?=\S)")
_STOP = re.compile(r"(?<=\w)\.\s+(?=[A-Z])")


def split_companies(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those of organizations cut where a legal form and a full stop end one name.

    What the model takes for a person, and ends in a legal form, is an organization.
    """
    return [part for mention in mentions for part in _parts(_relabelled(_without_dateline(mention)))]


def _without_dateline(mention: Mention) -> Mention:
    """The mention without the town in capitals that the story begins with: "LONDON - Harwell Plc"."""
    dash = _DASH.search(mention.text) if mention.entity_id is None else None
    if dash is None or not mention.text[: dash.start()].isupper():
        return mention
    return replace(mention, start=mention.start + dash.end(), text=mention.text[dash.end() :])


def _relabelled(mention: Mention) -> Mention:
    if mention.label == "PER" and mention.entity_id is None and _ends_in_form(mention.text):
        return replace(mention, label="ORG", rule=LEGAL_FORM)
    return mention


def _parts(mention: Mention) -> Iterator[Mention]:
    stop = _STOP.search(mention.text) if mention.label == "ORG" and mention.entity_id is None else None
    if stop is None or not _ends_in_form(mention.text[: stop.start()]):
        yield mention
        return
    yield replace(mention, end=mention.start + stop.start(), text=mention.text[: stop.start()])
    yield replace(mention, start=mention.start + stop.end(), text=mention.text[stop.end() :])


def _ends_in_form(text: str) -> bool:
    return " " in text and tuple(fold_name(text.rpartition(" ")[2]).split()) in company_forms()
