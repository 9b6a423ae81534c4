"""A page becomes a chapter: same words, ids of its own, links that work on paper."""

from __future__ import annotations

import pytest
from lxml import html

from metropolis.pdf.gather import BookSource, Gathered, gather_chapter
from metropolis.pdf.outline import Chapter

SLUGS = {"en/vision/": "vision", "en/mission/": "mission", "en/action-plan/": "action-plan-index"}


def site(page: str, **more: object) -> BookSource:
    pages = {"vision": page.encode()}
    drawn: dict[str, object] = {"land": "M0 0", "figure_style": ".land{}"}
    return BookSource(pages, SLUGS, "https://plan.example/", "en/", **drawn | more)  # type: ignore[arg-type]


def chapter(
    body: str, head: str = "<h1 id='vision'>A vision</h1>", depth: int = 2, notice: str = ""
) -> Gathered:
    page = (
        f"<html lang='en'><body data-line='2'><main>{notice}<article class='prose'"
        " data-title='Vision'><header class='page-head'><div"
        f" class='page-title'>{head}</div></header>{body}</article></main></body></html>"
    )
    return gather_chapter(Chapter("vision", "2.1"), site(page), depth, "§ 2.1")


def inner(one: Gathered) -> str:
    return str(html.tostring(one.body, encoding="unicode"))


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../mission/", '<a href="#mission" class="reference">'),
        ("../mission/#who", '<a href="#mission--who" class="reference">'),
        ("#here", '<a href="#vision--here">'),
        ("../members/lyon/", '<a href="https://plan.example/en/members/lyon/">'),
        ("../../fr-only/#a", '<a href="https://plan.example/fr-only/#a">'),
        ("https://www.who.int/x", '<a href="https://www.who.int/x" class="external">'),
    ],
)
def test_links_lead_inside_the_book_or_to_a_full_address(link: str, expected: str) -> None:
    assert expected in inner(chapter(f"<p><a href='{link}'>word</a></p>"))


def test_an_address_that_is_its_own_text_is_not_printed_twice() -> None:
    assert 'class="external is-bare"' in inner(
        chapter("<p><a href='https://who.int/'>who.int</a></p>")
    )


def test_ids_carry_the_pages_name_and_sections_their_number() -> None:
    one = chapter("<h2 id='who'>Who <em>we</em> are</h2><h3 id='x'>Deeper</h3>")
    assert [(section.number, section.id, section.title) for section in one.sections] == [
        ("2.1.1", "vision--who", "Who we are")
    ]
    assert (
        '<h3 id="vision--who"><span class="section-number">2.1.1</span> Who <em>we</em> are</h3>'
        in inner(one)
    )
    assert '<h4 id="vision--x">Deeper</h4>' in inner(one)


def test_a_note_stands_where_it_is_called_and_a_second_call_is_a_link() -> None:
    one = chapter(
        "<p>One<sup id='fnref:a'><a class='footnote-ref' href='#fn:a'>1</a></sup> and more."
        "<sup id='fnref2:a'><a class='footnote-ref' href='#fn:a'>1</a></sup></p>"
        "<div class='footnote'><hr><ol><li id='fn:a'><p>The source.&#160;"
        "<a class='footnote-backref' href='#fnref:a'>↩</a></p></li></ol></div>"
    )
    text = inner(one)
    assert 'One<span class="footnote"><span>The source.\xa0</span></span> and more.' in text
    assert text.count("The source.") == 1
    assert "↩" not in text
    assert 'class="footnote-ref" href="#vision--fn:a"' in text


def test_what_only_works_on_a_screen_goes_and_nothing_else() -> None:
    one = chapter(
        "<form>a</form><p>b</p><button>c</button><div class='web-only wide'>d</div><details>e</details>"
    )
    assert [one.text for one in one.body if one.tag != "header"] == ["b", "e"]


def test_the_section_that_offers_the_book_is_left_out_of_it() -> None:
    one = chapter(
        "<h2 id='a'>A</h2><h2 id='pdf'>Download</h2><p>It</p><ul class='editions web-only'></ul><h2 id='b'>B</h2>"
    )
    assert [section.title for section in one.sections] == ["A", "B"]
    assert "It" not in one.body.text_content().split()


def test_a_notice_above_the_page_stands_in_the_chapter() -> None:
    one = chapter(
        "<p>x</p>", notice="<div class='notice' role='note'><p>Behind its source</p></div>"
    )
    assert "Behind its source" in one.body.find("header").text_content()


def test_the_line_of_action_and_a_foreign_language_are_kept() -> None:
    assert chapter("").body.get("data-line") == "2"
    page = "<main><article lang='fr' data-title='T'><header><h1>T</h1></header></article></main>"
    assert gather_chapter(Chapter("vision", ""), site(page), 1, "").body.get("lang") == "fr"


def test_a_drawing_gets_its_style_and_its_title_and_loses_its_links() -> None:
    one = chapter(
        "<figure><svg viewBox='0 0 1 1' role='img' aria-label='The map'><use href='a.svg#land'"
        " class='land'/><a href='../mission/' class='station'><text>Stop</text></a></svg></figure>"
    )
    text = inner(one)
    assert "<title>The map</title><style>.land{}</style>" in text
    assert '<path class="land" d="M0 0"></path>' in text
    assert '<g class="station"><text>Stop</text></g>' in text


def test_an_icon_goes_and_its_words_stay() -> None:
    one = chapter("<p><svg aria-hidden='true' class='icon'><path d='M0 0'/></svg> Note</p>")
    assert inner(one).endswith("<p> Note</p></section>")


def test_an_image_is_read_from_the_content() -> None:
    image = "<p><img src='../maps/a.png' alt='x'></p>"
    page = f"<main><article data-title='T'><header><h1>T</h1></header>{image}</article></main>"
    own = site(page, media="../../content/en/")
    one = gather_chapter(Chapter("vision", ""), own, 1, "")
    assert one.body.find(".//img").get("src") == "../../content/en/maps/a.png"


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ((), "Lead One a Two b Deep c Deeper d Three e"),
        (("one",), "One a"),
        (("two",), "Two b Deep c Deeper d"),
        (("deep",), "Two Deep c"),
        (("deeper", "three"), "Two Deeper d Three e"),
    ],
)
def test_a_pack_may_have_some_sections(only: tuple[str, ...], expected: str) -> None:
    body = (
        "<p>Lead</p><h2 id='one'>One</h2><p>a</p><h2 id='two'>Two</h2><p>b</p><h3 id='deep'>Deep"
        "</h3><p>c</p><h3 id='deeper'>Deeper</h3><p>d</p><h2 id='three'>Three</h2><p>e</p>"
    )
    page = (
        "<html><body><main><article data-title='T'><header><h1>T</h1></header>"
        f"{body}</article></main></body></html>"
    )
    one = gather_chapter(Chapter("vision", ""), site(page, sections={"vision": only}), 1, "")
    shown = [element.text for element in one.body if element.tag != "header"]
    assert " ".join(shown) == expected
