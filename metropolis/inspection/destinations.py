"""Resolves addresses as a browser does, by one rule; files and anchors are case-sensitive."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote, urljoin, urlsplit

Kind = Literal["ours", "elsewhere", "scheme", "broken"]
Anchors = Mapping[str, Collection[str]]  # those of each file

# A fast path for nearly all addresses of a site: steps up and down, plain names, an anchor.
_PLAIN = re.compile(r"((?:[\w-]+/|\.\./|\./)*(?:[\w-][\w.-]*)?)(?:#([\w-]+))?", re.ASCII)
_SVG_ID = re.compile(r"""\sid=["']([^"']+)["']""")
# Anchors that every page has: the top, and browsers' text fragments.
_BUILT_IN = re.compile(r"top|:~:.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an address leads. "ours": `file` is relative to the site's root (it may not exist),
    with `anchor`; "elsewhere": a different host; "scheme": not a web address, `scheme` names it
    (mailto, javascript); "broken": not an address at all."""

    kind: Kind
    file: str = ""
    anchor: str = ""
    scheme: str = ""


@lru_cache(maxsize=50_000)  # The menu leads to the same places from all pages.
def _follow_plain(folder: str, address: str) -> Destination | None:
    """Where a plain relative address leads from a folder; None if it is not plain, or climbs above
    the root."""
    plain = _PLAIN.fullmatch(address)
    if plain is None:
        return None
    steps = folder.split("/") if folder else []
    *folders, name = plain[1].split("/")
    for step in folders:
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step != ".":
            steps.append(step)
    return Destination("ours", "/".join([*steps, name or "index.html"]), plain[2] or "")


class Addresses:
    """Translates between the files of a site and their addresses, without reading the disk."""

    def __init__(self, site_url: str) -> None:
        self.root = site_url.rstrip("/") + "/"
        parts = urlsplit(self.root)
        self._host, self._base = parts.netloc.lower(), parts.path

    def address(self, file: str) -> str:
        """The absolute address of a page: "en/vision/index.html" -> "https://…/en/vision/"."""
        folder, _, name = file.rpartition("/")
        shown = (f"{folder}/" if folder else "") if name == "index.html" else file
        return self.root + quote(shown)

    def path(self, target: Destination) -> str:
        """A target as an address from the host's root, valid on any page: "/en/vision/#people"."""
        anchor = f"#{quote(target.anchor)}" if target.anchor else ""
        return self._base + self.address(target.file).removeprefix(self.root) + anchor

    def follow(self, page: str, address: str) -> Destination:
        clean = address.strip()
        if clean.startswith("#"):
            return Destination("ours", page, unquote(clean[1:]))
        folder, rest = page.rpartition("/")[0], clean
        while folder and rest.startswith("../"):
            folder, rest = folder.rpartition("/")[0], rest[3:]
        if (found := _follow_plain(folder, rest)) is not None:
            return found
        try:
            # Browsers read a backslash as a slash: "/\host" leaves the site.
            plainly = clean.replace("\\", "/")
            own, parts = urlsplit(plainly), urlsplit(urljoin(self.root + quote(page), plainly))
        except ValueError:
            return Destination("broken")
        if parts.scheme not in ("http", "https"):
            return Destination("scheme", scheme=parts.scheme)
        if parts.netloc.lower() != self._host:
            return Destination("elsewhere" if parts.netloc else "broken")
        path = unquote(parts.path) or "/"
        if not path.startswith(self._base):
            # With a host, it is a different site on our host. Otherwise the folder was forgotten.
            return Destination("elsewhere") if own.netloc else Destination("ours", path)
        file = path.removeprefix(self._base)
        if not file or file.endswith("/"):
            file += "index.html"
        return Destination("ours", file, unquote(parts.fragment))


class SiteFiles(Addresses):
    """`files` are the paths of all files in `site_dir`, `anchors` those of its pages."""

    def __init__(
        self, site_dir: Path, site_url: str, files: Iterable[str], anchors: Anchors
    ) -> None:
        super().__init__(site_url)
        self.site_dir = site_dir
        self.files = frozenset(files)
        self._near: dict[str, str] = {}
        self._anchors = dict(anchors)

    def has_anchor(self, file: str, anchor: str) -> bool:
        """Whether the file has the anchor; only pages and drawings are checked."""
        anchors = self._anchors_of(file)
        is_there = not anchor or anchors is None or anchor in anchors
        return is_there or _BUILT_IN.fullmatch(anchor) is not None

    def near_anchor(self, target: Destination) -> str:
        """The anchor that was probably meant, or ""."""
        anchors = sorted(self._anchors_of(target.file) or ())
        return next(iter(get_close_matches(target.anchor, anchors, 1)), "")

    def near_file(self, target: Destination) -> str:
        """The address, from the host's root, that was probably meant, or ""."""
        if target.file not in self._near:
            # Without "index.html", which would make any two pages look similar.
            names = {file.removesuffix("index.html"): file for file in self.files}
            name = target.file.removesuffix("index.html")
            near = [f"{name}/"] if f"{name}/" in names else get_close_matches(name, names, 1, 0.9)
            self._near[target.file] = self.path(Destination("ours", names[near[0]])) if near else ""
        return self._near[target.file]

    def _anchors_of(self, file: str) -> Collection[str] | None:
        if file not in self._anchors and file.endswith(".svg") and file in self.files:
            text = (self.site_dir / file).read_text("utf-8", errors="replace")
            self._anchors[file] = frozenset(_SVG_ID.findall(text))
        return self._anchors.get(file)
