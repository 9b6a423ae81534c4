"""The page checks, by example: each case of cases/*.yml is laid over a small valid site and gives
exactly its problems.

A case has `files` (a path and its text, or null to take it away), `words` (what stands below the
title of the French page "vision", from line 8 on) or `header` (that page's header), a `navigation`
with `not_in_nav`, and where text
is not enough `bytes`, `zeros` and `links`. `problems` are the lines that people read, to the
letter; advice says so at its end."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import Parameter
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.cache import Cache
from metropolis.content.check import check_pages
from metropolis.content.macro_signature import MacroSignature
from metropolis.content.page import read_pages
from metropolis.inputs import Known
from metropolis.project import read_project
from metropolis.report import listing

HERE = Path(__file__).parent
VALID_SITE: dict[str, str] = yaml.safe_load((HERE / "valid_site.yml").read_text("utf-8"))

Case = dict[str, Any]


def parameter(name: str, annotation: type, **more: Any) -> Parameter:
    return Parameter(
        name, more.pop("kind", Parameter.POSITIONAL_OR_KEYWORD), annotation=annotation, **more
    )


ID = parameter("id", str)
FIGURES = frozenset({"people-served", "members"})
SIGNATURES = {
    signature.name: signature
    for signature in (
        MacroSignature("figure", (ID,), {"id": FIGURES}),
        MacroSignature("member", (ID,), {"id": frozenset({"barcelone", "seoul", "le-caire"})}),
        MacroSignature("line", (parameter("number", int),), {"number": frozenset({1, 2, 3})}),
        MacroSignature(
            "term",
            (ID, parameter("wording", str, default="")),
            {"id": frozenset({"metropolitan-space", "axis"})},
        ),
        MacroSignature("timeline", (), {}, is_block=True),
        MacroSignature(
            "summary",
            (parameter("kind", str), ID),
            {
                "kind": frozenset({"factors", "themes"}),
                "id": {
                    "factors": frozenset({"inclusion", "leadership"}),
                    "themes": frozenset({"sustainability"}),
                },
            },
            is_block=True,
        ),
        MacroSignature(
            "key_figures",
            (parameter("ids", str, kind=Parameter.VAR_POSITIONAL),),
            {"ids": FIGURES},
            is_block=True,
        ),
    )
}
GENERATED_PAGES = frozenset({"members/barcelone", "members/seoul", "members/le-caire"})
GENERATED_ANCHORS = {"vision": frozenset({"map"})}


def cases() -> Iterator[Any]:
    for path in sorted((HERE / "cases").glob("*.yml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        for case in content["cases"]:
            yield pytest.param(
                {"locales": content["locales"], **case}, id=f"{path.stem}: {case['case']}"
            )


def files_of(case: Case) -> dict[str, str | None]:
    """The valid site's files in the case's languages, and the case's own over them."""
    locales = case["locales"]
    files: dict[str, str | None] = {
        path: text
        for path, text in VALID_SITE.items()
        if not path.startswith("content/") or path.split("/")[1] in locales
    }
    configuration = yaml.safe_load(VALID_SITE["mkdocs.yml"])
    i18n = configuration["plugins"][0]["i18n"]
    i18n["languages"] = [
        language for language in i18n["languages"] if language["locale"] in locales
    ]
    if "navigation" in case:
        configuration["nav"] = case["navigation"]
        configuration["not_in_nav"] = case["not_in_nav"]
    files["mkdocs.yml"] = yaml.safe_dump(configuration, allow_unicode=True)
    page = VALID_SITE["content/fr/vision.md"]
    if "words" in case:
        files["content/fr/vision.md"] = f"{page}\n{case['words']}"
    if "header" in case:
        files["content/fr/vision.md"] = f"---\n{case['header']}---\n\n# Une vision {{ #vision }}\n"
    return {**files, **case.get("files", {})}


def write_site(case: Case, root: Path) -> None:
    for path, text in files_of(case).items():
        if text is not None:
            write(root / path, text.encode())
    for path, octets in case.get("bytes", {}).items():
        write(root / path, bytes.fromhex(octets))
    for path, size in case.get("zeros", {}).items():
        write(root / path, bytes(size))
    for path, target in case.get("links", {}).items():
        (root / path).symlink_to(target)


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def problems_of(case: Case, root: Path) -> list[str]:
    """The lines of the checks' answer, without the empty ones between files and the count."""
    write_site(case, root)
    project, problems = read_project(root)
    assert project, problems
    pages, unreadable = read_pages(project)
    made = (GENERATED_PAGES, GENERATED_ANCHORS)
    found = check_pages(project, pages, Known("", SIGNATURES), *made, Cache(None))
    found = unreadable + found
    return [line for line in listing(found).split("\n")[:-1] if line]


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: Case, tmp_path: Path) -> None:
    assert problems_of(case, tmp_path) == case.get("problems", [])
