"""Digests of inputs: no two inputs have the same one, and what could change has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.inputs import ChangedFileError, Files, Known, digest


@dataclass(frozen=True)
class Pair:
    one: Any
    other: Any


@dataclass(frozen=True)
class Couple:
    one: Any
    other: Any


@dataclass
class Open:
    one: Any


class Named(NamedTuple):
    one: Any


DAY, SHA = date(2021, 3, 4), "ab" * 32
DIFFERENT: list[object] = [
    "", "1", b"1", 1, 1.0, True, None, "None", "True", 0, -0.0, 0.0, False, (), ("",), ("", ""), ("1",), (1,),
    ("a", "bc"), ("ab", "c"), (("a",), "b"), ("a", ("b",)), (("a", "b"),), ("a", "b"), DAY, "2021-03-04", Pair("a", "b"),
    Couple("a", "b"), Pair("b", "a"), Pair(None, ("a", "b")), Known(SHA, 1), SHA, Known("b", 1), (SHA,),
    Files(Path(), (("a", SHA),)), Files(Path(), (("b", SHA),)), Files(Path(), ()), (("a", SHA),), "s1:a", "\ud800",
]  # fmt: skip


def test_other_inputs_have_another_digest() -> None:
    assert len({digest(one) for one in DIFFERENT}) == len(DIFFERENT)
    assert (
        len({digest("a", "b"), digest("ab"), digest(("a", "b")), digest("a", "b", None), digest()})
        == 5
    )


def test_a_text_cannot_hold_what_divides_two() -> None:
    for sign in ("s", "s1:", "s1", ":"):
        assert digest("a", "b") != digest(f"a{sign}b")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.dates(),
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.builds(Pair, inner, inner),
)


@given(VALUES, VALUES)
def test_digests_are_the_same_for_the_same_inputs_alone(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (repr(one) == repr(other))


@pytest.mark.parametrize(
    "value",
    [
        [1],
        {"a": 1},
        {1},
        Path("a"),
        object(),
        Open(1),
        Named(1),
        len,
        datetime(2021, 3, 4),
        bytearray(b"a"),
        Pair,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_could_change_has_no_digest(value: object) -> None:
    for place in (value, (1, value), Pair("a", value)):
        with pytest.raises(
            TypeError, match=r"has no digest: give a text, a number, a tuple or a frozen record\.$"
        ):
            digest(place)


def test_where_files_lie_does_not_count(tmp_path: Path) -> None:
    found = set()
    for name in ("one", "other"):
        folder = tmp_path / name / "deep"
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("A")
        (folder / "b.txt").write_text("B")
        found.add(digest(Files.under(tmp_path / name, folder.iterdir())))
    assert len(found) == 1


def test_a_file_is_read_as_it_was_or_not_at_all(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(name.upper())
    files = Files.under(tmp_path, [tmp_path / "c", tmp_path / "a"])
    files.check()
    assert [files.read("a"), files.read("c")] == [b"A", b"C"]
    with pytest.raises(ChangedFileError, match=r"^b$"):
        files.read("b")
    (tmp_path / "c").write_text("D")
    with pytest.raises(ChangedFileError, match=r"^c$"):
        files.check()
