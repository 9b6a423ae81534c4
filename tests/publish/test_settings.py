"""settings.json: what is wrong is reported with its place, and nothing is decided in its stead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.cli import main
from metropolis.publish.places import Places
from metropolis.publish.settings import Settings, read_settings, write_settings

GOOD = Settings("/opt/m", "/opt/m/python", maintainers=("ana", "zoé"), keep=7)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


def said(places: Places, text: str) -> list[str]:
    places.settings_file.write_text(text, "utf-8")
    settings, problems = read_settings(places)
    assert settings is None
    return sorted(str(problem).removeprefix(f"{places.settings_file}") for problem in problems)


def test_what_is_written_is_read(places: Places) -> None:
    assert read_settings(places) == (None, [])
    write_settings(places, GOOD)
    assert read_settings(places) == (GOOD, [])
    assert not [file for file in places.root.iterdir() if file != places.settings_file]


END = " Fix the file, or restore a copy of it."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", [":1:1: The settings are cut short or are not JSON."]),
        ('{\n "toolkit": "/opt', [":2:13: The settings are cut short or are not JSON."]),
        ("[1]", [':1:1: The settings are not a JSON object. Expected {"toolkit": …}.']),
        ("[" * 100_000, [":1:1: The settings are cut short or are not JSON."]),
        (
            "{}",
            [
                f":1:1: “{name}” is missing. Expected the path that set-up wrote."
                for name in ("python", "toolkit")
            ],
        ),
        (
            '{"toolkit": "t",\n "python": "p",\n "kep": 5, "keep": "5",\n "maintainers": "ana"}',
            [
                ":3:2: “kep” is not a setting. Expected “keep”?",
                ':3:12: “keep” is "5". Expected a whole number, 0 or more.',
                ':4:2: “maintainers” is "ana". Expected a list of texts: ["ana", "ben"].',
            ],
        ),
        (
            '{"toolkit": 1, "python": "p", "keep": -1, "branch": null, "longest_build": true, "maintainers": [1]}',
            [
                ":1:2: “toolkit” is 1. Expected a text in quotes.",
                ":1:31: “keep” is -1. Expected a whole number, 0 or more.",
                ":1:43: “branch” is null. Expected a text in quotes.",
                ":1:59: “longest_build” is true. Expected a whole number, 0 or more.",
                ':1:82: “maintainers” is [1]. Expected a list of texts: ["ana", "ben"].',
            ],
        ),
    ],
)
def test_what_is_wrong_is_reported_with_its_place(
    places: Places, text: str, words: list[str]
) -> None:
    assert said(places, text) == sorted(f"{one}{END}" for one in words)


def test_a_file_cut_anywhere_is_reported_and_never_passed_over(places: Places) -> None:
    write_settings(places, GOOD)
    whole = places.settings_file.read_bytes()
    for length in range(len(whole.rstrip())):
        places.settings_file.write_bytes(whole[:length])
        settings, problems = read_settings(places)
        assert settings is None
        assert len(problems) == 1


@given(
    st.dictionaries(
        st.sampled_from(["toolkit", "python", "keep", "x"]),
        st.none() | st.integers() | st.text(max_size=3),
    )
)
def test_any_values_are_read_or_reported(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]
) -> None:
    places = Places(tmp_path_factory.getbasetemp())
    places.settings_file.write_text(json.dumps(values), "utf-8")
    settings, problems = read_settings(places)
    assert (settings is None) == bool(problems)


def test_set_up_again_does_not_decide_again_over_a_broken_file(
    places: Places, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--project", str(root), "publish", "--at", str(places.root)]
    assert main([*arguments, "setup", "--only-folder", "--maintainer", "ana"]) == 0
    places.settings_file.write_text('{"toolkit": "/opt', "utf-8")
    capsys.readouterr()
    for command in ("setup", "status", "reconcile"):
        assert main([*arguments, command, *(["--only-folder"] if command == "setup" else [])]) != 0
        what = f"{places.settings_file}:1:13: The settings are cut short or are not JSON.{END}"
        assert what in "".join(capsys.readouterr())
    assert places.settings_file.read_text("utf-8") == '{"toolkit": "/opt'


def test_nobody_becomes_a_maintainer_by_setting_up(
    places: Places, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up = ["--project", str(root), "publish", "setup", str(places.root), "--only-folder"]
    for _ in range(2):
        assert main(set_up) == 0
        assert f"Ready in {places.root}. Maintainers: none yet." in capsys.readouterr().out
    settings, _ = read_settings(places)
    assert settings
    assert settings.maintainers == ()
