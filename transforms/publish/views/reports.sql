-- One row for each count of deaths that somebody reported of an event, shaped after the columns of UCDP GED.
with who_classes(noun, class, is_all) as (values $who_classes),
latest as (
    select article_id, version, date, url, headline, source, agency, published_at
    from articles
    qualify 1 = row_number() over (
        partition by article_id
        order by coalesce(modified_at, published_at, fetched_at) desc, fetched_at desc, version
    )
),
counted as (
    select claims.*, latest.url, latest.headline, latest.source as publisher, latest.agency, latest.published_at,
        who_classes.class as who_class, coalesce(who_classes.is_all, false) as is_all_of_class
    from claims
    join latest using (article_id, version, date)
    left join who_classes on who_classes.noun = lower(regexp_extract(claims.who, '([^\s-]+)$'))
    where claims.metric = 'killed' and not claims.hypothetical
),
-- The civilians among the dead of another count: one number, or the one that says "civilians" itself.
civilians as (
    select article_id, version, part_of,
        case when count(*) = 1 then any_value(coalesce(low, high))
             when count(*) filter (is_all_of_class) = 1 then any_value(coalesce(low, high)) filter (is_all_of_class)
        end as deaths
    from counted
    where part_of is not null and who_class = 'civilian'
    group by article_id, version, part_of
),
places as (
    select article_id, version, entity_id, any_value(latitude) as latitude, any_value(longitude) as longitude,
        any_value(country_code) as country_code, any_value(place_kind) as place_kind
    from mentions
    where entity_id is not null and label in ('LOC', 'FAC')
    group by article_id, version, entity_id
),
sentence_of as (
    select counted.article_id, counted.version, counted.start, any_value(sentences.text) as sentence
    from counted
    join sentences on sentences.article_id = counted.article_id and sentences.version = counted.version
        and sentences.date = counted.date
        and sentences.start <= counted.start and counted.start < sentences."end"
    group by counted.article_id, counted.version, counted.start
),
-- A count that is part of another is in that one already; one of a longer period is of no event.
reported as (
    select counted.*, sentence, latitude, longitude, country_code, place_kind,
        coalesce(
            case when who_class = 'civilian' then coalesce(low, high) end, civilians.deaths
        ) as deaths_civilians,
        -- Who counted. Without a name: the agency; without that, whoever wrote this very sentence.
        coalesce(source_entity_id, lower(counted.source), agency, sentence, publisher) as counter,
        coalesce(place_entity_id, lower(place), sentence, '') as scene,
        coalesce(event_start || '/' || event_end, cast(date as varchar)) as period
    from counted
    left join civilians on civilians.article_id = counted.article_id and civilians.version = counted.version
        and civilians.part_of = counted.start
    left join places on places.article_id = counted.article_id and places.version = counted.version
        and places.entity_id = counted.place_entity_id
    left join sentence_of on sentence_of.article_id = counted.article_id and sentence_of.version = counted.version
        and sentence_of.start = counted.start
    where counted.part_of is null and tally <> 'period'
),
-- Twenty copies of one wire story are one report.
grouped as (
    select
        min_by(reported, (published_at, url, reported.start)) as first,
        max(deaths_civilians) as deaths_civilians,
        count(distinct article_id) as number_of_articles,
        count(distinct publisher) as number_of_publishers
    from reported
    group by counter, scene, period, tally, who, low, high, comparator
)
select
    left(md5(concat_ws('|', first.counter, first.scene, first.period, first.tally, first.who, first.low, first.high,
        first.comparator)), 16) as id,
    year(coalesce(try_cast(left(first.event_start, 10) as date), first.date)) as year,
    first.url as source_article,
    first.publisher as source_office,
    first.published_at as source_date,
    first.headline as source_headline,
    first.source as source_original,
    first.source_entity_id as source_entity_id,
    number_of_articles,
    number_of_publishers,
    case when first.place_kind in ('city', 'town', 'village', 'facility') then 1
         when first.place_kind = 'region' then 4
         when first.place_kind = 'country' then 6
    end as where_prec,
    first.place as where_coordinates,
    first.place_entity_id as place_entity_id,
    first.latitude as latitude,
    first.longitude as longitude,
    first.country_code as country_code,
    try_cast(left(first.event_start, 10) as date) as date_start,
    try_cast(left(first.event_end, 10) as date) - 1 as date_end,
    case when first.event_start is null or first.event_end is null then null
         when date_diff('day', date_start, date_end) < 1 then 1
         when date_diff('day', date_start, date_end) < 6 then 2
         when date_diff('day', date_start, date_end) < 7 then 3
         when date_diff('day', date_start, date_end) < 31 then 4
         else 5
    end as date_prec,
    first.who as who,
    first.tally as tally,
    first.comparator as comparator,
    case when first.comparator = '=' and first.low = first.high then first.low end as best,
    first.low as low,
    first.high as high,
    deaths_civilians,
    first.sentence as sentence,
    first.article_id as article_id,
    first.version as version,
    first.start as start,
    first.date as date
from grouped
