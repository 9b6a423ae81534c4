"""Resolves addresses: one rule for links, resources, alternates and the sitemap.

An address is resolved as a browser does it, from the page's own address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote, urljoin, urlsplit

Kind = Literal["ours", "elsewhere", "scheme", "broken"]

# A fast path for nearly all addresses of a site: steps up and down, plain names, an anchor.
# There is nothing to decode and no other host.
_PLAIN = re.compile(r"((?:[\w-]+/|\.\./|\./)*(?:[\w-][\w.-]*)?)(?:#([\w-]+))?", re.ASCII)


def _join(page: str, address: str) -> str | None:
    """The file that a plain relative address means on a page; None if it climbs above the root."""
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
    """Where an address leads.

    `kind` is one of: "ours": `file` is relative to the site's root (it may not exist), with
    `anchor`; "elsewhere": a different host; "scheme": not a web address, `scheme` names it
    (mailto, javascript); "broken": not an address at all.
    """

    kind: Kind
    file: str = ""
    anchor: str = ""
    scheme: str = ""


class Addresses:
    """Translates between the files of a site and their addresses, without reading the disk."""

    def __init__(self, site_url: str) -> None:
        self.root = site_url.rstrip("/") + "/"
        parts = urlsplit(self.root)
        self._host, self._base = parts.netloc.lower(), parts.path
        # A cache for one page, because several checks follow its links.
        self._page = ""
        self._followed: dict[str, Place] = {}

    def address(self, file: str) -> str:
        """The absolute address of a page: "en/vision/index.html" -> "https://…/en/vision/"."""
        folder, _, name = file.rpartition("/")
        shown = (f"{folder}/" if folder else "") if name == "index.html" else file
        return self.root + quote(shown)

    def path(self, place: Place) -> str:
        """A place as an address from the host's root, valid on any page: "/en/vision/#people"."""
        anchor = f"#{quote(place.anchor)}" if place.anchor else ""
        return self._base + self.address(place.file).removeprefix(self.root) + anchor

    def follow(self, page: str, address: str) -> Place:
        """Where `address` leads from the file `page`."""
        if page != self._page:
            self._page, self._followed = page, {}
        if address not in self._followed:
            self._followed[address] = self._follow(page, address.strip())
        return self._followed[address]

    def _follow(self, page: str, clean: str) -> Place:
        if clean.startswith("#"):
            return Place("ours", page, unquote(clean[1:]))
        if (plain := _PLAIN.fullmatch(clean)) and (file := _join(page, plain[1])) is not None:
            return Place("ours", file, plain[2] or "")
        try:
            # Browsers read a backslash as a slash: "/\host" leaves the site.
            plainly = clean.replace("\\", "/")
            own, parts = urlsplit(plainly), urlsplit(urljoin(self.root + quote(page), plainly))
        except ValueError:
            return Place("broken")
        if parts.scheme not in ("http", "https"):
            return Place("scheme", scheme=parts.scheme)
        if parts.netloc.lower() != self._host:
            return Place("elsewhere" if parts.netloc else "broken")
        path = unquote(parts.path) or "/"
        if not path.startswith(self._base):
            # With a host, it is a different site on our host. Otherwise the folder was forgotten.
            return Place("elsewhere") if own.netloc else Place("ours", path)
        file = path.removeprefix(self._base)
        if not file or file.endswith("/"):
            file += "index.html"
        return Place("ours", file, unquote(parts.fragment))
