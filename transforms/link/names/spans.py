"""Mentions that hold two names: "Piedmont Aviation Inc. USAir" comes in, two mentions go out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.link.folding import fold_name
from transforms.link.names.words import company_forms

_STOP = re.compile(r"(?<=\w)\.\s+(?=[A-Z])")


def split_companies(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those of organizations cut where a legal form and a full stop end one name."""
    return [part for mention in mentions for part in _parts(mention)]


def _parts(mention: Mention) -> Iterator[Mention]:
    stop = _STOP.search(mention.text) if mention.label == "ORG" and mention.entity_id is None else None
    if stop is None or not _ends_in_form(mention.text[: stop.start()]):
        yield mention
        return
    yield replace(mention, end=mention.start + stop.start(), text=mention.text[: stop.start()])
    yield replace(mention, start=mention.start + stop.end(), text=mention.text[stop.end() :])


def _ends_in_form(text: str) -> bool:
    return " " in text and tuple(fold_name(text.rpartition(" ")[2]).split()) in company_forms()
