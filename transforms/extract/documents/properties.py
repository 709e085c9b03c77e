"""What the properties of a document are worth: title, author and day of creation, where they are plausible.

In: values as a program wrote them. Out: values an analyst can use, or nothing.
"""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from transforms.extract.bylines import people_in
from transforms.extract.published import Moment, parse_given

_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|rtf|odt|indd|qxp|pages|txt|html?|pptx?|xlsx?)$|[\\/_]|^microsoft |^untitled", re.I
)
_PDF_TIME = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?")
_LONGEST = 250


def plausible_title(value: Any) -> str | None:
    """A title that is not the name of a file or program.

    >>> plausible_title("Report on the harbour"), plausible_title("Microsoft Word - x.doc"), plausible_title("Report")
    ('Report on the harbour', None, None)
    """
    title = " ".join(value.split()) if isinstance(value, str) else ""
    return title if len(title.split()) > 1 and len(title) <= _LONGEST and not _FILE_NAME.search(title) else None


def people(value: Any) -> tuple[str, ...]:
    """The people that an author property names; login names and offices are none."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return ()
    names = (name for part in re.split(r"[;\n]", value) for name in people_in(part))
    return tuple(dict.fromkeys(name for name in names if " " in name))


def created(value: Any, fetched_at: datetime | None) -> Moment | None:
    """When the document was made: a `datetime`, or a time as PDF writes it ("D:20240503142400+02'00'")."""
    if isinstance(value, datetime):
        value = value.isoformat() if value.tzinfo else f"{value.isoformat()}Z"
    elif isinstance(value, str) and (match := _PDF_TIME.match(value)):
        year, month, day, hour, minute, second, sign, hours, minutes = match.groups()
        zone = f"{sign}{hours}:{minutes or '00'}" if sign else "Z" if "Z" in match[0] else ""
        value = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}"
    moment = parse_given(value, fetched_at)
    return replace(moment, method="document") if moment else None
