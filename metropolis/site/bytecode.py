"""Templates as Jinja has compiled them, for the next language, process and build.

What Jinja compiles depends on the template, on the options of its environment (whether it escapes,
first of all), and on the filters, which are ours or a package's.
"""

from __future__ import annotations

import inspect
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from metropolis.cache import Cache, Entry
from metropolis.inputs import Known, digest

# Every option of an environment, but those of where templates come from and are cached.
_OPTIONS = sorted(
    set(inspect.signature(Environment).parameters)
    - {"loader", "cache_size", "auto_reload", "bytecode_cache"}
)


class CachedBytecode(BytecodeCache):
    """Jinja's cache, in ours, which notices damage: Python would run damaged bytecode."""

    def __init__(self, root: Path) -> None:
        self.cache = Cache(root / ".cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja before it compiles a template."""
        if (bytecode := self._entry(bucket).read()) is not None:
            bucket.bytecode_from_string(bytecode)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja after it has compiled one."""
        self._entry(bucket).make()

    def _entry(self, bucket: Bucket) -> Entry[Known[Bucket], bytes]:
        key = digest(bucket.key, bucket.checksum, repr(options_of(bucket.environment)))
        return self.cache.entry("templates", Known(key, bucket), bytecode_of)


def bytecode_of(template: Known[Bucket]) -> bytes:
    """What Jinja has made of a template."""
    return template.value.bytecode_to_string()


def options_of(environment: Environment) -> list[tuple[str, object]]:
    """Every option with its value; a function or class by its name."""
    found: list[tuple[str, object]] = []
    for name in _OPTIONS:
        value = getattr(environment, "is_async" if name == "enable_async" else name)
        shown = sorted(value) if name == "extensions" else getattr(value, "__qualname__", value)
        found.append((name, shown))
    return found
