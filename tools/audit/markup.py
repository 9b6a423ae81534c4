"""The Nu HTML checker, which the W3C runs, on every built page, and on the site's style sheets and
drawings.

Its jar comes from the npm package vnu-jar (tools/audit/package-lock.json) and runs on Debian's
Java."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

from site_browser import SITE

JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"
OPTIONS = ("--errors-only", "--format", "json", "--exit-zero-always")


def audit() -> bool:
    """Prints each kind of error with its count and its first place."""
    pages = sorted(SITE.rglob("*.html"))
    command = ["java", "-Xss8m", "-jar", str(JAR), *OPTIONS, *map(str, pages)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(run.stderr)["messages"]
    kinds = Counter(message["message"] for message in messages)
    for what, count in kinds.most_common():
        first = next(message for message in messages if message["message"] == what)
        place = Path(first["url"].removeprefix("file:")).relative_to(SITE)
        print(f"{place}:{first.get('lastLine', 0)}: {what} ({count} times)")
    print(f"Nu HTML checker: {len(pages)} pages, {len(messages)} errors.")
    return not messages
