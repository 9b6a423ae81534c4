"""Finding things: filters in the address, the timeline, a reader's language, the map."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from metropolis.language.collation import folded

Visit = Callable[..., Page]


def test_the_directory_filters_without_accents_and_counts(visit: Visit) -> None:
    page = visit("/en/members/")
    page.get_by_label("Name", exact=True).fill("MONTREAL")
    rows = page.locator(".members tbody tr:visible th")
    expect(rows).to_have_text(["Montréal"])
    expect(page.locator(".filters-count")).to_have_text("1 of 141")
    expect(page).to_have_url(re.compile(r"\?q=MONTREAL$"))
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".filters-count")).to_have_text("141 of 141")
    expect(page).to_have_url(re.compile(r"/en/members/$"))


def test_an_address_with_filters_opens_them(visit: Visit) -> None:
    page = visit("/members/?region=africa&sort=land")
    expect(page.locator(".filters-count")).to_have_text("25 sur 141")
    countries = page.locator(".members tbody tr:visible td:nth-of-type(2)").all_inner_texts()
    assert countries == sorted(countries, key=folded)
    assert countries[0] == "Afrique du Sud"


def test_nonsense_in_the_address_hides_nothing(visit: Visit) -> None:
    page = visit("/members/?region=atlantis&x=%3Cscript%3E")
    expect(page.locator(".filters-count")).to_have_text("141 sur 141")


def test_without_script_the_directory_is_whole_and_has_no_filters(
    browser: Browser, served: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "/en/members/?region=africa")
    assert page.locator(".members tbody tr:visible").count() == 141
    assert page.locator(".filters:visible").count() == 0
    context.close()


def test_the_timeline_shows_one_kind_and_only_its_years(visit: Visit) -> None:
    page = visit("/es/milestones/")
    page.get_by_label("Tipo de hito").select_option("award")
    expect(page.locator(".filters-count")).to_have_text("3 de 27")
    assert page.locator(".year:visible time").all_inner_texts() == ["2012", "2014", "2016"]
    expect(page).to_have_url(re.compile(r"\?kind=award$"))


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("clos", ["1998", "2006"]),
        ("île-de", ["1984", "1985", "1998", "2006", "2015"]),
        ("Perth", []),
    ],
)
def test_the_timeline_is_filtered_by_place_and_person(
    visit: Visit, words: str, years: list[str]
) -> None:
    page = visit("/milestones/")
    page.get_by_label("Mot, lieu ou personne").fill(words)
    expect(page.locator(".year:visible time")).to_have_text(years)


def test_a_presidency_leads_to_the_member_of_who_held_it(visit: Visit) -> None:
    page = visit("/en/milestones/")
    links = page.locator("[id='1998-clos-presidency'] a")
    assert "Barcelona" in links.first.inner_text()
    links.first.click()
    expect(page).to_have_url(re.compile(r"/en/members/barcelone/$"))


def test_the_filters_work_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/en/members/")
    page.get_by_role("searchbox", name="Name").focus()
    page.keyboard.type("san")
    page.keyboard.press("Tab")
    expect(page.locator("select[name=region]")).to_be_focused()
    page.keyboard.type("Asia")
    expect(page).to_have_url(re.compile(r"\?q=san&region=[a-z-]+$"))
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".filters-count")).to_have_text("141 of 141")


def test_nothing_moves_when_a_language_is_suggested(visit: Visit) -> None:
    page = visit("/members/", locale="en-GB")
    expect(page.locator(".suggest p:visible")).to_have_count(1)
    shifts = page.evaluate("""new Promise((resolve) => {
            new PerformanceObserver((list) => resolve(list.getEntries().length))
                .observe({type: "layout-shift", buffered: true});
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100, 0)));
        })""")
    assert shifts == 0


def test_a_reader_is_told_of_their_language_once(visit: Visit) -> None:
    page = visit("/vision/", locale="es-MX")
    banner = page.locator(".suggest")
    told = banner.locator("p:visible")
    expect(told).to_have_count(1)
    expect(told).to_have_text(re.compile("Esta página está disponible en español."))
    expect(told).to_have_attribute("lang", "es")
    expect(told.locator("a")).to_have_attribute("href", re.compile("es/vision/$"))
    told.get_by_role("button").click()
    expect(banner).to_be_hidden()
    page.reload()
    expect(banner).to_be_hidden()


@pytest.mark.parametrize("locale", ["fr-CA", "de-DE"])
def test_nothing_is_suggested_to_who_reads_the_page_or_none_of_ours(
    visit: Visit, locale: str
) -> None:
    page = visit("/vision/", locale=locale)
    expect(page.locator(".suggest")).to_be_hidden()


def test_points_of_the_map_lead_to_members_and_are_reached_by_arrows(visit: Visit) -> None:
    page = visit("/en/members/")
    world = page.locator(".members-map svg")
    assert world.locator("a").count() == 141
    assert page.locator(".map-inset").count() == 5
    stops = page.locator("svg[role=group] a[tabindex='0']")
    expect(stops).to_have_count(6)
    stops.first.focus()
    first = page.evaluate("document.activeElement.querySelector('title').textContent")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.querySelector('title').textContent")
    assert second != first
    expect(stops).to_have_count(6)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(second)


def test_members_at_one_place_are_two_points(visit: Visit) -> None:
    page = visit("/members/")
    places = page.locator(".members-map svg a").evaluate_all(
        "links => links.map(link => link.lastChild.getAttribute('cx') + ' ' +"
        " link.lastChild.getAttribute('cy'))"
    )
    assert len(set(places)) == 141
