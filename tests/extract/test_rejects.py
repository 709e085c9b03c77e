"""Every page that is no article says truly why."""

import gzip
import random
import time
import zlib

import pytest
from written_pages import MAYOR, RIVER, WAIT, news, page, paragraphs

from transforms.extract import extract_page
from transforms.extract.decode import MAX_BYTES
from transforms.outcome import Reject

CONSENT = paragraphs(
    "We value your privacy",
    "We and our 412 partners store and access information on your device, such as cookies, and process personal data.",
    "With your permission we and our partners may use precise location data.",
    "You may click to consent to our use of these means, or manage cookie settings. Withdraw your consent at any time.",
)
TEASERS = "".join(
    f'<div><h3><a href="/n/{n}">Bridge number {n} closed after the flood</a></h3></div>' for n in range(30)
)


def reason(content: bytes, media_type: str = "text/html", url: str | None = "https://news.example/porto/ferry") -> str:
    outcome = extract_page(content, url=url, media_type=media_type)
    assert isinstance(outcome, Reject), outcome
    assert outcome.stage == "extract" and outcome.detail
    return outcome.reason


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \n\t ", "empty", id="spaces"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(100), "not_text", id="png"),
        pytest.param(random.Random(1).randbytes(200_000), "not_text", id="noise"),
        pytest.param(bytes(1000), "not_text", id="zeros"),
        pytest.param(gzip.compress(page())[:-40], "truncated", id="cut-gzip"),
        pytest.param(gzip.compress(page())[:40] + b"x" * 50, "truncated", id="damaged-gzip"),
        pytest.param(page(f"<p>{'<b>a</b>' * 60_000}</p>"), "too_complex", id="120000-tags"),
        pytest.param(page(f"<p>{RIVER}</p>{'a b c<br>' * 300_000}"), "too_complex", id="300000-breaks"),
        pytest.param(page("<a href=x>x</a> " * 100_000), "too_complex", id="100000-links"),
        pytest.param(page(f"<ul>{'<li>a b' * 9_000}</ul>"), "too_complex", id="9000-children"),
        pytest.param(page(f"<p>{RIVER * 200_000}</p>"), "too_large", id="20-MB-paragraph"),
        pytest.param(page(f"<p>{RIVER * 100_000}</p>"), "too_large", id="10-MB-paragraph"),
        pytest.param(page(f"<p>{'a' * 3_000_000}</p>"), "too_large", id="word-of-3-MB"),
        pytest.param(page("<div>" * 5000 + RIVER + "</div>" * 5000), "too_complex", id="5000-levels"),
        pytest.param(page("<div></div>"), "no_text", id="no-body"),
        pytest.param(page("<p>Ferry stopped.</p>"), "too_short", id="two-words"),
        pytest.param(page(CONSENT, title="Before you read on"), "consent_wall", id="consent"),
        pytest.param(
            page("<p>Please enable JavaScript to continue using this site.</p>"), "needs_javascript", id="script"
        ),
        pytest.param(
            page("<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"),
            "needs_javascript",
            id="app",
        ),
        pytest.param(page(f"<div id=app></div><script>{'var a=1;' * 600}</script>"), "needs_javascript", id="shell"),
        pytest.param(
            page("<h1>Page not found</h1><p>Try our front page or the search.</p>", title="404 - Harbour News"),
            "error_page",
            id="404",
        ),
        pytest.param(
            page("<p>Verify you are human by completing the action below.</p>", title="Just a moment..."),
            "error_page",
            id="robot",
        ),
        pytest.param(
            page(f"<article><p>{RIVER}</p><p>Subscribe to continue reading.</p></article>"), "paywall", id="paywall"
        ),
        pytest.param(
            page(
                f"<article><p>{RIVER}</p><h2>Subscribe to continue reading</h2>"
                f"<ul><li>All stories, and a letter every morning at seven</li><li>One euro a month for a year</li>"
                f"<li>A free calendar with pictures of all ferries on the river</li></ul></article>"
            ),
            "paywall",
            id="offer",
        ),
        pytest.param(
            page(f"<article><p>{RIVER}</p></article>", ld=news(headline="Ferry", isAccessibleForFree="False")),
            "paywall",
            id="not-free",
        ),
    ],
)
def test_the_reason_is_true(content: bytes, expected: str) -> None:
    assert reason(content) == expected


