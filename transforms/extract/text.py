"""From plain text or Markdown to an article: its headline, dateline, language and clean text.

In: a string. Out: `Article` or `Reject`.
"""

import re
from collections.abc import Sequence

from transforms.extract.article import Article, Block
from transforms.extract.clean import clean
from transforms.extract.dateline import find_dateline, first_dateline
from transforms.extract.edits import Edit, apply
from transforms.extract.language import detect_language
from transforms.extract.layout import is_heading, markdown_edits, read_blocks
from transforms.extract.published import Moment
from transforms.outcome import Reason, Reject

MAX_CHARACTERS = 1_000_000
"""Longest text that the later stages read (spaCy's own limit)."""
_MIN_WORDS = 3
_FRONT_MATTER = re.compile(r"\A---\n(?P<fields>(?:[^\n]*\n){1,60}?)---\n+")


def article_of_text(text: str, *, markdown: bool = False) -> Article | Reject:
    """An article that somebody saved as text. A first line that reads as a heading is its headline."""
    if wrong := too_long(text) or _too_short(text):
        return wrong
    matter = _FRONT_MATTER.match(text) if markdown else None
    begin = matter.end() if matter else 0
    blocks = tuple(
        Block(block.start + begin, block.end + begin, block.kind)
        for block in read_blocks(text[begin:], markdown=markdown)
    )
    headline = _headline(text, blocks, markdown=markdown)
    signs = markdown_edits(text, blocks) if markdown else ()
    if matter:
        signs = (Edit(0, begin, "", "front_matter"), *signs)
    return cleaned_article(text, blocks, headline=headline, signs=signs)


def cleaned_article(
    text: str,
    blocks: tuple[Block, ...],
    *,
    headline: str | None = None,
    signs: Sequence[Edit] = (),
    authors: tuple[str, ...] = (),
    published: Moment | None = None,
) -> Article | Reject:
    """An article from a text that is not a page, cleaned.

    Args:
        text: the text with everything that `signs` take out.
        blocks: its blocks.
        headline: its headline; None: unknown.
        signs: edits to make before cleaning: signs of a markup, furniture of a document.
        authors: people who signed it.
        published: when it was published.
    """
    if wrong := too_long(text):
        return wrong
    language = detect_language(apply(text, sorted(signs, key=lambda edit: edit.start)))
    cleaned = clean(text, blocks, headline=headline, language=language, signs=signs)
    if wrong := _too_short(cleaned.text):
        return wrong
    dateline = first_dateline(cleaned.text, cleaned.blocks)
    return Article(
        text=cleaned.text,
        headline=headline,
        authors=authors,
        agency=(dateline and dateline.agency) or cleaned.agency,
        dateline=dateline.text if dateline else None,
        sign_off=cleaned.sign_off,
        language=language,
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        published_method=published.method if published else None,
        blocks=cleaned.blocks,
        removals=cleaned.removals,
    )


def front_matter(text: str) -> dict[str, str]:
    """The fields above a Markdown text, between two lines of dashes; none of them is believed yet."""
    match = _FRONT_MATTER.match(text)
    pairs = (line.split(":", 1) for line in match["fields"].splitlines() if ":" in line) if match else ()
    return {key.strip().lower(): value.strip().strip("\"'") for key, value in pairs}


def fixed_text(text: str) -> Article | Reject:
    """An article whose text is taken as it is: only line ends are made equal."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if wrong := too_long(text) or _too_short(text):
        return wrong
    dateline = find_dateline(text.lstrip())
    return Article(
        text=text,
        agency=dateline.agency if dateline else None,
        dateline=dateline.text if dateline else None,
        language=detect_language(text),
        blocks=read_blocks(text),
    )


def too_long(text: str) -> Reject | None:
    """TOO_LARGE when the text is longer than any article."""
    if len(text) <= MAX_CHARACTERS:
        return None
    detail = f"{len(text):,} characters of text; up to {MAX_CHARACTERS:,} are read"
    return Reject("extract", Reason.TOO_LARGE, detail)


def _too_short(text: str) -> Reject | None:
    if not any(map(str.isalnum, text)):
        return Reject("extract", Reason.NO_TEXT, "there are no words in it")
    words = text.split(maxsplit=_MIN_WORDS)
    if len(words) < _MIN_WORDS and len(text.strip()) < 12:
        return Reject("extract", Reason.TOO_SHORT, f"{len(words)} words; an article has more")
    return None


def _headline(text: str, blocks: tuple[Block, ...], *, markdown: bool) -> str | None:
    if len(blocks) < 2:
        return None
    first, second = (text[block.start : block.end] for block in blocks[:2])
    if markdown and blocks[0].kind == "heading":
        return first.lstrip("# ").strip() or None
    if is_heading(first) and not is_heading(second) and len(second) > len(first) and not find_dateline(first):
        return " ".join(first.split())
    return None
