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
# numbers behind a month or weekday that count something
In [June|2024-06] 3 million people fled the coast.
In [July|2024-07] 31 drivers were fined.
In [May|2024-05] 12 people died, and in [August|2024-08] 2,000 homes were lost.
In [March|2024-03] 25 per cent of the stores closed.
On [Tuesday|2024-11-26] 12 women were hurt, on [Monday 18|2024-11-18], none.
The software of [May|2024-05] 5.0 failed.
On [12 May|2024-05-12] people gathered at the port.
On [Aug. 31|2024-08-31] firefighters went on strike.
# levels
Scores rose from 1205 to 1310, and the index fell to 1998.
Emissions fell to [1998|1998] levels, and rose from [2005|2005] to [2010|2010].
# a length with two ends
It sparked [a year or two|P1Y EQUAL_OR_MORE] of fury.
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
The fair ran from [May 2|2024-05-02] to [May 9|2024-05-09].
The fair ran [May 2-9|2024-05-02..2024-05-10] in Bonn.
The summit of [Nov. 18-19, 2024|2024-11-18..2024-11-20], ended well.
It was closed from [January|2015-01] to [April 2015|2015-04].
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
# company reports
Profit in [the year-ago quarter|2023-Q3] was a record.
Profit for [the fiscal third quarter|2024-Q3] ended [Oct. 31|2024-10-31] rose from [a year earlier|2023-Q3].
Profit for [the fiscal first quarter|2024-Q1] ended [Oct. 31|2024-10-31] beat that of [the year-ago quarter|2023-Q1].
In [the three months|2024-Q3] ended [Sept. 30|2024-09-30] sales matched [the same period a year earlier|2023-Q3].
Sales for [the three months|2024-Q3] to [September|2024-09] fell 3% from [the same quarter last year|2023-Q3].
Revenue for [the quarter|2024-Q3] rose to $2 billion from $1.8 billion [a year earlier|2023-Q3].
In [the nine months|P9M] ended [Sept. 30|2024-09-30], it lost $4m.
In [the fiscal year|P1Y] ended [June 30|2024-06-30], sales rose.
In [the 12 months|P12M] to [June 2024|2024-06], net migration fell.
In [the year|P1Y] to [March|2024-03], prices rose 4%.
Jobless claims fell in [the week|P1W] ended [Nov. 23|2024-11-23].
Revenue for [Q3|2024-Q3] rose.
[Q3|2024-Q3] results beat forecasts.
In [Q3|2024-Q3], the group lost 3,000 customers.
The group reported [H1|2024-H1] profit of $4m.
[First-half|2024-H1] revenue fell.
Sales fell in [the first half of the year|2024-H1].
Prices rose faster in [October|2024-10] than in [the same month last year|2023-10].
Consumer prices rose 2.6% in [October|2024-10] from [a year earlier|2023-10].
In [the first nine months of the year|P9M], sales fell.
Shares hit a high for [the year|2024].
The bill falls due at [month-end|2024-12 END].
It must be paid by [year-end|2024 END].
# clock times and zones
The talks start at [1530 GMT|2024-11-29T15:30] ([10:30 a.m. ET|2024-11-29T10:30]) on [Friday|2024-11-29].
The quake hit at [2:30 p.m. EST|2024-12-01T14:30] ([1930 GMT|2024-12-01T19:30]).
The quake hit at [6:13 a.m. local time|2024-12-01T06:13] ([2213 GMT Saturday|2024-11-30T22:13]).
The bomb went off at [10:35 a.m.|2024-11-29T10:35] ([0735 GMT|2024-11-29T07:35]) [Friday|2024-11-29], police said.
[2:45pm BST|2024-12-01T14:45] / [9:45am ET|2024-12-01T09:45]
[14:32 GMT|2024-12-01T14:32]
[14.32 GMT|2024-12-01T14:32]
It hit at [1:30 a.m. Tokyo time|2024-12-01T01:30] ([1630 GMT|2024-11-30T16:30]).
Polls close at [8 p.m. ET on Tuesday|2024-12-03T20:00].
He was found [late on Thursday|2024-11-28 END], at [midnight|2024-11-28T24:00], in a park.
The play starts on [Friday from 7.30pm|2024-12-06T19:30].
He was shot at [9.15 p.m. on Friday night|2024-11-29T21:15].
Power failed [from 7 to 9 p.m. Friday|2024-11-29T19:00..2024-11-29T21:00].
Police came in [the early hours of Sunday|2024-12-01 START].
By [mid-afternoon on Saturday|2024-11-30TAF MID], the square was full.
By [late afternoon|2024-12-01TAF END], the square was full.
# stretches
The talks ran from [Nov. 30|2024-11-30] to [Dec. 2|2024-12-02].
The offer runs from [Dec. 1|2024-12-01] through [Jan. 15|2025-01-15].
It snowed from [November 2023|2023-11] through [February 2024|2024-02].
The road is shut from [2 p.m. on Friday|2024-11-29T14:00] until [6 a.m. on Monday|2024-12-02T06:00].
From [late 2019|2019 END] to [early 2021|2021 START], they stayed.
Talks on [April 24|2024-04-24] and [25|2024-04-25], both in Doha, failed.
The [2023/24|2023-01-01..2025-01-01] season is over.
The [10-15 May|2024-05-10..2024-05-16] talks failed.
Fires grew over [the past three summers|P3SU].
She said on [Friday|2024-11-29] that she would quit in [May|2025-05].
It would have opened in [May|2024-05].
# beside something
Shops are full [the day before Christmas|2024-12-24].
Sales fell [the week after Thanksgiving|2024-W49].
In [the days|PXD] before the vote, he fled.
In [the weeks|PXW] after the attack, he fled.
In [the months|PXM] leading up to it, he hid.
The [decades-long|PXY] feud is over.
He was freed [later in the day|2024-12-01].
The bill comes back [midweek|2024-W48 MID].
Prices will rise at [the turn of the year|2025 START].
Trains are full over [Christmas|2024-12-25] and [New Year|2025-01-01].
Police shot a man on [New Year's Eve|2024-12-31].
The vote will be held on [Saturday week|2024-12-14].
[A fortnight ago|2024-W46] he left.
He will return [in a fortnight|2024-W50].
It takes [two to six days|P2D EQUAL_OR_MORE].
Cases rose in [week 9 of 2021|2021-W09].
[Six months later|P6M], he was free.
The trial began on [Nov. 4|2024-11-04] and ended on [the 17th|2024-11-17].
Hundreds died in the [Sept. 11|2001-09-11] attacks.
He was held after the [Oct. 7|2023-10-07] attack.
They meet [every other Tuesday|XXXX-WXX-2].
Crops failed in [late summer|2024-SU END].
Few farm there [these days|PRESENT_REF].
# no dates
The novel "1984" sold well.
The fire at 1984 Elm Street killed two.
Call 1800 555 0199 for help.
2020 Capital bought the mine.
Twenty20 cricket is back.
The shop is open 24/7.
Vision 2030 is a plan for the oil state.
The March on Washington was long.
The Women's March drew crowds.
He writes for the Sunday Times.
The play is about Bloody Sunday.
She taught at a Sunday school.
The quarter-final was lost.
They play Formula 1 games.
An Audi Q3 was stolen.
The H1N1 virus spread.
He scored in the first half.
Prices fall when demand falls.
They spring into action.
An august body met.
April Jones was six.
The 1,600 to 2,000 vote margin held.
The game in Week 9 was lost.
By the second, he was gone.
He rose on the 17th floor.
They marked the Lunar New Year.
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
