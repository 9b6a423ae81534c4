"""The inspection, by example: each case of cases/*.yml is laid over base/, a small built site in
order, and gives exactly its problems.

A case has `files` (a path and its text, or null to take it away), `bytes` (in hexadecimal),
`change` (a path, and what to write instead of what), `words` (what stands in the article of
en/vision/index.html, from line 23 on) or `head` (what stands at the end of that page's head, at
line 15). `options` are the inspection's own. `problems` are the lines that people read, to the
letter."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.inspection.page_summary import PageSummary
from metropolis.inspection.site_inspection import Inspection
from metropolis.inspection.vocabulary import VALUES

HERE = Path(__file__).parent
PAGE = "en/vision/index.html"
TEMPLATES = "".join(
    file.read_text("utf-8") for file in sorted((HERE.parents[1] / "theme").rglob("*.html"))
)
SITE_URL = "https://plan.example.org/"

Case = dict[str, Any]


def cases() -> Iterator[Any]:
    for path in sorted((HERE / "cases").glob("*.yml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['case']}")


def write_site(case: Case, site: Path) -> None:
    shutil.copytree(HERE / "base", site)
    for path, text in case.get("files", {}).items():
        if text is None:
            (site / path).unlink()
        else:
            write(site / path, text.encode())
    for path, octets in case.get("bytes", {}).items():
        write(site / path, bytes.fromhex(octets))
    changes = {path: dict(change) for path, change in case.get("change", {}).items()}
    if "words" in case:
        changes.setdefault(PAGE, {})["<p>More.</p>"] = case["words"].rstrip("\n")
    if "head" in case:
        changes.setdefault(PAGE, {})["</head>"] = case["head"].rstrip("\n") + "</head>"
    for path, change in changes.items():
        content = (site / path).read_text("utf-8")
        for old, new in change.items():
            assert old in content, f"{old!r} does not stand in {path}"
            content = content.replace(old, new)
        (site / path).write_text(content, "utf-8")


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def problems_of(case: Case, site: Path) -> list[str]:
    write_site(case, site)
    options = case.get("options", {})
    locales = tuple(options.get("locales", ("fr", "en", "es")))
    files = (file for file in site.rglob("*") if file.is_file())
    digests = {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(files)
    }
    inspection = Inspection(site, options.get("site_url", SITE_URL), locales, digests)
    found, _ = inspection.run(options.get("sources", {}))
    return [str(problem) for problem in found]


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The summaries say which pages must be read again. Reading all of them finds nothing more."""
    assert problems_of(case, tmp_path / "site") == case.get("problems", [])
    monkeypatch.setattr(PageSummary, "refers_to_nothing_missing", lambda *_: False)
    assert problems_of(case, tmp_path / "again") == case.get("problems", [])


@pytest.mark.parametrize("role", sorted(set(re.findall(r'role="(\w+)"', TEMPLATES))))
def test_a_role_that_the_theme_gives_is_one_that_pages_may_have(role: str) -> None:
    """A notice (`note`) stands on a page only where a translation is stale: no page of the base has
    one."""
    assert any(rules["role"].fullmatch(role) for rules in VALUES.values() if "role" in rules)
