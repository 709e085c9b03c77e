"""Whom a count counts: a count and the place behind it come in; its noun, or what it is part of, is filled in."""

from transforms.find.claims.group import Group
from transforms.find.claims.phrase import is_head, read_phrase
from transforms.find.claims.tokens import Tokens

Numbers = dict[int, tuple[int, float | None]]
"""Where each number begins: where it ends, and its value."""


def read_counted(tokens: Tokens, group: Group, at: int, numbers: Numbers) -> None:
    """Fill in whom a count counts."""
    words = tokens.words
    at += tokens.at(at) in words.lists["out_of"] and tokens.at(at + 1) in words.lists["of"]
    if tokens.at(at) in words.lists["of"] or (
        tokens.at(at - 1) in words.lists["of"] and tokens.at(at) in words.lists["them"]
    ):
        at += tokens.at(at) in words.lists["of"]
        if tokens.at(at) in words.lists["them"] and not (
            tokens.at(at) in words.lists["those"] and _noun_follows(tokens, at)
        ):
            _part(tokens, group, at)
            return
        group.of_the = tokens.at(at) in words.lists["definite"]
        while tokens.at(at) in words.lists["determiners"]:
            at += 1
        if tokens.at(at) in words.lists["nominal_victims"] or (
            at < len(tokens) and tokens.at(at) in words.nominal and not _noun_follows(tokens, at)
        ):
            group.of_state = words.nominal.get(tokens.at(at), "killed")
            group.people, group.last, group.who, group.of_the = True, at + 1, None, False
            return
        if at in numbers:
            group.of_number = numbers[at][1]
            at = numbers[at][0]
            dead = "killed" if tokens.at(at) in words.lists["nominal_victims"] else ""
            if (tokens.at(at) in words.nominal or dead) and not _noun_follows(tokens, at):
                group.of_state, group.people, group.last = words.nominal.get(tokens.at(at), dead), True, at + 1
                group.of_the = False
                return
    one = group.low == group.high == 1 and at == tokens.first_at(group.end)
    at += tokens.at(at) in words.lists["quotes"]
    phrase = read_phrase(tokens, at, one)
    if group.low == 1 and phrase.people is not True and phrase.noun is None:
        phrase = read_phrase(tokens, at, group.low == 1 and group.comparator != "=")
    group.last, group.who, group.people = phrase.last, phrase.who, phrase.people
    group.noun, group.state, group.others = phrase.noun, phrase.state, phrase.others
    if group.of_number is not None and phrase.people is None and phrase.noun is None:
        group.people = True


def _part(tokens: Tokens, group: Group, at: int) -> None:
    """A part of people named before, or of a state: "two of them", "three of those killed"."""
    group.people, group.last = True, at + 1
    after = at + 1
    if tokens.at(at) in tokens.words.lists["those"]:
        after += tokens.at(after) in tokens.words.lists["relatives"]
        after += tokens.at(after) in tokens.words.lists["be"]
        told = tokens.words.nominal.get(tokens.at(after), tokens.words.of_those.get(tokens.at(after)))
        if told is not None:
            group.of_state, group.last = told, after + 1
            return
    group.of_them = True


def _noun_follows(tokens: Tokens, at: int) -> bool:
    """Whether a pronoun or state is followed by its noun: "those men", "the injured passengers"."""
    following = at + 1
    return following < len(tokens) and is_head(tokens, following, False)
