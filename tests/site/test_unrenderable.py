"""A page that cannot be rendered, for whatever reason, is reported in plain words with the paragraph it
stands in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.shapes import HEADER
from markdown.inlinepatterns import BacktickInlineProcessor
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from metropolis.content.page import read_page
from metropolis.site.unrenderable import cannot_render, convert

PATH = "content/fr/vision.md"
# Each stops Markdown in another way. A page with the second is never accepted; the first is a fault
# of Markdown's own, which `fault` plants: real ones differ between versions of Python.
FAULTY = "`faulty` x"
NESTED = "- " * 2_000 + "a"


@pytest.fixture(scope="module")
def config(root: Path) -> MkDocsConfig:
    return load_config(str(root / "mkdocs.yml"))


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(processor: object, match: re.Match[str], data: str) -> None:
        raise AssertionError(match[0])

    monkeypatch.setattr(BacktickInlineProcessor, "handleMatch", fail)


@pytest.mark.usefixtures("fault")
@pytest.mark.parametrize(
    ("paragraph", "reason"),
    [
        (FAULTY, "a part of it is not understood."),
        (NESTED, "too much stands inside each other."),
    ],
)
def test_its_paragraph_is_found(config: MkDocsConfig, paragraph: str, reason: str) -> None:
    body = "Un mot.\n\n" * 40 + paragraph + "\n\nUn mot.\n" * 30
    page, _ = read_page(PATH, "fr", "vision", HEADER + body)
    with pytest.raises((AssertionError, RecursionError)) as raised:
        convert(page.body, config)
    assert (
        str(cannot_render(PATH, raised.value, page, config))
        == f"{PATH}:88:1: The page cannot be rendered: {reason} Write the paragraph that begins"
        " here in a simpler way."
    )


def test_what_is_not_the_texts_fault_has_no_line(config: MkDocsConfig) -> None:
    page, _ = read_page(PATH, "fr", "vision", f"{HEADER}Un mot.\n")
    problem = cannot_render(
        PATH, ValueError("the macro failed.\n```\nTraceback\n```"), page, config
    )
    assert str(problem) == f"{PATH}: The page cannot be rendered: the macro failed."
    problem = cannot_render(PATH, MemoryError(), None, config)
    assert (
        str(problem) == f"{PATH}: The page cannot be rendered: it takes more memory than there is."
    )


def test_a_page_without_text_has_no_line(config: MkDocsConfig) -> None:
    page, _ = read_page(PATH, "fr", "vision", HEADER[:-1])
    assert cannot_render(PATH, ValueError(), page, config).line == 0
