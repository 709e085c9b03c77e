"""Who holds an office of several words: its tokens come in, the `Speaker` named behind it goes out, or None."""

from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.speaker import Speaker, named


def holder_of(marked: Marked, first: int, last: int) -> Speaker | None:
    """Who is named behind an office of more words: "minister of mines and energy Ana Ruiz".

    Of "a friend of the singer Ana Ruiz" and "the lawyer of Ana Ruiz" it is not the name.
    """
    low, words = marked.low, marked.words
    number = marked.mention_of[last - 1]
    if number == NONE or marked.mentions[number].label != "PER":
        return None
    name = marked.mention_tokens[number][0]
    of = next((token for token in range(first + 1, name) if low[token] in words.lists["prepositions"]), NONE)
    if of == NONE or low[of] not in words.lists["of"] or of + 1 >= name or low[of - 1] not in words.nouns:
        return None
    for token in range(of + 1, name):
        noun = words.nouns.get(low[token])
        is_person = (noun is not None and noun.kind == "person") or low[token] in words.lists["titles"]
        if is_person or marked.mention_of[token] != NONE or not marked.is_word(token):
            return None
        if (
            low[token] in words.lists["determiners"]
            or low[token] in words.lists["prepositions"]
            or low[token].endswith("'s")
        ):
            return None
    return named(marked, first, last, number, coordinated=False)
