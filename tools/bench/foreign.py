"""Prose that is not ours: the manual of aptitude in each language, from Debian's packages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from lxml import html

from metropolis.language.sentences import split_sentences

_TEXT = "p|//dt|//h1|//h2|//h3|//li[not(.//p)]|//td[not(.//p)]"


def download(codes: list[str], folder: Path) -> None:
    """Writes `fr.txt`, `en.txt` … into `folder`, one sentence on a line; those of other languages
    that nobody has translated from English are left out."""
    packages = [f"aptitude-doc-{code}" for code in codes]
    subprocess.run(["apt-get", "download", "-qq", *packages], cwd=folder, check=True)
    for package in sorted(folder.glob("*.deb")):
        subprocess.run(["dpkg", "-x", package, folder], check=True)
    texts = {
        code: _sentences(folder / f"usr/share/doc/aptitude/html/{code}", code) for code in codes
    }
    for code, found in texts.items():
        kept = [one for one in found if code == "en" or one not in texts["en"]]
        (folder / f"{code}.txt").write_text("\n".join(kept), "utf-8")


def _sentences(pages: Path, code: str) -> dict[str, None]:
    """The sentences of HTML pages, each once, without code."""
    found: dict[str, None] = {}
    for page in sorted(pages.glob("*.html")):
        root = html.parse(str(page), html.HTMLParser(encoding="utf-8")).getroot()
        for inert in root.xpath("//code|//pre|//kbd|//span[@class='command']"):
            inert.drop_tree()
        for element in root.xpath(f"//{_TEXT}"):
            words = re.sub(r"\s+", " ", element.text_content()).strip()
            found |= dict.fromkeys(split_sentences(words, code))
    return found
