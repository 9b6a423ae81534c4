"""A build that takes over what has not changed gives, byte for byte, what a clean build gives:
after any edits, in any order.

`make test` makes every kind of edit once, in an order that hypothesis chooses, and compares after
every few; `make soak` (METROPOLIS_SOAK, the number of orders) goes on for hours."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from metropolis.language.dictionaries import dictionary_name

from .conftest import read_files, said_by, start_program

SOAK = int(os.environ.get("METROPOLIS_SOAK", "0"))
Edit = Callable[[Path, int], None]


def swap(root: Path, path: str, old: str, new: str) -> None:
    """Replaces the first `old` (an expression) in a file."""
    file = root / path
    text, count = re.subn(old, new, file.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, f"{path} has no {old}"
    file.write_text(text, "utf-8")


def word(number: int) -> str:
    """A word that stands nowhere else; a figure would have to stand in each language."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).capitalize()


def each(root: Path, name: str) -> list[Path]:
    return [root / "content" / code / name for code in ("fr", "en", "es")]


def a_sentence(root: Path, number: int) -> None:
    with (root / "content/es/vision.md").open("a", encoding="utf-8") as file:
        file.write(f"\nEl plan {word(number)} sigue.\n")


def a_title(root: Path, number: int) -> None:
    swap(root, "content/en/mission.md", '^title: ".*"$', f'title: "Mission {word(number)}"')


def a_label(root: Path, number: int) -> None:
    swap(root, "data/members.yml", r'en: "Berlin[^"]*"', f'en: "Berlin {word(number)}"')


def a_figure(root: Path, number: int) -> None:
    swap(root, "data/key-figures.yml", r"^  value: [0-9]+$", f"  value: {600 + number}")


def a_string(root: Path, number: int) -> None:
    swap(root, "data/strings.yml", r'^(search: \{fr: ")[^"]*"', rf'\g<1>Rechercher {word(number)}"')


def a_macro(root: Path, number: int) -> None:
    new = f'"kind": milestone.kind + " k{number}",'
    swap(root, "macros/milestones.py", r'"kind": milestone\.kind.*,$', new)


def a_template(root: Path, number: int) -> None:
    with (root / "theme/partials/footer.html").open("a", encoding="utf-8") as file:
        file.write("\n" * number)


def a_component(root: Path, number: int) -> None:
    with (root / "theme/components/timeline.html").open("a", encoding="utf-8") as file:
        file.write("\n" * number)


def a_card(root: Path, number: int) -> None:
    """A component that translated sections show: their status stays as it is."""
    swap(root, "theme/components/result-kinds.html", r"\A", "\n" * number)
    swap(root, "theme/components/result-kinds.html", "</p>", " •</p>")


def an_image(root: Path, number: int) -> None:
    """One comes, or is replaced by another of the same name."""
    for code, words in {"fr": "Une carte", "en": "A map", "es": "Un mapa"}.items():
        (root / f"content/{code}/images").mkdir(exist_ok=True)
        image = Image.new("RGB", (4, 4), (number % 256, 20, 45))
        image.save(root / f"content/{code}/images/soak.png")
        page = root / f"content/{code}/vision.md"
        text = page.read_text("utf-8")
        if "soak.png" not in text:
            page.write_text(f"{text}\n![{words}](images/soak.png)\n", "utf-8")


def a_font(root: Path, number: int) -> None:
    """Share pictures are drawn with the book's fonts, pages name the site's."""
    fonts = root / "theme/fonts"
    one, other = (fonts / f"book/ibm-plex-sans-{weight}.ttf" for weight in ("regular", "bold"))
    regular = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(regular)
    font = TTFont(fonts / "metropolis-sans.woff2", recalcTimestamp=False)
    font["name"].setName(f"Version {number}", 5, 3, 1, 0x409)
    font.save(fonts / "metropolis-sans.woff2")


def a_language_drafted(root: Path, number: int) -> None:
    if "build: false" not in (root / "mkdocs.yml").read_text("utf-8"):
        swap(root, "mkdocs.yml", "^( +)name: Español\n", r"\g<0>\1build: false\n")


def a_language_published(root: Path, number: int) -> None:
    if "build: false" in (root / "mkdocs.yml").read_text("utf-8"):
        swap(root, "mkdocs.yml", "^ +build: false\n", "")


def a_dictionary(root: Path, number: int) -> None:
    """A word of the vision is no longer known: advice, on no page."""
    word = ("plan", "vision", "mission")[number % 3]
    excepted = root.parent / f"dictionaries/{dictionary_name('fr')}.exc"
    excepted.write_text(f"{word}\n", "utf-8")


def a_style(root: Path, number: int) -> None:
    with (root / "theme/styles/components.css").open("a", encoding="utf-8") as file:
        file.write(f".soak-{number} {{ color: red; }}\n")


def the_navigation(root: Path, number: int) -> None:
    two = r"^( +- )(references|glossary)(\.md\n +- )(glossary|references)\.md"
    swap(root, "mkdocs.yml", two, r"\1\4\3\2.md")


def the_configuration(root: Path, number: int) -> None:
    swap(root, "mkdocs.yml", r"^site_url: .*$", f"site_url: https://plan-{number}.example.org/")


