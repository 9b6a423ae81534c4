"""The translators' commands, as they are typed, on the project's own pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from small_project import replace_in

from metropolis.cli import main

Output = pytest.CaptureFixture[str]
Run = Callable[..., tuple[int, str, str]]
VISION = "content/es/vision.md"


def logged(copy: Path) -> list[list[str]]:
    """The lines of the Spanish log, without its heading."""
    lines = (copy / "language/accepted.es.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def test_accept_then_status(run: Run, copy: Path) -> None:
    code, out, _ = run("accept", VISION, "--section", "peace")
    assert code == 0
    assert (
        out == "content/es/vision.md: accepted #peace.\nCommit the pages together with"
        " language/accepted.es.tsv.\n"
    )
    code, out, _ = run("status", VISION)
    assert code == 0
    assert "#peace" not in out
    assert out.endswith("es  Spanish: pages: 1 stale; sections: 1 current, 8 stale\n")
    assert logged(copy)[0][1:4] == ["section", "vision", "peace"]


def test_several_files_at_once_are_told_apart(run: Run, copy: Path) -> None:
    assert run("accept", VISION, "content/en/vision.md")[0] == 0
    assert run("accept", "content/es/mission.md")[0] == 0
    assert {(row[2], row[1]) for row in logged(copy)} == {("vision", "bulk"), ("mission", "page")}


def test_status_as_json_has_the_same_numbers(run: Run) -> None:
    run("accept", VISION)
    _, out, _ = run("status", "--json")
    found = json.loads(out)
    assert found["locales"]["es"]["pages"] == {"current": 1, "stale": 26, "missing": 0, "orphan": 0}
    page = next(page for page in found["pages"] if page["path"] == VISION)
    assert [section["anchor"] for section in page["sections"]][:2] == ["vision", "participation"]
    assert found["locales"]["es"]["sections"]["current"] == len(page["sections"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["accept", "content/es"],
            (
                "content/es: name the pages one by one; a folder is not something that anybody has"
                " read.\nNothing was accepted.\n"
            ),
        ),
        (
            ["accept", "content/fr/vision.md"],
            (
                "content/fr/vision.md: this is the source; name a translation of it.\nNothing was"
                " accepted.\n"
            ),
        ),
        (
            ["accept", "visoin"],
            (
                "visoin: there is no such page. Did you mean “content/es/vision.md”?\nNothing was"
                " accepted.\n"
            ),
        ),
        (
            ["accept", "content/es/nowhere.md"],
            "content/es/nowhere.md: there is no such page.\nNothing was accepted.\n",
        ),
        (
            ["accept", VISION, "content/es/mission.md", "--section", "peace"],
            "--section names a section of one file: name that file alone.\nNothing was accepted.\n",
        ),
        (
            ["accept", VISION, "--editorial", " "],
            (
                "--editorial is empty: say why the translation needs no change.\nNothing was"
                " accepted.\n"
            ),
        ),
        (
            ["status", "nowhere"],
            "There is no page at nowhere: name a page or a folder under content/.\n",
        ),
        (
            ["export", "--to", "de"],
            "“de” is not a language that this site is translated into (en, es).\n",
        ),
        (
            ["export", "--to", "es", VISION, "content/en/mission.md"],
            "There is no page content/en/mission.md to translate. Did you mean"
            " “content/es/mission.md”?\n",
        ),
        (["start", "fr"], "fr is the source language.\n"),
        (
            ["start", "zz-zz-zz"],
            "“zz-zz-zz” is not the code of a language. Codes look like pt or pt-BR.\n",
        ),
    ],
)
def test_wrong_use_is_reported_in_plain_words(run: Run, arguments: list[str], words: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out, err) == (2, "", words)


def test_nothing_is_written_when_one_file_is_refused(run: Run, copy: Path) -> None:
    before = (copy / VISION).read_text("utf-8")
    assert run("accept", VISION, "content/es/nowhere.md")[0] == 2
    assert (copy / VISION).read_text("utf-8") == before
    assert not (copy / "language/accepted.es.tsv").exists()


def test_diff_shows_the_section_and_its_reason(run: Run) -> None:
    code, out, _ = run("diff", VISION)
    assert code == 0
    assert out.startswith(
        "content/es/vision.md (source: content/fr/vision.md):\n\n#vision “Territorios de paz, donde"
        " se escucha a la gente” (line 6): nobody has accepted it yet.\n  now   Vision\n"
    )


def test_diff_of_a_current_page(run: Run) -> None:
    run("accept", VISION)
    assert run("diff", VISION) == (
        0,
        "content/es/vision.md (source: content/fr/vision.md): nothing is stale.\n\n",
        "",
    )


def test_export_and_import_give_the_page_back(run: Run, copy: Path) -> None:
    before = (copy / VISION).read_bytes()
    assert (
        run("export", "--to", "es", "--format", "po", VISION)[1]
        == "Wrote 1 file to exchange/. Back again: metropolis translation import FILE …\n"
    )
    code, out, _ = run("import", "exchange/vision.es.po")
    assert code == 0
    assert re.search(r"\d+ units were not final in the translation tool", out)
    assert "\ncontent/es/vision.md has these words already.\n" in out
    assert (copy / VISION).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("vision.es.po", [], ""),
        ("final_ES.po", [('"Language: es\\n"', '"X: y\\n"')], ""),
        ("vision-es-419.po", [('"Language: es\\n"', '"Language: \\n"')], ""),
        (
            "final.po",
            [('"Language: es\\n"', '"Language: fr\\n"')],
            "final.po:10:1: “fr” is the language of the source, not of a translation. Name one of them"
            " in the file (en, es), or in its name: vision.es.po.\n",
        ),
        (
            "final.po",
            [('"Language: es\\n"', '"Language: de\\n"')],
            "final.po:10:1: “de” is not a language of this site's pages. Name one of them in the file"
            " (en, es), or in its name: vision.es.po.",
        ),
        (
            "final.po",
            [('"Language: es\\n"', '"X: y\\n"')],
            "final.po:10:1: The file does not name a language of this site's pages. Name one of them"
            " in the file (en, es), or in its name: vision.es.po.",
        ),
        (
            "vision.en.po",
            [],
            "vision.en.po:10:1: The file says that its language is “es”, and its name “en”. Correct"
            " the one that is wrong: it decides which page is written.",
        ),
        (
            "vision.es.po",
            [("vision#", "visions#")],
            "vision.es.po:10:1: There is no page “visions”, which these units name. Export the page"
            " again. A unit's id is such as “vision#peace/3”: keep it.",
        ),
    ],
)
def test_the_page_of_a_returned_file(
    run: Run, copy: Path, name: str, changes: list[tuple[str, str]], words: str
) -> None:
    run("export", "--to", "es", "--format", "po", VISION)
    text = (copy / "exchange/vision.es.po").read_text("utf-8")
    for old, new in changes:
        text = text.replace(old, new)
    (copy / name).write_text(text, "utf-8")
    code, out, err = run("import", name)
    assert (code, err) == ((1, "Nothing was written.\n") if words else (0, ""))
    assert (words or "\ncontent/es/vision.md has these words already.\n") in out


def test_a_page_in_two_files_is_rejected(run: Run, copy: Path) -> None:
    run("export", "--to", "es", "--format", "po", VISION)
    run("export", "--to", "es", VISION)
    code, out, err = run("import", "exchange/vision.es.po", "exchange/vision.es.xlf", "no.po")
    assert (code, err) == (1, "Nothing was written.\n")
    assert (
        "exchange/vision.es.xlf: content/es/vision.md is also in another of these files. Import one"
        " of them."
    ) in out
    assert "no.po: The file cannot be read: no.po is missing." in out


def test_an_import_over_a_source_that_has_changed_is_refused(run: Run, copy: Path) -> None:
    run("export", "--to", "es", VISION)
    replace_in(copy / "content/fr/vision.md", "Cinq sujets, les", "Cinq thèmes, les")
    before = (copy / VISION).read_bytes()
    code, out, err = run("import", "exchange/vision.es.xlf")
    assert (code, err) == (1, "Nothing was written.\n")
    assert "guiding-themes" in out
    assert (copy / VISION).read_bytes() == before


@pytest.mark.parametrize("path", [VISION, "content/fr/vision.md"])
@pytest.mark.parametrize(
    "data", [b"<<<<<<< HEAD\n", "Título".encode("cp1252"), "x".encode("utf-16"), b"x" * 200_001]
)
def test_a_page_that_cannot_be_read_is_not_missing(
    run: Run, copy: Path, path: str, data: bytes
) -> None:
    """No command writes over it, leaves it behind, or says that there is none."""
    run("export", "--to", "es", VISION)
    (copy / path).write_bytes(data)
    before = {file: file.read_bytes() for file in (copy / "content").rglob("*.md")}
    for arguments in (
        ["export", "--to", "es", VISION],
        ["accept", VISION],
        ["diff", VISION],
        ["status", VISION],
    ):
        code, out, _ = run(*arguments)
        assert (code, out.count(f"{path}:")) == (arguments[0] != "status", 1), arguments
    refuse_all(run, path)
    assert {file: file.read_bytes() for file in (copy / "content").rglob("*.md")} == before


def test_a_page_that_is_a_link_is_not_missing(run: Run, copy: Path) -> None:
    run("export", "--to", "es", VISION)
    (copy / VISION).rename(copy / "vision.md")
    (copy / VISION).symlink_to("../../vision.md")
    refuse_all(run, VISION)
    assert (copy / VISION).is_symlink()


def refuse_all(run: Run, path: str) -> None:
    """The commands that work on pages that they choose name the one at `path`, and do nothing."""
    for arguments in (
        ["import", "exchange/vision.es.xlf"],
        ["export", "--to", "es"],
        ["move", "vision", "goals", "--yes"],
        ["start", "es"],
        ["status"],
    ):
        code, out, _ = run(*arguments)
        assert code == (arguments[0] != "status"), arguments
        assert f"{path}: " in out or f"{path}:1:" in out, arguments


def test_a_fourth_language(run: Run, copy: Path, capsys: Output) -> None:
    """One block in mkdocs.yml, then `start`: status counts it, and nothing is refused for it."""
    code, out, _ = run("start", "pt")
    assert code == 1
    block = out.split("\n\n", 1)[1].rstrip("\n")
    assert block == "        - locale: pt\n          name: Português\n          build: false"
    replace_in(copy / "mkdocs.yml", "  - macros:\n", f"{block}\n  - macros:\n")
    code, out, _ = run("start", "pt")
    assert code == 0
    assert out.startswith(
        "Wrote 27 pages to content/pt/, as copies of the source to be translated.\n"
    )
    _, out, _ = run("status")
    assert "pt  Portuguese (being translated, not published): pages: 27 missing; sections: " in out
    page = copy / "content/pt/mission.md"
    text = page.read_text("utf-8")
    paragraph = next(
        line for line in text.rpartition("---\n")[2].splitlines() if line and line[0].isalpha()
    )
    page.write_text(
        text.replace(paragraph, "Uma associação que serve as metrópoles do mundo inteiro."), "utf-8"
    )
    assert run("accept", "content/pt/mission.md", "--section", "mission")[0] == 0
    _, out, _ = run("status")
    assert (
        "pt  Portuguese (being translated, not published): pages: 1 stale, 26 missing; sections: 1"
        " current" in out
    )
    assert main(["check"]) == 0, capsys.readouterr().out


def test_a_fingerprint_without_its_line_is_accepted_like_any_other(run: Run, copy: Path) -> None:
    """The log is lost, the header stands: accept writes the lines again."""
    run("accept", VISION)
    log = copy / "language/accepted.es.tsv"
    log.unlink()
    assert "its fingerprint was typed by hand" in run("status", VISION)[1]
    assert run("accept", VISION)[0] == 0
    assert log.exists()
    assert run("status", VISION)[1].endswith("es  Spanish: pages: 1 current; sections: 9 current\n")
