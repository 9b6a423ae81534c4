"""Pages from data are made without Markdown and Jinja, and are what those would have made of
them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from metropolis.builder.gate import prepare
from metropolis.builder.render_context import render_context
from metropolis.site.session import Session


@pytest.fixture(scope="module")
def session(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Session:
    prepared, problems = prepare(small_project)
    assert prepared, problems
    return Session(tmp_path_factory.mktemp("site"), "es", render_context(small_project, prepared))


def test_they_are_what_markdown_makes_of_them(session: Session) -> None:
    plugin = session.config.plugins["metropolis"]
    files = [file for file in session.files.documentation_pages() if file.src_uri in plugin.sources]
    assert {file.src_uri.split("/")[1] for file in files} == {"members", "indicators"}
    first = files[0].src_uri
    sources = plugin.sources
    sources[first] = replace(sources[first], title="El “Río” d’Or & l’Île · 2")
    made = {file.src_uri: session.render(file) for file in files}
    for file in files:
        file.content_string = sources[file.src_uri].markdown
        file.page = None
    plugin.sources = {}
    try:
        assert "&amp; l’Île" in made[first]
        assert [file.src_uri for file in files if session.render(file) != made[file.src_uri]] == []
    finally:
        plugin.sources = sources
