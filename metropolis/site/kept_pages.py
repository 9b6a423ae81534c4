"""Pages that an earlier build made, found again by a key of everything that they come from.

The key is made of contents, never of dates: the page's own text and status; and, for all pages of a language, the data,
the titles in its navigation, which pages exist in which language, the configuration, the toolkit's and the theme's
files, the versions of every package, the release's day. Whatever is not in the key cannot be in a page.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from metropolis.site.share import Picture
from metropolis.site.shared import Shared
from metropolis.store import Store, digest, files_digest, folder_digest
from metropolis.toolkit import toolkit_digest

_DAYS = "data_changes("


@dataclass(frozen=True)
class BuiltPage:
    """A page as it is written, and what the last steps ask of it."""

    html: str
    title: str
    picture: Picture | None

    def to_bytes(self) -> bytes:
        """For the store."""
        picture = asdict(self.picture) if self.picture else None
        return json.dumps([self.html, self.title, picture], ensure_ascii=False).encode()

    @staticmethod
    def from_bytes(data: bytes) -> BuiltPage:
        """From the store."""
        html, title, picture = json.loads(data)
        return BuiltPage(html, title, Picture(**picture) if picture else None)


class PageKeys:
    """The keys of all pages of a build."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        workbench = shared.prepared.workbench
        project = shared.prepared.project
        self.statuses = {(status.locale, status.name): repr(status) for status in workbench.statuses}
        self.texts = {(page.locale, page.name): page.text.text for page in workbench.pages.values()}
        heads = sorted(
            (page.locale, page.name, page.front_matter.title, page.front_matter.description)
            for page in workbench.pages.values()
            if page.front_matter
        )
        names = {locale: sorted(found) for locale, found in shared.prepared.page_names.items()}
        self.common = digest(
            toolkit_digest(),
            folder_digest(project.theme_dir),
            (project.root / "mkdocs.yml").read_bytes(),
            data_digest(project.data_dir),
            *(
                repr(one)
                for one in (heads, names, shared.release.date, sorted(shared.assets.files), shared.assets.font)
            ),
        )

    def of(self, locale: str, name: str) -> str:
        """The key of a page; of its source page too, which is shown where there is no translation."""
        source = self.shared.prepared.project.default_locale.code
        text = self.texts.get((locale, name)) or self.texts.get((source, name), "")
        days = repr(self.shared.data_days) if _DAYS in text else ""
        status = self.statuses.get((locale, name), "")
        return digest(self.common, locale.encode(), name.encode(), text.encode(), status.encode(), days.encode())


def page_store(root: Path) -> Store:
    """Where pages are kept; a site of 20,000 members in three languages takes about three gigabytes of HTML."""
    return Store(root / ".cache" / "pages", limit=4_000_000_000)


def data_digest(data_dir: Path) -> str:
    """The data files; not their schemas, which no page shows."""
    return files_digest(data_dir, [*data_dir.glob("*.yml"), *data_dir.glob("observations/*.csv")])
