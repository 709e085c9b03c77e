"""The output line of `copydesk extract`.

In: an `Article` or a `Reject`. Out: a dict that `json.dumps` takes.
"""

from datetime import datetime
from typing import Any

from transforms.extract.article import Article
from transforms.outcome import Reject


def extract_row(outcome: Article | Reject, id: object) -> dict[str, Any]:
    """The line for one input: `id`, then the article's fields, or nulls and what was wrong in `error`.

    `authors` are all that the byline names, agencies and desks too; the table keeps people apart. `published_at` is ISO
    8601: the date alone when no more is known, else a time with the page's own zone.
    """
    if isinstance(outcome, Reject):
        return {
            "id": id,
            "title": None,
            "authors": [],
            "published_at": None,
            "published_precision": None,
            "language": None,
            "text": None,
            "error": f"{outcome.reason}: {outcome.detail}",
        }
    return {
        "id": id,
        "title": outcome.headline,
        "authors": list(outcome.credits or outcome.authors),
        "published_at": _written(outcome.published_at, outcome.published_precision),
        "published_precision": outcome.published_precision,
        "language": outcome.language,
        "text": outcome.text,
        "error": None,
    }


def _written(at: datetime | None, precision: str | None) -> str | None:
    if at is None:
        return None
    return at.isoformat().replace("+00:00", "Z") if precision in ("second", "minute") else at.date().isoformat()
