"""What all pages of a build are rendered with: read once, shared by languages and processes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from metropolis.builder.gate import Prepared
from metropolis.cache import Cache
from metropolis.components.scope import Renderer
from metropolis.opendata.history import DataDay, read_days
from metropolis.release.provenance import Release, read_release
from metropolis.site.templates import component_renderer
from metropolis.web.assets import Assets, build_assets
from metropolis.web.font import cut_font


@dataclass(frozen=True)
class RenderContext:
    """`draw` renders a component; `data_days` are the days on which the data changed."""

    prepared: Prepared
    assets: Assets
    release: Release
    draw: Renderer
    data_days: tuple[DataDay, ...]


def render_context(root: Path, prepared: Prepared) -> RenderContext:
    theme_dir = prepared.project.theme_dir
    assets = build_assets(theme_dir, *cut_font(theme_dir, root / ".cache", prepared.characters))
    release = read_release(root)
    days = read_days(root, release.date, Cache(root / ".cache"))
    return RenderContext(prepared, assets, release, component_renderer(theme_dir), tuple(days))
