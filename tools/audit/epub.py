"""DAISY's Ace on the EPUBs of the built site.

It comes from npm (tools/audit/package-lock.json) and drives Debian's Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from site_browser import SITE

PROGRAM = Path(__file__).parent / "node_modules/.bin/ace-puppeteer"


def audit() -> bool:
    """Prints each violation with its document."""
    chromium = shutil.which("chromium") or ""
    found = 0
    files = sorted(SITE.glob("pdf/*.epub"))
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [str(PROGRAM), "-f", "-o", folder, str(file)],
                env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium},
                capture_output=True,
                check=True,
            )
            report = json.loads((Path(folder) / "report.json").read_text("utf-8"))
        for document in report["assertions"]:
            for violation in document["assertions"]:
                found += 1
                place = document["earl:testSubject"]["url"]
                print(f"{file.name}, {place}: {violation['earl:test']['dct:title']}")
    print(f"Ace: {len(files)} files, {found} violations.")
    return bool(files) and not found
