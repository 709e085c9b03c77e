"""Says what a first look at a site means, and what to do about what is in the way.

In: what the look found. Out: sentences.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flows.sources.report import KINDS, SiteReport, rounded
from transforms.outcome import Reason, Reject


def verdict(report: SiteReport, read: int, *, keeps_out: bool) -> str:
    """Whether the site can be collected, in a sentence; `read` articles of those tried became articles."""
    chosen = report.chosen
    if chosen is None and not report.articles:
        return "No feed, no sitemap and no links to articles were found."
    by = f"by its {KINDS.get(chosen.kind or '', 'feed')}" if chosen else "by the links of this page"
    rate = f", {_rate(chosen.per_day)} a day" if chosen and chosen.per_day is not None else ""
    if keeps_out:
        return f"It can be fetched {by}{rate}, but its publisher reserves text and data mining: no page would be kept."
    if report.can_be_collected:
        return f"It can be collected {by}{rate}."
    return f"It can be fetched {by}{rate}, but only {read} of {len(report.articles)} articles could be read."


def _rate(per_day: float) -> str:
    count = rounded(per_day)
    return f"{count} article" if count == "less than one" else f"{count} articles"


def advice(report: SiteReport, read: int) -> Iterator[str]:
    """A sentence for each thing that is in the way, or that a person should know."""
    if report.tdm_reserved:
        yield (
            "Ask the publisher for a licence, or make sure that the law of your country lets you; then set "
            "respect_tdm: false in the source file."
        )
    if report.chosen is None:
        if report.section:
            yield "No feed or sitemap was found; the links of the page are followed. Check `follow` in the file."
        else:
            yield "Look for a page of the site that lists its articles, or for its feed, and give that address."
    elif report.chosen.kind in ("sitemap", "sitemap_index"):
        yield "The sitemap names everything that ever was: choose with `follow`, or begin with `--since DAY`."
    if report.chosen and report.chosen.newest and (report.looked_at - report.chosen.newest).days > 30:
        yield "Its newest entry is more than a month old; the site may have moved."
    reasons = {article.reason for article in report.articles if article.reason}
    yield from (_CURES[reason] for reason in sorted(reasons & _CURES.keys()))
    undated = read and not any(article.published_at for article in report.articles)
    if undated:
        yield "No article says when it was published; their rows are filed under the day of fetching."


_CURES: dict[str, str] = {
    Reason.CONSENT_WALL: "Its pages ask for consent first, which copydesk does not give; a feed with full texts, or "
    "another edition, may be open.",
    Reason.PAYWALL: "Its articles are cut off by a paywall; ask the publisher for access.",
    Reason.NEEDS_JAVASCRIPT: "Its pages are empty without JavaScript, and copydesk runs no browser; look for a feed "
    "with full texts.",
    Reason.ROBOTS_FORBID: "robots.txt forbids its articles; the publisher does not want programs there. Ask for leave.",
    Reason.BLOCKED: "The server refuses us; write to the publisher from the address in politeness.contact.",
    Reason.INDEX_PAGE: "Some links lead to lists rather than articles; `follow` chooses among those of a section.",
}


def cure(reject: Reject) -> str:
    """What to do when not even the first page came."""
    if reject.reason == Reason.ROBOTS_FORBID:
        return "The publisher does not want programs at this address; ask for leave, or try another section or feed."
    if "name is not known" in reject.detail:
        return "See whether the address is spelt right, and whether this machine is online (politeness.proxy?)."
    if "private network" in reject.detail:
        return "Only the host you name may lie there; name the one that it leads to."
    if reject.reason == Reason.GONE:
        return "Open the site in a browser, and give the address it has now."
    if reject.reason in _CURES:
        return _CURES[reject.reason]
    host = urlsplit(reject.detail.split()[0]).hostname if reject.detail else None
    return f"See whether {host or 'it'} opens in a browser, and try again later."
