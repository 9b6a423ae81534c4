"""The whole site twice: once with a text full of every syntax in the place of each label, once with
plain words of the same shape. What differs between the two, beside these texts themselves, is a
text that became markup.

Built below the gate: the data's own checks, the pages' and the inspection's are other tests'
matter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from small_project import copy_small_project

from metropolis.builder.books import built_pages, make_press
from metropolis.builder.finishing import finish
from metropolis.builder.gate import Prepared, as_prepared
from metropolis.builder.inventory import Inventory
from metropolis.builder.page_maker import make_pages
from metropolis.builder.render_context import render_context
from metropolis.data.fields import Label
from metropolis.data.records import KINDS, Records
from metropolis.inputs import Known
from metropolis.language.collation import folded
from metropolis.opendata.package import make_package
from metropolis.pdf.printing import Order
from metropolis.release.provenance import read_release
from metropolis.report import listing
from metropolis.site.framing import FrameMaker
from metropolis.translation.workbench import open_workbench
from metropolis.web.output import Output
from metropolis.web.social_cards import Pictures

_ROOT = Path(__file__).parents[2]
HOSTILE = (
    "<b onclick=\"x\" id='y'>&amp;&#60;&lt;&copy</b> [a](https://evil.example/){ #l .m onclick=n }"
    " ![j](k) *b* **c** _d_ `e` ~~f~~ ==g== ^^h^^ ++i++ [^1] *[HTML]: x {{ o }} {% p %} {# q #} ]]>"
    " --> <!-- --!> </script></style></title></textarea> <svg/onload=a()> \\ \\* \\n %s | r | s:t"
    " :smile: --8<-- <u@v.org> https://w.org/ [TOC]\n\n# v { #main }\n- w\n1. x\n> y\n: z\n!!! n\n "
    "   code\n///Footnotes Go Here///"
)
_SIGN = re.compile(r"[^\w\s]")
_NUMBER = re.compile(r"[KS]\d{4} |(?P<folded>k\d{4} )")
# Fields of records that hold a text in no language.
_BARE = {"name", "government", "licence"}


def hostile(number: str) -> str:
    """The canary: "K0001" in a label, "S0001" in an interface text, whose own blanks are filled.

    The number comes first, so that both sites have the same alphabetical orders.
    """
    return f"{number} {HOSTILE} {'{name} {n}' if number[0] == 'K' else ''}Z"


def plain(number: str) -> str:
    """Words of the same shape: each sign is a letter."""
    return _SIGN.sub("x", hostile(number))


def html(text: str) -> str:
    """Between tags and in quotes."""
    return escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def in_json(text: str) -> str:
    """Within a string of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def script(text: str) -> str:
    """A string of JSON within a script."""
    return in_json(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@dataclass(frozen=True)
class Site:
    """One of the two. `books` are orders of the whole book; `data` the open data, `pack` a small
    book's order, `pictures` the titles that share pictures show, in the order of their pages."""

    prepared: Prepared
    text: Callable[[str], str]
    folder: Path
    data: dict[str, bytes]
    books: list[Order]
    pack: Order
    pictures: list[str]

    @cached_property
    def pages(self) -> dict[str, str]:
        """Every page, by its path."""
        return {
            file.relative_to(self.folder).as_posix(): file.read_text("utf-8")
            for file in self.folder.rglob("*.html")
        }

    def sift(self, content: str, write: Callable[[str], str] = str) -> str:
        """`content` with a sign in the place of each text that stands there letter for letter, as
        `write` writes it."""
        found, at = [], 0
        while match := _NUMBER.search(content, at):
            text = self.text(match[0].strip().upper())
            written = write(folded(text) if match["folded"] else text)
            is_whole = content.startswith(written, match.start())
            found += [
                content[at : match.start()],
                f"⟦{match[0].strip()}⟧" if is_whole else match[0],
            ]
            at = match.start() + len(written) if is_whole else match.end()
        return "".join([*found, content[at:]])

    def sift_page(self, page: str) -> str:
        """The same for HTML with JSON in it, in scripts and in attributes."""
        sifted = self.sift(self.sift(page, html), script)
        return self.sift(sifted, lambda text: html(in_json(text)))

    def sift_nodes(self, nodes: str) -> str:
        """The same for what a parser reads of a page: attributes may hold JSON."""
        return self.sift(self.sift(nodes), in_json)


def with_texts(records: Records, text: Callable[[str], str]) -> tuple[Records, int]:
    """The records with a numbered text in the place of each label, and how many there are."""
    numbers = count(1)

    def label(before: Label, letter: str = "K", blanks: str = "") -> Label:
        root = {
            code: f"{text(f'{letter}{next(numbers):04d}')}{blanks}" for code, _ in before.items()
        }
        return Label.model_construct(root=root)

    def changed(value: Any, name: str = "") -> Any:
        if isinstance(value, Label):
            return label(value)
        if isinstance(value, tuple):
            return tuple(changed(one) for one in value)
        if hasattr(value, "model_fields_set"):
            update = {key: changed(one, key) for key, one in value if one is not None}
            return value.model_copy(update=update)
        return text(f"K{next(numbers):04d}") if name in _BARE and isinstance(value, str) else value

    kinds = {
        kind: {id: changed(record) for id, record in getattr(records, kind).items()}
        for kind in (name.replace("-", "_") for name in KINDS)
    }
    strings = {
        key: label(one, "S", "".join(f" {blank}" for blank in re.findall(r"\{[a-z]+\}", one["fr"])))
        for key, one in records.strings.items()
    }
    return replace(records, **kinds, strings=strings), next(numbers) - 1


PACK = (
    "vision",
    "references",
    "action-plan/line-1",
    "indicators/air-quality",
    "indicators/poverty",
    "members/barcelone",
)


def build(root: Path, text: Callable[[str], str]) -> Site:
    """Every stage of a build, from the records on."""
    workbench, problems = open_workbench(root)
    assert workbench, listing(problems)
    records, _ = with_texts(workbench.records, text)
    prepared = as_prepared(replace(workbench, known=Known(text.__name__, records)))
    release, shared = read_release(root), render_context(root, prepared)
    output = Output(root / "site")
    made = make_pages(output, shared, Inventory(), lambda: True, lambda _: None)
    assert made
    assert made.problems == [], listing(made.problems)
    frames = FrameMaker(shared)
    frames.titles = made.titles
    data = make_package(prepared.project, records, release)
    finish(output, prepared, frames, data)
    maker = make_press(root, prepared, built_pages(output, prepared.project))
    book = next(one for one in records.editions.values() if one.parts)
    pack = book.model_copy(update={"id": "pack", "parts": (), "pages": PACK})
    locales = prepared.project.locales
    pictures = [f"{one.path}: {one.title}" for note in made.notes.values() if (one := note.picture)]
    books, packs = maker.orders(book, locales), maker.orders(pack, locales[1:2])
    return Site(prepared, text, root / "site", data, books, packs[0], pictures)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Site]]:
    """The hostile site and the plain one, with every kind of page and a few members."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pictures, "write", lambda *_: None)  # their words are read in test_pictures
        folders = {text: tmp_path_factory.mktemp(text.__name__) for text in (hostile, plain)}
        for folder in folders.values():
            copy_small_project(folder)
            (folder / "data/editions.yml").write_bytes((_ROOT / "data/editions.yml").read_bytes())
        yield build(folders[hostile], hostile), build(folders[plain], plain)
