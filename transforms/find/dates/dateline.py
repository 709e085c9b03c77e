"""The dateline: a story's tokens and one of their readings come in; whether it is the story's own day goes out.

"BEIRUT, Nov. 30, 2024 (AP) —": a place, the day, perhaps an agency, a dash. A full date on the first line by itself
says the same. Any other date at the head of a story may be somebody's birthday.
"""

import re

HEAD = 160
"""Code points at the head of a story in which a dateline may name its day."""
PLACE = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*(?:, | and |/| )?(?:\([^()\n]{2,30}\) ?)?){1,8},? *")
DASH = re.compile(r",? ?(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/|[A-Z][\w ]{1,20})? ?(?:[—–]|--?|:) ?")


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]`, a date, stands where a dateline has its day.

    >>> is_dateline("ROME, Nov. 30 (AP) — Rain fell.", 6, 13), is_dateline("Born Nov. 30, he sang.", 5, 12)
    (True, False)
    """
    if end > HEAD:
        return False
    head = text[:start]
    if not head.strip():
        return text[end : end + 1] == "\n"
    return PLACE.fullmatch(head) is not None and DASH.match(text, end) is not None
