"""Problems in words: for people, and for the lines of a pull request."""

from __future__ import annotations

from pathlib import Path

import pytest

from metropolis.cli import main
from metropolis.problem import Problem
from metropolis.report import github_annotations, listing

FOUND = [
    Problem("content/es/b.md", 8, 3, "This is wrong.", "That is right.", "Write it.", "advice"),
    Problem("content/es/a,b.md", 0, 0, "100% of it:\nall is wrong."),
    Problem("content/es/b.md", 2, 1, "This is wrong too."),
]


def test_grouped_by_file_in_order_with_counts() -> None:
    assert listing(FOUND) == (
        "content/es/a,b.md: 100% of it: all is wrong.\n\n"
        "content/es/b.md:2:1: This is wrong too.\n"
        "content/es/b.md:8:3: This is wrong. That is right. Write it. (advice)\n\n"
        "2 errors and 1 piece of advice in 2 files."
    )


def test_annotations_escape_what_would_end_them() -> None:
    assert github_annotations(FOUND) == (
        "::error file=content/es/a%2Cb.md::100%25 of it: all is wrong.\n"
        "::error file=content/es/b.md,line=2,col=1::This is wrong too.\n"
        "::notice file=content/es/b.md,line=8,col=3::This is wrong. That is right. Write it."
    )


def test_the_check_prints_annotations_and_nothing_else(
    project_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project_copy / "content/es/mission.md"
    page.write_text(page.read_text("utf-8").replace("## ", "##", 1), "utf-8")
    assert main(["--project", str(project_copy), "check", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(
        line.startswith(("::error file=content/", "::notice file=content/")) for line in lines
    )


def test_clean_content_has_neither_error_nor_advice(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--project", str(root), "check"]) == 0
    assert capsys.readouterr().out == "Checked 522 pages in 3 languages: no error.\n"
