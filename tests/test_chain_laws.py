"""A law for the road from text to claims: whatever is written and whatever names are in it, rows quote the text."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.find.claims import find_claims
from transforms.find.dates import find_dates
from transforms.find.mentions import Mention
from transforms.find.quantities import find_quantities
from transforms.find.sentences import find_sentences
from transforms.find.statements import find_statements
from transforms.link.claims import link_claims
from transforms.link.speakers import link_speakers

PUBLISHED = date(2024, 12, 1)
WORDS = (
    "said|told|added|According to|the mayor|he|she|it|Ana Ruiz|Zeta|Goma|Syrians|killed|dead|were wounded|people|a man|"
    "two of them|including|on Tuesday|In May|of|who|that|and|12|3|three|Another|1,200|,000|.5|5.0|$5m|12th|100s|%"
)
SIGNS = "“|”|\"|'|’|‑|-|--|…|...|,|.|:|;|(|)|\n\n|\n|‘|—|é|İ|ﬁ|²|½|٣|①|ǅ|💥|U.N.|a.b.c|x_y|O'Brien's|boys'"
PIECES = [*WORDS.split("|"), *SIGNS.split("|")]

newslike = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", ""])).map("".join), min_size=1, max_size=30
).map("".join)
spans = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 12), st.sampled_from(["PER", "ORG", "LOC", "NORP", "FAC"])),
    max_size=5,
)


@settings(max_examples=300, deadline=None)
@given(newslike, spans)
def test_whatever_is_named_rows_quote_the_text(text: str, named: list[tuple[int, int, str]]) -> None:
    mentions = [
        Mention(start, min(len(text), start + length), text[start : start + length], label)
        for start, length, label in sorted(named)
        if text[start : start + length].strip()
    ]
    sentences = find_sentences(text, (), "en")
    dates = find_dates(text, PUBLISHED, "en")
    quantities = find_quantities(text, taken=[(row.start, row.end) for row in dates])
    found = find_statements(text, sentences, mentions, "en")
    statements = link_speakers(text, found, mentions, "en", sentences=sentences)
    claims = find_claims(text, sentences, quantities, dates, mentions, PUBLISHED, "en")
    linked = link_claims(text, claims, mentions, statements, "en", sentences)
    for row in (*dates, *quantities, *statements, *linked):
        assert text[row.start : row.end] == row.text
