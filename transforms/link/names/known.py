"""Names that the directory knows: mentions come in; they go out with its ids and labels.

Where a form is borne by several, the story decides: another of their names in it, or their country. Else the most
usual one, which the directory gives first.
"""

from collections.abc import Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.link.directory import Known
from transforms.link.folding import fold_name
from transforms.link.names.body_name import body_name
from transforms.link.names.context import Context
from transforms.link.names.person_name import person_name
from transforms.link.names.short_names import is_national

KNOWN_NAME = "known_name"
"""Rule of a name that only the directory showed."""


def link_known(context: Context, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those of known names with their ids and labels."""
    return [_linked(context, mention) for mention in mentions]


def choose(context: Context, name: str, label: str | None = None) -> Known | None:
    """The one known entity that a name means in this story, or None."""
    key = name, label
    if key not in context.chosen:
        context.chosen[key] = _choose(context, name, label)
    return context.chosen[key]


def _choose(context: Context, name: str, label: str | None) -> Known | None:
    found = context.directory.lookup(name, label)
    if len(found) < 2:
        return found[0] if found else None
    told = [known for known in found if _is_told(context, known, name)]
    if len(told) == 1:
        return told[0]
    return found[0] if not told and name.isupper() else None


def _is_told(context: Context, known: Known, name: str) -> bool:
    """Whether the story shows that it means this one: by its full name, or by its country."""
    full = [form for form in (known.name, *known.aliases) if form != name and " " in form]
    return any(form in context.text for form in full) or known.country_code in context.countries


def _linked(context: Context, mention: Mention) -> Mention:
    """The mention with the id of the known entity; a lone name of a person waits for the people of the story."""
    if mention.entity_id is not None or (mention.label == "LOC" and fold_name(mention.text) in context.people_words):
        return mention
    if mention.label == "PER":
        name = person_name(mention.text)
        if not name.is_full:
            known = choose(context, mention.text)
            is_body = known is not None and known.label != "PER" and not context.people_words & set(name.words)
            return with_known(mention, known) if known and is_body else mention
        known = choose(context, mention.text, "PER")
        if known is None and not name.suffix:  # "Donald Trump Jr." is not Donald Trump
            known = choose(context, name.written, "PER")
        known = known or choose(context, mention.text)
    else:
        known = choose(context, mention.text, mention.label) or choose(context, mention.text)
        if known is None and mention.label == "ORG":
            known = choose(context, body_name(mention.text).written, "ORG")
        if known is not None and known.label == "PER" and not person_name(mention.text).is_full:
            return mention
    known = known or _spelled(context, mention)
    if known is None or (mention.label == "NORP" and known.label not in {"ORG", "NORP"}):
        return mention
    if mention.label == "NORP" and known.name.casefold().endswith(f" {mention.text.casefold()}"):
        return mention  # "Hindu" is not the newspaper called The Hindu
    if context.is_elsewhere(known, mention.start, mention.end) or _is_any_party(context, mention, known):
        return mention
    return with_known(mention, known)


def _is_any_party(context: Context, mention: Mention, known: Known) -> bool:
    """Whether a name that parties of many countries have stands in a story of other countries only."""
    is_told = not context.countries or known.country_code in context.countries
    return known.kind == "party" and not is_told and is_national(body_name(mention.text))


def _spelled(context: Context, mention: Mention) -> Known | None:
    """The one known person or body of a name of several words in another spelling."""
    name = person_name(mention.text)
    if mention.label not in {"PER", "ORG"} or " " not in name.written or name.suffix:
        return None
    found = context.directory.lookup_loosely(name.written, mention.label)
    return found[0] if len(found) == 1 else None


def with_known(mention: Mention, known: Known) -> Mention:
    """The mention with what the directory knows."""
    rule = mention.rule if mention.label == known.label else KNOWN_NAME
    return replace(
        mention,
        label=known.label,
        entity_id=known.entity_id,
        name=known.name,
        geonames_id=known.geonames_id if mention.geonames_id is None else mention.geonames_id,
        country_code=known.country_code if mention.country_code is None else mention.country_code,
        rule=rule,
    )
