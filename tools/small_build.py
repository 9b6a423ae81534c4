"""A build that takes no time, for rehearsals, with the command line and the kind of result of the
real one.

Publishing does not depend on the number of pages. So two hundred pushes can be tested in the time
of twenty: a page in each language, padded so that a cut one is noticed, and a file with a hash in
its name. The program is one file, because a build sees only `Settings.python`. Python runs
everything else: other commands, and a project whose first page is a real one.

    small --project FOLDER build|check
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from pathlib import Path

LOCALES = ("fr", "en", "es")
_PADDING = "<p>…</p>\n" * 4000


def listed_files(site: Path) -> list[str]:
    """The paths that a manifest lists, sorted."""
    from metropolis.release.manifest import is_listed

    paths = (file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    return sorted(filter(is_listed, paths))


def build(project: Path, words: str) -> int:
    """Builds `project`/site from the words of its first page, which say what happens:
    `unbuildable`, `slow`, any."""
    # Not above: most that this program is asked for has no use for it.
    from metropolis.release.manifest import FILE, manifest_text

    sys.stderr.write("[ 0.0 s] Checking data and pages\n")
    if "unbuildable" in words:
        sys.stdout.write(
            "fr/index.html: This is wrong in the page that was built. Mend it.\n\n1 error in 1"
            " file.\n"
        )
        return 1
    site = project / "site"
    style = f"/* {words} */\n".encode()
    name = f"site.{hashlib.sha256(style).hexdigest()[:10]}.css"
    (site / "assets").mkdir(parents=True)
    (site / "assets" / name).write_bytes(style)
    for locale in LOCALES:
        folder = site if locale == "fr" else site / locale
        folder.mkdir(exist_ok=True)
        page = (
            f'<!doctype html><html lang="{locale}"><link rel="stylesheet"'
            f' href="/assets/{name}"><p>{words}</p>\n'
        )
        (folder / "index.html").write_text(f"{page}{_PADDING}<p>{words}</p></html>\n", "utf-8")
        (folder / "404.html").write_text(
            f'<!doctype html><html lang="{locale}">404</html>\n', "utf-8"
        )
    if "slow" in words:
        time.sleep(30)
    pages = dict.fromkeys(LOCALES, 1)
    commit = os.environ.get("METROPOLIS_COMMIT", "")
    files = {path: (site / path).read_bytes() for path in listed_files(site)}
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    manifest = manifest_text(
        digests, sum(map(len, files.values())), commit, "2021-01-01", pages, {}, []
    )
    (site / FILE).write_text(manifest, "utf-8")
    return 0


def check(words: str) -> int:
    """Checks the words before they are built: `broken` is rejected, `endless` never ends."""
    if "endless" in words:
        time.sleep(600)
    if "broken" in words:
        sys.stdout.write(
            "content/fr/index.md:1:1: This is broken. Mend it.\n\n1 error in 1 file.\n"
        )
        return 1
    return 0


def write_program(file: Path) -> Path:
    """This file, as a program that the Python which runs now is to run: for `Settings.python`."""
    file.write_text(f"#!{sys.executable}\n{Path(__file__).read_text('utf-8')}", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def main(arguments: list[str]) -> int:
    """Does the command that is the last word, or leaves all of it to Python."""
    command = arguments[-1] if arguments and arguments[0] != "-c" else ""
    if command in ("build", "check"):
        project = Path(arguments[arguments.index("--project") + 1])
        words = (project / "content/fr/index.md").read_text("utf-8").strip()
        if not words.startswith("---"):
            return check(words) if command == "check" else build(project, words)
    return os.execv(sys.executable, [sys.executable, *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
