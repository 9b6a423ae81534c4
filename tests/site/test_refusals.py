"""Bad input gets its plain line and exit code 1, and the old site is left as it was. One test for
each kind.

The project's real content is broken in one place at a time; `metropolis build` is run as a user
runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from metropolis.cli import main

OLD = "the last good site"


def add(text: str) -> object:
    """A change that adds `text` at a file's end."""
    return lambda content: content + text


def swap(old: str, new: str) -> object:
    """A change that replaces the first `old`."""

    def change(content: str) -> str:
        assert old in content
        return content.replace(old, new, 1)

    return change


VISION = "content/fr/vision.md"
CASES = {
    "duplicate key in data": (
        "data/units.yml",
        add('- id: days\n  id: day\n  name: {fr: "j", en: "d", es: "d"}\n  symbol: {fr: "j", en: "d", es: "d"}\n'),
        "“id” occurs twice in the same record"),
    "number with a percent sign": (
        "data/indicators.yml", swap("value: 53", 'value: "53%"'),
        '"53%" is text, not a number. Write 53 and put the % in the unit.'),
    "missing Spanish label": (
        "data/units.yml", swap(', es: "%"}', "}"),
        'The Spanish text is missing. (Found: French, English.) Add “es: "…"”.'),
    "member that does not exist": (
        "data/milestones.yml", swap("[montreal]", "[montral]"),
        "There is no member “montral” in data/members.yml. Did you mean “montreal”?"),
    "page of a figure that does not exist": (
        "data/key-figures.yml", swap("page: initiatives/", "page: initiative/"),
        "data/key-figures.yml:13:9: There is no page “initiative/”. Did you mean “initiatives”?"),
    "section of a figure that does not exist": (
        "data/key-figures.yml", swap("#reach", "#rech"),
        "The page “initiatives/” has no section “#rech”. Did you mean “reach”?"),
    "latitude out of range": (
        "data/members.yml", swap("latitude: ", "latitude: 9"),
        "The latitude must be between -90 (South Pole) and 90 (North Pole)"),
    "YAML syntax": ("data/units.yml", add("- id: 'L'eau'\n"), "data/units.yml:"),
    "misspelt macro": ("content/es/vision.md", add('\n{{ membre("barcelone") }}\n'), "member"),
    "wrong id": ("content/en/vision.md", add('\n{{ member("barcelona") }}\n'), "barcelone"),
    "program in a page": (
        VISION, add("\n{{ cycler.__init__.__globals__.os.popen('id').read() }}\n"), "Only a ready-made block such as"),
    "script in a page": (VISION, add("\n<script>alert(1)</script>\n"), "<script>"),
    "broken link": (VISION, add("\n[ailleurs](nowhere.md)\n"), "nowhere.md"),
    "heading without an anchor": (VISION, add("\n## Sans ancre\n"), f"{VISION}:"),
    "title without quotes": (
        VISION, lambda content: content.replace('title: "', "title: Bilan: ", 1).replace('"\n', "\n", 1), f"{VISION}:2:"),
    "unknown key in a header": (VISION, swap("title:", "template: x.html\ntitle:"), "template"),
    "a configuration that MkDocs refuses": (
        "mkdocs.yml", add("remote_branch: [main]\n"), 'mkdocs.yml: MkDocs refuses "remote_branch": Expected type: '),
    "a configuration that MkDocs does not know": (
        "mkdocs.yml", add("remote_brnch: main\n"),
        'mkdocs.yml: MkDocs refuses "remote_brnch": Unrecognised configuration name: remote_brnch.'
        " Correct it in mkdocs.yml.\n\n1 error in 1 file.\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_refused_with_its_line_and_the_old_site_stays(
    project_copy: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path, change, expected = CASES[name]
    (project_copy / "site").mkdir()
    (project_copy / "site/index.html").write_text(OLD)
    file = project_copy / path
    file.write_text(change(file.read_text("utf-8")), "utf-8")

    code = main(["--project", str(project_copy), "build"])

    out, steps = capsys.readouterr()
    assert code == 1
    assert "Rendering" not in steps
    assert expected in out
    assert path in out
    assert "Traceback" not in out
    assert (project_copy / "site/index.html").read_text() == OLD
    assert list(project_copy.glob(".site-*")) == []


def test_a_page_that_is_no_text_and_a_link_to_nothing_are_refused(
    project_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (project_copy / "content/fr/vision.md").open("ab") as file:
        file.write(b"\xff\xfe")
    assert main(["--project", str(project_copy), "build"]) == 1
    assert "content/fr/vision.md:" in capsys.readouterr().out
    for locale in ("fr", "en", "es"):
        page = project_copy / f"content/{locale}/vision.md"
        page.unlink()
        page.symlink_to("nowhere.md")
    assert main(["--project", str(project_copy), "build"]) == 1
    assert "content/es/vision.md" in capsys.readouterr().out


def test_missing_page_is_refused(project_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project_copy / "content/es/glossary.md").unlink()
    assert main(["--project", str(project_copy), "check"]) == 1
    assert "glossary" in capsys.readouterr().out


def test_check_asks_mkdocs_too(project_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a file that it has accepted once, it is not asked again."""
    file = project_copy / "mkdocs.yml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("  - macros:", "  - macro:"), "utf-8")
    assert main(["--project", str(project_copy), "check"]) == 1
    assert capsys.readouterr().out == (
        'mkdocs.yml: MkDocs refuses "plugins": The "macro" plugin is not installed. Correct it in'
        " mkdocs.yml.\n\n1 error in 1 file.\n"
    )


def test_symlink_under_content_is_refused(
    project_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for locale in ("fr", "en", "es"):
        (project_copy / f"content/{locale}/secret.md").symlink_to("/etc/hostname")
    assert main(["--project", str(project_copy), "check"]) == 1
    assert "content/fr/secret.md" in capsys.readouterr().out


def test_all_problems_are_reported_at_once(
    project_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for locale in ("fr", "en", "es"):
        page = project_copy / f"content/{locale}/vision.md"
        page.write_text(page.read_text("utf-8") + '\n{{ nope() }}\n\n{{ member("x") }}\n', "utf-8")
    assert main(["--project", str(project_copy), "check"]) == 1
    out = capsys.readouterr().out
    assert all(out.count(f"content/{locale}/vision.md:") >= 2 for locale in ("fr", "en", "es"))


def test_outside_a_project_the_use_is_wrong(tmp_path: Path) -> None:
    assert main(["--project", str(tmp_path), "check"]) == 2
