"""Whatever a file holds, the loader answers in its own words, with a place; it never breaks
down."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from metropolis.data.records import Records
from metropolis.problem import Problem
from metropolis.strict_yaml.document import Path as Place
from metropolis.strict_yaml.document import YamlDocument

Load = Callable[[dict[str, Any]], tuple[Records | None, list[Problem]]]

BASE: dict[str, str] = yaml.safe_load((Path(__file__).parent / "base.yml").read_text("utf-8"))
ODD = [
    *[None, True, -1, 0, 2.5, 10**14, "", " ", "NO", "53%", "1,5", "lyon ", "Été", "EU", "x" * 200],
    *["\u202e", "e\u0301", "a\nb", [], [[]], [None], {}, ["lyon", "lyon"], {"fr": "a"}],
    *[{"fr": "a", "en": "b", "es": "c"}, {"hello world": 1}],
]
# What pydantic says in its own words, and what Python does: none of it is for a translator.
NOT_PLAIN = re.compile(r"is not right|[Ii]nput should|pydantic|None|True|False|Error")


# The path of each value in each document.
PLACES = [
    (name, path)
    for name, text in BASE.items()
    for path, _ in YamlDocument(name, yaml.safe_load(text)).walk()
]


@given(st.sampled_from(PLACES), st.sampled_from(ODD))
def test_an_odd_value_is_reported_in_words(
    load_case: Load, place: tuple[str, Place], odd: object
) -> None:
    name, path = place
    document: Any = [yaml.safe_load(BASE[name])]
    around = document
    for step in (0, *path)[:-1]:
        around = around[step]
    around[(0, *path)[-1]] = odd
    # JSON is YAML in flow style, so every value stands in the file as it is meant.
    records, problems = load_case({"file": name, "text": json.dumps(document[0])})
    assert (records is None) == bool(problems)
    for problem in problems:
        assert re.match(r"data/[a-z-]+\.yml(:[1-9][0-9]*:[1-9][0-9]*)?: [A-Z“\"0-9-]", str(problem))
        assert not NOT_PLAIN.search(problem.what + problem.how)


@given(st.sampled_from(sorted(BASE)), st.data())
def test_odd_characters_anywhere_do_no_harm(
    load_case: Load, name: str, data: st.DataObject
) -> None:
    text = f"# yaml-language-server: $schema=schema/{name}.json\n{BASE[name]}".encode()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 5, len(text))))
    signs = st.text(":-#&*!|>'\"%@`{}[],?\\~\t\r\n \u00a0", max_size=4).map(str.encode)
    odd = data.draw(st.binary(max_size=4) | signs)
    records, problems = load_case({"file": name, "bytes": (text[:start] + odd + text[end:]).hex()})
    assert (records is None) == bool(problems)
    assert all(problem.path.startswith("data/") and problem.what for problem in problems)
