"""Two accessibility engines on every built page of each language: light and dark, wide and on a
phone.

axe-core runs the rules of WCAG 2.0 to 2.2, A and AA, and its best practice. IBM's Equal Access
engine (npm, tools/audit/package-lock.json) runs its rules for WCAG 2.2 and IBM's requirements: two
engines, because each finds what the other does not look for. A page is opened once; the settings
change on it, as they do when a reader turns the phone or the lamp."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import product
from pathlib import Path

from playwright.sync_api import Page
from site_browser import ROOT, look_at_all, visit

SCHEMES = ("light", "dark")
SIZES = ((1280, 900), (390, 844))
RESULTS = ROOT / "data/audits.yml"
IBM = Path(__file__).parent / "node_modules/accessibility-checker-engine/ace.js"

# target-size is off by default in axe, although WCAG 2.2 requires it at level AA.
RUN_AXE = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {"target-size": {enabled: true}}, resultTypes: ["violations"]})).violations.map(
    rule => [rule.id, rule.nodes.length, rule.nodes[0].html])"""
# Only what IBM's engine calls a violation for certain: the rest are questions to a person.
RUN_IBM = """async () => {
    window.checker ??= new ace.Checker();
    const found = new Map();
    for (const one of (await checker.check(document, ["WCAG_2_2"])).results)
        if (one.value[0] === "VIOLATION" && one.value[1] === "FAIL")
            found.set(one.ruleId, [...(found.get(one.ruleId) ?? []), one.snippet]);
    return [...found].map(([rule, nodes]) => [rule, nodes.length, nodes[0]]);
}"""


@dataclass(frozen=True)
class Fault:
    """A rule that one page breaks in one setting, with the first place of `count`."""

    rule: str
    page: str
    setting: str
    count: int
    html: str

    def __str__(self) -> str:
        return f"/{self.page} {self.setting} ({self.count}): {self.html[:110]}"


def audit() -> bool:
    """Prints a line for each rule that is broken, with one place, and the count of runs."""
    pages, found = look_at_all(_look)
    broken: dict[str, list[Fault]] = {}
    for fault in found:
        broken.setdefault(fault.rule, []).append(fault)
    _record(pages, broken)
    for rule, faults in sorted(broken.items()):
        print(f"{rule}: {len(faults)} times, first {faults[0]}")
    runs = len(pages) * len(SCHEMES) * len(SIZES)
    print(
        f"axe-core and IBM Equal Access: {len(pages)} pages, {runs} runs of each (light and dark,"
        f" wide and phone), {len(broken)} rules broken."
    )
    return not broken


def _record(pages: list[str], broken: dict[str, list[Fault]]) -> None:
    """Writes data/audits.yml, from which the accessibility page says what was found."""
    head = re.match(r"(?:#.*\n)*", RESULTS.read_text("utf-8"))
    records = [
        {
            "id": id,
            "name": f"{name} {version}",
            "date": date.today().isoformat(),
            "pages": len(pages),
            "runs": len(pages) * len(SCHEMES) * len(SIZES),
            "faults": sum(rule.startswith(f"{short} ") for rule in broken),
        }
        for id, short, name, version in (
            ("axe-core", "axe", "axe-core", _axe_version()),
            ("ibm-equal-access", "ibm", "IBM Equal Access", _ibm_version()),
        )
    ]
    items = ["\n".join(f"  {key}: {json.dumps(one[key])}" for key in one) for one in records]
    text = "".join(f"\n-{item[1:]}\n" for item in items)
    RESULTS.write_text((head[0] if head else "") + text, "utf-8")


def _axe_version() -> str:
    return re.findall(r"axe v([\d.]+\d)", _axe_script())[0]


def _ibm_version() -> str:
    return str(json.loads((IBM.parent / "package.json").read_text("utf-8"))["version"])


def _axe_script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def _look(pages: list[str]) -> list[Fault]:
    """Every rule that one of the pages breaks, in each setting."""
    engines = [
        ("axe", _axe_script(), RUN_AXE),
        ("ibm", IBM.read_text("utf-8"), RUN_IBM),
    ]
    found: list[Fault] = []
    for path, page in visit(pages):
        for _, engine, _ in engines:
            page.evaluate(engine)
        for setting in _settings(page):
            found += [
                Fault(f"{name} {rule}", path, setting, count, html)
                for name, _, run in engines
                for rule, count, html in page.evaluate(run)
            ]
    return found


def _settings(page: Page) -> Iterator[str]:
    """Puts the page into each setting in turn."""
    for scheme, (width, height) in product(SCHEMES, SIZES):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        yield f"{scheme} {width}"
