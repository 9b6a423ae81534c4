"""Characters that nobody sees: one list, and none of them is printed."""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from pathlib import Path

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.cli import PlainStream, main
from metropolis.hidden_characters import find_hidden, is_noncharacter, visible, visible_line
from metropolis.problem import Problem
from metropolis.report import github_annotations, listing

HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
TEXT = st.text(
    st.characters(), max_size=30
)  # surrogates too: names of files that are not UTF-8 come as such


def is_printable(text: str) -> bool:
    return all(
        unicodedata.category(one) not in HIDDEN and not is_noncharacter(one)
        for one in text.replace("\n", "")
    )


def test_the_list_has_all_that_unicode_says_is_not_drawn() -> None:
    listed = {found[1] for found in find_hidden("".join(map(chr, range(sys.maxunicode + 1))))}
    ignorable = icu.UProperty.DEFAULT_IGNORABLE_CODE_POINT
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        is_hidden = unicodedata.category(character) in HIDDEN or is_noncharacter(character)
        if is_hidden or icu.Char.hasBinaryProperty(code, ignorable):
            # An end of line, a soft hyphen, and what chooses between a sign and its picture.
            assert character in listed or character in "\n\xad\ufe0e\ufe0f", hex(code)


def test_the_list_has_no_letter_or_sign_of_a_language_that_is_drawn() -> None:
    drawn = "".join(chr(code) for code in range(sys.maxunicode + 1) if chr(code).isprintable())
    names = {unicodedata.name(found[1]) for found in find_hidden(drawn)}
    assert {name for name in names if "VARIATION SELECTOR" not in name} == {
        *(
            "COMBINING GRAPHEME JOINER",
            "HANGUL CHOSEONG FILLER",
            "HANGUL JUNGSEONG FILLER",
            "HANGUL FILLER",
        ),
        *(
            "HALFWIDTH HANGUL FILLER",
            "KHMER VOWEL INHERENT AQ",
            "KHMER VOWEL INHERENT AA",
            "BRAILLE PATTERN BLANK",
        ),
    }


def test_they_are_named() -> None:
    assert visible("a\x1b[2Jb\u202e\nc\udcff") == "a[U+001B][2Jb[U+202E]\nc[U+DCFF]"
    assert visible_line("a\nb") == "a[U+000A]b"


@given(text=TEXT)
def test_what_is_printed_is_visible(text: str) -> None:
    assert is_printable(visible(text))
    assert is_printable(visible_line(text))
    assert "\n" not in visible_line(text)


@given(path=TEXT, what=TEXT, how=TEXT)
def test_a_problem_is_one_visible_line_whatever_it_quotes(path: str, what: str, how: str) -> None:
    problem = Problem(path, 1, 1, what, "", how)
    for words in (str(problem), github_annotations([problem])):
        assert is_printable(words)
        assert "\n" not in words
    assert len(listing([problem]).split("\n")) == 3


@given(text=TEXT, encoding=st.sampled_from(("utf-8", "ascii", "latin-1", "cp1252")))
def test_any_text_can_be_written_to_any_terminal(text: str, encoding: str) -> None:
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding, newline="\n")
    print(text, file=PlainStream(stream), flush=True)  # type: ignore[type-var]
    assert is_printable(octets.getvalue().decode(encoding))


HOSTILE = "\x1b[2J\x07\x08\x02\x9b31m\u202e\u2066\u200b\U000e0041\ufffe\ufdd0\u2028"


def test_a_check_prints_nothing_that_a_terminal_obeys(
    project_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project_copy / "content/en/vision.md"
    text = page.read_text("utf-8")
    words = (
        f"\n\n## A{HOSTILE} {{ #{HOSTILE} }}\n\n[a]({HOSTILE}) {{{{ {HOSTILE}() }}}} <{HOSTILE}>"
        f" `{HOSTILE}`\n"
    )
    page.write_text(text.replace("title: ", f'{HOSTILE}: "x"\ntitle: ', 1) + words, "utf-8")
    (project_copy / "content/en/mission.md").write_text(text + words, "utf-8")
    people = project_copy / "data/people.yml"
    people.write_text(
        people.read_text("utf-8") + f'- id: "{HOSTILE}"\n  "\\u001b[2J": "\\u202E"\n', "utf-8"
    )
    (project_copy / "language/words.txt").write_text(f"mot{HOSTILE}\n", "utf-8")
    (project_copy / f"content/en/{HOSTILE}.md").write_text("x", "utf-8")
    Path(os.fsdecode(os.fsencode(project_copy / "content/en") + b"/\xff\n1 error.md")).write_text(
        "x", "utf-8"
    )
    for options in ([], ["--format", "github"]):
        assert main(["--project", str(project_copy), "check", *options]) == 1
        printed = capsys.readouterr()
        assert "U+001B" in printed.out
        assert "U+FFFE" in printed.out
        assert is_printable(printed.out + printed.err)


def test_wrong_use_is_answered_visibly(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([HOSTILE])
    assert main(["--project", HOSTILE, "check"]) == 2
    printed = capsys.readouterr()
    assert "[U+001B]" in printed.err
    assert is_printable(printed.out + printed.err)
