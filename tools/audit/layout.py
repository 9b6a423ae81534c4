"""The layout of every built page at four widths, with the usual spacing and that of WCAG 1.4.12.

Nothing is wider than the window, no text is cut off or drawn over another, no control is smaller
than 24 px (2.5.8). layout.js looks at one page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page
from site_browser import look_at_all, visit

WIDTHS = (1280, 1024, 768, 320)
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"""
FIND = Path(__file__).with_suffix(".js")


def audit() -> bool:
    """Prints each fault once, with the first page that has it."""
    pages, found = look_at_all(_look)
    faults: dict[str, str] = {}
    for fault, place in found:
        faults.setdefault(fault, place)
    for fault, place in sorted(faults.items()):
        print(f"{fault} ({place})")
    print(f"Layout: {len(pages)} pages at {len(WIDTHS)} widths, {len(faults)} faults.")
    return not faults


def _look(pages: list[str]) -> list[tuple[str, str]]:
    return [
        (fault, f"/{path} at {where}")
        for path, page in visit(pages)
        for fault, where in faults_of(page)
    ]


def faults_of(page: Page, widths: tuple[int, ...] = WIDTHS) -> list[tuple[str, str]]:
    """What is wrong on an open page at each width, then again with wide spacing: (what, where)."""
    found: list[tuple[str, str]] = []
    for spacing in ("usual spacing", "wide spacing"):
        if spacing == "wide spacing":
            page.add_style_tag(content=SPACING)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found += [
                (f"{what}: “{words}”", f"{width} px, {spacing}")
                for what, words in page.evaluate(FIND.read_text("utf-8"))
            ]
    return found
