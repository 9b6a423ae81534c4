"""What all pages of one build are drawn with: read once, shared by the languages and by the processes that render."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from macros.scope import Renderer
from metropolis.cache import Cache
from metropolis.opendata.history import DataDay, read_days
from metropolis.release import Release, read_release
from metropolis.site.assets import Assets, build_assets
from metropolis.site.components import component_renderer
from metropolis.site.fonts import cut_font
from metropolis.site.prepared import Prepared


@dataclass(frozen=True)
class Shared:
    """`draw` renders a component; `data_days` are the days on which the data changed."""

    prepared: Prepared
    assets: Assets
    release: Release
    draw: Renderer
    data_days: tuple[DataDay, ...]


def share(root: Path, prepared: Prepared) -> Shared:
    """What the pages of the project at `root` share."""
    theme_dir = prepared.project.theme_dir
    assets = build_assets(theme_dir, *cut_font(theme_dir, root / ".cache", prepared.characters))
    release = read_release(root)
    days = read_days(root, release.date, Cache(root / ".cache"))
    return Shared(prepared, assets, release, component_renderer(theme_dir), tuple(days))
