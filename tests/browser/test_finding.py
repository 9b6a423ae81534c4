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
    page.get_by_role("searchbox", name="Name").fill("MONTREAL")
    rows = page.locator(".members tbody tr:visible th")
    expect(rows).to_have_text(["Montréal"])
    expect(page.locator(".filters-count")).to_have_text("1 member of 141")
    expect(page).to_have_url(re.compile(r"\?q=MONTREAL$"))
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".filters-count")).to_have_text("141 members of 141")
    expect(page).to_have_url(re.compile(r"/en/members/$"))


def test_the_glossary_is_found_by_letter_and_by_word(visit: Visit) -> None:
    page = visit("/glossary/")
    letters = page.locator(".letters")
    assert letters.get_by_role("link").all_inner_texts()[:3] == ["A", "C", "D"]
    letters.get_by_role("link", name="R", exact=True).click()
    expect(page.locator(".glossary > :target dt")).to_have_text("reddition de comptes")
    page.get_by_role("searchbox", name="Terme").fill("sustainab")
    expect(page.locator(".filters-count")).to_have_text(re.compile(r"^\d termes sur \d+$"))
    expect(page.locator(".glossary > div:visible dt", has_text="durabilité")).to_have_count(1)
    expect(letters).to_be_hidden()
    page.get_by_role("searchbox", name="Terme").fill("zzz")
    expect(page.locator(".filters-count")).to_have_text(re.compile("Aucun terme pour «.zzz.»."))
    page.get_by_role("button", name="Tout afficher").click()
    expect(letters).to_be_visible()


def test_letters_of_the_directory_hide_when_it_is_in_another_order(visit: Visit) -> None:
    page = visit("/en/members/")
    letters = page.locator(".letters")
    letters.get_by_role("link", name="Z", exact=True).click()
    expect(page.locator("tr:target th")).to_have_text("Zagreb")
    page.get_by_label("Sort by").select_option("land")
    expect(letters).to_be_hidden()


def test_an_address_with_filters_opens_them(visit: Visit) -> None:
    page = visit("/members/?region=africa&sort=land")
    expect(page.locator(".filters-count")).to_have_text("25 membres sur 141")
    countries = page.locator(".members tbody tr:visible td:nth-of-type(2)").all_inner_texts()
    assert countries == sorted(countries, key=folded)
    assert countries[0] == "Afrique du Sud"


def test_nonsense_in_the_address_hides_nothing(visit: Visit) -> None:
    page = visit("/members/?region=atlantis&x=%3Cscript%3E")
    expect(page.locator(".filters-count")).to_have_text("141 membres sur 141")


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
    expect(page.locator(".filters-count")).to_have_text("3 hitos de 27")
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
    expect(page.locator("select[name=country]")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"\?q=san&region=[a-z-]+$"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".filters-count")).to_have_text("141 members of 141")


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


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("/members/", "corée", 9),
        ("/en/members/", "corée", 9),
        ("/en/members/", "KOREA south", 9),
        ("/members/", "paris grand", 1),
        ("/members/", "xi an", 1),
        ("/members/", "Xi'an", 1),
        ("/es/members/", "Cote d'Ivoire", 1),
        ("/en/members/", "1985 montréal", 1),
        ("/milestones/", "1985", 2),
        ("/en/milestones/", "award 2016", 1),
    ],
)
def test_the_filter_finds_what_rows_show_in_any_order_and_language(
    visit: Visit, path: str, query: str, found: int
) -> None:
    page = visit(path)
    page.get_by_role("searchbox").first.fill(query)
    expect(page.locator(".filters-count")).to_have_text(re.compile(rf"^{found}\s"))


@pytest.mark.parametrize("path", ["/members/", "/en/members/", "/es/members/", "/milestones/"])
def test_each_item_is_found_by_all_that_it_shows(visit: Visit, path: str) -> None:
    page = visit(path)
    field = page.get_by_role("searchbox").first
    for item in page.locator(".members tbody tr, .timeline .milestone").all()[::9]:
        for part in item.locator("> *").all_inner_texts():
            field.fill(part)
            expect(item).to_be_visible()


def test_choices_that_give_nothing_are_not_offered(visit: Visit) -> None:
    page = visit("/en/members/")
    page.get_by_role("radio", name="North America").check()
    offered = page.locator("[name=country] option:not([hidden])").all_inner_texts()
    assert offered == ["All", "Canada"]
    page.locator("[name=country]").select_option("CA")
    shown = page.locator(".choice:visible").all_inner_texts()
    assert [" ".join(choice.split()) for choice in shown][1:] == ["North America 2"]
    for choice in page.locator("[name=country] option:not([hidden])").all():
        page.locator("[name=country]").select_option(choice.get_attribute("value"))
        assert page.locator(".members tbody tr:visible").count() > 0


def test_nothing_found_is_said_and_leads_on(visit: Visit) -> None:
    page = visit("/en/members/?q=paris&region=asia&sort=land")
    status = page.locator(".filters-count")
    expect(status).to_have_text("No member matches these filters.")
    expect(page.locator(".members")).to_be_hidden()
    page.get_by_role("button", name="Show the only member found elsewhere").click()
    expect(status).to_have_text("1 member of 141")
    expect(page).to_have_url(re.compile(r"\?q=paris&sort=land$"))
    page.get_by_role("searchbox").first.fill("<b>zz$&")
    expect(status).to_have_text("No member for “<b>zz$&”.")
    page.get_by_role("button", name="Show all").click()
    expect(status).to_have_text("141 members of 141")


def test_the_caption_says_the_order(visit: Visit) -> None:
    page = visit("/members/?sort=land")
    caption = page.locator(".members caption")
    expect(caption).to_have_text("Les membres de Metropolis par pays ou territoire")
    page.get_by_label("Trier par").select_option("name")
    expect(caption).to_have_text("Les membres de Metropolis par ordre alphabétique")


@pytest.mark.parametrize("path", ["/members/", "/en/members/", "/es/members/"])
def test_the_directory_on_a_phone_is_short_and_comes_before_the_map(
    visit: Visit, path: str
) -> None:
    page = visit(path, phone=True)
    assert page.evaluate("document.documentElement.scrollHeight") < 12_000
    tops = [page.locator(part).bounding_box() for part in (".filters", ".members", ".members-map")]
    assert all(tops)
    assert sorted(tops, key=lambda box: box["y"]) == tops
    assert page.locator(".members tbody tr").first.bounding_box()["height"] < 60
