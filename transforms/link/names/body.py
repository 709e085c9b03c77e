"""The ways in which a story writes its bodies: mentions come in, one `Body` for each way goes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.find.mentions import Mention
from transforms.link.folding import fold_name
from transforms.link.names.areas import area_of, shared_names
from transforms.link.names.body_name import BodyName, body_name
from transforms.link.names.context import Context
from transforms.link.names.short_names import is_national
from transforms.link.names.story_country import serves_abroad
from transforms.link.names.words import small_words


@dataclass(slots=True)
class Body:
    """One way to write a body in the story, and the body it turns out to be; `country` may be a region: "US-GA"."""

    name: BodyName
    country: str | None = None
    entity_id: str | None = None
    known_name: str | None = None
    numbers: list[int] = field(default_factory=list)
    same: "Body | None" = None

    def first(self) -> "Body":
        """The body that stands for all that are one."""
        body = self
        while body.same is not None:
            body = body.same
        return body


def bodies_of(context: Context, mentions: Sequence[Mention]) -> list[Body]:
    """One body for each form of a name, in each country it is said to be of."""
    bodies: dict[tuple[tuple[str, ...], str, str | None, str | None], Body] = {}
    longer = {
        name.words[-1] for each in mentions if each.label == "ORG" and len((name := body_name(each.text)).words) > 1
    }
    for number, mention in enumerate(mentions):
        if mention.label != "ORG":
            continue
        name = body_name(mention.text)
        place = _country_of(context, mention, name)
        if mention.entity_id is None and place is not None and mention.start <= place.start < mention.end:
            name = _without_place(name, place)
        national = mention.entity_id is None and (
            is_national(name) or (place is not None and _is_known_elsewhere(context, mention))
        )
        if not name.words:
            continue
        if name.is_head_alone and mention.entity_id is None and not (national and place):
            is_called_so = name.head is not None and name.head.national == "alone" and mention.text[0].isupper()
            if not is_called_so or name.words[-1] in longer:
                continue
        country = area_of(place) if national and place else None
        key = name.words, "" if name.words else mention.text, country, mention.entity_id
        body = bodies.get(key)
        if body is None:
            known_name = mention.name if mention.entity_id else None
            body = bodies[key] = Body(name, country, mention.entity_id, known_name)
        elif name.is_company and not body.name.is_company:
            body.name = name
        body.numbers.append(number)
    return list(bodies.values())


def _country_of(context: Context, mention: Mention, name: BodyName) -> Mention | None:
    """The country or region that the story gives a body; not "Georgia" when nothing else says which that is."""
    place = context.country_at(mention.start, mention.end)
    if place is None and is_national(name) and not serves_abroad(name):
        place = context.country_about(mention.start, mention.end)
    if place is None or fold_name(place.text) not in shared_names():
        return place
    return place if place.country_code in context.sure_countries else None


def _is_known_elsewhere(context: Context, mention: Mention) -> bool:
    """Whether the name is that of a known body of another country."""
    return any(
        context.is_elsewhere(each, mention.start, mention.end) for each in context.directory.lookup(mention.text)
    )


def _without_place(name: BodyName, place: Mention) -> BodyName:
    """The name without the country in it, if the rest is a name that every country has."""
    cut = fold_name(place.text).split()
    words = name.words
    for at in range(len(words) - len(cut) + 1):
        if list(words[at : at + len(cut)]) == cut:
            before = at
            while before and words[before - 1] in small_words():
                before -= 1
            rest = [*words[:before], *words[at + len(cut) :]]
            plain = body_name(" ".join(rest)) if rest else name
            # "Bank of China" is not China's Bank.
            is_noun = plain.is_head_alone and plain.head is not None and plain.head.national == "yes"
            return plain if is_national(plain) and not is_noun else name
    return name
