"""A build that takes no time, for rehearsals: the same command line and the same kind of result as the real one.

What publishing does with a build does not depend on how many pages it has. So two hundred pushes can be tried in the
time of twenty: a page in each language, padded so that a torn one is seen, and a file with a hash in its name.

    python -m metropolis.publish.small_build --project FOLDER build|check
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from pathlib import Path

from metropolis.publish.manifest import FILE, listed_files, make_manifest, manifest_text

LOCALES = ("fr", "en", "es")
_PADDING = "<p>…</p>\n" * 4000


def build(project: Path) -> int:
    """Builds `project`/site from content/fr/index.md, whose words say what happens: `unbuildable`, `slow`, any mark."""
    words = (project / "content/fr/index.md").read_text("utf-8").strip()
    sys.stderr.write("[ 0.0 s] Checking data and pages\n")
    if "unbuildable" in words:
        sys.stdout.write("fr/index.html: This is wrong in the page that was built. Mend it.\n\n1 error in 1 file.\n")
        return 1
    site = project / "site"
    style = f"/* {words} */\n".encode()
    name = f"site.{hashlib.sha256(style).hexdigest()[:10]}.css"
    (site / "assets").mkdir(parents=True)
    (site / "assets" / name).write_bytes(style)
    for locale in LOCALES:
        folder = site if locale == "fr" else site / locale
        folder.mkdir(exist_ok=True)
        page = f'<!doctype html><html lang="{locale}"><link rel="stylesheet" href="/assets/{name}"><p>{words}</p>\n'
        (folder / "index.html").write_text(f"{page}{_PADDING}<p>{words}</p></html>\n", "utf-8")
        (folder / "404.html").write_text(f'<!doctype html><html lang="{locale}">404</html>\n', "utf-8")
    if "slow" in words:
        time.sleep(30)
    pages = dict.fromkeys(LOCALES, 1)
    commit = os.environ.get("METROPOLIS_COMMIT", "")
    files = {path: (site / path).read_bytes() for path in listed_files(site)}
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    manifest = make_manifest(digests, sum(map(len, files.values())), commit, "2021-01-01", pages, {}, [])
    (site / FILE).write_text(manifest_text(manifest), "utf-8")
    return 0


def check(project: Path) -> int:
    """Judges the words before they are built: `broken` is refused, `endless` never comes to an end."""
    words = (project / "content/fr/index.md").read_text("utf-8").strip()
    if "endless" in words:
        time.sleep(600)
    if "broken" in words:
        sys.stdout.write("content/fr/index.md:1:1: This is broken. Mend it.\n\n1 error in 1 file.\n")
        return 1
    return 0


def write_program(file: Path) -> Path:
    """A program that is Python for all but `build` and `check`, which it does in no time: for `Settings.python`."""
    file.write_text(
        "#!/bin/sh\n"
        f'[ "$1" = -c ] && exec {sys.executable} "$@"\n'
        'for word in "$@"; do last=$word; done\n'
        'case "$last" in build|check)'
        f' exec {sys.executable} -m metropolis.publish.small_build "$@";; esac\n'
        f'exec {sys.executable} "$@"\n',
        "utf-8",
    )
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


if __name__ == "__main__":
    sys.exit((check if sys.argv[-1] == "check" else build)(Path(sys.argv[sys.argv.index("--project") + 1])))
