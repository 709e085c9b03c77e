"""The language of a text, by its letters and not by what the page claims.

In: text. Out: ISO 639-1, or None when the text is too short or the detector is unsure.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_MIN_LETTERS = 60  # below, the detector is wrong on one line in ten of short English lines
_ENOUGH = 4_000
_SURE = 0.9


def detect_language(text: str) -> str | None:
    """The language of `text`.

    >>> detect_language("The ferry across the river was stopped on Monday because the water had risen too high.")
    'en'
    >>> detect_language("Ferry") is None
    True
    """
    sample = text[:_ENOUGH]
    letters = sum(map(str.isalpha, sample))
    # one character of Chinese, Japanese or Korean says about as much as three letters
    letters += 2 * sum("\u3040" <= character <= "\ud7af" for character in sample)
    if letters < _MIN_LETTERS:
        return None
    language, probability = _classify()(sample)
    return language if probability >= _SURE and len(language) == 2 else None


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    build: Callable[..., Any] = LanguageIdentifier.from_model_file
    classify: Callable[[str], tuple[str, float]] = build(MODEL_FILE, norm_probs=True).classify
    return classify
