"""Pages for the tests, of our own writing."""

import json
from typing import Any

RIVER = "The river rose again on Monday and the ferry across it was stopped for the third time this month."
MAYOR = "The mayor of Porto Novo said that two bridges would stay closed until the water had fallen by a metre."
WAIT = "People waited on both banks with their bicycles and their baskets, and nobody could say for how long."
STORY = (RIVER, MAYOR, WAIT)


def page(
    body: str | None = None, *, head: str = "", ld: dict[str, Any] | None = None, title: str = "Ferry stopped"
) -> bytes:
    """A page: by default an article of three paragraphs."""
    body = f"<article>{paragraphs(*STORY)}</article>" if body is None else body
    data = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    return f"<!doctype html><html><head><title>{title}</title>{head}{data}</head><body>{body}</body></html>".encode()


def paragraphs(*texts: str) -> str:
    """Paragraphs of HTML."""
    return "".join(f"<p>{text}</p>" for text in texts)


def news(**fields: Any) -> dict[str, Any]:
    """A JSON-LD article."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
