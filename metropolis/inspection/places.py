"""Where an address leads: the one rule by which links, resources, alternates and the sitemap are followed.

An address is followed as a browser would, from the page's own address, then looked up among the site's files.
Capitals count: they do on the server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote, urljoin, urlsplit

from metropolis.inspection.facts import PageFacts

Kind = Literal["ours", "elsewhere", "scheme", "broken"]
_SVG_ID = re.compile(r"""\sid=["']([^"']+)["']""")
# Anchors that every page has: the top, and a browser's own marks for a piece of text.
_BUILT_IN = re.compile(r"top|:~:.*", re.IGNORECASE)


# Nearly all addresses of a site: steps up and down, plain names, an anchor. Nothing to decode, no other host.
_PLAIN = re.compile(r"((?:[\w-]+/|\.\./|\./)*(?:[\w-][\w.-]*)?)(?:#([\w-]+))?", re.ASCII)


def _join(page: str, address: str) -> str | None:
    """The file that a plain relative address means on a page; None for one that climbs above the root."""
    steps = page.split("/")[:-1]
    *folders, name = address.split("/")
    for step in folders:
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join([*steps, name or "index.html"])


@dataclass(frozen=True, slots=True)
class Place:
    """`kind` "ours": `file` from the site's root (it may not exist) and `anchor`. "elsewhere": another host.
    "scheme": no web address, `scheme` says which (mailto, javascript). "broken": no address at all."""

    kind: Kind
    file: str = ""
    anchor: str = ""
    scheme: str = ""


class Places:
    """The files of a site, their anchors, and their addresses."""

    def __init__(self, site_dir: Path, site_url: str, pages: Iterable[PageFacts]) -> None:
        self.site_dir = site_dir
        self.root = site_url.rstrip("/") + "/"
        parts = urlsplit(self.root)
        self._host, self._base = parts.netloc.lower(), parts.path
        files = (path for path in site_dir.rglob("*") if path.is_file())
        self.files = frozenset(path.relative_to(site_dir).as_posix() for path in files)
        # Every page repeats the header's and the foot's links, and links are followed by more than one check.
        self._followed: dict[tuple[str, str], Place] = {}
        self._near: dict[str, str] = {}
        self._anchors = {page.path: frozenset(detail.text for detail in page.ids) for page in pages}

    def address(self, file: str) -> str:
        """The absolute address of a page: "en/vision/index.html" -> "https://…/en/vision/"."""
        folder, _, name = file.rpartition("/")
        shown = (f"{folder}/" if folder else "") if name == "index.html" else file
        return self.root + quote(shown)

    def path(self, place: Place) -> str:
        """A place as an address from the host's root, which is right on any page: "/en/vision/#people"."""
        anchor = f"#{quote(place.anchor)}" if place.anchor else ""
        return self._base + self.address(place.file).removeprefix(self.root) + anchor

    def follow(self, page: str, address: str) -> Place:
        """Where `address` leads from the file `page`."""
        key = (page, address)
        if key not in self._followed:
            self._followed[key] = self._follow(page, address.strip())
        return self._followed[key]

    def _follow(self, page: str, clean: str) -> Place:
        if clean.startswith("#"):
            return Place("ours", page, unquote(clean[1:]))
        if (plain := _PLAIN.fullmatch(clean)) and (file := _join(page, plain[1])) is not None:
            return Place("ours", file, plain[2] or "")
        try:
            # Browsers read a backslash as a slash: "/\host" leaves the site.
            parts = urlsplit(urljoin(self.root + quote(page), clean.replace("\\", "/")))
        except ValueError:
            return Place("broken")
        if parts.scheme not in ("http", "https"):
            return Place("scheme", scheme=parts.scheme)
        if parts.netloc.lower() != self._host:
            return Place("elsewhere" if parts.netloc else "broken")
        path = unquote(parts.path) or "/"
        if not path.startswith(self._base):
            # Named with its host it is another site on our host; without, somebody forgot the site's folder.
            return Place("elsewhere") if urlsplit(clean).netloc else Place("ours", path)
        file = path.removeprefix(self._base)
        if not file or file.endswith("/"):
            file += "index.html"
        return Place("ours", file, unquote(parts.fragment))

    def exists(self, place: Place) -> bool:
        """The file is there."""
        return place.file in self.files

    def has_anchor(self, place: Place) -> bool:
        """The page has the anchor; files that are neither pages nor drawings are not looked into."""
        if not place.anchor or _BUILT_IN.fullmatch(place.anchor):
            return True
        anchors = self._anchors_of(place.file)
        return anchors is None or place.anchor in anchors

    def near_anchor(self, place: Place) -> str:
        """The anchor that was probably meant, or ""."""
        return next(iter(get_close_matches(place.anchor, sorted(self._anchors_of(place.file) or ()), 1)), "")

    def near_file(self, place: Place) -> str:
        """The address, from the host's root, that was probably meant, or ""."""
        if place.file not in self._near:
            # Without "index.html", which would make any two pages look alike.
            names = {file.removesuffix("index.html"): file for file in self.files}
            name = place.file.removesuffix("index.html")
            near = [f"{name}/"] if f"{name}/" in names else get_close_matches(name, names, 1, 0.9)
            self._near[place.file] = self.path(Place("ours", names[near[0]])) if near else ""
        return self._near[place.file]

    def _anchors_of(self, file: str) -> frozenset[str] | None:
        if file not in self._anchors and file.endswith(".svg") and file in self.files:
            text = (self.site_dir / file).read_text("utf-8", errors="replace")
            self._anchors[file] = frozenset(_SVG_ID.findall(text))
        return self._anchors.get(file)
