"""The public YAML test suite: each error is refused; each valid file is refused in our words, or
read as it should be.

`yaml-suite/cases.jsonl` holds the cases, with the tree that the suite expects of each valid one;
`yaml-suite/refused.txt` what we say first of each that we refuse. The strict reader takes only what
editors need."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from metropolis.strict_yaml.source import read_yaml

FOLDER = Path(__file__).parent / "yaml-suite"
CASES: list[dict[str, str | None]] = [
    json.loads(line) for line in (FOLDER / "cases.jsonl").read_text("utf-8").splitlines()
]
REFUSED = dict(
    line.split(" ", 1) for line in (FOLDER / "refused.txt").read_text("utf-8").splitlines()
)
ESCAPES = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "\\": "\\"}
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


def scalar(written: str) -> Any:
    """What a line of a tree says of a scalar: its style, then its text with escapes."""
    style, text = written[0], re.sub(r"\\(.)", lambda found: ESCAPES[found[1]], written[1:])
    if style != ":":
        return text
    if text in ("", "~", "null", "true", "false"):
        return {"true": True, "false": False}.get(text)
    return text if not NUMBER.fullmatch(text) else float(text) if "." in text else int(text)


def value(line: str, lines: Iterator[str]) -> Any:
    """The value that begins with `line` of a tree."""
    if line.startswith("=VAL "):
        return scalar(line[5:])
    assert line in ("+SEQ", "+SEQ []", "+MAP", "+MAP {}"), "a tag, an anchor or an alias"
    inner = []
    for following in lines:
        if following == f"-{line[1:4]}":
            break
        inner.append(value(following, lines))
    if line.startswith("+SEQ"):
        return inner
    return dict(zip(map(name, inner[::2]), inner[1::2], strict=True))


def name(key: Any) -> str:
    """A key is text, whatever it looks like."""
    return key if isinstance(key, str) else json.dumps(key)


def documents(tree: str) -> list[Any]:
    lines = iter([line.lstrip(" ") for line in tree.splitlines()])
    return [value(next(lines), lines) for line in lines if line.startswith("+DOC")]


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 402
    assert sum(case["tree"] is None for case in CASES) == 94


@pytest.mark.parametrize("trailing_comments", [False, True])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_case_is_refused_or_read_right(
    case: dict[str, str | None], trailing_comments: bool
) -> None:
    text, tree = case["yaml"] or "", case["tree"]
    document, problems = read_yaml(text, "x.yml", trailing_comments=trailing_comments)
    if document is None:
        # Where comments may follow a value, less is refused.
        assert trailing_comments or str(problems[0]) == REFUSED[case["id"] or ""]
        assert all(problem.line and problem.column for problem in problems)
        return
    assert tree is not None, "an error of the suite was accepted"
    assert [document.value] == (documents(tree) or [None])
    assert trailing_comments or case["id"] not in REFUSED
