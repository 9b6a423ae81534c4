"""Renders theme/components/*.html and the parts of a preview with Jinja."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from metropolis.markup import Markup, finished
from metropolis.site.bytecode import CachedBytecode


def component_renderer(theme_dir: Path, folder: str = "components") -> Callable[..., Markup]:
    """A function `draw(name, **values)`. It escapes values; a missing name is an error."""
    environment = Environment(
        loader=FileSystemLoader(theme_dir / folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=CachedBytecode(theme_dir.parent),
    )

    def draw(name: str, /, **values: object) -> Markup:
        return finished(environment.get_template(f"{name}.html").render(**values))

    return draw
