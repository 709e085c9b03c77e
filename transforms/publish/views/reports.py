"""The view `reports`: deaths as somebody reported them, in columns that users of UCDP GED know.

In: `reports.sql`, and the nouns of `en/who.csv` that tell civilians from combatants. Out: `REPORTS`.
"""

import csv
from functools import cache
from importlib.resources import files
from string import Template

from transforms.publish.views.view import View

_HERE = files("transforms.publish.views")

COLUMNS = (
    ("id", "Who counted, where, when and how many: 16 hex digits of their MD5. The same in all copies of a story."),
    ("year", "Year of the event; of publication when the text gives no day."),
    ("source_article", "Address of the first article that has the count."),
    ("source_office", "Its source, as in `config/sources/`."),
    ("source_date", "When it was published."),
    ("source_headline", "Its headline."),
    ("source_original", "Who counted, as in `claims.source`; null when the article says it itself."),
    ("source_entity_id", "Who that is, a key of `entities`."),
    ("number_of_articles", "Articles that have this count from this source."),
    ("number_of_publishers", "Sources that those articles are of."),
    ("where_prec", "1 a town or an exact place, 4 a region, 6 a country (UCDP); null when unknown."),
    ("where_coordinates", "The place, as in `claims.place`."),
    ("place_entity_id", "The place, a key of `entities`."),
    ("latitude", "Its latitude, WGS 84."),
    ("longitude", "Its longitude, WGS 84."),
    ("country_code", "Its country, ISO 3166-1 alpha-2."),
    ("date_start", "First day of the event; null when the text gives none."),
    ("date_end", "Last day of the event, included (UCDP; `claims.event_end` is the day after)."),
    ("date_prec", "1 one day, 2 up to 6 days, 3 a week, 4 up to a month, 5 longer (UCDP)."),
    ("who", "Which people, as in `claims.who`."),
    ("tally", "`event` or `total`, as in `claims.tally`."),
    ("comparator", "How the text qualifies the number."),
    ("best", "The number, when the source gives one; null for a bound, a range or an estimate."),
    ("low", "Lower bound, when the source gives one."),
    ("high", "Upper bound, when the source gives one."),
    (
        "deaths_civilians",
        "Civilians among them: the number or its lower bound. Null when the source does not say, or names several "
        "groups of civilians that may overlap.",
    ),
    ("sentence", "The sentence of the count."),
    ("article_id", "The first article that has the count."),
    ("version", "Its wording."),
    ("start", "Where the count stands in its text: the key of the row in `claims`."),
    ("date", "The day it is filed under."),
)


@cache
def who_classes() -> tuple[tuple[str, str, bool], ...]:
    """Nouns for people who are civilians or combatants by that word, and whether it stands for all of them."""
    rows = csv.DictReader((_HERE / "en" / "who.csv").read_text(encoding="utf-8").splitlines())
    return tuple((row["noun"], row["class"], row["is_all"] == "yes") for row in rows)


def _query() -> str:
    values = ", ".join(f"('{noun}', '{kind}', {str(is_all).lower()})" for noun, kind, is_all in who_classes())
    return Template((_HERE / "reports.sql").read_text(encoding="utf-8")).safe_substitute(who_classes=values)


REPORTS = View(
    "reports",
    "One row for each count of deaths that one source gave of an event, however many articles repeat it.",
    COLUMNS,
    _query(),
    "A count that is part of another (`claims.part_of`) has no row of its own, nor have hypothetical ones and those of "
    "longer periods in the background. Of each article the latest version counts.",
)
