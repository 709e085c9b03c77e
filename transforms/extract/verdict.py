"""Why a page is no article: the true reason, from its words, its fields and its shape.

In: the page, and what could be read of it. Out: a `Reject`, or None when it is an article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import yaml
from lxml.html import HtmlElement

from transforms.extract.body import Piece
from transforms.extract.structured import ARTICLE_TYPES, PageFields, types
from transforms.outcome import Reason, Reject

MIN_WORDS = 12
"""Words from which a page has a text. A breaking line is about so long."""

_LITTLE = 120
"""Words up to which a text may be all that a wall, an error or an empty application shows."""

_STORY = 30
"""Words beside the phrase of a wall from which there is a story to read all the same."""

_BEGINNING = 200
"""Words up to which a text may be the beginning that a paywall lets one see."""

_INDEX_TYPES = frozenset(("collectionpage", "searchresultspage", "itemlist", "profilepage"))
_INVISIBLE = frozenset(("script", "style", "template", "svg", "head", "iframe"))


@dataclass(frozen=True, slots=True)
class Wall:
    """A phrase that tells what stands in the place of an article."""

    name: str
    reason: Reason
    where: str
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    ignores: tuple[str, ...]


@cache
def walls() -> tuple[Wall, ...]:
    """The phrases of all languages, from `walls.yaml` in their folders: a wall may speak another one than its page."""
    found = []
    for folder in sorted(files("transforms.extract").iterdir(), key=lambda entry: entry.name):
        file = folder / "walls.yaml"
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else ():
            pattern = re.compile(entry["pattern"], re.IGNORECASE)
            finds, ignores = tuple(entry["finds"]), tuple(entry.get("ignores", ()))
            found.append(Wall(entry["name"], Reason(entry["reason"]), entry["where"], pattern, finds, ignores))
    return tuple(found)


def judge(
    pieces: Sequence[Piece],
    tree: HtmlElement,
    fields: PageFields,
    *,
    headline: str | None,
    url: str | None,
    free: bool | None,
) -> Reject | None:
    """The reason why this page is no article; None when it is one.

    Args:
        pieces: what was read as its text.
        tree: the page.
        fields: what the page says about itself.
        headline: its headline.
        url: its address.
        free: whether it says that it can be read without paying.
    """
    text = "\n".join(piece.text for piece in pieces)
    words = count_words(text)
    if words <= _LITTLE and (wall := _wall(pieces, headline, tree, fields, free)):
        return _reject(wall.reason, f'instead of an article the page says "{wall.name}"')
    if _share_of_wall(pieces, Reason.CONSENT_WALL) > 0.5:
        return _reject(
            Reason.CONSENT_WALL, "most of the text asks for consent; fetch it from a region without the wall"
        )
    if free is False and (words < 40 or _is_beginning(pieces, words, tree, fields)):
        return _reject(Reason.PAYWALL, f"{words} words are readable; the page says that it is not free")
    if _is_index(pieces, tree, fields, url):
        return _reject(
            Reason.INDEX_PAGE,
            "the page lists articles; give the address of one of them, or follow its links with section:ADDRESS",
        )
    if words < MIN_WORDS:
        return _too_little(words, tree)
    return None


def count_words(text: str) -> int:
    """Words of a text; two characters of Chinese, Japanese or Thai count as one.

    >>> count_words("Two words."), count_words("南海トラフ")
    (2, 3)
    """
    unspaced = len(re.findall(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]", text))
    spaced = len(re.findall(r"\w+", re.sub(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]", " ", text)))
    return spaced + (unspaced + 1) // 2


def _wall(
    pieces: Sequence[Piece], headline: str | None, tree: HtmlElement, fields: PageFields, free: bool | None
) -> Wall | None:
    story = [piece for piece in pieces if piece.text != headline]
    enough = 2 * _STORY if free is False else _STORY
    text = "\n".join(piece.text for piece in pieces)
    title = " ".join(" ".join(element.itertext()) for element in list(tree.iter("title"))[:1]).strip()
    heads = [line for line in (headline or "", title) if line]
    is_article = bool(fields.article.get("articleBody") or fields.first("article:published_time"))
    visible = text + "\n" + "\n".join(_visible_lines(tree)) if count_words(text) < 40 else text
    for wall in walls():
        if wall.where == "headline" and not is_article and any(wall.pattern.search(head) for head in heads):
            return wall
        if wall.where == "text" and wall.pattern.search(visible) and count_words(_beside(story, wall)) < enough:
            return wall
    return None


def _beside(pieces: Sequence[Piece], wall: Wall) -> str:
    """What can be read apart from the wall; behind the phrase of a paywall there is only the offer."""
    found = [bool(wall.pattern.search(piece.text)) for piece in pieces]
    if wall.reason == Reason.PAYWALL and True in found:
        pieces, found = pieces[: found.index(True)], found[: found.index(True)]
    return "\n".join(piece.text for piece, is_wall in zip(pieces, found, strict=True) if not is_wall)


def _is_beginning(pieces: Sequence[Piece], words: int, tree: HtmlElement, fields: PageFields) -> bool:
    """Whether a page that is not free shows only how the story begins: it breaks off, or counts more words itself."""
    if words > _BEGINNING:
        return False
    stated = str(fields.article.get("wordCount") or "")
    if stated.isdigit() and int(stated) > 2 * words:
        return True
    if pieces and pieces[-1].text.rstrip(' ])”"').endswith(("…", "...")):
        return True
    offers = [wall.pattern for wall in walls() if wall.reason == Reason.PAYWALL and wall.where == "text"]
    return words <= _LITTLE and any(offer.search(line) for line in _visible_lines(tree) for offer in offers)


def _visible_lines(tree: HtmlElement) -> list[str]:
    """The first words a reader would see, `<noscript>` among them; at most 200 stretches."""
    lines: list[str] = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _INVISIBLE:
            continue
        shown = (words for words in (element.text, element.tail) if words and words.strip())
        lines += [" ".join(words.split())[:300] for words in shown]
        if len(lines) >= 200:
            break
    return lines


def _share_of_wall(pieces: Sequence[Piece], reason: Reason) -> float:
    patterns = [wall.pattern for wall in walls() if wall.reason == reason and wall.where == "text"]
    total = sum(len(piece.text) for piece in pieces) or 1
    if total > 12_000:
        return 0.0
    return sum(len(piece.text) for piece in pieces if any(pattern.search(piece.text) for pattern in patterns)) / total


def _is_index(pieces: Sequence[Piece], tree: HtmlElement, fields: PageFields, url: str | None) -> bool:
    """A front or section page: it does not call itself an article, and what was read of it is short lines or links."""
    kinds = frozenset().union(*map(types, fields.nodes)) if fields.nodes else frozenset[str]()
    if kinds & ARTICLE_TYPES and not _is_front(url):
        return False
    if fields.first("article:published_time") or "article" in (fields.first("og:type") or ""):
        return False
    links = {" ".join("".join(link.itertext()).split()) for link in list(tree.iter("a"))[:3000]}
    long = sum(count_words(piece.text) >= 25 for piece in pieces)
    linked = _share([piece.text in links for piece in pieces], [len(piece.text) for piece in pieces])
    teasers = _teasers(tree)
    teased = sum(piece.text in teasers for piece in pieces if piece.kind == "sentence")
    says_so = bool(kinds & _INDEX_TYPES) or _is_front(url)
    return (
        (says_so and (linked > 0.3 or long < 4))
        or (linked > 0.6 and len(pieces) >= 8 and long < 3)
        or (teased >= 4 and teased > 0.6 * len(pieces))
    )


def _teasers(tree: HtmlElement) -> frozenset[str]:
    """The paragraphs that stand under a heading which is a link: each of them leads to a story of its own."""
    following = (heading.getnext() for heading in tree.iter("h2", "h3", "h4") if heading.find(".//a") is not None)
    return frozenset(" ".join("".join(text.itertext()).split()) for text in following if text is not None)


def _share(chosen: Sequence[bool], weights: Sequence[int]) -> float:
    return sum(weight for is_chosen, weight in zip(chosen, weights, strict=True) if is_chosen) / (sum(weights) or 1)


def _is_front(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return bool(parts.hostname) and parts.path.rstrip("/") in ("", "/index.html", "/home", "/news") and not parts.query


def _too_little(words: int, tree: HtmlElement) -> Reject:
    if words:
        return _reject(Reason.TOO_SHORT, f"{words} words; an article has at least {MIN_WORDS}")
    scripts = sum(len(script.text or "") for script in tree.iter("script"))
    shown = sum(map(len, _visible_lines(tree)))
    if scripts > 2000 and shown < 200:
        return _reject(Reason.NEEDS_JAVASCRIPT, "the page is empty until its scripts run")
    return _reject(Reason.NO_TEXT, "the page has no article body")


def _reject(reason: Reason, detail: str) -> Reject:
    return Reject("extract", reason, detail)
