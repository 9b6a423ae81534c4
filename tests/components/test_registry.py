"""The closed list of macros is documented, and what the gate knows of it is true."""

from __future__ import annotations

import re
from pathlib import Path

from macros import MACROS, signatures
from metropolis.content.call_grammar import parse_calls
from metropolis.content.front_matter import KEYS
from metropolis.data.records import Records


def test_every_macro_is_in_the_handbook_with_an_example(root: Path) -> None:
    text = (root / "docs/translators/macros.md").read_text("utf-8")
    shown = set(re.findall(r"\{\{ ([a-z_]+)\(", text))
    assert shown == set(MACROS)


def test_every_example_in_the_handbook_and_the_docstrings_is_a_valid_call(
    root: Path, records: Records
) -> None:
    known = signatures(records)
    examples = re.findall(
        r"`(\{\{ .*? \}\})`", (root / "docs/translators/macros.md").read_text("utf-8")
    )
    for macro in MACROS.values():
        example = re.match(r"`(\{\{ .*? \}\})`", macro.function.__doc__ or "")
        assert example, f"{macro.name} has no example in its docstring"
        examples.append(example[1])
    for example in examples:
        (call,), problems = parse_calls(example)
        assert problems == [], example
        assert known[call.name].accepts(call), example


def test_no_macro_has_the_name_of_a_headers_key() -> None:
    """mkdocs-macros lays a page's header over the macros: `source: …` would hide one."""
    assert set(MACROS).isdisjoint(KEYS)


def test_a_wrong_example_would_be_noticed(records: Records) -> None:
    known = signatures(records)
    for example in (
        "{{ line(9) }}",
        "{{ line() }}",
        '{{ line("1") }}',
        '{{ member("nowhere") }}',
        "{{ timeline(1) }}",
    ):
        (call,), _ = parse_calls(example)
        assert not known[call.name].accepts(call), example
