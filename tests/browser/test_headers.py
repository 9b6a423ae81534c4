"""The real site behind a real nginx, with every header that readers will get: nothing of it is
stopped."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from rehearsal import Rehearsal

from metropolis.publish.releases import finish_release, point, put_release
from metropolis.publish.settings import Settings
from metropolis.release.headers import SECURITY


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, built_site: Path, root: Path
) -> Iterator[Rehearsal]:
    rehearsal = Rehearsal(tmp_path_factory.mktemp("nginx"), Settings(str(root), sys.executable))
    work = rehearsal.places.work / "site"
    shutil.copytree(built_site, work)
    finish_release(work, rehearsal.places)
    put_release(work, rehearsal.places, "a" * 40)
    point(rehearsal.places.current, rehearsal.places.release("a" * 40), rehearsal.places.work)
    rehearsal.serve()
    yield rehearsal
    rehearsal.close()


@pytest.mark.parametrize(
    "path", ["/", "/en/members/", "/es/action-plan/", "/en/members/barcelone/", "/milestones/"]
)
def test_a_page_loads_without_a_word_in_the_console(
    server: Rehearsal, browser: Browser, path: str
) -> None:
    troubles: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda request: troubles.append(request.url))
    answer = page.goto(server.address + path, wait_until="networkidle")
    assert answer
    assert answer.ok
    assert {name: answer.headers.get(name.lower()) for name in SECURITY} == SECURITY
    assert troubles == []
    page.close()


def test_search_works_under_the_policy(server: Rehearsal, browser: Browser) -> None:
    troubles: list[str] = []
    page = browser.new_page()
    page.on(
        "console",
        lambda message: message.type in ("error", "warning") and troubles.append(message.text),
    )
    page.goto(f"{server.address}/en/")
    page.locator("[data-open=search]").first.click()
    page.locator("dialog.search input[type=search]").fill("governance")
    expect(page.locator(".search-results a").first).to_be_visible()
    assert troubles == []
    page.close()


def test_what_may_be_kept_is_kept_and_what_changes_is_asked_for(server: Rehearsal) -> None:
    style = next((server.places.current / "assets").glob("site.*.css")).name
    for path, expected in (
        ("/", "no-cache"),
        (f"/assets/{style}", "public, max-age=31536000, immutable"),
    ):
        _, headers, _ = server.get(path)
        assert headers["Cache-Control"] == expected
    _, headers, body = server.get("/", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert body[:2] == b"\x1f\x8b"
    _, headers, _ = server.get("/", **{"Accept-Encoding": "br"})
    assert headers["Content-Encoding"] == "br"


def test_a_hashed_file_outlives_its_release(server: Rehearsal) -> None:
    file = next((server.places.current / "assets").glob("world.*.svg"))
    file.unlink()
    status, headers, _ = server.get(f"/assets/{file.name}")
    assert status == 200
    assert "immutable" in headers["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "language"), [("/nowhere/", "fr"), ("/en/nowhere/", "en"), ("/es/nowhere/", "es")]
)
def test_a_page_not_found_speaks_the_readers_language(
    server: Rehearsal, path: str, language: str
) -> None:
    status, _, body = server.get(path)
    assert status == 404
    assert f'<html lang="{language}"'.encode() in body


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/members.csv", "text/csv"),
        ("/data/members.geojson", "application/geo+json"),
        (
            "/data/metropolis-plan-2021-2023.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("/api/v1/members/seoul.json", "application/json"),
    ],
)
def test_open_data_may_be_read_by_other_sites(server: Rehearsal, path: str, kind: str) -> None:
    status, headers, _ = server.get(path)
    assert status == 200
    assert headers["Content-Type"].partition(";")[0] == kind
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert {name: headers[name] for name in SECURITY} == SECURITY
    assert "Access-Control-Allow-Origin" not in server.get("/en/members/")[1]


def test_what_is_not_for_readers_is_not_served(server: Rehearsal) -> None:
    assert server.get("/_headers")[0] == 404
    assert server.get("/preview/")[0] in (403, 404)
