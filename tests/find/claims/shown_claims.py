"""How the tests of claims read a text, and how they write a claim down on one line."""

from datetime import date

from transforms.find.claims import Claim, find_claims
from transforms.find.dates import find_dates
from transforms.find.mentions import Mention
from transforms.find.quantities import find_quantities
from transforms.find.sentences import find_sentences

PUBLISHED = date(2026, 3, 10)  # a Tuesday


def claims_of(text: str, published: date | None = PUBLISHED, names: dict[str, str] | None = None) -> list[Claim]:
    """The claims of a text; `names` gives the label of each name in it."""
    dates = find_dates(text, published, "en")
    quantities = find_quantities(text, language="en", taken=[(found.start, found.end) for found in dates])
    mentions = [Mention(text.index(n), text.index(n) + len(n), n, label) for n, label in (names or {}).items()]
    return find_claims(text, find_sentences(text, (), "en"), quantities, dates, mentions, published)


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def bounds(claim: Claim) -> str:
    if claim.low == claim.high or claim.comparator != "=":
        return f"{claim.comparator} {number(claim.low if claim.low is not None else claim.high)}"
    return f"= {number(claim.low)}..{number(claim.high)}"


def meaning(claim: Claim) -> str:
    """killed = 12 people (total) (hypothetical)."""
    tally = "" if claim.tally == "event" else f" ({claim.tally})"
    return f"{claim.metric} {bounds(claim)} {claim.who}{tally}{' (hypothetical)' if claim.hypothetical else ''}"


def in_words(found: list[Claim]) -> list[str]:
    """One line a claim: its words, what it says, and the words of the claim that includes it."""
    words = {claim.start: claim.text for claim in found}
    return [
        f"{claim.text} => {meaning(claim)}" + (f" < {words[claim.part_of]}" if claim.part_of is not None else "")
        for claim in found
    ]
