"""Renders theme/components/*.html and the parts of a preview with Jinja, and caches the templates
that Jinja has compiled, for other languages, processes and builds."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from metropolis.cache import Cache, CacheEntry
from metropolis.inputs import Known, digest
from metropolis.markup import Markup, finished

# All options of an environment, except where templates come from and where they are cached.
_OPTIONS = sorted(
    set(inspect.signature(Environment).parameters)
    - {"loader", "cache_size", "auto_reload", "bytecode_cache"}
)


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


class CachedBytecode(BytecodeCache):
    """Jinja's bytecode, stored in our cache, which detects damage: Python would run it. It depends
    on the template, on the options of its environment (above all on autoescape), and on the
    filters, which are ours or a package's."""

    def __init__(self, root: Path) -> None:
        self.cache = Cache(root / ".cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja calls this before it compiles a template."""
        if (bytecode := self._entry(bucket).read()) is not None:
            bucket.bytecode_from_string(bytecode)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja calls this after it has compiled a template."""
        self._entry(bucket).make()

    def _entry(self, bucket: Bucket) -> CacheEntry[Known[Bucket], bytes]:
        key = digest(bucket.key, bucket.checksum, repr(options_of(bucket.environment)))
        return self.cache.entry("templates", Known(key, bucket), bytecode_of)


def bytecode_of(template: Known[Bucket]) -> bytes:
    return template.value.bytecode_to_string()


def options_of(environment: Environment) -> list[tuple[str, object]]:
    """Every option with its value; a function or class by its name."""
    found: list[tuple[str, object]] = []
    for name in _OPTIONS:
        value = getattr(environment, "is_async" if name == "enable_async" else name)
        shown = sorted(value) if name == "extensions" else getattr(value, "__qualname__", value)
        found.append((name, shown))
    return found
