"""The site tells the plan in sentences of its own: titles and names aside, no eight words of the
plan stand in a row on a French page or in a French label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import yaml
from lxml.html import HtmlElement
from page_words import passages, plain

from metropolis.project import Project

Article = Callable[[str, str], HtmlElement]
_RUN = 8
_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*|[|]")
# The plan's own titles of the axes, and its name of an indicator: quoted as titles and names are.
_TITLES = ("action-lines", "references", "glossary", "initiatives", "indicators", "members")
_NAMES = {"name", "title", "short", "term", "government", "partners", "author", "publisher"}
# Quoted as names, without a record: the parts of an initiative's and a result's partners.
_PARTNERS = (
    "Cités et Gouvernements Locaux Unis (CGLU)",
    "London School of Economics and Political Science",
    "Global Taskforce of Local and Regional Governments",
)


def words(text: str) -> list[str]:
    """The words of a text; `|` ends a run."""
    return _WORD.findall(plain(text).replace("·", ""))


def shared_runs(plan: Iterable[str], text: list[str]) -> list[str]:
    """The runs of eight words that a text has in common with the plan."""
    said = list(plan)
    known = {tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)}
    runs = (tuple(text[at : at + _RUN]) for at in range(len(text) - _RUN + 1))
    return [" ".join(run) for run in runs if "|" not in run and run in known]


def labels(record: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """A record's French labels and its texts without a language, each with the keys to it."""
    if isinstance(record, dict):
        for key, value in record.items():
            if key not in {"en", "es"}:
                yield from labels(value, path if key == "fr" else (*path, str(key)))
    elif isinstance(record, list):
        for value in record:
            yield from labels(value, path)
    elif isinstance(record, str):
        yield path, record


@pytest.fixture(scope="module")
def data(project: Project) -> list[tuple[str, tuple[str, ...], str]]:
    """Every French label of data/: its file, its keys, its text."""
    files = sorted(project.data_dir.glob("*.yml"))
    return [
        (file.stem, path, text)
        for file in files
        for path, text in labels(yaml.safe_load(file.read_text("utf-8")))
    ]


@pytest.fixture(scope="module")
def without_names(data: list[tuple[str, tuple[str, ...], str]]) -> Callable[[str], str]:
    """Puts `|` for each official title and name in a text."""
    key_ideas = {"key_ideas", "results"}
    found = {
        text
        for file, path, text in data
        if file in _TITLES and path[-1] in _NAMES and not key_ideas & set(path)
    }
    named = sorted((plain(name) for name in {*found, *_PARTNERS} if len(name) > 4), key=len)
    pattern = re.compile("|".join(rf"\b{re.escape(name)}" for name in reversed(named)))
    return lambda text: pattern.sub(" | ", plain(text))


def test_no_french_page_copies_a_sentence_of_the_plan(
    plan: str, project: Project, article: Article, without_names: Callable[[str], str]
) -> None:
    said = words(plan)
    source = project.content_dir / "fr"
    pages = [file.relative_to(source).with_suffix("").as_posix() for file in source.rglob("*.md")]
    copied = {
        page: runs
        for page in pages
        for text in passages(article("fr", re.sub(r"/index$", "", page)))
        if (runs := shared_runs(said, words(without_names(text))))
    }
    assert len(pages) > 25
    assert not copied


def test_no_french_label_copies_a_sentence_of_the_plan(
    plan: str,
    data: list[tuple[str, tuple[str, ...], str]],
    without_names: Callable[[str], str],
) -> None:
    said = words(plan)
    copied = {
        (file, *path): runs
        for file, path, text in data
        if (runs := shared_runs(said, words(without_names(text))))
    }
    assert not copied


def test_a_copied_sentence_is_found(plan: str) -> None:
    copy = "Toutefois, le transport est aujourd’hui un facteur de pollution de l’air."
    assert (
        shared_runs(words(plan), words(copy))[0]
        == "toutefois le transport est aujourd hui un facteur"
    )
    assert shared_runs(words(plan), words("le transport est | un facteur de pollution")) == []
