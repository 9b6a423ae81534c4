"""Other ways to the same pages: plain `mkdocs build`, and ProperDocs, which goes on where MkDocs 1
ends.

Ours renders pages side by side and keeps them; MkDocs builds one language inside the other. Not one
byte may differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Files, read_files, said_by, start_program

# Written when all pages stand: by `metropolis build` alone.
LAST = {"release.json", "_headers"}


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_they_give_the_same_pages(
    small_project: Path, small_site: Files, tmp_path: Path, program: str
) -> None:
    options = ("--quiet", "--strict", "-f", "mkdocs.yml", "-d", str(tmp_path / "site"))
    said_by(start_program(program, small_project, "build", *options))
    found = read_files(tmp_path / "site")
    assert sum(path.endswith(".html") for path in found) > 100
    assert set(small_site) - set(found) == LAST
    assert set(found) <= set(small_site)
    for content in found.values():
        assert program == "mkdocs" or b'content="mkdocs-1.6.1"' not in content
    differing = [path for path in found if plain(found[path]) != small_site[path]]
    assert differing == []


def plain(content: bytes) -> bytes:
    """Without ProperDocs' name in the generator tag."""
    return content.replace(b'content="mkdocs-ProperDocs 1.6.7"', b'content="mkdocs-1.6.1"')
