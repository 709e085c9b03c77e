"""What a first look at a site found, and how it is printed.

In: nothing. Out: `SiteReport`; its JSON is what `copydesk sources check --json` prints.
"""

from datetime import UTC, datetime

from pydantic import BaseModel
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from flows.terminal import printable
from transforms.publish.alarms import in_words


class ListingNote(BaseModel):
    """A feed or sitemap: `kind` is that of `Listing` (None: it could not be read, and `problem` says why).

    `per_day` is estimated from the dates of its entries; None when they say too little. `found` says where its address
    is from.
    """

    url: str
    found: str
    kind: str | None = None
    entries: int = 0
    more: int = 0
    per_day: float | None = None
    newest: datetime | None = None
    problem: str | None = None


class ArticleNote(BaseModel):
    """An article that was read on trial; `problem` says why it is none."""

    url: str
    headline: str | None = None
    words: int = 0
    published_at: datetime | None = None
    language: str | None = None
    reason: str | None = None
    problem: str | None = None


class SiteReport(BaseModel):
    """What a first look found.

    `robots` is `allowed`, `no_robots`, `forbidden` or `unreachable`; `key` the name of the source. `verdict` is one
    sentence that says whether the site can be collected, `advice` what to do about what is in the way. `file` is the
    source file that was written, `yaml` what stands in it.
    """

    url: str
    key: str
    looked_at: datetime
    robots: str | None = None
    crawl_delay_seconds: float | None = None
    pause_seconds: float = 0.0
    tdm_reserved: bool | None = None
    tdm_policy: str | None = None
    respects_tdm: bool = True
    robots_tag: str | None = None
    name: str | None = None
    country: str | None = None
    language: str | None = None
    listings: list[ListingNote] = []
    best: str | None = None
    section: str | None = None
    follow: str | None = None
    articles: list[ArticleNote] = []
    can_be_collected: bool = False
    verdict: str = ""
    advice: list[str] = []
    yaml: str | None = None
    file: str | None = None

    @property
    def chosen(self) -> ListingNote | None:
        """The listing that is best to collect from."""
        return next((listing for listing in self.listings if listing.url == self.best), None)


KINDS = {
    "rss": "RSS feed",
    "atom": "Atom feed",
    "json_feed": "JSON Feed",
    "news_sitemap": "news sitemap",
    "sitemap": "sitemap",
    "sitemap_index": "index of sitemaps",
}

_ROBOTS = {
    "allowed": ("allows copydesk", "green"),
    "no_robots": ("there is none, so everything is allowed", "green"),
    "forbidden": ("forbids copydesk", "red"),
    "unreachable": ("cannot be read, which forbids everything", "red"),
}


def print_report(report: SiteReport, *, as_json: bool = False) -> None:
    """The report for a person, a line for each thing that was looked at."""
    if as_json:
        print(report.model_dump_json(indent=2))
        return
    console = Console()
    console.print(Text(printable(report.url), style="bold"), soft_wrap=True)
    if report.robots:
        console.print(_line("robots.txt", _robots(report)))
    if report.listings or report.articles:
        console.print(_line("mining", _mining(report)))
    for number, listing in enumerate(report.listings):
        _print_item(console, "listings" if number == 0 else "", *_listing(listing, report))
    if report.section and not report.best:
        _print_item(console, "section", Text(report.section), f"links found in it: {report.follow or 'all'}")
    for number, article in enumerate(report.articles):
        _print_item(console, "articles" if number == 0 else "", *_article(article))
    style = "bold green" if report.can_be_collected else "bold yellow"
    console.print(Text(printable(report.verdict), style=style))
    for advice in report.advice:
        console.print(Padding(Text(printable(advice)), (0, 0, 0, 2)))
    if report.file:
        console.print(f"Written: {report.file}. Read the publisher's terms, then: copydesk ingest {report.key}")
    elif report.yaml:
        console.print(Text(report.yaml, style="dim"), soft_wrap=True)


def _line(label: str, text: Text | str) -> Text:
    return Text.assemble("  ", (f"{label:<12}", "dim"), text)


def _print_item(console: Console, label: str, what: Text, about: str) -> None:
    console.print(_line(label, what), soft_wrap=True)
    console.print(Padding(Text(printable(about), style="dim"), (0, 0, 0, 16)))


def _robots(report: SiteReport) -> Text:
    words, style = _ROBOTS.get(report.robots or "", ("", ""))
    if style == "red":
        return Text(words, style=style)
    delay = f"asks for {report.crawl_delay_seconds:g} s" if report.crawl_delay_seconds else ""
    pause = f"; a request every {report.pause_seconds:g} s{f' ({delay})' if delay else ''}"
    return Text.assemble((words, style), pause)


def _mining(report: SiteReport) -> Text:
    if not report.tdm_reserved:
        return Text("text and data mining is not reserved" if report.tdm_reserved is False else "nothing is reserved")
    policy = f"; its policy: {report.tdm_policy}" if report.tdm_policy else ""
    return Text(f"text and data mining is reserved (TDMRep){policy}", style="yellow")


def _listing(listing: ListingNote, report: SiteReport) -> tuple[Text, str]:
    mark = ("  best", "green") if listing.url == report.best else ""
    what = Text.assemble(printable(listing.url), mark)
    if listing.problem:
        return what, f"{listing.found}: {listing.problem}"
    parts = [f"{KINDS.get(listing.kind or '', '')}, {listing.found}", f"{listing.entries} entries"]
    parts += [f"{listing.more} more sitemaps"] if listing.more else []
    parts += [f"{rounded(listing.per_day)} a day"] if listing.per_day is not None else []
    parts += [f"newest {in_words(report.looked_at - listing.newest)} ago"] if listing.newest else []
    return what, ", ".join(parts)


def _article(article: ArticleNote) -> tuple[Text, str]:
    if article.problem:
        return Text(printable(article.url)), f"{article.reason}: {article.problem}"
    when = f"published {article.published_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if article.published_at else "no date"
    return Text(printable(article.headline or article.url)), f"{article.words} words, {when}, {article.language or '?'}"


def rounded(per_day: float) -> str:
    """A rate that claims no more than it knows.

    >>> [rounded(rate) for rate in (0.4, 7.3, 48.2, 1234.0)]
    ['less than one', 'about 7', 'about 50', 'about 1250']
    """
    if per_day < 1:
        return "less than one"
    step = 1 if per_day < 10 else 5 if per_day < 100 else 50
    return f"about {round(per_day / step) * step}"