WALLS = {
    "de": (
        ("Mit Werbung weiterlesen", "Wir und unsere 213 Partner speichern Informationen auf Ihrem Gerät, zum Beispiel "
         "Cookies, und verarbeiten Daten. Ihre Einwilligung können Sie jederzeit widerrufen."),
        ("Dieser Artikel ist nur für Abonnenten.", "Jetzt abonnieren und weiterlesen, für einen Euro im Monat."),
        ("Die gewünschte Seite konnte leider nicht gefunden werden.", "Versuchen Sie es auf der Startseite."),
        ("Bitte aktivieren Sie JavaScript in Ihrem Browser.", "Ohne das geht es hier leider nicht weiter."),
    ),
    "fr": (
        ("Continuer sans accepter", "Nous et nos 98 partenaires déposons des traceurs sur votre terminal. Vous pouvez "
         "retirer votre consentement à tout moment en bas de chaque page."),
        ("La suite est réservée aux abonnés.", "Abonnez-vous pour lire la suite, le premier mois est à un euro."),
        ("La page que vous recherchez n'existe plus.", "Retournez à la une ou cherchez dans les archives du journal."),
        ("Veuillez activer JavaScript pour continuer.", "Cette page ne se lit pas sans lui, nous le regrettons."),
    ),
    "es": (
        ("Aceptar y continuar", "Nosotros y nuestros 120 socios almacenamos información en su dispositivo. Puede "
         "retirar su consentimiento en cualquier momento al pie de cada página."),
        ("Contenido exclusivo para suscriptores", "Suscríbete para seguir leyendo, el primer mes cuesta un euro."),
        ("La página que buscas no existe.", "Vuelve a la portada o busca en la hemeroteca de este periódico."),
        ("Por favor, active JavaScript para continuar.", "Esta página no se puede leer sin él, lo sentimos mucho."),
    ),
}  # fmt: skip
REASONS = ("consent_wall", "paywall", "error_page", "needs_javascript")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(lines, expected, id=f"{language}-{expected}")
        for language, walls in WALLS.items()
        for lines, expected in zip(walls, REASONS, strict=True)
    ],
)
def test_walls_speak_other_languages(lines: tuple[str, ...], expected: str) -> None:
    assert reason(page(f"<div>{paragraphs(*lines)}</div>", title="Kurier")) == expected


@pytest.mark.parametrize(
    ("end", "fields", "expected"),
    [
        ("People waited on both banks and nobody could say …", {}, "paywall"),
        (WAIT, {"wordCount": 900}, "paywall"),
        (f"{WAIT}</p></article><div class=offer><p>Already a subscriber? Log in", {}, "paywall"),
        (WAIT, {}, None),
        (f"{WAIT} Five words and no more.", {"wordCount": 64}, None),
    ],
)
def test_the_beginning_of_a_story_that_is_not_free(end: str, fields: dict[str, int], expected: str | None) -> None:
    ld = news(headline="Ferry", isAccessibleForFree=False, **fields)
    outcome = extract_page(
        page(f"<article>{paragraphs(RIVER, MAYOR, end)}</article>", ld=ld), url=None, media_type="text/html"
    )
    assert (outcome.reason if isinstance(outcome, Reject) else None) == expected


def test_a_front_page_is_an_index() -> None:
    assert reason(page(f"<main>{TEASERS}</main>", title="Harbour News"), url="https://news.example/") == "index_page"
    collection = {"@context": "https://schema.org", "@type": "CollectionPage"}
    assert reason(page(f"<main>{TEASERS}</main>", ld=collection), url="https://news.example/porto") == "index_page"


def test_a_section_page_with_teasers_is_an_index() -> None:
    teasers = "".join(
        f'<article><h2><a href="/s/{n}">Council votes on harbour budget {n}</a></h2><p>Day {n}. {MAYOR}</p></article>'
        for n in range(12)
    )
    assert reason(page(f"<main>{teasers}</main>", title="Porto | Harbour News"), url=None) == "index_page"


@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        (b"[1, 2]", "application/json", "not_json"),
        (b'{"text": ', "application/json", "not_json"),
        (b"[" * 100_000, "application/json", "not_json"),
        (b'{"title": "Ferry"}', "application/json", "no_text"),
        (b'{"text": "  "}', "application/json", "no_text"),
        (b"... --- ...", "text/plain", "no_text"),
        (b"Ferry", "text/plain", "too_short"),
        (b"PK\x03\x04 word", "application/msword", "not_text"),
        (b"sound", "audio/mpeg", "not_text"),
    ],
)
def test_other_kinds_of_input(content: bytes, media_type: str, expected: str) -> None:
    assert reason(content, media_type) == expected


def test_big_things_are_refused_in_bounded_time() -> None:
    started = time.process_time()
    assert reason(random.Random(2).randbytes(1000) * 30_000) == "not_text"
    assert reason(gzip.compress(bytes(100 * 2**20), 1)) == "too_large"
    bomb = zlib.compressobj(wbits=31)
    assert reason(bomb.compress(b"a" * (MAX_BYTES + 10)) + bomb.flush()) == "too_large"
    assert reason(b"a " * MAX_BYTES) == "too_large"
    assert reason(page(f"<p>{RIVER * 12_000}</p>")) == "too_large"
    assert time.process_time() - started < 10


def test_short_news_and_free_pages_are_articles() -> None:
    short = page(f"<article><p>{RIVER}</p></article>", ld=news(headline="Ferry", isAccessibleForFree=True))
    for content in (
        short,
        page(f"<article>{paragraphs(RIVER, MAYOR)}<p>We use cookies to improve your experience.</p></article>"),
    ):
        assert not isinstance(extract_page(content, url=None, media_type="text/html"), Reject)


def test_a_long_story_about_cookies_is_no_wall() -> None:
    story = paragraphs(
        *(f"{text} The regulator said sites must ask for consent to the use of cookies." for text in (RIVER, MAYOR))
    )
    story += paragraphs(*(f"{RIVER} It was day {n}." for n in range(8)))
    assert not isinstance(extract_page(page(f"<article>{story}</article>"), url=None, media_type="text/html"), Reject)
