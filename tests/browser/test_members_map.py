"""The directory's map: filters, points and list change together, and each point can be tapped."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
POINTS = ".members-map .points > *"
# The middle of each point in pixels, and how many members it stands for.
PLACES = """points => points.map((point) => {
    const box = point.querySelector("circle").getBoundingClientRect();
    const number = Number(point.querySelector("text")?.textContent ?? 1);
    return [box.left + box.width / 2, box.top + box.height / 2, number];
})"""


def places(page: Page) -> list[tuple[float, float, int]]:
    found: list[tuple[float, float, int]] = page.locator(POINTS).evaluate_all(PLACES)
    return found


def shown(page: Page) -> int:
    return page.locator(".members tbody tr:visible").count()


QUERIES = [
    "",
    "?region=asia",
    "?region=africa",
    "?country=KR",
    "?country=ES",
    "?q=barcelon",
    "?q=a",
]


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("query", QUERIES)
def test_the_map_shows_the_members_of_the_list_and_no_target_meets_another(
    visit: Visit, query: str, phone: bool
) -> None:
    page = visit(f"/members/{query}", phone=phone)
    found = places(page)
    assert sum(number for _, _, number in found) == shown(page)
    for (x, y, _), (a, b, _) in combinations(found, 2):
        assert ((x - a) ** 2 + (y - b) ** 2) ** 0.5 >= 23.9


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_circles_open_their_region_and_then_every_member(visit: Visit, phone: bool) -> None:
    page = visit("/en/members/", phone=phone)
    circles = page.locator(".cluster")
    asian = page.locator(".cluster[aria-label*='Seoul']")
    asian.click()
    expect(page).to_have_url(re.compile(r"\?region=asia$"))
    expect(page.get_by_role("radio", name="Asia")).to_be_checked()
    assert sum(number for _, _, number in places(page)) == shown(page) == 73
    for _ in range(8):
        if asian.count() == 0:
            break
        asian.click()
    expect(page.locator(".points a[aria-label^='Seoul,']").first).to_be_visible()
    assert shown(page) == 73
    for _ in range(10):
        if not page.locator(".map-back").is_visible():
            break
        page.locator(".map-back").click()
    assert shown(page) == 141
    assert circles.count() > 3


def test_a_label_shows_name_and_government_on_hover_and_focus_and_escape_hides_it(
    visit: Visit,
) -> None:
    page = visit("/en/members/")
    label = page.locator(".map-label")
    expect(label).to_be_hidden()
    madagascar = page.locator(".members-map a[aria-label^='Antananarivo']")
    madagascar.hover()
    expect(label).to_have_text("AntananarivoCommune Urbaine d’Antananarivo")
    page.keyboard.press("Escape")
    expect(label).to_be_hidden()
    madagascar.focus()
    expect(label).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Antananarivo")


def test_a_tap_shows_the_label_and_the_next_one_opens_the_page(visit: Visit) -> None:
    page = visit("/en/members/?country=MG", phone=True)
    point = page.locator(".members-map a[aria-label^='Antananarivo']")
    point.tap()
    expect(page.locator(".map-label")).to_contain_text("Commune Urbaine d’Antananarivo")
    expect(page).to_have_url(re.compile(r"country=MG$"))
    point.tap()
    expect(page.locator("h1")).to_have_text("Antananarivo")


def test_the_map_is_one_stop_of_the_tab_key_and_arrows_lead_on(visit: Visit) -> None:
    page = visit("/en/members/")
    stops = page.locator(".members-map .points [tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") != first
    expect(stops).to_have_count(1)


def test_a_circle_opens_by_keyboard_and_the_focus_stays_on_the_map(visit: Visit) -> None:
    page = visit("/en/members/")
    page.locator(".cluster[aria-label*='Seoul']").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"region=asia$"))
    assert page.evaluate("document.activeElement.closest('.points') !== null")


def test_members_at_one_place_are_two_points(visit: Visit) -> None:
    page = visit("/members/?q=barcelone&country=ES")
    assert len({(round(x), round(y)) for x, y, _ in places(page)}) == 2


def test_without_script_all_members_are_points_and_insets_show_where_they_are(
    visit: Visit,
) -> None:
    page = visit("/members/", java_script_enabled=False)
    assert page.locator(".members-map .points a:visible").count() == 141
    assert page.locator(".map-inset:visible").count() == 5
    assert page.locator(".inset-frame:visible").count() == 5
