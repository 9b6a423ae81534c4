"""A template is taken as it was compiled only by an environment that would compile it so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined

from metropolis.cache import LIMITS
from metropolis.site.templates import CachedBytecode, options_of

OTHERS: dict[str, Any] = {
    "autoescape": True,
    "block_end_string": "%>",
    "block_start_string": "<%",
    "comment_end_string": "#>",
    "comment_start_string": "<#",
    "enable_async": True,
    "extensions": ["jinja2.ext.do"],
    "finalize": str.upper,
    "keep_trailing_newline": True,
    "line_comment_prefix": "##",
    "line_statement_prefix": "%%",
    "lstrip_blocks": True,
    "newline_sequence": "\r\n",
    "optimized": False,
    "trim_blocks": True,
    "undefined": StrictUndefined,
    "variable_end_string": ">>",
    "variable_start_string": "<<",
}


def drawn(root: Path, **options: Any) -> str:
    loader = DictLoader({"a": "{{ 'A<' }}{% if true %}\n{% endif %}B\n"})
    return (
        Environment(loader=loader, bytecode_cache=CachedBytecode(root), **options)
        .get_template("a")
        .render()
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"autoescape": False}, "A<\nB"),
        ({"autoescape": True}, "A&lt;\nB"),
        ({"trim_blocks": True}, "A<B"),
    ],
)
def test_options_are_part_of_what_is_kept_by(
    tmp_path: Path, options: dict[str, Any], expected: str
) -> None:
    for others in (
        {"autoescape": False},
        {"autoescape": True},
        {"trim_blocks": True},
        {"keep_trailing_newline": True},
    ):
        drawn(tmp_path, **others)
    assert drawn(tmp_path, **options) == expected


def test_each_option_counts() -> None:
    plain = options_of(Environment())
    assert [name for name, _ in plain] == sorted(OTHERS)
    changed = {name: options_of(Environment(**{name: value})) for name, value in OTHERS.items()}
    assert [name for name in changed if changed[name] == plain] == []


def test_code_that_changes_compiles_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(tmp_path)
    drawn(tmp_path)
    assert len(list((tmp_path / ".cache/templates").iterdir())) == 1
    monkeypatch.setattr("metropolis.cache.toolkit_digest", lambda: "other code")
    drawn(tmp_path)
    assert len(list((tmp_path / ".cache/templates").iterdir())) == 2


def test_what_is_kept_does_not_grow_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "templates", 4_000)
    for number in range(30):
        environment = Environment(
            loader=DictLoader({"a": f"{{{{ {number} }}}}"}), bytecode_cache=CachedBytecode(tmp_path)
        )
        assert environment.get_template("a").render() == str(number)
    size = sum(file.stat().st_size for file in (tmp_path / ".cache/templates").iterdir())
    assert 0 < size <= 4_000
