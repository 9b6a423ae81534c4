"""One slip is one problem: at the head of a page not one for each line or section below it, nor one
for each link that leads there; in a call not one for each translation, nor for each sign in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from metropolis.builder.gate import prepare


def _swap(right: str, wrong: str, text: str) -> str:
    assert right in text
    return text.replace(right, wrong, 1)


_IN_BRACES = '{ summary("themes", "sustainability") }'
EN, FR = "content/en/vision.md", "content/fr/vision.md"
SLIPS: dict[str, tuple[str, Callable[[str], str]]] = {
    "its first line is gone": (EN, lambda text: text.removeprefix("---\n")),
    "a dash of a word processor": (EN, lambda text: text.replace("---\n", "—\n", 1)),
    "its last line has two dashes": (EN, lambda text: text.replace("\n---\n", "\n--\n", 1)),
    "an empty line above it": (EN, lambda text: f"\n{text}"),
    "a colon in the title": (EN, lambda text: text.replace('"Vision"', "Vision: two", 1)),
    "a key with a capital": (EN, lambda text: text.replace("title:", "Title:", 1)),
    "a description as long as a page": (
        EN,
        lambda text: text.replace("The vision", "a " * 2_000, 1),
    ),
    "the source's title without quotes": (FR, lambda text: text.replace('"', "", 1)),
    "no text below it": (EN, lambda text: text[: text.index("# ")]),
    "an empty page": (EN, lambda _: ""),
    "spaces alone": (EN, lambda _: " \n\n"),
    **{
        f"{name}, {path}": (path, partial(_swap, right, wrong))
        for path in (EN, FR)
        for name, right, wrong in (
            ("a macro misspelt", "{{ summary(", "{{ sumary("),
            ("an id misspelt", '"sustainability"', '"sustainabilty"'),
            ("a list misspelt", '"themes", "sust', '"theme", "sust'),
            ("an argument lost", '"themes", "sustainability"', '"themes"'),
            ("an argument too many", '"sustainability")', '"sustainability", "one")'),
            ("a number for a text", '"sustainability")', "3)"),
            ("quotation marks lost", '"sustainability"', "sustainability"),
            ("one quotation mark lost", '"sustainability"', '"sustainability'),
            ("a closing brace lost", '"sustainability") }}', '"sustainability") }'),
            ("both closing braces lost", '"sustainability") }}', '"sustainability")'),
            ("an opening brace lost", '{{ summary("themes", "sust', '{ summary("themes", "sust'),
            ("a bracket lost", '"sustainability") }}', '"sustainability" }}'),
            ("braces apart", '{{ summary("themes"', '{ { summary("themes"'),
            ("the signs of a statement", '"sustainability") }}', '"sustainability") %}'),
            ("single braces", '{{ summary("themes", "sustainability") }}', _IN_BRACES),
            ("three braces", '{{ summary("themes", "sustainability") }}', f"{{{{{_IN_BRACES}}}}}"),
            ("brackets", '{{ summary("themes", "sustainability") }}', f"[[{_IN_BRACES[1:-1]}]]"),
            (
                "signs of ERB",
                '{{ summary("themes", "sustainability") }}',
                f"<%{_IN_BRACES[1:-1]}%>",
            ),
            ("an unknown term", 'term("guiding-theme"', 'term("guiding-them"'),
        )
    },
}

_ES = "content/es/vision.md"
_FOREIGN = "Una frase. Les villes du monde entier travaillent ensemble. Otra frase."


def _keep_source_as_translation(root: Path) -> None:
    header, _ = _parts((root / _ES).read_text("utf-8"))
    (root / _ES).write_text(header + _parts((root / FR).read_text("utf-8"))[1], "utf-8")


def _parts(text: str) -> tuple[str, str]:
    """The header of a page, and the rest."""
    end = text.index("\n---\n") + len("\n---\n")
    return text[:end], text[end:]


def _add_foreign_sentence(root: Path) -> None:
    text = (root / _ES).read_text("utf-8")
    (root / _ES).write_text(text.replace("Cinco asuntos", f"{_FOREIGN} Cinco asuntos"), "utf-8")


PAGES: dict[str, Callable[[Path], None]] = {
    "no page in a language": lambda root: (root / _ES).unlink(),
    "a page in the source's language": _keep_source_as_translation,
    "a sentence of another language": _add_foreign_sentence,
}


@pytest.mark.parametrize("change", PAGES)
def test_a_page_is_one_problem(module_copy: Path, change: str) -> None:
    text = (module_copy / _ES).read_text("utf-8")
    PAGES[change](module_copy)
    _, problems = prepare(module_copy)
    (module_copy / _ES).write_text(text, "utf-8")
    assert [problem.path for problem in problems] == [_ES]


_HEADING = re.compile(r"(?m)^##+ ([^\n]*) \{ #([a-z-]+) \}\n\n")
_PARAGRAPH = re.compile(r"(?<=\n\n)(?![#\-*|>\d{<!\[])[^\n]{80,}\n\n")
_ITEM = re.compile(r"(?m)^- [^\n]*\n")
_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
_SECTION = re.compile(r"(?ms)^##+ [^\n]* \{ #[a-z-]+ \}\n\n.*?(?=^##)")
# What is found in a page, which one of them, and what is written instead.
STRUCTURE: dict[str, tuple[re.Pattern[str], int, str]] = {
    "a heading lost": (_HEADING, 1, ""),
    "a heading lower": (_HEADING, 1, r"#\g<0>"),
    "an anchor lost": (_HEADING, 1, r"## \g<1>\n\n"),
    "an anchor misspelt": (_HEADING, 1, r"## \g<1> { #\g<2>x }\n\n"),
    "a section lost": (_SECTION, 1, ""),
    "a heading in bold": (_HEADING, 1, r"**\g<1>**\n\n"),
    "a paragraph lost": (_PARAGRAPH, 1, ""),
    "a paragraph twice": (_PARAGRAPH, 1, r"\g<0>\g<0>"),
    "an item lost": (_ITEM, 1, ""),
    "an item twice": (_ITEM, 1, r"\g<0>\g<0>"),
    "a link lost": (_LINK, 0, r"\g<1>"),
    "a link elsewhere": (_LINK, 0, r"[\g<1>](accessibility.md)"),
    "a link to no page": (_LINK, 0, r"[\g<1>](nowhere.md)"),
    "a link to no file": (_LINK, 0, r"[\g<1>](nowhere.nd)"),
    "a bracket lost": (_LINK, 0, r"\g<1>](\g<2>)"),
    "a parenthesis lost": (_LINK, 0, r"[\g<1>](\g<2>"),
    "a space in a link": (_LINK, 0, r"[\g<1>] (\g<2>)"),
}

# Of these, the source itself has a report, and its translations have none.
OF_ITS_OWN = {
    "an anchor lost",
    "a paragraph twice",
    "a link to no page",
    "a link to no file",
    "a bracket lost",
    "a parenthesis lost",
    "a space in a link",
}


def _places(root: Path, path: str, slip: str) -> list[re.Match[str]]:
    """Where the slip may be made in a page, from the one that its table names on."""
    form, number, _ = STRUCTURE[slip]
    return list(form.finditer((root / path).read_text("utf-8")))[number:]


@pytest.mark.parametrize(
    ("path", "slip"),
    [
        (path, slip)
        for name in ("metropolitan-era", "mission", "governance", "milestones")
        for path in (f"content/en/{name}.md", f"content/fr/{name}.md")
        for slip in STRUCTURE
        if _places(Path(__file__).parents[2], path, slip)
    ],
)
def test_a_slip_of_structure_is_one_problem(module_copy: Path, path: str, slip: str) -> None:
    """For the source, one for each translation that differs now, and one for itself."""
    file, instead = module_copy / path, STRUCTURE[slip][2]
    text = file.read_text("utf-8")
    found = _places(module_copy, path, slip)[0]
    file.write_text(text[: found.start()] + found.expand(instead) + text[found.end() :], "utf-8")
    _, problems = prepare(module_copy)
    file.write_text(text, "utf-8")
    # A section of the source that has changed makes its translations stale, too.
    paths = [one.path for one in problems if one.kind != "translation" or one.severity == "error"]
    assert sorted(paths) == sorted(set(paths))
    assert paths == [path] if "/en/" in path or slip in OF_ITS_OWN else paths


def test_a_skipped_level_of_the_source_is_one_problem(module_copy: Path) -> None:
    path = "content/fr/mission.md"
    text = (module_copy / path).read_text("utf-8")
    (module_copy / path).write_text(text.replace("\n## ", "\n### ", 1), "utf-8")
    _, problems = prepare(module_copy)
    (module_copy / path).write_text(text, "utf-8")
    assert [problem.path for problem in problems if problem.severity == "error"] == [path]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_one_problem(module_copy: Path, slip: str) -> None:
    path, change = SLIPS[slip]
    text = (module_copy / path).read_text("utf-8")
    (module_copy / path).write_text(change(text), "utf-8")
    _, problems = prepare(module_copy)
    (module_copy / path).write_text(text, "utf-8")
    assert [problem.path for problem in problems] == [path]
    assert problems[0].severity == "error"


# A page in Spanish, how a sentence of it begins, and the one kind of problem if it is lost.
SENTENCES = {
    "one": ("vision", "En esa visión caben", "parity"),
    "one with a term": ("gender-mainstreaming", "Lleva a cabo, además", "term"),
    "one with a link": ("about", "Los textos de este sitio también", "parity"),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_a_lost_sentence_is_one_problem(module_copy: Path, case: str) -> None:
    name, beginning, kind = SENTENCES[case]
    path = module_copy / f"content/es/{name}.md"
    text = path.read_text("utf-8")
    changed, number = re.subn(rf"(?m)(?: |^){beginning}[^.\n]*(?:\.md[^.\n]*)?\.", "", text)
    assert number == 1
    path.write_text(changed, "utf-8")
    _, problems = prepare(module_copy)
    path.write_text(text, "utf-8")
    assert [problem.kind for problem in problems] == [kind]


def test_a_missing_home_page_is_told_once_beside_what_names_it(module_copy: Path) -> None:
    path = module_copy / "content/fr/index.md"
    text = path.read_text("utf-8")
    path.unlink()
    _, problems = prepare(module_copy)
    path.write_text(text, "utf-8")
    assert [str(one) for one in problems if one.path.startswith("content/")][:1] == [
        "content/fr/index.md: The home page is missing: the site begins there. Write it."
    ]
    assert not [one for one in problems if "orphan" in one.what]


_LOG = "language/accepted.es.tsv"
LOST: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "the folder of a translation": ("content/es", shutil.rmtree, "content/es"),
    "the log of acceptances": (_LOG, Path.unlink, _LOG),
    "the log, with spaces for tabs": (
        _LOG,
        lambda log: _write(log, lambda text: text.replace("\t", "    ")),
        _LOG,
    ),
    "the log, in the encoding of old Windows": (
        _LOG,
        lambda log: log.write_bytes(log.read_text("utf-8").encode("utf-16")) and None,
        _LOG,
    ),
}


def _write(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text("utf-8")), "utf-8")


@pytest.mark.parametrize("what", LOST)
def test_what_is_lost_as_a_whole_is_one_problem(module_copy: Path, what: str) -> None:
    path, lose, reported = LOST[what]
    kept = module_copy / "kept"
    (shutil.copytree if (module_copy / path).is_dir() else shutil.copy)(module_copy / path, kept)
    lose(module_copy / path)
    _, problems = prepare(module_copy)
    (module_copy / path).unlink(missing_ok=True) if kept.is_file() else None
    shutil.move(kept, module_copy / path)
    assert [one.path for one in problems] == [reported]


def test_a_misspelt_code_of_a_language_is_one_problem(module_copy: Path) -> None:
    path = module_copy / "mkdocs.yml"
    text = path.read_text("utf-8")
    path.write_text(_swap("locale: es", "locale: sp", text), "utf-8")
    _, problems = prepare(module_copy)
    path.write_text(text, "utf-8")
    what = (
        "mkdocs.yml: No text of data/ is in the language “sp”. Correct its code, or begin it with:"
    )
    assert list(map(str, problems)) == [f"{what} metropolis translation start sp"]
