"""Letters that were read in the wrong encoding: "cafÃ©" for "café". Only what cannot be meant is mended.

In: a text. Out: edits. Which runs of letters cannot be meant is known to ftfy.
"""

import re
from collections.abc import Iterator

from ftfy import fix_encoding
from ftfy.badness import is_bad

from transforms.extract.edits import Edit

_RUN = re.compile(r"[^\x00-\x7f]+(?:[\x20-\x2f]?[^\x00-\x7f]+)*")
_CONTROL = re.compile(r"[\x80-\x9f]")
"""Controls that no text has: they are the punctuation of Windows, read as Latin-1."""
_LONGEST = 10_000


def mend_mojibake(text: str) -> Iterator[Edit]:
    """The edits that mend letters read in the wrong encoding, each in the rule `mojibake`.

    >>> [(edit.start, edit.end, edit.text) for edit in mend_mojibake("the cafÃ© by the port")]
    [(7, 9, 'é')]
    >>> list(mend_mojibake("le café – « bien »"))
    []
    """
    if text.isascii():
        return
    for match in _RUN.finditer(text):
        run = match[0]
        if len(run) > _LONGEST or not (is_bad(run) or _CONTROL.search(run)):
            continue
        mended = _CONTROL.sub(_windows, fix_encoding(run))
        if mended != run and mended and not is_bad(mended):
            yield Edit(match.start(), match.end(), mended, "mojibake")


def _windows(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", errors="ignore") or match[0]
