"""One slip at the head of a page is one problem, not one for each line or section below it, nor one
for each link that leads there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from metropolis.builder.gate import prepare

EN, FR = "content/en/vision.md", "content/fr/vision.md"
SLIPS: dict[str, tuple[str, Callable[[str], str]]] = {
    "its first line is gone": (EN, lambda text: text.removeprefix("---\n")),
    "a dash of a word processor": (EN, lambda text: text.replace("---\n", "—\n", 1)),
    "its last line has two dashes": (EN, lambda text: text.replace("\n---\n", "\n--\n", 1)),
    "an empty line above it": (EN, lambda text: f"\n{text}"),
    "a colon in the title": (EN, lambda text: text.replace('"Vision"', "Vision: two", 1)),
    "a key with a capital": (EN, lambda text: text.replace("title:", "Title:", 1)),
    "a description as long as a page": (
        EN,
        lambda text: text.replace("The vision", "a " * 2_000, 1),
    ),
    "the source's title without quotes": (FR, lambda text: text.replace('"', "", 1)),
    "no text below it": (EN, lambda text: text[: text.index("# ")]),
    "an empty page": (EN, lambda _: ""),
    "spaces alone": (EN, lambda _: " \n\n"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_at_the_head_of_a_page_is_one_problem(module_copy: Path, slip: str) -> None:
    path, change = SLIPS[slip]
    text = (module_copy / path).read_text("utf-8")
    (module_copy / path).write_text(change(text), "utf-8")
    _, problems = prepare(module_copy)
    (module_copy / path).write_text(text, "utf-8")
    assert [problem.path for problem in problems] == [path]
    assert problems[0].severity == "error"
