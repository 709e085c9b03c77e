"""Digits that name or number something: TPP-11, 192.168.1.2, 24/7, 555-0199, "1. First", a row of data.

In: tokens and a place. Out: the token after the code; 0 when the digits are none.
"""

from transforms.find.quantities.counted import is_plural
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.tokens import SENTENCE_ENDS, Tokens

LONGEST_LIST = 24
"""Bare numbers in a row that are still a list in a sentence."""
DASHES = frozenset({"-", "–", "—", "−"})
HYPHENS = DASHES - {"—"}
"""What joins a word and its number; a long dash parts them ("far above normal—109 cm")."""
JOINTS = DASHES | {".", "/"}
DOTS = frozenset({"."})
CLOSERS = {"(": ")", "[": "]"}
EMERGENCIES = frozenset({"911", "999", "112", "000", "101", "988"})
SHORTEST_NUMBER = 8
"""Digits of a telephone number with its area at least."""
LINES = frozenset({"480", "720", "1080", "1440", "2160", "4320"})
"""Lines of a video picture: 1080p."""


def chain(tokens: Tokens, at: int, joints: frozenset[str]) -> int:
    """The token after digits joined without spaces: 12/05/2024, 192.168.1.2, 555-0199."""
    last = at + 1
    while (
        tokens.low[last] in joints and tokens.glued(last) and tokens.kinds[last + 1] == "n" and tokens.glued(last + 1)
    ):
        last += 2
    return last


def data(tokens: Tokens, at: int, _words: Lexicon) -> int:
    """A long row of bare numbers is data, not a sentence about quantities."""
    last = at + 1
    numbers = 1
    while tokens.kinds[last] == "n" or (tokens.low[last] in {",", ";", "|", "/"} and tokens.kinds[last + 1] == "n"):
        numbers += tokens.kinds[last] == "n"
        last += 1
        if numbers == LONGEST_LIST:
            while tokens.kinds[last] == "n" or tokens.low[last] in {",", ";", "|", "/"}:
                last += 1
            return last
    return 0


def citation(tokens: Tokens, at: int, words: Lexicon) -> int:
    """The "(7)" and "[2, 5]" behind a sentence: numbers of its sources."""
    opener, last = tokens.low[at - 1], at + 1
    if opener == "(" and tokens.glued(at - 1) and tokens.kinds[at - 2] == "n" and tokens.glued(at):
        return last  # Section 14(1)
    if opener not in CLOSERS or tokens.low[at - 2] in words.lists["people_one"]:
        return 0
    while (tokens.low[last] == "," or tokens.low[last] in DASHES) and tokens.kinds[last + 1] == "n":
        last += 2
    numbers = tokens.raw[at:last:2]
    if tokens.low[last] != CLOSERS[opener] or not all(raw.isdigit() and len(raw) <= 3 for raw in numbers):
        return 0
    return last if len(numbers) > 1 or tokens.low[last + 1] in SENTENCE_ENDS else 0


def identifier(tokens: Tokens, at: int, words: Lexicon) -> int:
    """Part of a word, an address or a code: TPP-11, 192.168.1.2, www.site24.com, @user5, 24/7."""
    before = tokens.low[at - 1]
    if len(tokens.raw[at]) > 25:
        return at + 1
    if (
        tokens.glued(at)
        and before in {"#", "@", "_", "\\", "^", "="}
        and not (before == "=" and tokens.low[at - 2] in {"<", ">", "y"})
    ):
        return at + 1
    if tokens.glued(at) and before in HYPHENS and tokens.kinds[at - 2] == "w" and tokens.glued(at - 1):
        word = tokens.low[at - 2]
        if word not in words.lists["hyphen_before_number"] and word not in words.numbers:
            return chain(tokens, at, JOINTS)
    dots = chain(tokens, at, DOTS)
    if dots > at + 1 or (tokens.glued(at) and before == "." and tokens.kinds[at - 2] == "w" and tokens.glued(at - 1)):
        return dots
    slash = tokens.low[at + 1] == "/" and tokens.glued(at + 1) and tokens.kinds[at + 2] == "n" and tokens.glued(at + 2)
    if slash:
        last = chain(tokens, at, frozenset({"/"}))
        upper, lower = tokens.raw[at], tokens.raw[at + 2]
        proper = upper.isdigit() and lower.isdigit() and int(upper[:9]) < int(lower[:9]) and last == at + 3
        return 0 if proper and lower in {"2", "3", "4", "5", "6", "8", "10", "12", "16", "32", "64"} else last
    if tokens.low[at + 1] == "/" and tokens.low[at + 3] == "/":
        return at + 5
    after = tokens.raw[at + 1] if tokens.kinds[at + 1] == "w" and tokens.glued(at + 1) else ""
    return at + 2 if after in {"G", "D", "X"} or any(sign.isdigit() for sign in after[:-1]) else 0  # 5G, 3D, 4x4


