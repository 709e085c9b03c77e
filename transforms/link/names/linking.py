"""Names of one story: its text and mentions come in; people, bodies, laws and other names go out with one id each."""

from collections.abc import Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.link.directory import Directory, entity_id_of
from transforms.link.folding import fold_name
from transforms.link.names.acronyms import find_acronyms
from transforms.link.names.bodies import link_bodies
from transforms.link.names.body_name import body_name
from transforms.link.names.call_names import find_call_names
from transforms.link.names.context import Context
from transforms.link.names.facilities import find_facilities
from transforms.link.names.generic import is_generic
from transforms.link.names.known import link_known
from transforms.link.names.laws import find_laws, link_laws
from transforms.link.names.missed_known import first_words_of, with_missed_known
from transforms.link.names.people import link_people
from transforms.link.names.short_forms import link_short_forms
from transforms.link.names.small_bodies import find_small_bodies, without_strangers
from transforms.link.names.spans import split_companies
from transforms.link.names.words import heads

_OTHERS = frozenset({"FAC", "EVENT", "WORK", "PRODUCT"})


def link_names(text: str, mentions: Sequence[Mention], directory: Directory) -> list[Mention]:
    """The mentions of one text in text order, names with `entity_id` and canonical `name`, and the missed short forms.

    Takes the mentions after `link_places`: those with an id are left alone. Ids are those of the directory, or made of
    label and name ("per:rami-abdel-rahman"). A mention that the story does not tell apart has none. Labels are the
    directory's where it knows the name. Places without coordinates and peoples without a country stay without an id.
    """
    first_words = first_words_of(directory)
    found = find_facilities(text, find_laws(text, split_companies(mentions)))
    context = Context(text, found, directory.for_story(text))
    found = with_missed_known(context, link_known(context, found), first_words)
    found, meanings = find_acronyms(context, found)
    found = find_call_names(context, found)
    found = without_strangers(link_bodies(context, find_small_bodies(text, found), meanings))
    found = link_people(context, found)
    found = link_laws(context, found)
    found = [_with_own_name(context, mention, meanings.get(mention.text, mention.text)) for mention in found]
    return link_short_forms(context, found)


def _with_own_name(context: Context, mention: Mention, name: str) -> Mention:
    """A building, event, work or product with the id of its name, if it is one; an acronym has that of the long one."""
    if mention.label not in _OTHERS or mention.entity_id is not None or not _is_name(name):
        return mention
    if context.directory.is_withheld(name) or is_generic(body_name(name)):
        return mention
    entity_id = entity_id_of(mention.label, name)
    return replace(mention, entity_id=entity_id and context.directory.canonical_id(entity_id), name=name)


def _is_name(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    is_name = len(letters) > 2 and (any(letter.isupper() for letter in text) or not letters[0].islower())
    return is_name and "://" not in text and fold_name(text) not in heads()
