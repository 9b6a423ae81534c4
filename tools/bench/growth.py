"""Processor time and memory of each stage for each shape of page and each size (shapes.py).

A page that is rejected before a stage costs that stage nothing. Each shape is tried in a process of
its own, a fork of one that has read the project, under limits of the system: a stage that does not
end is stopped and reported."""

from __future__ import annotations

import logging
import os
import re
import resource
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from mkdocs.config import load_config

from bench.shapes import HEADER, SHAPES, Shape
from macros import signatures
from metropolis.builder.gate import anchors
from metropolis.builder.generated_pages import generated_names
from metropolis.cache import Cache
from metropolis.content.check import check_pages
from metropolis.content.front_matter import read_front_matter
from metropolis.content.limits import PARAGRAPH, WORD, check_limits
from metropolis.content.macro_signature import MacroSignature
from metropolis.content.page import Page, read_page
from metropolis.content.page_text import PageText
from metropolis.content.structure import check_structure
from metropolis.data.load import load_records
from metropolis.data.records import Records
from metropolis.inputs import Known
from metropolis.problem import Problem
from metropolis.project import Project, read_project
from metropolis.site.unrenderable import convert
from metropolis.translation.exchange.segments import make_units
from metropolis.translation.status import translation_status
from metropolis.web.frame import heading_words, split_head
from metropolis.wording.wording_check import WordingCheck

SIZES = (1_000, 10_000, 100_000)
STAGES = ("head", "read", "compare", "judge", "render")
SECONDS, MEGABYTES = 2.0, 200.0  # what a stage may take for a page of the largest size
_PATIENCE = 20  # seconds of processor time for all stages of a shape
_ROOM = 2_000_000_000  # bytes of address space above what the process has


@dataclass(frozen=True)
class Cost:
    """Of one stage: processor seconds, megabytes above what the process had, and the problems that
    it found."""

    seconds: float
    memory: float
    problems: tuple[Problem, ...] = ()


class Ground:
    """The project, read once; `stages` of a shape go on from there."""

    def __init__(self, root: Path) -> None:
        project, problems = read_project(root)
        assert project is not None, problems
        records, problems = load_records(project)
        assert records is not None, problems
        self.project: Project = project
        self.records: Records = records
        self.signatures: dict[str, MacroSignature] = signatures(records)
        self.wording = WordingCheck(project, Known("", records), self.signatures)
        self.config = load_config(str(root / "mkdocs.yml"))
        words = "Un mot inconnuuu. Nous avançons ensemble, we move together.\n"
        for locale in ("fr", "en", "es"):  # models and dictionaries are loaded when first asked
            page = self.read(locale, words)
            self.wording.judge(page, self.read("fr", "Un mot.\n"))
        self.render(page)

    def read(self, locale: str, body: str) -> Page:
        """A page whose limits are not looked at."""
        return read_page(f"content/{locale}/vision.md", locale, "vision", HEADER + body)[0]

    def head(self, text: str) -> list[Problem]:
        """What is said of a file that begins with `text`, or with a header that it does not end."""
        return [
            problem
            for file in (text, f"---\n{text}", f"---\ntitle: {text}")
            for problem in read_front_matter(PageText("page.md", file))[2]
        ]

    def gate(self, locale: str, body: str) -> list[Problem]:
        """What the checks of form say of a page."""
        path = f"content/{locale}/vision.md"
        page, problems = read_page(path, locale, "vision", HEADER + body)
        if beyond := check_limits(page):
            self.is_beyond = True
            return beyond
        generated = generated_names(self.records)
        made = (generated, anchors(self.records), Cache(None))
        found = check_pages(self.project, [page], Known("", self.signatures), *made)
        return [*problems, *(one for one in found if one.path == path)]

    def is_rejected(self, body: str) -> bool:
        """Whether a page is beyond a limit."""
        return bool(check_limits(self.read("fr", body)))

    def within(self, shape: Shape, size: int) -> str:
        """The shape as large as the limits of a page let it be, up to `size`: paragraph by
        paragraph."""

        def paragraph(count: int, number: int = 0) -> str:
            return _LONG.sub(r"\g<0> ", shape.units(count, number * count).strip("\n"))

        def page(paragraphs: int) -> str:
            return "\n\n".join(paragraph(count, number) for number in range(paragraphs))

        most = min(size, PARAGRAPH.most) // len(shape.unit + shape.closing)
        count = _largest(most, lambda count: not self.is_rejected(paragraph(count)))
        paragraphs = max(1, size // max(len(paragraph(count)), 20))
        while paragraphs > 1 and self.is_rejected(page(paragraphs)):
            paragraphs //= 2
        return page(paragraphs)

    def compare(self, source: Page, page: Page) -> list[Problem]:
        """What is compared of a source and its translation."""
        translation_status(self.project, [source, page], lambda _: (), {})
        make_units(source, page, self.signatures)
        both, cache = [source, page], Cache(None)
        return check_structure(both, source.locale, Known("", self.signatures), cache)

    def judge(self, source: Page, page: Page) -> list[Problem]:
        """What is said of the words of a translation."""
        return [finding.problem for finding in self.wording.judge(page, source)]

    def render(self, page: Page) -> list[Problem]:
        """Makes HTML as the site does."""
        html = convert(page.body, self.config)
        heading_words(html)
        split_head(html)
        return []

    def stages(self, body: str, shorter: str) -> Iterator[tuple[str, Callable[[], list[Problem]]]]:
        """The stages of a page whose translation is `shorter`, as far as the gate lets it come."""
        found: list[Problem] = []
        self.is_beyond = False
        yield "head", lambda: self.head(body)
        yield "read", lambda: found.extend(self.gate("fr", body)) or found
        if self.is_beyond:
            return
        source, page = self.read("fr", body), self.read("es", shorter)
        yield "compare", lambda: self.compare(source, page)
        yield "judge", lambda: self.judge(source, page)
        if all(problem.severity == "advice" for problem in found):
            yield "render", lambda: self.render(source)


def _cost(work: Callable[[], list[Problem]]) -> Cost:
    before, memory = time.process_time(), _memory()
    problems = tuple(work())
    return Cost(time.process_time() - before, max(0.0, _memory() - memory), problems)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_shape(
    ground: Ground, body: str, shorter: str, patience: int = _PATIENCE
) -> dict[str, Cost | str]:
    """What each stage costs, in a process of its own, which is ended after `patience` seconds of
    processor time; for a stage that was never done, how it ended."""
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(ground, body, shorter, patience, there))
    process.start()
    there.close()
    found: dict[str, Cost | str] = {}
    try:
        while True:
            stage, cost = here.recv()
            found[stage] = cost
    except EOFError:
        process.join()
    return {
        stage: f"ended by {-(process.exitcode or 0)}" if cost is None else cost
        for stage, cost in found.items()
    }


