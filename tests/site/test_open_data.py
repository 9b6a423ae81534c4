"""The open data as it is served: the page leads to every file, its examples run, records lead to
their pages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

PAGES = ["data", "en/data", "es/data"]


def example(site: Path, page: str, id: str, served: str) -> str:
    """The code of an example as a reader copies it, against the site that is served here."""
    document = html.parse(str(site / page / "index.html")).getroot()
    text: str = document.get_element_by_id(id).text_content()
    address = re.search(r"https://[^/\s]+", text)
    assert address
    return text.replace(address[0], served)


@pytest.mark.parametrize(("page", "name"), [("data", "Séoul"), ("en/data", "Seoul")])
def test_the_example_for_the_command_line_runs(
    built_site: Path, served: str, page: str, name: str
) -> None:
    command = example(built_site, page, "example-shell", served)
    run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert name in json.loads(run.stdout)["name"].values()


@pytest.mark.parametrize(("page", "first"), [("data", "141 Abidjan"), ("es/data", "141 Abiyán")])
def test_the_example_in_python_runs(built_site: Path, served: str, page: str, first: str) -> None:
    code = example(built_site, page, "example-python", served)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == first


@pytest.mark.parametrize("page", PAGES)
def test_the_page_leads_to_every_table_and_says_how_large_it_is(
    built_site: Path, page: str
) -> None:
    folder = built_site / page
    document = html.parse(str(folder / "index.html")).getroot()
    targets = {
        (folder / link.get("href")).resolve() for link in document.xpath("//article//a[@href]")
    }
    kinds = {".csv", ".json", ".geojson", ".zip", ".xlsx"}
    files = {path.resolve() for path in (built_site / "data").iterdir() if path.suffix in kinds}
    assert files
    # A data set without records is not offered.
    empty = {path for path in files if path.suffix == ".csv" and path.read_bytes().count(b"\n") < 2}
    names = {path.stem for path in empty}
    assert {path for path in files if path.stem not in names} <= targets
    assert not empty & targets
    sizes = document.xpath("//*[@data-file]")
    assert len(sizes) >= len(files) - 2 * len(empty)
    assert all(re.fullmatch(r"[\d.,]+\s(ko|Mo|kB|MB)", size.text or "") for size in sizes)


def test_every_record_leads_to_its_place_on_a_page_in_each_language(built_site: Path) -> None:
    ids: dict[Path, set[str]] = {}
    count = 0
    for file in (built_site / "api/v1").glob("*/*.json"):
        for locale, address in json.loads(file.read_bytes())["links"].get("pages", {}).items():
            path, _, anchor = re.sub(r"^https://[^/]+/", "", address).partition("#")
            page = built_site / path / "index.html"
            if page not in ids:
                ids[page] = set(re.findall(r' id="([^"]+)"', page.read_text("utf-8")))
                assert f'<html lang="{locale}"' in page.read_text("utf-8")
            assert not anchor or anchor in ids[page], address
            count += 1
    assert count > 700


def test_the_page_of_changes_tells_that_there_is_no_history_or_the_days(built_site: Path) -> None:
    page = html.parse(str(built_site / "en/data-changes/index.html")).getroot()
    text = page.xpath("//article")[0].text_content()
    assert "built without the history" in text or page.xpath("//article//h2/time[@datetime]")
