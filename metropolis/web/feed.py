"""An Atom feed of releases for each language: the days on which pages or data changed, and which
pages. Read from git's history; without one, the feed has this release alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from html import escape
from pathlib import Path

from metropolis.data.records import Records
from metropolis.git import ask_git_text
from metropolis.language.dates import format_day
from metropolis.release.provenance import commit_day

ENTRIES = 20


def read_history(root: Path, release: date) -> dict[date, set[str]]:
    """The files that changed on each day ("content/fr/vision.md"), of the newest days."""
    found: dict[date, set[str]] = {release: set()}
    log = ask_git_text(
        root, "log", "-n", "500", "--name-only", "--format=%x00%ct", "--", "content", "data"
    )
    for commit in log.split("\0")[1:]:
        seconds, *paths = filter(None, commit.split("\n"))
        found.setdefault(commit_day(seconds), set()).update(paths)
    days = [day for day in sorted(found, reverse=True) if day <= release]
    return {day: found[day] for day in days[:ENTRIES]}


def feed(
    records: Records,
    locale: str,
    days: Mapping[date, Collection[str]],
    titles: dict[str, str],
    address: Callable[[str], str],
    url: str,
) -> str:
    """The feed of one language. `days` are those with a publication, and their files; `titles` of
    the language's pages by name; `address` gives a page's address; `url` is the feed's."""
    words = {key: records.strings[key][locale] for key in ("release", "plan-short", "feed-changed")}
    host, home = url.split("/")[2], escape(address("index"))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{locale}">',
        f"<title>Metropolis – {escape(words['plan-short'])}</title>",
        f"<id>{escape(url)}</id><updated>{_stamp(max(days))}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{escape(url)}"/>',
        f'<link rel="alternate" type="text/html" hreflang="{locale}" href="{home}"/>',
        "<author><name>Metropolis</name></author>",
    ]
    for day, paths in days.items():
        changed = _changed(paths, locale, titles)
        title = f"{words['release']} {format_day(day, locale)}"
        summary = f"{words['feed-changed']} {', '.join(titles[name] for name in changed)}"
        page = escape(address(changed[0])) if len(changed) == 1 else home
        lines += [
            f"<entry><title>{escape(title)}</title>",
            f"<id>tag:{host},{day.isoformat()}:{locale}</id><updated>{_stamp(day)}</updated>",
            f'<link rel="alternate" href="{page}"/>',
            f"<summary>{escape(summary)}</summary></entry>" if changed else "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _changed(paths: Iterable[str], locale: str, titles: dict[str, str]) -> list[str]:
    """The names of the pages that changed in this language, "data" for changed records."""
    names = []
    for path in sorted(paths):
        head, _, rest = path.partition("/")
        name = rest.partition("/")[2].removesuffix(".md") if head == "content" else "data"
        if name in titles and (head == "data" or rest.startswith(f"{locale}/")):
            names.append(name)
    return list(dict.fromkeys(names))


def _stamp(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
