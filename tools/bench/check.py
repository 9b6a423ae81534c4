"""`metropolis check` on a large site that breaks every rule: processor time, memory, lines printed.

The pages are made up from this site's own sentences: one word in thirty is misspelt, on every other
page signs are as keyboards type them, and translations do not follow their sources. That is as many
problems as a project has that was never checked (85,000)."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from metropolis.content.prose import find_passages
from metropolis.translation.workbench import open_workbench

PAGES, WORDS = 2_000, 520  # pages in all languages, words of each
SECONDS, MEGABYTES, LINES = 60, 500, 200
_SEED = 7


def measure_check(root: Path) -> bool:
    """Prints one line; False where a limit is passed."""
    with tempfile.TemporaryDirectory(prefix="metropolis-") as folder:
        site = Path(folder)
        for name in ("content", "data", "language", "macros", "theme"):
            shutil.copytree(root / name, site / name)
        shutil.copy(root / "mkdocs.yml", site)
        _write_pages(root, site)
        out = site / "out"
        with out.open("wb") as file:
            began = time.monotonic()
            program = [sys.executable, "-m", "metropolis.cli", "--project", folder, "check"]
            process = subprocess.Popen(program, stdout=file, cwd=root)
            _, _, used = os.wait4(process.pid, 0)
            wall = time.monotonic() - began
        lines = out.read_text("utf-8").splitlines()
    # Children are forks of the same size at most: the largest process counts.
    seconds, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    is_kept = seconds <= SECONDS and memory <= MEGABYTES and len(lines) <= LINES
    verdict = "kept" if is_kept else "MISSED"
    print(
        f"{verdict}: check of {PAGES} pages: {seconds:.1f} s of processor time (limit {SECONDS}),"
        f" {wall:.1f} s in all, {memory:.0f} MB (limit {MEGABYTES}), {len(lines)} lines"
        f" (limit {LINES}): {lines[-1]}"
    )
    return is_kept


def _write_pages(root: Path, site: Path) -> None:
    workbench, problems = open_workbench(root)
    assert workbench, problems
    chance = random.Random(_SEED)
    locales = [locale.code for locale in workbench.project.locales]
    for locale in locales:
        words = [
            word
            for page in workbench.pages.values()
            if page.locale == locale
            for passage in find_passages(page, workbench.signatures)
            if passage.kind == "paragraph"
            for word in passage.words.split()
        ]
        for number in range(PAGES // len(locales)):
            start = chance.randrange(len(words) - WORDS)
            text = " ".join(_misspelt(word, chance) for word in words[start : start + WORDS])
            text = _typed(text) if number % 2 else text
            (site / f"content/{locale}/made-{number}.md").write_text(_page(number, text), "utf-8")


def _page(number: int, text: str) -> str:
    words = text.split()
    parts = [" ".join(words[start : start + 60]) for start in range(0, len(words), 60)]
    sections = "\n\n".join(f"## Part {n} {{ #p{n} }}\n\n{part}" for n, part in enumerate(parts))
    header = f'---\ntitle: "Made {number}"\ndescription: "Made {number}."\n---\n\n'
    return f"{header}# Made {number} {{ #made-{number} }}\n\n{sections}\n"


def _typed(text: str) -> str:
    for sign, plain in (("’", "'"), ("\u202f", " "), ("\u00a0", " "), ("“", '"'), ("”", '"')):
        text = text.replace(sign, plain)
    return text


def _misspelt(word: str, chance: random.Random) -> str:
    if not word.isalpha() or chance.random() > 1 / 30:
        return word
    place = chance.randrange(len(word))
    return word[:place] + chance.choice("abcdeilmnorstu") + word[place:]