def _run(ground: Ground, body: str, shorter: str, patience: int, there: Connection) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + patience
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    room = pages * resource.getpagesize() + _ROOM
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    logging.disable()  # links to nowhere
    stage = "read"
    try:
        for stage, work in ground.stages(body, shorter):
            there.send((stage, None))
            there.send((stage, _cost(work)))
    except Exception as error:
        there.send((stage, type(error).__name__))
    os._exit(0)


_LONG = re.compile(rf"\S{{{WORD.most}}}")


def _largest(most: int, is_within: Callable[[int], bool]) -> int:
    """The largest number up to `most` that is within; 1 if none is. Larger ones are dear to ask."""
    double = 2
    while double < most and is_within(double):
        double *= 2
    between = range(double // 2, min(double, most))
    return max(1, between.start + bisect_left(between, True, key=lambda n: not is_within(n)) - 1)


def measure_growth(root: Path, names: list[str]) -> int:
    """Prints the table; how many costs are over the bounds."""
    ground = Ground(root)
    over = 0
    for name, shape in SHAPES.items():
        if names and not any(one in name for one in names):
            continue
        for form, make in (("", shape.text), (", within limits", partial(ground.within, shape))):
            for size in SIZES:
                found = measure_shape(ground, make(size), make(size - size // 50))
                cells = [_cell(found.get(stage)) for stage in STAGES]
                is_over = any(_is_over(cost) for cost in found.values())
                over += is_over
                print(
                    f"{'OVER' if is_over else '':5}{name + form:60} {size:7} {'  '.join(cells)}",
                    flush=True,
                )
    return over


def _is_over(cost: Cost | str) -> bool:
    return isinstance(cost, str) or cost.seconds > SECONDS or cost.memory > MEGABYTES


def _cell(cost: Cost | str | None) -> str:
    if cost is None:
        return f"{'–':>22}"
    if isinstance(cost, str):
        return f"{cost[:22]:>22}"
    return f"{cost.seconds:6.2f} s {cost.memory:4.0f} MB {len(cost.problems):5}"
