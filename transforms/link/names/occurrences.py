"""Where given names stand in a text: a text and forms come in, the spans of the longest ones go out, in linear time."""

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"(?<![\w.&'’-])[^\W_]+")
_CAPITAL_WORD = re.compile(r"(?<![\w.&'’-])[^\W_a-z][^\W_]*")  # or a number; a fifth of all words
_GOES_ON = re.compile(r"[\w&]")


def find_forms(text: str, forms: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The spans where one of the forms stands as whole words, from left to right, without overlap.

    >>> list(find_forms("Kia Motors and Kia", ["Kia", "Kia Motors"]))
    [(0, 10), (15, 18)]
    """
    by_word: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        if word := _WORD.match(form):
            by_word.setdefault(word[0], []).append(form)
    words = _WORD if any("a" <= word[0] <= "z" for word in by_word) else _CAPITAL_WORD
    end = 0
    for found in words.finditer(text) if by_word else ():
        start = found.start()
        if start < end:
            continue
        for form in by_word.get(found[0], ()):
            if text.startswith(form, start) and not _GOES_ON.match(text, start + len(form)):
                end = start + len(form)
                yield start, end
                break
