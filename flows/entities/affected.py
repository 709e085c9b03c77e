"""Which articles the user's own entities are about: a lake and `config/entities` in, the articles to read again out.

The `rules_version` of an article tells with which state of `config/entities` it was read, so each is read again once.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from transforms.link.directory import OwnEntity

_QUERY = r"""
select distinct articles.input_id, articles.url, articles.raw_sha256
from articles join mentions using (article_id, version, date)
where regexp_extract(articles.rules_version, '\.([0-9a-f]{6})$', 1) <> ?
    and (mentions.entity_id in (select unnest(?))
        or lower(strip_accents(mentions.text)) in (select lower(strip_accents(unnest(?)))))
order by all
"""


class Affected(NamedTuple):
    """An article that has a name or an id of the user's rows, by what the archive needs to find it."""

    input_id: str
    url: str
    raw_sha256: str | None


def affected_articles(lake: Path, own: Sequence[OwnEntity], own_part: str) -> list[Affected]:
    """The articles that hold a name or an id of these rows and were read with another state of them.

    `own_part` is what `rules_version.own_part` says of the state of today.
    """
    if not own or not lake.is_dir():
        return []
    from flows.sql import run_sql  # DuckDB, which a run needs for nothing else

    ids = sorted({entity_id for row in own for entity_id in (row.entity_id, row.same_as) if entity_id})
    names = sorted({name for row in own for name in (row.name, *row.aliases)})
    return [Affected(*row) for row in run_sql(lake, _QUERY, (own_part, ids, names)).rows]