def telephone(tokens: Tokens, at: int, words: Lexicon) -> int:
    """555-0199, +1-222-555-0199, call 911."""
    last = chain(tokens, at, JOINTS)
    groups = [tokens.raw[place] for place in range(at, last, 2)]
    if len(groups) >= 3 and not (len(groups) == 3 and all(len(group) <= 2 for group in groups)):
        return last
    if len(groups) == 2 and len(groups[0]) == 3 and len(groups[1]) == 4 and "." not in groups[1]:
        return last
    area = _area_code(tokens, at)
    if area:
        return area
    if (
        tokens.low[at - 1] in words.lists["phone_before"]
        and tokens.raw[at].isdigit()
        and not is_plural(tokens, at + 1, words)
    ):
        while tokens.kinds[last] == "n" and tokens.same_line(last):
            last += 1
        return last
    if tokens.raw[at] in EMERGENCIES and tokens.low[at + 1] in words.lists["calls"]:
        return at + 1
    if tokens.low[at - 1] == "+" and tokens.glued(at) and tokens.kinds[at + 1] == "n" and tokens.same_line(at + 1):
        while tokens.kinds[last] == "n" and tokens.same_line(last):
            last += 1
        return last
    return 0


def _area_code(tokens: Tokens, at: int) -> int:
    """(513) 868-5811, 0800 555111, 020 8583 5555: the token after a number that begins with its area."""
    code, last = tokens.raw[at], at + 1
    if tokens.low[at - 1] == "(" and tokens.low[last] == ")" and len(code) == 3 and code.isdigit():
        groups = tokens.kinds[at + 2] == "n" and tokens.low[at + 3] in DASHES and tokens.kinds[at + 4] == "n"
        return at + 5 if groups and tokens.glued(at + 4) else 0
    if not code.isdigit() or code[0] != "0" or not 3 <= len(code) <= 5:
        return 0
    while tokens.kinds[last] == "n" and tokens.raw[last].isdigit() and tokens.same_line(last):
        last += 1
    return last if sum(len(tokens.raw[place]) for place in range(at, last)) >= SHORTEST_NUMBER else 0


def list_number(tokens: Tokens, at: int, _words: Lexicon) -> int:
    """A number that only counts the lines of a list: "1. First", "(2)", "3)"."""
    opens = not tokens.kinds[at - 1] or not tokens.same_line(at)
    if opens and tokens.low[at + 1] in {".", ")"} and tokens.raw[at].isdigit() and len(tokens.raw[at]) < 3:
        return at + 2 if tokens.kinds[at + 2] == "w" and tokens.same_line(at + 2) else 0
    if tokens.low[at - 1] == "(" and tokens.low[at + 1] == ")" and len(tokens.raw[at]) < 3 and not tokens.glued(at - 1):
        return at + 2 if tokens.kinds[at + 2] == "w" else 0
    return 0


def resolution(tokens: Tokens, at: int, words: Lexicon) -> int:
    """1080p, 4K video: how sharp a picture is."""
    after = tokens.raw[at + 1]
    if len(after) != 1 or not tokens.glued(at + 1):
        return 0
    if after in {"p", "i"} and tokens.raw[at] in LINES:
        return at + 2
    sharp = after == "K" and len(tokens.raw[at]) == 1 and tokens.low[at + 2] in words.lists["pictures"]
    return at + 2 if sharp else 0
