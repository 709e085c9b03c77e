"""Sentences in the shape of today's news: `[words|value]` is an expression, anything outside brackets is none.

All were written for this test and published on Sunday, 1 December 2024. After the value may stand a modifier
(`2024-11 START`), or instead of it a range (`2024-11-25..2024-11-30`, half-open; `..` alone: none).
"""

import re
from datetime import date

import pytest

from transforms.find.dates import DateExpression, find_dates

PUBLISHED = date(2024, 12, 1)

SENTENCES = """
# weekdays
The council met on [Tuesday|2024-11-26] to settle the bill.
Troops withdrew [Sunday|2024-12-01], witnesses said.
Two people were hurt in a crash on [Saturday|2024-11-30].
The minister will speak on [Wednesday|2024-12-04].
The court is expected to rule on [Thursday|2024-12-05].
A vote is scheduled for [Friday|2024-12-06].
Talks are due to resume [Monday|2024-12-02] in Doha.
On [Friday|2024-12-06], the court will hear the appeal.
On [Friday|2024-11-29], the court heard the appeal.
The mayor said [Thursday|2024-11-28] that the bridge will stay shut.
[Friday|2024-11-29]'s attack killed nine.
They met [last Friday|2024-11-29] and will meet [next Tuesday|2024-12-03].
The envoy could arrive as soon as [Monday|2024-12-02].
The bank planned to reopen [Tuesday|2024-12-03].
He was arrested on [Monday, Nov. 18|2024-11-18], and charged on [Wednesday|2024-11-27].
The minister was fired [this past Wednesday|2024-11-27].
# days
She arrived [yesterday|2024-11-30] and leaves [tomorrow|2024-12-02].
He resigned [today|2024-12-01].
The ship sank [the day before yesterday|2024-11-29].
The storm made landfall on [Nov. 5|2024-11-05].
The storm made landfall on [5 November|2024-11-05].
The storm made landfall on [5th November 2023|2023-11-05].
The trial opens on [Jan. 14|2025-01-14].
The deadline is [Dec. 15|2024-12-15].
He was sworn in on [January 20, 2021|2021-01-20].
A bomb exploded on [March 11, 2004|2004-03-11], in Madrid.
The log is dated [2023-07-04|2023-07-04].
The treaty of [4 April 1949|1949-04-04] binds them.
The talks on [the 14th of March|2024-03-14] failed.
It was published on [Sept. 30|2024-09-30] and again on [October 2nd|2024-10-02].
# months and years
Prices fell in [October|2024-10].
Inflation rose in [September|2024-09] from [August|2024-08].
Elections will be held in [March|2025-03].
The plant is set to open in [May|2025-05].
The law took effect in [July 2022|2022-07].
He was born in [1961|1961] and died in [2019|2019].
The strike was the first since [2016|2016].
She has led the party since [June 2018|2018-06].
By [2030|2030], emissions are to fall by half.
The 1,200 seats were sold in [2012|2012].
The [2015|2015] UN resolution still stands.
Sales fell [last month|2024-11] but rose [this year|2024].
The board meets [next week|2024-W49].
They fled [last week|2024-W47].
A new law comes [next year|2025].
She was elected [last March|2024-03].
# stretches named by their edges
Shops were shut from [Monday|2024-11-25] to [Friday|2024-11-29].
He ruled between [2014|2014] and [2018|2018].
She played there in [2018-19|2018-01-01..2020-01-01].
The [2014-2018|2014-01-01..2019-01-01] drought ruined them.
The fair ran [from May 2 to May 9|2024-05-02..2024-05-10].
The fair ran [May 2-9|2024-05-02..2024-05-10] in Bonn.
The summit of [Nov. 18-19, 2024|2024-11-18..2024-11-20], ended well.
It was closed [from January to April 2015|2015-01-01..2015-05-01].
Polls are open [from 7 a.m. to 8 p.m.|2024-12-01T07:00..2024-12-01T20:00] in most towns.
# parts of something
He left in [early November|2024-11 START].
Fighting flared [late Tuesday|2024-11-26 END].
It was built in [the mid-1990s|199 MID].
It was built in [the late 19th century|18 END].
It opened in [mid-October|2024-10 MID].
Growth slowed at [the end of 2023|2023 END].
It closed at [the beginning of June|2024-06 START].
He visited [earlier this month|2024-12 START].
They expect more [later this year|2024 END].
# ago, later, earlier
The war began [two years ago|2022].
He left [three days ago|2024-11-28].
They married [six weeks ago|2024-W42].
The ban came [two months ago|2024-10].
It fell [more than a decade ago|2014 BEFORE].
It was sold in [2010|2010] and closed [three years later|2013].
He was shot on [Tuesday|2024-11-26] and died [two days later|2024-11-28].
The mine closed in [2015|2015]. It had opened [20 years earlier|1995].
She was hired in [March 2020|2020-03] and fired [the following month|2020-04].
Rebels struck on [Wednesday|2024-11-27], [the same day|2024-11-27] a truce began.
He won in [1998|1998]. [That year|1998] the party split.
It opens [two weeks before Christmas|2024-12-11].
Polls will open [in three weeks|2024-W51].
The bridge was built in [three weeks|P3W].
# lengths
The siege lasted [two months|P2M].
A [five-hour|PT5H] meeting ended without a deal.
He spent [a decade|P10Y] in prison.
She waited [more than three hours|PT3H MORE_THAN].
The trip takes [about 40 minutes|PT40M APPROX].
It will last [at least six weeks|P6W EQUAL_OR_MORE].
He has lived there for [years|PXY].
Rents rose over [the past three months|P3M].
More rain is due over [the next two days|P2D].
The pause of [a year and a half|P1Y6M] is over.
It took [several days|PXD] to clear the road.
The cease-fire held for [72 hours|PT72H].
# times of day
The blast came at [2:30 p.m. EST|2024-12-01T14:30].
Police were called at [7.15 pm|2024-12-01T19:15] to the pub.
The train left at [6 a.m.|2024-12-01T06:00] as usual.
The curfew starts at [9 p.m. on Friday|2024-12-06T21:00].
The market opened at [9:00 a.m. Monday|2024-11-25T09:00].
Power failed at [noon|2024-12-01T12:00] across the city.
It was filed at [1930 GMT|2024-12-01T19:30].
Missiles struck [Wednesday night|2024-11-27TNI].
He died [early Tuesday|2024-11-26 START] in hospital.
Roads were blocked [this morning|2024-12-01TMO].
Sirens sounded [last night|2024-11-30TNI].
They will meet again [tomorrow afternoon|2024-12-02TAF].
He was freed on [the morning of June 5|2024-06-05TMO].
# decades, seasons, quarters, centuries
It was banned in [the 1990s|199].
She came in [the 1960s|196].
[The 19th century|18] hall burned.
Crops failed [last summer|2024-SU].
The vote is set for [next spring|2025-SP].
It was [the summer of 2014|2014-SU].
Profit rose in [the third quarter|2024-Q3].
[Third-quarter|2024-Q3] revenue beat forecasts.
It lost money in [the first quarter of 2023|2023-Q1].
Shipments fell in [Q2 2024|2024-Q2].
Output grew in [the first half of 2024|2024-H1].
The deficit for [fiscal 2023|2023] was revised.
# repetitions
They march [every Friday|XXXX-WXX-5].
He trains [twice a week|P1W].
Rents are reviewed [annually|P1Y].
The ferry runs [daily|P1D].
It airs on [Sundays|XXXX-WXX-7].
Prayers are held [every night|XXXX-XX-XXTNI].
They vote [every four years|P4Y].
It floods [every spring|XXXX-SP].
# holidays
Shops closed on [Christmas Day 2020|2020-12-25].
Sales on [Black Friday|2024-11-29] broke records.
They were shot on [Thanksgiving|2024-11-28].
The truce began on [Good Friday|2024-03-29].
The parade of [July 4|2024-07-04] was calm.
# now and then
He [now|PRESENT_REF] lives in exile.
The firm [recently|PAST_REF] moved to Lagos.
# numbers that are years, and numbers that are not
The church was built in [1517|1517] by monks.
The [2009-10|2009-01-01..2011-01-01] season was his last.
He was hit at [9 a.m. Saturday morning|2024-11-30T09:00] on the bridge.
# no dates
The car was found in the 1200 block of Mill Road.
Crews were sent to 1517 Mill Street.
The day-to-day running is hers.
It is a day-to-day affair.
She may leave the party.
May I ask a question?
Theresa May spoke first.
They march against the cuts.
The second suspect fled in a car.
The 34-year-old was charged.
A man aged 45 was held.
He won 6-4, 7-5 against the champion.
They beat Rovers 3-1 at home.
The 9/11 Commission wrote the report.
Call 555-0199 for help.
The resolution numbered 2254 failed.
Resolution 1973 allowed it.
Some 2000 people fled.
It cost $1999 and weighed 12 kg.
The sun set over the bay.
The list is up to date.
Flight 1942 was late.
The first of them left.
He read The Daily Mail aloud.
Route 66 was closed.
About three-quarters of them left.
She is in her 30s.
The march passed the square.
""".strip().splitlines()

MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
CASES = [line for line in SENTENCES if not line.startswith("#")]


def read(line: str) -> tuple[str, list[tuple[str, str]]]:
    """The sentence without its marks, and the expressions it must give."""
    return MARK.sub(r"\1", line), MARK.findall(line)


def written(row: DateExpression) -> str:
    if row.value is None:
        return f"{row.range_start}..{row.range_end}"
    return f"{row.value} {row.mod}" if row.mod else row.value


@pytest.mark.parametrize("line", CASES)
def test_a_sentence_of_news_gives_its_dates_and_no_others(line: str) -> None:
    text, expected = read(line)
    assert [(row.text, written(row)) for row in find_dates(text, PUBLISHED)] == expected
