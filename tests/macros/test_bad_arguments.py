"""No call, however wrong, runs a macro or ends in a report of Python's: every command says its line
and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import Parameter
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros import MACROS, signatures
from metropolis.cli import main
from metropolis.components.shown_values import shown_by
from metropolis.content.call_grammar import Call, Value, parse_calls, written
from metropolis.content.calls import check_calls
from metropolis.content.macro_signature import MacroSignature
from metropolis.content.page import read_page
from metropolis.data.records import Records
from metropolis.site.preview import Preview

PAGE = "content/fr/about.md"
# Texts that are no id, numbers that are none of ours: all that the grammar of a call lets through.
TEXTS = (
    "", " ", "nowhere", "axis-9-9", "é’ü 东京", "../../etc/passwd", "x" * 100, "9", "None",
    "barcelone ", "%s {0}",
)  # fmt: skip
NUMBERS = (0, 9, 999_999_999)


def right(signature: MacroSignature, parameter: Parameter) -> Value:
    allowed = signature.allowed.get(parameter.name)
    if isinstance(allowed, Mapping):
        allowed = allowed[min(allowed)]
    return min(allowed, key=str) if allowed else 1 if parameter.annotation == "int" else "mot"


def wrong_calls(signature: MacroSignature) -> Iterator[str]:
    """Calls of one macro, each wrong in another way: kind, value, too few, too many, unknown or
    repeated names."""
    name, parameters = signature.name, signature.parameters
    good = [written(right(signature, one)) for one in parameters]
    given = {one.name: right(signature, one) for one in parameters}
    named = [f"{one.name}={value}" for one, value in zip(parameters, good, strict=True)]

    def call(*values: str) -> str:
        return f"{{{{ {name}({', '.join(values)}) }}}}"

    is_starred = any(one.kind is Parameter.VAR_POSITIONAL for one in parameters)
    if any(one.default is Parameter.empty for one in parameters):
        yield call()
    if not is_starred:
        yield call(*good, '"one more"')
        yield call(*good, "1")
    yield call(*good, 'scope="x"')
    yield call(*good, 'self_="é"')
    yield call(*good, *named) if good else call('id="x"')
    for place, one in enumerate(parameters):
        for value in (*TEXTS, *NUMBERS):
            if signature.takes(one, value) and signature.knows(one, value, given):
                continue
            values = [*good[:place], written(value), *good[place + 1 :]]
            yield call(*values)
            if not is_starred:
                rest = zip(parameters[place:], values[place:], strict=True)
                yield call(*good[:place], *(f"{p.name}={v}" for p, v in rest))


@dataclass(frozen=True)
class Wrong:
    """A project whose pages hold every wrong call of every macro; `places` are the files and lines
    where they stand."""

    root: Path
    places: dict[tuple[str, int], str]


@pytest.fixture(scope="module")
def wrong(module_copy: Path, records: Records) -> Wrong:
    """Spread over all pages but one, which stays sound: of one kind of problem, a page is told
    thirty."""
    files = [
        file for file in sorted((module_copy / "content/fr").rglob("*.md")) if file.stem != "vision"
    ]
    texts = {file: file.read_text("utf-8").rstrip("\n").split("\n") for file in files}
    places: dict[tuple[str, int], str] = {}
    calls = [
        call
        for signature in signatures(records).values()
        for call in dict.fromkeys(wrong_calls(signature))
    ]
    for call, file in zip(calls, cycle(files), strict=False):
        texts[file] += ["", call]
        places[file.relative_to(module_copy).as_posix(), len(texts[file])] = call
    for file, lines in texts.items():
        file.write_text("\n".join(lines) + "\n", "utf-8")
    assert {call.split("(")[0][3:] for call in places.values()} == set(MACROS)
    assert len(places) > 400
    return Wrong(module_copy, places)


def refused(reported: str) -> set[tuple[str, int]]:
    return {
        (path, int(line))
        for path, line in re.findall(r"^(content/fr/\S+\.md):(\d+):1: ", reported, re.MULTILINE)
    }


def test_every_wrong_call_is_refused_in_its_line(
    wrong: Wrong, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without `--all`, a long list is cut to the first few of each kind."""
    assert main(["--project", str(wrong.root), "check", "--all"]) == 1
    reported = capfd.readouterr()
    assert {wrong.places[place] for place in wrong.places.keys() - refused(reported.out)} == set()
    assert "Traceback" not in reported.out + reported.err


