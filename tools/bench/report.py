"""The targets against what was measured; the table and the chart in the handbook."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date

from bench.site import MANY, Result
from bench.sites import ROOT

TABLE = ROOT / "docs/maintainers/speed.md"
CHART = ROOT / "docs/pictures/speed.svg"
NAMES = {
    "ours, cold, pages alone": "ours, cold: the pages alone",
    "ours, cold, index, inspection": "ours, cold: with index, inspection",
    "ours, cold": "ours, cold: everything",
    "ours, one page": "ours, after one edited page",
    "stock": "stock: MkDocs, Material, static-i18n",
    "hugo": "Hugo",
    "zensical": "Zensical, three sites",
}
_COLOURS = {
    "ours, cold, pages alone": "#b9c7e8",
    "ours, cold, index, inspection": "#7e9ad6",
    "ours, cold": "#1652b5",
    "ours, one page": "#0b7a4b",
    "stock": "#8a8f9c",
    "hugo": "#c27a00",
    "zensical": "#b5123e",
}


def targets(results: Sequence[Result]) -> list[str]:
    """A line for each target that can be told from these results; those that are missed begin with
    MISSED."""
    by = {(one.name, one.members): one for one in results}
    sizes = sorted({one.members for one in results})
    lines: list[tuple[str, float, float]] = []
    for size in sizes:
        if ("stock", size) not in by:
            continue
        stock = by["stock", size].measured.wall
        lines += [
            (f"{what}, of stock, {size:,} members", by[name, size].measured.wall / stock, most)
            for what, name, most in (
                ("cold, pages", "ours, cold, pages alone", 0.4),
                ("cold, with index and inspection", "ours, cold, index, inspection", 0.5),
                ("one page", "ours, one page", 0.1),
            )
        ]
    if 5000 in sizes:
        ours = by["ours, cold", 5000]
        first = by["ours, cold", sizes[0]]
        lines += [
            ("one page, of Hugo's full build, 5,000 members",
             by["ours, one page", 5000].measured.wall / by["hugo", 5000].measured.wall, 1.0),
            ("time per page at 5,000 members, of that at 141",
             ours.measured.wall / ours.count / (first.measured.wall / first.count), 1.25),
        ]  # fmt: skip
    memory = max(one.measured.memory for one in results if one.name.startswith("ours"))
    lines.append((f"memory at {sizes[-1]:,} members, GB", memory / 1000, 1.0))
    return [
        f"{'kept  ' if value <= most else 'MISSED'} {name}: {value:.2f} (at most {most})"
        for name, value, most in lines
    ]


def write(results: Sequence[Result], runs: int) -> None:
    """Puts the table and the chart into the handbook."""
    rows = [
        f"| {one.members:,} | {one.count:,} | {NAMES[one.name]} | {one.measured.wall:.1f} |"
        f" {one.measured.cpu:.1f} | {one.measured.memory:.0f} |"
        f" {1000 * one.measured.wall / one.count:.1f} | {_of_stock(results, one)} |"
        for one in results
    ]
    put(
        "sites",
        f"""Printed on {date.today().isoformat()}: {os.cpu_count()} processors,
Python {platform.python_version()}. Medians of {runs} runs, programs alternating, up to
{MANY:,} members; one run on larger sites. Members above 141 are made up
(`tools/bench/sites.py`). The stock stack builds the same Markdown with the same macros, Hugo and
Zensical the same pages with all calls expanded (`tools/bench/rivals.py`). They run no checks and
no inspection, and make no open data, no share pictures and no index for each language.
“Everything” starts with an empty cache: it also checks the wording, reduces the font, draws the
share pictures and writes the open data. The books are measured separately:
`make bench BENCH=books`.

![Seconds to build, by program and size of the site](../pictures/speed.svg)

| members | pages | program | wall s | CPU s | MB | ms a page | of stock |
|--:|--:|---|--:|--:|--:|--:|--:|
"""
        + "\n".join(rows),
    )
    put("targets", "\n".join(["```", *targets(results), "```"]))
    CHART.write_text(_chart(results), "utf-8")


def put(name: str, text: str) -> None:
    """Replaces what stands between two marks of the handbook's page."""
    start, end = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
    before, _, rest = TABLE.read_text("utf-8").partition(start)
    _, _, after = rest.partition(end.strip())
    TABLE.write_text(f"{before}{start}{text}{end}{after}", "utf-8")


def _of_stock(results: Sequence[Result], one: Result) -> str:
    stock = (
        other.measured.wall
        for other in results
        if (other.name, other.members) == ("stock", one.members)
    )
    return next((f"{one.measured.wall / wall:.2f}" for wall in stock), "–")


def _chart(results: Sequence[Result]) -> str:
    """Bars for each size, each group on a scale of its own, from zero."""
    parts: list[str] = []
    top = 20
    for size in sorted({one.members for one in results}):
        group = [one for one in results if one.members == size]
        longest = max(one.measured.wall for one in group)
        parts.append(
            f'<text x="0" y="{top}" font-weight="bold">{size:,} members, {group[0].count:,}'
            " pages</text>"
        )
        for one in group:
            top += 24
            width = 400 * one.measured.wall / longest
            parts.append(
                f'<text x="0" y="{top}">{NAMES[one.name]}</text><rect x="270" y="{top - 13}"'
                f' width="{width:.1f}" height="16" fill="{_COLOURS[one.name]}"/><text'
                f' x="{278 + width:.1f}" y="{top}">{one.measured.wall:.1f} s</text>'
            )
        top += 44
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {top - 20}"'
        ' font-family="sans-serif" font-size="14"><rect width="100%" height="100%" fill="#fff"/><g'
        f' transform="translate(10 4)">{body}</g></svg>\n'
    )
