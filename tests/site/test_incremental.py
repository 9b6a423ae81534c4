"""A build that takes over what has not changed gives, byte for byte, what a clean build gives: after any edits, in any
order.

`make test` makes every kind of edit once, in an order that hypothesis chooses, and compares after every few;
`make soak` (METROPOLIS_SOAK, the number of orders) goes on for hours.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

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
    swap(root, "macros/milestones.py", r'"kind": milestone\.kind.*,$', f'"kind": milestone.kind + " k{number}",')


def a_template(root: Path, number: int) -> None:
    with (root / "theme/partials/footer.html").open("a", encoding="utf-8") as file:
        file.write(f"<!-- {number} -->\n")


def a_component(root: Path, number: int) -> None:
    with (root / "theme/components/timeline.html").open("a", encoding="utf-8") as file:
        file.write(f"<!-- {number} -->\n")


def a_style(root: Path, number: int) -> None:
    with (root / "theme/styles/components.css").open("a", encoding="utf-8") as file:
        file.write(f".soak-{number} {{ color: red; }}\n")


def the_navigation(root: Path, number: int) -> None:
    swap(root, "mkdocs.yml", r"^( +- )(references|glossary)(\.md\n +- )(glossary|references)\.md", r"\1\4\3\2.md")


def the_configuration(root: Path, number: int) -> None:
    swap(root, "mkdocs.yml", r"^site_url: .*$", f"site_url: https://plan-{number}.example.org/")


def a_new_page(root: Path, number: int) -> None:
    if (root / "content/fr/soak.md").exists():
        return
    texts = {"fr": "Le plan se lit ici.", "en": "The plan is read here.", "es": "El plan se lee aquí."}
    for code, text in texts.items():
        title = f"{word(number)} {code}"
        (root / f"content/{code}/soak.md").write_text(
            f'---\ntitle: "{title}"\ndescription: "{text}"\n---\n\n# {title} {{ #soak }}\n\n{text}\n', "utf-8"
        )
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
    """Somebody mends a built page, throws one away, leaves a file of their own: in the site and in the one before."""
    for site in (root / "site", root / ".cache/site-before"):
        (site / "en/vision/index.html").write_text(f"<p>{number}</p>", "utf-8")
        (site / "es/vision/index.html").unlink()
        (site / f"en/notes-{number}.txt").write_text("Mine.", "utf-8")


def a_damaged_cache(root: Path, number: int) -> None:
    stores = [folder for folder in (root / ".cache").iterdir() if folder.is_dir() and folder.name != "site-before"]
    files = [file for store in sorted(stores) for file in sorted(store.iterdir())]
    assert len(files) > 100
    for file in files[number % 7 :: 7]:
        content = bytearray(file.read_bytes())
        content[number % len(content)] ^= 0xFF
        file.write_bytes(content)


EDITS: list[Edit] = [
    a_sentence, a_title, a_label, a_figure, a_string, a_macro, a_template, a_component, a_style, the_navigation,
    the_configuration, a_new_page, a_page_renamed, a_page_gone, a_member_more, a_value, a_translation_accepted,
    a_hand_in_the_site, a_damaged_cache,
]  # fmt: skip


def test_an_incremental_build_is_a_clean_build(
    own_project: Path, tmp_path: Path, run: Callable[..., str], files_of: Callable[[Path], dict[str, bytes]]
) -> None:
    clean = tmp_path / "clean"
    counter = iter(range(1, 1_000_000))
    rendered = re.compile(r"Rendering (\d+) of \d+ pages")

    def build(root: Path) -> int:
        told = run("metropolis.cli", root, "build")
        found = rendered.search(told)
        assert found, told
        return int(found[1])

    def built(folder: str, names: list[str]) -> set[str]:
        return {"site", ".cache"} if Path(folder) == own_project else set()

    def compare(edits: list[Edit]) -> None:
        for edit in edits:
            edit(own_project, next(counter))
        build(own_project)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(own_project, clean, ignore=built)
        # What the checks of wording remember is in no page, and takes longest to find anew.
        (clean / ".cache").mkdir()
        shutil.copy(own_project / ".cache/wording.json", clean / ".cache")
        build(clean)
        found, expected = files_of(own_project / "site"), files_of(clean / "site")
        shutil.rmtree(clean)
        names = [edit.__name__ for edit in edits]
        assert sorted(found) == sorted(expected), names
        assert [path for path in found if found[path] != expected[path]] == [], names

    assert build(own_project) > 100
    a_sentence(own_project, 0)
    assert build(own_project) == 1
    assert build(own_project) == 0

    @settings(
        max_examples=SOAK or 1,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(order=st.permutations(EDITS))
    def any_order(order: list[Edit]) -> None:
        step = 1 if SOAK else 7
        for first in range(0, len(order), step):
            compare(order[first : first + step])

    any_order()
