"""What others get to know of a page: previews of links, structured data, feeds, the manifest."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree, html
from PIL import Image

from metropolis.cache import Cache
from metropolis.data.records import Records
from metropolis.inputs import Files
from metropolis.project import Project
from metropolis.web.feed import feed
from metropolis.web.output import Output
from metropolis.web.social_cards import (
    FONTS,
    HEIGHT,
    LAND_FILE,
    MAP,
    WIDTH,
    Drawing,
    Picture,
    Pictures,
    draw,
)
from metropolis.web.structured_data import structured_data

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def pages(built_site: Path) -> list[Path]:
    return list(built_site.rglob("index.html"))


def test_every_page_has_a_share_picture_of_the_right_size(
    built_site: Path, project: Project
) -> None:
    for page in pages(built_site):
        head = html.document_fromstring(page.read_text("utf-8")).find("head")
        said = {meta.get("property"): meta.get("content") for meta in head.iter("meta")}
        path = built_site / said["og:image"].removeprefix(project.site_url)
        with Image.open(path) as picture:
            assert picture.size == (1200, 630), page
        assert said["og:url"] == head.xpath("link[@rel='canonical']/@href")[0]
        assert said["og:title"]
        assert said["og:description"]


@pytest.fixture
def fonts(root: Path) -> Files:
    folder = root / "theme" / FONTS
    return Files.under(folder, folder.glob("*.ttf"))


def test_a_picture_is_small_the_same_each_time_and_its_own(fonts: Files) -> None:
    one = Drawing(Picture("", "Une ville", "Membres"), fonts)
    other = Drawing(Picture("", "Une autre ville", "Membres", 2), fonts)
    first = draw(one)
    assert first == draw(one)
    assert first != draw(other)
    assert len(first) < 25_000


def test_a_figure_stands_large_above_the_title(fonts: Files) -> None:
    """Whatever its length and that of the title, neither leaves the card."""
    plain = draw(Drawing(Picture("", "Qualité de l’air", "Indicateurs"), fonts))
    for fact, title in [("35,1 µg/m³", "Qualité de l’air"), ("2 642 hab./km²", "Densité " * 30)]:
        picture = draw(Drawing(Picture("", title, "Indicateurs", None, fact), fonts))
        assert picture != plain
        assert not has_words_at_the_edge(picture)


def has_words_at_the_edge(picture: bytes) -> bool:
    with Image.open(io.BytesIO(picture)) as image:
        right = image.convert("L").crop((1130, 0, 1200, 480))
    return right.getextrema() != right.crop((60, 0, 70, 480)).getextrema()


SIGNAL = (242, 183, 5)


@pytest.mark.parametrize(
    "points",
    [((500.0, 200.0),), ((985.0, 30.0),), ((5.0, 480.0),), ((100.0, 100.0), (900.0, 300.0))],
    ids=["one", "north-east", "south-west", "two"],
)
def test_a_map_stands_beside_the_title_and_shows_each_place(
    root: Path, fonts: Files, points: tuple[tuple[float, float], ...]
) -> None:
    land = Files.under(root / "theme/maps", [root / "theme/maps" / LAND_FILE])
    words = ("Une métropole au nom bien long", "Membres · Pays")
    picture = draw(Drawing(Picture("", *words, points=points), fonts, land))
    assert len(picture) < 25_000
    with Image.open(io.BytesIO(picture)) as image:
        colours = image.convert("RGB")
    left = colours.crop((0, 0, MAP[0], MAP[3]))
    assert SIGNAL not in {colour for _, colour in left.getcolors()}
    beside = colours.crop((MAP[0], 0, 1200, MAP[3]))
    found = sum(number for number, colour in beside.getcolors() if colour == SIGNAL)
    assert found >= 40 * len(points)
    assert left.crop((MAP[0] - 40, 0, MAP[0], MAP[3])).getcolors() == [(40 * MAP[3], (20, 27, 45))]


@pytest.mark.parametrize("stations", [1, 3, 5, 7])
def test_a_line_has_its_own_stations(fonts: Files, stations: int) -> None:
    with Image.open(
        io.BytesIO(draw(Drawing(Picture("", "Une ligne", "Plan", 2, "", stations), fonts)))
    ) as image:
        row = [image.getpixel((x, HEIGHT - 65)) for x in range(WIDTH)]
    openings = sum(a != 0 and b == 0 for a, b in pairwise(row))
    assert openings == stations


def test_a_title_without_end_is_cut_and_still_fits(fonts: Files) -> None:
    picture = draw(Drawing(Picture("", "Gouvernance métropolitaine " * 30, ""), fonts))
    assert not has_words_at_the_edge(picture)


def test_pictures_are_drawn_once(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = Picture("assets/share/fr/a.png", "Une ville", "")
    first = Pictures(root / "theme", Cache(tmp_path / "cache"), {})
    first.write(Output(tmp_path / "one"), picture)
    monkeypatch.setattr("metropolis.web.social_cards._fit", None)
    again = Pictures(root / "theme", Cache(tmp_path / "cache"), first.digests)
    again.write(Output(tmp_path / "two"), picture)
    assert (tmp_path / "one" / picture.path).read_bytes() == (
        tmp_path / "two" / picture.path
    ).read_bytes()
    assert again.digests == first.digests


def test_pictures_are_drawn_again_with_other_fonts(root: Path, tmp_path: Path) -> None:
    picture = Picture("assets/share/fr/a.png", "Une ville", "")
    fonts = tmp_path / "theme" / FONTS
    shutil.copytree(root / "theme" / FONTS, fonts)
    shutil.copytree(root / "theme/maps", tmp_path / "theme/maps")
    shutil.copy(fonts / "ibm-plex-sans-italic.ttf", fonts / "ibm-plex-sans-bold.ttf")
    digests = {}
    for theme in (root / "theme", tmp_path / "theme"):
        made = Pictures(theme, Cache(tmp_path / "cache"), digests)
        made.write(Output(tmp_path / "site"), picture)
        digests |= made.digests
    assert len(set(digests.values())) == len(digests) == 2


def graph(page: Path) -> dict[str, dict]:
    text = html.document_fromstring(page.read_text("utf-8")).xpath(
        "//script[@type='application/ld+json']/text()"
    )[0]
    return {thing["@type"]: thing for thing in json.loads(text)["@graph"]}


def test_structured_data_say_what_the_page_is(built_site: Path) -> None:
    member = graph(built_site / "en/members/seoul/index.html")
    assert member["Place"]["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": 37.566,
        "longitude": 126.9784,
    }
    assert member["Place"]["containedInPlace"]["identifier"] == "KR"
    assert [item["item"] for item in member["BreadcrumbList"]["itemListElement"]] == [
        "https://plan.metropolis.org/en/",
        "https://plan.metropolis.org/en/members/",
        "https://plan.metropolis.org/en/members/seoul/",
    ]
    assert graph(built_site / "index.html")["Organization"]["name"] == "Metropolis"
    assert graph(built_site / "es/data/index.html")["Dataset"]["license"].startswith(
        "https://creativecommons.org/"
    )


def test_words_in_structured_data_cannot_end_the_script(records: Records) -> None:
    trail = [("</script><script>alert(1)", "https://x/"), ("b & c", "https://x/b/")]
    text = structured_data(records, "fr", "vision", "", trail, lambda name: name)
    assert "<" not in text
    assert (
        json.loads(text)["@graph"][0]["itemListElement"][0]["name"] == "</script><script>alert(1)"
    )


@pytest.mark.parametrize("prefix", ["", "en/", "es/"])
def test_each_language_has_its_feed_and_manifest(built_site: Path, prefix: str) -> None:
    atom = etree.parse(built_site / prefix / "feed.xml")
    assert atom.findtext("a:id", namespaces=ATOM) == f"https://plan.metropolis.org/{prefix}feed.xml"
    assert len(atom.findall("a:entry", ATOM)) >= 1
    manifest = json.loads((built_site / prefix / "site.webmanifest").read_text("utf-8"))
    for icon in manifest["icons"]:
        assert (built_site / prefix / icon["src"]).resolve().is_file()
    head = html.document_fromstring(
        (built_site / prefix / "vision/index.html").read_text("utf-8")
    ).find("head")
    linked = {link.get("rel"): link.get("href") for link in head.iter("link")}
    assert (linked["manifest"], linked["apple-touch-icon"]) == (
        "../site.webmanifest",
        "../" * (1 + bool(prefix)) + "assets/icon-192.png",
    )


def test_a_day_in_the_feed_names_the_pages_of_its_language(records: Records) -> None:
    days = {
        date(2021, 3, 2): {"content/en/vision.md", "content/fr/mission.md", "data/members.yml"},
        date(2021, 3, 1): {"content/fr/vision.md"},
    }
    titles = {"vision": "Vision & more", "mission": "Mission", "data": "Data"}
    text = feed(
        records, "en", days, titles, lambda name: f"https://x/en/{name}/", "https://x/en/feed.xml"
    )
    atom = etree.fromstring(text.encode())
    summaries = [
        entry.findtext("a:summary", namespaces=ATOM) for entry in atom.findall("a:entry", ATOM)
    ]
    assert summaries == ["Pages changed: Vision & more, Data", None]
    titles_of_days = [
        entry.findtext("a:title", namespaces=ATOM) for entry in atom.findall("a:entry", ATOM)
    ]
    assert titles_of_days == ["Updated 2 March 2021", "Updated 1 March 2021"]
