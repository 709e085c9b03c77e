"""The story and nothing but the story: what stands in and around it on real pages, written anew."""

import csv
from importlib.resources import files

import pytest
from written_pages import MAYOR, RIVER, STORY, WAIT, news, page, paragraphs

from transforms.extract import extract_page
from transforms.extract.article import Article
from transforms.extract.clutter import part_named

NIGHT = "At night the water stood at the doors of the market, and the traders carried their goods to the upper floor."
SCHOOL = "The school of the lower town sent its pupils home at noon, because the road to it was under water by then."
LONG = (*STORY, NIGHT, SCHOOL)
OTHER = "Five towns are cut off from the coast road"
STANDFIRST = "Two bridges are shut and the ferry does not run, so the lower town can be reached on foot only."


def read(body: str, **more: object) -> Article:
    article = extract_page(page(body, **more), url="https://news.example/ferry", media_type="text/html")  # type: ignore[arg-type]
    assert isinstance(article, Article), article
    return article


def text(body: str, **more: object) -> str:
    return read(body, **more).text


def story(middle: str = "", behind: str = "", before: str = "") -> str:
    first, second = paragraphs(RIVER, MAYOR), paragraphs(WAIT, NIGHT, SCHOOL)
    return f"<main><article><h1>Ferry stopped</h1>{before}{first}{middle}{second}{behind}</article></main>"


ALL = "\n\n".join(LONG)


@pytest.mark.parametrize(
    "clutter",
    [
        f"<p><a href=/x>{OTHER}</a></p>",
        f"<p>See more: <a href=/x>{OTHER}</a></p>",
        f"<h3><a href=/x>{OTHER}</a></h3>",
        f"<ul><li><a href=/x>{OTHER}</a></li><li><a href=/y>Schools stay closed until Friday</a></li></ul>",
        "<div class=Newsletter-box><h3>The morning letter</h3><p>All the news of the river, each day at six.</p></div>",
        f"<div class='latest-news'><h4><a href=/x>{OTHER}</a></h4><p>What we know so far</p></div>",
        "<div class=author-bio><p>Ana Ruiz writes about rivers and the towns beside them.</p></div>",
        "<p class=estimated-read-time>3 min read</p>",
        "<p><span class=sr-only>Article content continues here</span></p>",
        "<div class=share-bar><p>Send this story to your friends and neighbours</p></div>",
        "<p>Advertisement</p>",
        "<p>Read more: Five towns cut off</p>",
    ],
)
@pytest.mark.parametrize("place", ["middle", "behind"])
def test_what_is_no_part_of_the_story_is_left_out(clutter: str, place: str) -> None:
    assert text(story(**{place: clutter})) == ALL


@pytest.mark.parametrize(
    "part",
    [
        "<p>The report was <a href=/x>published by the ministry of water and roads</a> on Monday, he said.</p>",
        "<p>Photos: <a href=/ana>@ana</a></p>",
        "<div class=newsletter-archive>" + paragraphs(*LONG[:3]) + "</div>",
        "<div class='related paywall'>" + paragraphs(*LONG[:3]) + "</div>",
    ],
)
def test_what_only_looks_like_clutter_stays(part: str) -> None:
    shown = text(f"<main><article><h1>Ferry stopped</h1>{part}{paragraphs(NIGHT, SCHOOL)}</article></main>")
    assert "The report was published by" in shown or "@ana" in shown or RIVER in shown


def test_other_stories_in_articles_of_their_own_are_left_out() -> None:
    other = f"<article><a href=/x><img src=x.jpg></a><p>{OTHER}, and the helicopters fly all day.</p></article>"
    assert text(story(behind=f"<h3>You may like</h3>{other * 4}")) == ALL


def test_entries_without_links_of_their_own_are_kept() -> None:
    entries = "".join(f"<article><h2>Entry {number}</h2><p>{line}</p></article>" for number, line in enumerate(LONG))
    assert [line in text(f"<article><h1>Flood</h1>{entries}</article>") for line in LONG] == [True] * 5


@pytest.mark.parametrize(
    "wrapper",
    ["<div class='social-media-embed'>{}</div>", "<figure class=embed><div class=twitter>{}</div></figure>", "{}"],
)
def test_a_quoted_post_is_part_of_the_story(wrapper: str) -> None:
    words = "We will open the bridge as soon as we can."
    post = f"<blockquote class=twitter-tweet><p>{words}</p>— Harbour (@harbour)</blockquote>"
    assert words in text(story(wrapper.format(post)))


def test_labels_above_and_offers_below_the_story_are_trimmed() -> None:
    above = "<div><p>Region</p><p>Ana Ruiz</p></div>"
    below = (
        "<div><h2>Your account is in use on another device</h2><p>If you read here, nobody can read there.</p></div>"
    )
    body = f"<main><h1>Ferry stopped</h1>{above}<div class=text>{paragraphs(*LONG)}</div>{below}</main>"
    assert text(body) == ALL


@pytest.mark.parametrize("tag", ["h2", "h4", "h5 class=timeline"])
def test_cross_headings_are_kept_where_they_stand(tag: str) -> None:
    article = read(story(f"<{tag}>Night on the river</{tag.split()[0]}>"))
    assert article.text == ALL.replace(WAIT, f"Night on the river\n\n{WAIT}")
    assert [article.text[block.start : block.end] for block in article.blocks if block.kind == "heading"] == [
        "Night on the river"
    ]


@pytest.mark.parametrize(
    "where",
    [
        "<header><h1>Ferry stopped</h1><h2>{}</h2></header>",
        "<div class=head><h1>Ferry stopped</h1><p class=dek>{}</p></div>",
    ],
)
def test_the_standfirst_is_the_beginning_of_the_story(where: str) -> None:
    head = f'<meta property="og:description" content="{STANDFIRST}">'
    body = f"<main>{where.format(STANDFIRST)}<div class=article-body>{paragraphs(*LONG)}</div></main>"
    assert text(body, head=head) == f"{STANDFIRST}\n\n{ALL}"


def test_a_description_that_is_not_on_the_page_is_not_in_the_text() -> None:
    assert text(story(), head=f'<meta property="og:description" content="{STANDFIRST}">') == ALL


def test_a_text_that_the_page_does_not_show_is_read_from_its_fields() -> None:
    teaser = (
        "<main><h1>Ferry stopped</h1><p>The river rose again on Monday, and the ferry across it was stopped.</p></main>"
    )
    stated = news(headline="Ferry stopped", articleBody="\n".join(LONG * 2))
    assert text(teaser, ld=stated).count(NIGHT) >= 1


def test_a_text_for_subscribers_is_left_to_them() -> None:
    teaser = f"<main><h1>Ferry stopped</h1>{paragraphs(RIVER, MAYOR, WAIT)}</main>"
    stated = news(headline="Ferry stopped", articleBody="\n".join(LONG * 3), isAccessibleForFree=False)
    assert NIGHT not in text(teaser, ld=stated)


def test_every_part_of_a_page_is_known_by_its_example() -> None:
    with (files("transforms.extract") / "all_languages" / "page_parts.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [row for row in rows if part_named(row["example"]) != row["part"]] == []


@pytest.mark.parametrize("name", ["article-body", "story__text", "relatedness", "shareholders", "content-main", "lead"])
def test_names_of_stories_are_no_parts_beside_them(name: str) -> None:
    assert part_named(name) is None
