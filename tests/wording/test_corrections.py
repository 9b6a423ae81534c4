"""What `check --fix` changes, and what it leaves."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from metropolis.cli import main
from metropolis.content.page import Page, read_page
from metropolis.content.prose import Passage, find_passages
from metropolis.wording.corrections import correct
from metropolis.wording.typography import find_typography

from .conftest import SIGNATURES

HEADER = '---\ntitle: "X"\ndescription: "L\'état: \'x\'"\n---\n\n# X { #page }\n\n'


def prose(page: Page) -> list[Passage]:
    return find_passages(page, SIGNATURES)


def corrected(locale: str, data: bytes, excepted: str = "") -> str:
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    page, _ = read_page(f"content/{locale}/page.md", locale, "page", text)
    return correct(page, data, prose, lambda rule, path, fragment: fragment == excepted)


def body(locale: str, words: str, excepted: str = "") -> str:
    text = corrected(locale, (_PLAIN + words).encode(), excepted)
    assert text.startswith(_PLAIN)
    return text.removeprefix(_PLAIN)


_PLAIN = '---\ntitle: "X"\ndescription: "X"\n---\n\n# X { #page }\n\n'


@pytest.mark.parametrize(
    ("locale", "words", "after"),
    [
        ("fr", "L'eau: 35 % ?", "L’eau\u202f: 35\u202f% ?"),
        ("fr", "L'eau: 35%!", "L’eau\u202f: 35\u202f%\u202f!"),
        ("fr", 'Le "plan" et “eux”…', "Le «\u202fplan\u202f» et «\u202feux\u202f»…"),
        ("en", 'A "plan" - the city\'s...', "A “plan” – the city’s…"),
        ("en", "In 10-12 cities , 5 % agree  now.", "In 10–12 cities, 5% agree now."),
        ("es", 'El "plan" ; 5 %.', "El «plan»; 5\u00a0%."),
        ("es", "Es \"un 'plan'\" bueno.", "Es «un 'plan'» bueno."),
        ("en", "The \"workers' 'plan'\" is.", "The “workers’ 'plan'” is."),
        ("fr", "De 2018–2020, **gras**: oui.", "De 2018-2020, **gras**\u202f: oui."),
        ("fr", "Le caf\u0065\u0301.", "Le café."),
    ],
)
def test_signs_with_one_right_form(locale: str, words: str, after: str) -> None:
    assert body(locale, words) == after.replace("% ?", "%\u202f?") + "\n"


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("fr", "Un `l'état: x` et https://a.org/l'b?c."),
        ("fr", "    l'état: code"),
        ("fr", '```\nl\'état: "x"\n```'),
        ("fr", 'Voir {{ term("board", "l\'état: x") }} ici.'),
        ("fr", 'Un <span lang="en">city</span> mot.'),
        ("fr", "[mot](page.md#l-ancre) et ![](images/a.png)."),
        ("fr", "À 14:30:15, 1:3:5, 2001:db8::1 et 16:9."),
        ("fr", "À 12:30, 127.0.0.1:8000, localhost:80, C:\\\\x et 2.4.1."),
        ("fr", 'Une marque " seule.'),
        ("es", "Viene el tren?"),
        ("fr", "A la ville."),
        ("en", "A 24-7 service and COVID-19."),
        ("fr", "La&nbsp;ville &amp; l&rsquo;eau."),
    ],
)
def test_what_is_a_guess_or_no_prose_stays(locale: str, words: str) -> None:
    assert body(locale, words + "\n") == words + "\n"


def test_what_the_project_has_excepted_stays() -> None:
    assert body("fr", "L'eau monte.\n", "L'eau") == "L'eau monte.\n"


def test_the_header_s_words_are_set_and_its_marks_stay() -> None:
    text = corrected("fr", HEADER.encode())
    assert 'title: "X"\ndescription: "L’état\u202f: \'x\'"\n' in text


@pytest.mark.parametrize(
    ("data", "after"),
    [
        (b"\xef\xbb\xbf# X { #x }\n\nMot.", "# X { #x }\n\nMot.\n"),
        (b"# X { #x }\r\n\r\nMot.", "# X { #x }\r\n\r\nMot.\r\n"),
        (b"# X { #x }\r\n\nMot.\n", "# X { #x }\n\nMot.\n"),
        (b"# X { #x }\r\rMot.\r", "# X { #x }\n\nMot.\n"),
        (b"", ""),
    ],
)
def test_marks_and_ends_of_a_file(data: bytes, after: str) -> None:
    assert corrected("fr", data) == after


_PIECES = st.sampled_from(
    [
        *("mot", "L'eau", '"', '"plan"', "“x”", "«x»", " :", ":", "?", "%", "35", "10-12", "'"),
        *(
            "2018–2020",
            " - ",
            "...",
            "  ",
            "\u00a0",
            "\u2005",
            "\u202f",
            "`l'a: b`",
            "**",
            "*",
            "_",
        ),
        *("{{ x }}", "é", '{{ term("board", "l\'x") }}', "[a](b.md)", "<b>", "&nbsp;", "\\<img>"),
        *("12:30", "https://a.org/b'c", "\n", "\n\n", "\n- ", "\n> ", "| a | b |\n", "e\u0301"),
        "\r\n",
    ]
)


@given(st.sampled_from(["fr", "en", "es"]), st.lists(_PIECES, max_size=14).map("".join))
@example("fr", 'mot"plan"mot "x" :')
def test_twice_is_once_and_nothing_else_changes(locale: str, words: str) -> None:
    before = _PLAIN + words
    once = corrected(locale, before.encode())
    assert corrected(locale, once.encode()) == once
    pages = [
        read_page("content/fr/page.md", locale, "page", unicodedata.normalize("NFC", text))[0]
        for text in (before.replace("\r\n", "\n"), once.replace("\r\n", "\n"))
    ]
    calls = [[page.text.text[call.start : call.end] for call in page.calls] for page in pages]
    code = [[page.text.text[start:end] for start, end in page.code] for page in pages]
    assert calls[0] == calls[1]
    assert code[0] == code[1]
    signs = re.compile(r"[\s\W]")
    assert signs.sub("", pages[0].text.text) == signs.sub("", pages[1].text.text)


def test_the_command_shows_asks_writes_and_checks(
    project_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project_copy / "content/fr/about.md"
    good = page.read_bytes()
    bad = good + b"\nL'eau monte: voici  la ville."
    page.write_bytes(bad)
    arguments = ["--project", str(project_copy), "check", "--fix", "--kind", "typography"]
    assert main(arguments) == 1
    shown = capsys.readouterr().out
    assert "-L'eau monte: voici  la ville.\n+L’eau monte[NNBSP]: voici la ville.\n" in shown
    assert "Nothing was written (1 file)." in shown
    assert page.read_bytes() == bad
    assert main([*arguments, "--yes"]) == 0
    after = good + "\nL’eau monte\u202f: voici la ville.\n".encode()
    assert page.read_bytes() == after
    assert main([*arguments, "--yes"]) == 0
    assert page.read_bytes() == after
    fixed, _ = read_page("content/fr/about.md", "fr", "about", after.decode())
    assert find_typography(fixed, prose(fixed)) == []
