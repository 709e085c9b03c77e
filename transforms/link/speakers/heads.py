"""The name that words for a speaker are about: their tokens come in, the place of the name goes out, or NONE.

"a spokesman for Zeta" is about a spokesman, "the charity Zeta" about Zeta, "Zeta's Ana Ruiz" about Ana Ruiz.
"""

from transforms.link.speakers.story import NONE, Story, Tokens


def name_of_head(story: Story, tokens: Tokens, first: int, last: int) -> int:
    """The name that heads the tokens, a person's if one of its appositions is a person's."""
    found = NONE
    start = first
    for part in _parts(tokens, first, last):
        name = _head(story, tokens, start, part)
        if name != NONE and story.mentions[name].label == "PER":
            return name
        if start == first:
            found = name
        start = part + 1
    return found if found != NONE else _named_as(story, tokens, first, last)


def _parts(tokens: Tokens, first: int, last: int) -> list[int]:
    """Where the appositions of a phrase end."""
    signs = [
        index
        for index in range(first, last)
        if tokens.names[index] == NONE and tokens.low[index] in (",", "(", ")", "–", "—")
    ]
    return [*signs, last]


def _head(story: Story, tokens: Tokens, first: int, last: int) -> int:
    """The name that ends a phrase before its first preposition, unless somebody else is joined to it."""
    words = story.words
    core = first
    while core < last and (
        tokens.names[core] != NONE or core == first or tokens.low[core] not in words.lists["prepositions"]
    ):
        if core > first and tokens.names[core] == NONE and tokens.low[core] in words.lists["relatives"]:
            break
        core += 1
    if core == first:
        return NONE
    name = tokens.names[core - 1]
    if name == NONE and core - 2 >= first and _goes_on(story, tokens, core - 1):
        name = tokens.names[core - 2]
    if name == NONE or _is_joined(story, tokens, first, core, name):
        return NONE
    return name


def _goes_on(story: Story, tokens: Tokens, index: int) -> bool:
    """Whether a word belongs to the name before it: "Ana Ruiz MP", "the Zeta union", or a last name left out."""
    before, words = tokens.names[index - 1], story.words
    if before != NONE and story.mentions[before].label == "ORG" and tokens.low[index] in words.lists["behind_names"]:
        return True
    low = tokens.low[index]
    is_noun = words.is_person(low) or words.is_people(low) or words.is_body(low) or words.is_document(low)
    written = story.text[tokens.starts[index] : tokens.ends[index]]
    is_capital = written.isupper() or (written[0].isupper() and not is_noun)
    return before != NONE and story.mentions[before].label == "PER" and is_capital


def _is_joined(story: Story, tokens: Tokens, first: int, core: int, name: int) -> bool:
    """Whether it is one of two: "Ana Ruiz and Rui Paz", but not "the writer and painter Ana Ruiz"."""
    for index in range(first + 1, core - 1):
        if tokens.names[index] == NONE and tokens.low[index] in story.words.lists["joins"]:
            if story.mentions[name].label != "PER" or tokens.names[index - 1] != NONE:
                return True
            if (
                tokens.low[index + 1] in story.words.lists["determiners"]
                or tokens.low[index + 1] in story.words.pronouns
            ):
                return True
    return False


def _named_as(story: Story, tokens: Tokens, first: int, last: int) -> int:
    """The name somebody gave as theirs: "a trader who gave her name as Ana Ruiz"."""
    for index in range(first + 1, last):
        name = tokens.names[index]
        if name == NONE or story.mentions[name].label != "PER" or tokens.names[index - 1] == name:
            continue
        before = index - 1
        while (
            before > first
            and tokens.names[before] == NONE
            and (
                tokens.low[before] in story.words.lists["titles"]
                or tokens.low[before] == "."
                or tokens.low[before] in story.words.lists["adverbs"]
            )
        ):
            before -= 1
        if tokens.low[before] in story.words.lists["calls"]:
            return name
    return NONE
