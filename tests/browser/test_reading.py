"""What a reader does: opens the home page, changes language, follows a member, searches; wide and
on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from audit.layout import faults_of
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
SCREENS = pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])


@SCREENS
@pytest.mark.parametrize(("path", "lang"), [("/", "fr"), ("/en/", "en"), ("/es/", "es")])
def test_home_page_opens_in_its_language(visit: Visit, path: str, lang: str, phone: bool) -> None:
    page = visit(path, phone=phone)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).to_be_visible()


@SCREENS
def test_switcher_stays_on_the_same_page(visit: Visit, phone: bool) -> None:
    page = visit("/challenges/resilience/", phone=phone)
    page.locator(".site-header .languages a[hreflang=es]").click()
    expect(page).to_have_url(re.compile(r"/es/challenges/resilience/$"))
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator(".site-header .languages a[hreflang=fr]").click()
    expect(page).to_have_url(re.compile(r":\d+/challenges/resilience/$"))


@SCREENS
def test_directory_leads_to_a_member_and_its_counterpart(visit: Visit, phone: bool) -> None:
    page = visit("/en/members/", phone=phone)
    page.locator("table.members a", has_text="Seoul").click()
    expect(page.locator("h1")).to_have_text("Seoul")
    expect(page.locator("article")).to_contain_text("Seoul Metropolitan Government")
    page.locator(".site-header .languages a[hreflang=fr]").click()
    expect(page.locator("h1")).to_have_text("Séoul")


def test_member_leads_to_its_milestones_and_neighbours(visit: Visit) -> None:
    page = visit("/members/montreal/")
    page.locator(".timeline a").first.click()
    expect(page).to_have_url(re.compile(r"/milestones/#"))
    page.go_back()
    page.locator(".nearest a").first.click()
    expect(page.locator("h1")).not_to_have_text("Montréal")


def test_a_member_leads_to_the_members_of_its_country_and_region(visit: Visit) -> None:
    page = visit("/en/members/seoul/")
    assert page.locator(".nearest li").count() == 5
    page.get_by_role("link", name="one of 9 members").click()
    expect(page).to_have_url(re.compile(r"/en/members/\?country=KR#directory$"))
    expect(page.locator(".filters-count")).to_have_text("9 members of 141")
    page.go_back()
    page.get_by_role("link", name="one of 73 members").click()
    expect(page.locator(".filters-count")).to_have_text("73 members of 141")


@SCREENS
def test_the_switcher_keeps_anchor_and_filters(visit: Visit, phone: bool) -> None:
    page = visit("/vision/#gender-equality", phone=phone)
    page.locator(".site-header .languages a[hreflang=en]").click()
    expect(page).to_have_url(re.compile(r"/en/vision/#gender-equality$"))
    page.locator(".site-header .languages a[hreflang=es]").click()
    expect(page).to_have_url(re.compile(r"/es/vision/#gender-equality$"))


def test_the_switcher_keeps_what_was_typed(visit: Visit) -> None:
    page = visit("/members/#directory")
    page.get_by_role("searchbox", name="Nom").fill("cor & é")
    page.get_by_label("Trier par").select_option("land")
    page.locator(".site-header .languages a[hreflang=es]").click()
    expect(page).to_have_url(re.compile(r"/es/members/\?q=cor.*&sort=land#directory$"))
    expect(page.get_by_role("searchbox", name="Nombre")).to_have_value("cor & é")


def test_menu_on_a_phone_works_by_keyboard_and_keeps_the_focus(visit: Visit) -> None:
    page = visit("/", phone=True)
    page.locator(".menu-button").focus()
    page.keyboard.press("Enter")
    menu = page.locator("dialog.menu")
    expect(menu).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "document.activeElement === document.body"
            " || document.querySelector('dialog.menu').contains(document.activeElement)"
        )
        assert inside, "the focus left the open menu"
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert page.evaluate("document.activeElement.classList.contains('menu-button')")


@pytest.mark.parametrize(
    ("path", "query", "title"),
    [("/", "seoul", "Séoul"), ("/en/", "resilience", "Resilience"), ("/es/", "seul", "Seúl")],
)
def test_search_answers_in_the_readers_language(
    visit: Visit, path: str, query: str, title: str
) -> None:
    page = visit(path)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.locator("[data-open=search]").click()
    page.locator("dialog.search input[type=search]").fill(query)
    results = page.locator(".search-results > li > a")
    expect(results.filter(has_text=title).first).to_be_visible()
    prefix = "" if path == "/" else path.strip("/")
    for link in results.evaluate_all("links => links.map(link => new URL(link.href).pathname)"):
        first = link.strip("/").split("/")[0]
        assert (first if first in {"en", "es"} else "") == prefix
    assert any(url.endswith(".json") and "/search/" in url for url in requests)


def test_nothing_of_the_search_loads_before_it_is_opened(visit: Visit, served: str) -> None:
    page = visit("/vision/")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert [url for url in loaded if "search" in url] == []


def test_scheme_toggle_is_kept_from_page_to_page(visit: Visit, served: str) -> None:
    page = visit("/", color_scheme="light")
    toggle = page.locator("[data-scheme-toggle]")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    page.goto(served + "/vision/")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/nulle-part/", "n’existe pas"),
        ("/en/nowhere/", "does not exist"),
        ("/es/nada/", "no existe"),
    ],
)
def test_missing_page_speaks_the_readers_language(visit: Visit, path: str, text: str) -> None:
    page = visit(path, expect_status=404)
    expect(page.locator("h1")).to_contain_text(text)


@pytest.mark.parametrize("path", ["/", "/en/members/", "/es/action-plan/line-2/"])
def test_pages_read_and_navigate_without_scripts(visit: Visit, path: str) -> None:
    page = visit(path, phone=True, java_script_enabled=False)
    expect(page.locator("h1")).to_be_visible()
    page.locator(".menu-button").click()
    expect(page).to_have_url(re.compile(r"#site-map$"))
    expect(page.locator("[data-open=search]")).to_be_hidden()


def test_the_rail_shows_which_section_is_read(visit: Visit) -> None:
    page = visit("/vision/", reduced_motion="reduce")
    here = page.locator(".contents [aria-current=location]")
    expect(here).to_have_count(0)
    page.evaluate("document.getElementById('guiding-themes').scrollIntoView()")
    expect(here).to_have_text("Cinq thèmes pour s’orienter")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(here).to_have_text("La paix, un but et un chemin")
    page.evaluate("scrollTo(0, 0)")
    expect(here).to_have_count(0)


def test_key_figures_lead_to_what_explains_them(visit: Visit) -> None:
    page = visit("/")
    figures = page.locator(".key-figure")
    assert figures.locator("a").count() == figures.count() == 4
    number = figures.filter(has_text="61").locator(".figure").bounding_box()
    assert number
    page.mouse.click(number["x"] + 5, number["y"] + 5)  # the number leads there too
    expect(page).to_have_url(re.compile(r"/members/#how-we-count$"))
    expect(page.locator(".breadcrumbs")).to_have_text(re.compile(r"Accueil\s+Membres"))


NARROW = [
    "/", "/en/members/", "/es/milestones/", "/indicators/air-quality/", "/governance/", "/es/gender-mainstreaming/",
    "/en/action-plan/", "/action-plan/line-2/", "/es/glossary/", "/references/", "/es/rethink/", "/members/montreal/",
    "/en/data/", "/challenges/urban-growth/", "/404.html",
]  # fmt: skip


@pytest.mark.parametrize("path", NARROW)
def test_text_never_overlaps_nor_scrolls_sideways_narrow_twice_as_large_or_widely_spaced(
    visit: Visit, path: str
) -> None:
    page = visit(path, bypass_csp=True)
    assert faults_of(page, (320, 768)) == []
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_text_that_overlaps_is_found(visit: Visit) -> None:
    page = visit("/vision/", bypass_csp=True)
    page.add_style_tag(content="h1 { translate: 0 5rem } .site-header { min-width: 60rem }")
    assert {what.partition(":")[0] for what, _ in faults_of(page, (320,))} >= {
        "wider than the window", "drawn over each other",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/en/action-plan/line-2/"])
def test_paper_has_no_navigation(visit: Visit, path: str) -> None:
    page = visit(path)
    page.emulate_media(media="print")
    for part in (".main-nav", ".site-tools", ".menu-button", ".site-map", ".previous-next"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_term_shows_its_definition_by_keyboard_and_touch_and_leads_to_the_glossary(
    visit: Visit,
) -> None:
    page = visit("/", phone=True)
    term = page.locator("a.term").first
    definition = page.locator(f"#{term.get_attribute('data-definition')}")
    expect(definition).to_be_hidden()
    expect(term).to_have_attribute("aria-expanded", "false")
    term.tap()
    expect(definition).to_be_visible()
    expect(term).to_have_attribute("aria-expanded", "true")
    expect(term).to_have_attribute("aria-details", definition.get_attribute("id") or "none")
    page.keyboard.press("Escape")
    expect(definition).to_be_hidden()
    expect(term).to_have_attribute("aria-expanded", "false")
    term.focus()
    page.keyboard.press("Enter")
    expect(definition).to_be_visible()
    definition.locator("a").click()
    expect(page).to_have_url(re.compile(r"/glossary/#"))


def test_the_menu_opens_with_the_space_bar(visit: Visit) -> None:
    page = visit("/vision/", phone=True)
    opener = page.get_by_role("button", name="Menu")
    opener.focus()
    page.keyboard.press("Space")
    expect(page.locator("dialog#menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_a_scheme_chosen_by_hand_colours_the_browsers_frame(visit: Visit) -> None:
    page = visit("/vision/", color_scheme="light")
    colour = """[...document.querySelectorAll("meta[name=theme-color]")]
        .find(({media}) => matchMedia(media).matches).content"""
    assert page.evaluate(colour) == "#ffffff"
    page.locator("[data-scheme-toggle]").click()
    assert page.evaluate(colour) == "#10141e"


def test_a_members_facts_stand_beside_its_map_where_there_is_room(visit: Visit) -> None:
    page = visit("/en/members/montreal/")
    title, facts, drawing = (
        page.locator(part).bounding_box() for part in ("h1", ".member-facts", ".locator-map")
    )
    assert title
    assert facts
    assert drawing
    assert facts["x"] == title["x"]
    assert facts["x"] + facts["width"] < drawing["x"]
    assert facts["y"] < drawing["y"] + drawing["height"] / 2
    assert page.locator("[lang=fr]", has_text="Ville de Montréal").count() == 1
