"""What a listing says about one page.

In: nothing. Out: `Entry`, which feeds, sitemaps and section pages give.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a listing: where its page is, its title, and when it was published (UTC), as far as it says.

    A sitemap that is no news sitemap says when a page was last changed; that stands in for its publication.
    """

    link: str
    title: str | None = None
    published: datetime | None = None
