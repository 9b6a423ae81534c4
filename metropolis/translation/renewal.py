"""Rewrites fingerprints of the earlier form, if their source still exists, in the page or in git's
history. The new one stands for the same text, so a stale section stays stale."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from metropolis.content.page import Page
from metropolis.translation.accept import write_fingerprints
from metropolis.translation.acceptance import Acceptance, Author, Log
from metropolis.translation.fingerprint import Fingerprint, fingerprints
from metropolis.translation.section_difference import Versions, find_version

_REASON = "The same texts, with fingerprints of the new form."


def renew(
    source: Page, page: Page, log: Log, versions: Versions, author: Author
) -> tuple[str, list[Acceptance], list[str]]:
    """The new text of a translation, lines for the log, and why some sections were not rewritten.
    `versions` are earlier texts of its source, newest first."""
    recorded = page.recorded
    mine = fingerprints(page)
    lines, left = [], []
    for anchor, written in recorded.items():
        then = Fingerprint.parse(written)
        if not then.is_earlier_form or anchor not in mine:
            continue
        line = log.last(page.name, anchor, written)
        version = find_version(source, anchor, then, chain([source.text.text], versions()))
        if line is None:
            left.append(f"#{anchor}: no line of the log has its fingerprint")
        elif version is None:
            left.append(f"#{anchor}: neither the source nor its history has the accepted text")
        else:
            new = str(replace(version.fingerprint(), shown=then.shown))
            was = Fingerprint.parse(line.translation)
            text = mine[anchor].text if was.has_text_of(mine[anchor]) else line.translation
            place, prints = (page.name, anchor), (new, text)
            lines.append(Acceptance(author.date, "renew", *place, *prints, author.name, _REASON))
    new_prints = {**recorded, **{line.section: line.source for line in lines}}
    text = write_fingerprints(page, new_prints) if lines else page.text.text
    return text, lines, left
