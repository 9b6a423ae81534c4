"""Looks up the site's files and anchors. Names are case-sensitive, as on the server."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from metropolis.inspection.addresses import Addresses, Place

_SVG_ID = re.compile(r"""\sid=["']([^"']+)["']""")
# Anchors that every page has: the top, and browsers' text fragments.
_BUILT_IN = re.compile(r"top|:~:.*", re.IGNORECASE)


class Places(Addresses):
    """`files` are the paths of all files of the site in `site_dir`, `anchors` those of its
    pages."""

    def __init__(
        self,
        site_dir: Path,
        site_url: str,
        files: Iterable[str],
        anchors: Mapping[str, Collection[str]],
    ) -> None:
        super().__init__(site_url)
        self.site_dir = site_dir
        self.files = frozenset(files)
        self._near: dict[str, str] = {}
        self._anchors = dict(anchors)

    def exists(self, place: Place) -> bool:
        """The file is there."""
        return place.file in self.files

    def has_anchor(self, place: Place) -> bool:
        """Whether the page has the anchor; only pages and drawings are checked."""
        if not place.anchor or _BUILT_IN.fullmatch(place.anchor):
            return True
        anchors = self._anchors_of(place.file)
        return anchors is None or place.anchor in anchors

    def near_anchor(self, place: Place) -> str:
        """The anchor that was probably meant, or ""."""
        return next(
            iter(get_close_matches(place.anchor, sorted(self._anchors_of(place.file) or ()), 1)), ""
        )

    def near_file(self, place: Place) -> str:
        """The address, from the host's root, that was probably meant, or ""."""
        if place.file not in self._near:
            # Without "index.html", which would make any two pages look similar.
            names = {file.removesuffix("index.html"): file for file in self.files}
            name = place.file.removesuffix("index.html")
            near = [f"{name}/"] if f"{name}/" in names else get_close_matches(name, names, 1, 0.9)
            self._near[place.file] = self.path(Place("ours", names[near[0]])) if near else ""
        return self._near[place.file]

    def _anchors_of(self, file: str) -> Collection[str] | None:
        if file not in self._anchors and file.endswith(".svg") and file in self.files:
            text = (self.site_dir / file).read_text("utf-8", errors="replace")
            self._anchors[file] = frozenset(_SVG_ID.findall(text))
        return self._anchors.get(file)
