"""Lighthouse's mobile profile: a middling phone on a slow line, as it simulates them, on a page of
each kind.

It comes from npm (tools/audit/package-lock.json) and drives Debian's Chromium; pages are served
compressed, as the publishing server does. A busy machine lowers the first score, so the median of
three runs counts."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from pathlib import Path
from typing import Any

from site_browser import FLAGS, serve_site

PROGRAM = Path(__file__).parent / "node_modules/.bin/lighthouse"
PAGES = ("", "en/vision/", "es/members/", "en/members/seoul/")
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3


def audit() -> bool:
    """Prints the scores; for each below its least, what Lighthouse would mend."""
    print(f"{'page':24}", *(f"{category:>14}" for category in LEAST), f"{'layout shift':>13}")
    with serve_site() as base:
        results = [_is_good(base, path) for path in PAGES]
    return all(results)


def _is_good(base: str, path: str) -> bool:
    reports = [_report(base + path) for _ in range(RUNS)]
    scores = {name: statistics.median(_score(report, name) for report in reports) for name in LEAST}
    shift = max(report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports)
    shown = (f"{score:14.0f}" for score in scores.values())
    print(f"/{path:23}", *shown, f"{shift:13.3f}", flush=True)
    low = [name for name, least in LEAST.items() if scores[name] < least]
    for name in low:
        print(f"    {name}: {', '.join(_faults(reports[0], name))}")
    return not low and shift == 0


def _score(report: dict[str, Any], category: str) -> float:
    return 100 * (report["categories"][category]["score"] or 0)


def _faults(report: dict[str, Any], category: str) -> list[str]:
    """Audits of the category without a full score: `name (what it shows)`."""
    audits = [
        report["audits"][entry["id"]] for entry in report["categories"][category]["auditRefs"]
    ]
    return [
        f"{audit['id']} ({audit.get('displayValue', '')})"
        for audit in audits
        if (audit.get("score") or 1) < 0.9
    ]


def _report(url: str) -> dict[str, Any]:
    flags = f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}"
    command = [str(PROGRAM), url, "--quiet", "--output=json", "--output-path=stdout", flags]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or "chromium"}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    report: dict[str, Any] = json.loads(run.stdout)
    return report