def test_a_build_refuses_the_first_wrong_calls_and_counts_all(
    wrong: Wrong, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["--project", str(wrong.root), "build"]) == 1
    reported = capfd.readouterr()
    shown = refused(reported.out)
    assert shown
    assert shown <= set(wrong.places)
    (count,) = re.findall(
        r"^([\d,]+) errors.* All of them: metropolis check --all$", reported.out, re.M
    )
    assert int(count.replace(",", "")) >= len(wrong.places)
    assert "Traceback" not in reported.out + reported.err


@pytest.mark.parametrize("command", [["status"], ["diff", "content/en/about.md"]])
def test_wrong_calls_do_not_keep_translators_from_working(
    wrong: Wrong, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    main(["--project", str(wrong.root), "translation", *command])
    reported = capfd.readouterr()
    assert "content/en/about.md" in reported.out
    assert "Traceback" not in reported.out + reported.err


def test_a_preview_goes_on(wrong: Wrong, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    preview = Preview(wrong.root, tmp_path, lambda words: None)
    preview.refresh()
    assert preview.ensure("/about/")
    assert preview.ensure("/vision/")
    assert "about.md:" in (tmp_path / "about/index.html").read_text("utf-8")
    assert 'class="mp"' in (tmp_path / "vision/index.html").read_text("utf-8")
    assert "Traceback" not in capfd.readouterr().err


def test_only_calls_that_the_gate_lets_through_are_run(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any arguments at all: what shows nothing has a problem, what runs has none."""
    known = signatures(records)
    shown = shown_by(records, "fr")
    ids = sorted(
        {value for one in known.values() for values in one.allowed.values() for value in values},
        key=str,
    )
    value = st.one_of(st.sampled_from(ids), st.text(max_size=5), st.integers(0, 10**9 - 1))
    name = st.sampled_from(["id", "number", "wording", "ids", "scope", "x"])

    @settings(max_examples=600, database=None)
    @given(
        st.sampled_from(sorted(MACROS)),
        st.lists(value, max_size=3),
        st.lists(st.tuples(name, value), max_size=2),
    )
    def asked(macro: str, arguments: list[Value], keywords: list[tuple[str, Value]]) -> None:
        call = Call(macro, tuple(arguments), tuple(keywords), 0, 0)
        found = shown(call)
        assert not found or known[macro].accepts(call)
        text = f'---\ntitle: "X"\ndescription: "X"\n---\n\n# X {{ #x }}\n\n{call}\n'
        if not parse_calls(text)[1]:
            page, _ = read_page(PAGE, "fr", "about", text)
            refusals = check_calls([page], {**known})
            assert bool(refusals) is not all(known[one.name].accepts(one) for one in page.calls)

    asked()


def test_a_kind_without_records_is_said(records: Records) -> None:
    signature = MacroSignature(
        "person", signatures(records)["person"].parameters, {"id": frozenset()}
    )
    text = '---\ntitle: "X"\ndescription: "X"\n---\n\n# X { #x }\n\nVoici {{ person("nobody") }}.\n'
    page, _ = read_page(PAGE, "fr", "about", text)
    (problem,) = check_calls([page], {"person": signature})
    expected = (
        '"nobody" is not known to person. The data has nothing of this kind. Take the call out.'
    )
    assert str(problem) == f"{PAGE}:8:7: {expected}"
