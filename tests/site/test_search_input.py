"""Pagefind reads less than a page, and finds what it finds in the whole page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from pagefind_bin import get_executable

from metropolis.builder import search_index

Files = dict[str, bytes]


def test_the_index_is_that_of_the_whole_pages(small_site: Files, tmp_path: Path) -> None:
    pages = {
        path: content
        for path, content in small_site.items()
        if path.startswith("en/") and path.endswith(".html")
    }
    for path, content in pages.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    subprocess.run([str(get_executable()), "--site", str(tmp_path), "--silent"], check=True)
    # A fragment is all that is known of a page, and is named after its content.
    of_whole_pages = {file.name for file in (tmp_path / "pagefind/fragment").iterdir()}
    ours = {
        path.rpartition("/")[2] for path in small_site if path.startswith("pagefind/fragment/en_")
    }
    assert len(of_whole_pages) > 20
    assert of_whole_pages <= ours


def test_lists_in_lists_are_left_to_pagefind() -> None:
    flat = "<article><ul data-pagefind-ignore><li>Far</li></ul><p>Near</p></article>"
    nested = (
        "<article><ul data-pagefind-ignore><li><ul><li>Far</li></ul></li></ul><p>Near</p></article>"
    )
    frame = '<!doctype html><html lang="en"><body>{}</body></html>'
    assert search_index._article(flat, "en") == frame.format("<article><p>Near</p></article>")
    assert search_index._article(nested, "en") == frame.format(nested)
    marked = (
        '<article><h2 data-pagefind-ignore id="x">Far</h2><ul'
        ' class="a"><li>Near</li></ul></article>'
    )
    assert search_index._article(marked, "en") == frame.format(
        '<article><ul class="a"><li>Near</li></ul></article>'
    )


def test_without_room_in_memory_the_pages_go_where_all_temporary_files_go(monkeypatch) -> None:
    monkeypatch.setattr(search_index, "_IN_MEMORY", "/nowhere")
    assert search_index._quick_folder() is None


def test_a_pagefind_that_does_not_end_or_begin_is_a_problem_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pagefind"
    program.write_text("", "utf-8")
    monkeypatch.setattr(search_index, "get_executable", lambda: program)
    with pytest.raises(
        search_index.SearchIndexError, match=r"^Pagefind cannot run: Permission denied\.$"
    ):
        search_index._run(tmp_path, [])

    def stopped(*arguments: object, **options: object) -> None:
        raise subprocess.TimeoutExpired(str(arguments), float(str(options["timeout"])))

    monkeypatch.setattr(search_index.subprocess, "run", stopped)
    with pytest.raises(
        search_index.SearchIndexError, match=r"^Pagefind was stopped after 30 minutes\.$"
    ):
        search_index._run(tmp_path, [])