def a_new_page(root: Path, number: int) -> None:
    if (root / "content/fr/soak.md").exists():
        return
    texts = ("Le plan se lit ici.", "The plan is read here.", "El plan se lee aquí.")
    for code, text in zip(("fr", "en", "es"), texts, strict=True):
        title = f"{word(number)} {code}"
        header = f'---\ntitle: "{title}"\ndescription: "{text}"\n---\n'
        body = f"\n# {title} {{ #soak }}\n\n{text}\n"
        (root / f"content/{code}/soak.md").write_text(header + body, "utf-8")
    swap(root, "mkdocs.yml", r"^( +- )about\.md$", r"\1about.md\n\1soak.md")


def a_page_gone(root: Path, number: int) -> None:
    if (root / "content/fr/soak.md").exists():
        for file in each(root, "soak.md"):
            file.unlink()
        swap(root, "mkdocs.yml", r"^ +- soak\.md\n", "")


def a_page_renamed(root: Path, number: int) -> None:
    a_page_gone(root, number)
    a_new_page(root, number + 1)


def a_member_more(root: Path, number: int) -> None:
    file = root / "data/members.yml"
    record = re.search(r"(?ms)^- id: berlin\n.*?(?=^- id: |\Z)", file.read_text("utf-8"))
    assert record
    with file.open("a", encoding="utf-8") as out:
        out.write("\n" + record[0].replace("id: berlin", f"id: soak-{number}").rstrip() + "\n")


def a_value(root: Path, number: int) -> None:
    (root / "data/observations").mkdir(exist_ok=True)
    (root / "data/observations/soak.csv").write_text(
        "place,indicator,year,value,unit,sex,source\n"
        f"berlin,air-quality,2019,{number}.5,micrograms-per-m3,total,plan-2021-2023\n"
    )


def a_translation_accepted(root: Path, number: int) -> None:
    """A current translation is stale, then is current again, with its notice."""
    swap(root, "content/fr/mission.md", r"^(# .*\n\n)", rf"\1Le plan {word(number)} continue. ")


def a_hand_in_the_site(root: Path, number: int) -> None:
    """Somebody edits a built page, throws one away, leaves a file of their own: in the site and in
    the one before."""
    for site in (root / "site", root / ".cache/site-before"):
        (site / "en/vision/index.html").write_text(f"<p>{number}</p>", "utf-8")
        (site / "es/vision/index.html").unlink(missing_ok=True)  # Spanish may be a draft
        (site / f"en/notes-{number}.txt").write_text("Mine.", "utf-8")


def a_damaged_cache(root: Path, number: int) -> None:
    folders = (folder for folder in sorted((root / ".cache").iterdir()) if folder.is_dir())
    stores = [folder for folder in folders if folder.name != "site-before"]
    files = [file for store in stores for file in sorted(store.iterdir())]
    assert len(files) > 100
    for file in files[number % 7 :: 7]:
        content = bytearray(file.read_bytes())
        content[number % len(content)] ^= 0xFF
        file.write_bytes(content)


EDITS: list[Edit] = [
    a_sentence, a_title, a_label, a_figure, a_string, a_macro, a_template, a_component, a_style, the_navigation,
    the_configuration, a_new_page, a_page_renamed, a_page_gone, a_member_more, a_value, a_translation_accepted,
    a_hand_in_the_site, a_damaged_cache, a_card, an_image, an_image, a_font, a_language_drafted, a_language_published,
    a_dictionary,
]  # fmt: skip


@pytest.mark.long
def test_an_incremental_build_is_a_clean_build(
    built_project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clean = tmp_path / "clean"
    counter = iter(range(1, 1_000_000))
    rendered = re.compile(r"Rendering (\d+) of \d+ pages")
    (tmp_path / "dictionaries").mkdir()
    monkeypatch.setenv("ENCHANT_CONFIG_DIR", str(tmp_path / "dictionaries"))

    def build(root: Path) -> tuple[int, str]:
        """(pages rendered, advice)"""
        said = said_by(start_program("metropolis.cli", root, "build"))
        found = rendered.search(said)
        assert found, said
        advice = [line for line in said.splitlines() if not line.startswith("[")]
        return int(found[1]), "\n".join(advice)

    def built(folder: str, names: list[str]) -> set[str]:
        return {"site", ".cache"} if Path(folder) == built_project else set()

    def compare(edits: list[Edit]) -> None:
        for edit in edits:
            edit(built_project, next(counter))
        _, advice = build(built_project)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(built_project, clean, ignore=built)
        _, expected_advice = build(clean)
        found, expected = read_files(built_project / "site"), read_files(clean / "site")
        shutil.rmtree(clean)
        names = [edit.__name__ for edit in edits]
        assert advice == expected_advice, names
        assert sorted(found) == sorted(expected), names
        assert [path for path in found if found[path] != expected[path]] == [], names

    a_sentence(built_project, 0)
    assert build(built_project)[0] == 1
    assert build(built_project)[0] == 0

    @settings(
        max_examples=SOAK or 1,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(order=st.permutations(EDITS))
    def any_order(order: list[Edit]) -> None:
        step = 1 if SOAK else 9
        for first in range(0, len(order), step):
            compare(order[first : first + step])

    any_order()
