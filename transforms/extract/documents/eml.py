"""From an e-mail to an article: the newsletter, press release or story that it carries.

In: the bytes of a message (.eml). Out: `Article`, or a `Reject`. The headline is the subject, the author whoever signed
the sender if that is a person, the time that of the message. Of a message somebody sent on, the one inside counts.
Wrapped lines are joined: their ends belong to the transport, not to the text.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from lxml import etree

from transforms.extract.article import Article
from transforms.extract.decode import decode, mend_surrogates
from transforms.extract.documents.draft import Draft
from transforms.extract.documents.forwarded import Inner, names_no_person, strip_prefixes, take_out_forwarding
from transforms.extract.documents.properties import people
from transforms.extract.lines import BLOCKS
from transforms.extract.parse import parse
from transforms.extract.published import Moment, parse_given
from transforms.extract.structured import web_address
from transforms.extract.text import cleaned_article
from transforms.extract.verdict import count_words
from transforms.extract.web import article_of_html
from transforms.outcome import Reason, Reject

_MOST_PARTS = 200
_FEWEST_WORDS = 12
_PLAIN_SHARE = 0.7
"""Share of the words of the page in a message that its plain text must have to be taken for it."""
_WRAPPED = (55, 80)
"""Length of a line that its program wrapped."""
_BETWEEN = re.compile(r"\s(?:at|um|à|om|kl\.?|alle|ore)\s")
"""What programs put between day and hour when they forward."""
_UNSEEN = ("script", "style", "title", "noscript")
_SIGNATURE = re.compile(r"\n-- ?\n(?=(?:[^\n]*\n?){1,12}\Z)")


@dataclass(frozen=True, slots=True)
class _About:
    """What the headers say."""

    headline: str | None
    authors: tuple[str, ...]
    published: Moment | None
    address: str | None = None


def read_eml(content: bytes, fetched_at: datetime | None) -> Article | Reject:
    """Read a message; one attached to it as a message is read in its place."""
    try:
        message = message_from_bytes(content, policy=default)
        message = _inmost(message)
        parts = _parts(message)
        about = _about(message, fetched_at)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        detail = f"the message is broken ({type(error).__name__}: {error}); export it again"
        return Reject("extract", Reason.DAMAGED, detail[:500])
    if message.get_content_type() in ("application/pkcs7-mime", "multipart/encrypted"):
        return Reject(
            "extract", Reason.ENCRYPTED, "the message is encrypted; decrypt it in the mail program and save it"
        )
    if not any(parts):
        return Reject("extract", Reason.NO_TEXT, "the message has no text; give its attachments themselves")
    return _read(*parts, about, fetched_at)


def _read(plain: str, page: str, about: _About, fetched_at: datetime | None) -> Article | Reject:
    read: Article | Reject | None = None
    words = count_words(plain)
    if page and _is_forward(about.headline):
        _, inner = take_out_forwarding(_seen(page), is_forward=True)
        about = _of_inner(inner, about, fetched_at) if inner else about
    if page and (words < _FEWEST_WORDS or words < _PLAIN_SHARE * count_words(_seen(page))):
        read = article_of_html(page, url=None, fetched_at=fetched_at)
    if isinstance(read, Article):
        return _with(read, about)
    if not plain:
        return read or Reject("extract", Reason.NO_TEXT, "the message has no text")
    return _read_plain(plain, about, fetched_at)


def _read_plain(plain: str, about: _About, fetched_at: datetime | None) -> Article | Reject:
    plain, inner = take_out_forwarding(plain, is_forward=_is_forward(about.headline))
    if inner:
        about = _of_inner(inner, about, fetched_at)
    draft = Draft()
    if signature := _SIGNATURE.search(plain):
        plain, left = plain[: signature.start()], plain[signature.end() :].strip()
    else:
        left = ""
    for removed in inner.removed if inner else ():
        draft.leave_out(removed, "forwarding")
    for kind, text in _paragraphs(plain):
        close = kind == "list_item" and bool(draft.blocks) and draft.blocks[-1].kind == kind
        draft.block(kind, [text], "\n" if close else "\n\n")
    if left:
        draft.leave_out(left, "mail_signature")
    if not draft.blocks:
        return Reject("extract", Reason.NO_TEXT, "the message has no text of its own")
    article = cleaned_article(
        draft.text, tuple(draft.blocks), headline=strip_prefixes(about.headline), signs=draft.edits
    )
    return article if isinstance(article, Reject) else _with(article, about)


def _with(article: Article, about: _About) -> Article:
    moment = about.published
    return replace(
        article,
        headline=strip_prefixes(about.headline) or article.headline,
        authors=about.authors or article.authors,
        published_at=moment.at if moment else article.published_at,
        published_precision=moment.precision if moment else article.published_precision,
        published_method=moment.method if moment else article.published_method,
        canonical_url=about.address or article.canonical_url,
    )


def _inmost(message: EmailMessage) -> EmailMessage:
    """The message that was attached to another, when that has little to say itself."""
    for _ in range(5):
        attached = [part for part in _walk(message) if part.get_content_type() == "message/rfc822"]
        inside = attached[0].get_payload(0) if attached and attached[0].is_multipart() else None
        if not isinstance(inside, EmailMessage) or count_words(_text(message, "plain")) > 60:
            return message
        message = inside
    return message


def _walk(message: EmailMessage) -> list[EmailMessage]:
    """The parts of a message, not those of messages attached to it."""
    found: list[EmailMessage] = []
    waiting = [message]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop(0)
        found.append(part)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = [inner for inner in part.get_payload() if isinstance(inner, EmailMessage)]
    return found


def _parts(message: EmailMessage) -> tuple[str, str]:
    return _text(message, "plain"), _text(message, "html")


def _text(message: EmailMessage, subtype: str) -> str:
    """The inline parts of a kind, one below the other."""
    texts = []
    for part in _walk(message):
        if part.get_content_type() == f"text/{subtype}" and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            text = decode(payload, part.get_content_charset()) if isinstance(payload, bytes) and payload.strip() else ""
            if isinstance(text, str) and text:
                flowed = subtype == "plain" and part.get_param("format") == "flowed"
                texts.append(_unflow(text, delete_space=part.get_param("delsp") == "yes") if flowed else text)
    return ("\n\n" if subtype == "plain" else "\n").join(texts)


def _unflow(text: str, *, delete_space: bool) -> str:
    """RFC 3676: a line that ends in a space goes on in the next."""
    return re.sub(r"(?<=\S) \n(?=[^\s>])", "" if delete_space else " ", text)


def _seen(page: str) -> str:
    """About what a reader sees of a page, line by line."""
    tree = parse(page)
    parts: list[str] = []
    for event, element in () if isinstance(tree, Reject) else etree.iterwalk(tree, events=("start", "end")):
        text = element.text if event == "start" and element.tag not in _UNSEEN else None
        breaks = element.tag in BLOCKS or (element.tag == "br" and event == "start")
        parts += ("\n" if breaks else "", " ".join((text or "").split("\n")))
        if event == "end":
            parts.append(" ".join((element.tail or "").split("\n")))
    return "".join(parts)


def _paragraphs(text: str) -> list[tuple[str, str]]:
    """Kind and words of each paragraph; lines that were wrapped are joined, short ones stand by themselves."""
    found: list[tuple[str, str]] = []
    for stretch in re.split(r"\n[^\S\n]*\n", text):
        lines = [line.strip() for line in stretch.split("\n") if line.strip()]
        quoted = bool(lines) and all(line.startswith(">") for line in lines)
        goes_on = False
        for line in lines:
            words = " ".join(line.lstrip("> ").split() if quoted else line.split())
            bullet = re.match(r"[-*•·]\s+(?=\S)", words)
            if goes_on and not bullet:
                found[-1] = (found[-1][0], f"{found[-1][1]} {words}")
            elif words and any(map(str.isalnum, words)):
                kind = "list_item" if bullet else "quote" if quoted else "sentence"
                found.append((kind, words[bullet.end() :] if bullet else words))
            goes_on = _WRAPPED[0] <= len(line) <= _WRAPPED[1] and bool(found)
    return found


def _about(message: EmailMessage, fetched_at: datetime | None) -> _About:
    subject = " ".join(mend_surrogates(str(message.get("Subject") or "")).split())
    name = str(message.get("From") or "")
    address = str(message.get("Archived-At") or message.get("List-Post-URL") or "").strip(" <>")
    return _About(subject or None, _signers(name), _moment(message, fetched_at), web_address(address))


def _signers(sender: str) -> tuple[str, ...]:
    """The person that sends; an office, a desk or a letter is none."""
    name = mend_surrogates(parseaddr(sender)[0])
    return () if names_no_person(name) else people(name)


def _moment(message: EmailMessage, fetched_at: datetime | None) -> Moment | None:
    return _parse(str(message.get("Date") or ""), fetched_at)


def _parse(value: str, fetched_at: datetime | None) -> Moment | None:
    try:
        at = parsedate_to_datetime(_BETWEEN.sub(" ", value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # "-0000" says that the time is right and the sender's zone unknown
    at = at.replace(tzinfo=UTC) if at.tzinfo is None and value.rstrip().endswith("-0000") else at
    moment = parse_given(at.isoformat(), fetched_at)
    return replace(moment, method="email") if moment else None


def _is_forward(subject: str | None) -> bool:
    return bool(subject) and strip_prefixes(subject) != subject


def _of_inner(inner: Inner, outer: _About, fetched_at: datetime | None) -> _About:
    """What the forwarded message said; its time counts only with a zone, and never borrows that of the sending on."""
    return _About(
        inner.subject or outer.headline,
        _signers(inner.sender),
        _parse(inner.date, fetched_at) if inner.date else None,
        outer.address,
    )
