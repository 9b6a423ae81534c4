"""Templates as Jinja has compiled them, kept for the next language, process and build.

What Jinja compiles depends on the template, on the options of its environment (whether it escapes, first of all), and
on the filters, which are ours or a package's.
"""

from __future__ import annotations

import inspect
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from metropolis.store import Store, digest
from metropolis.toolkit import toolkit_digest

# Every option of an environment, but those that say where templates come from and where they are kept.
_OPTIONS = sorted(
    set(inspect.signature(Environment).parameters) - {"loader", "cache_size", "auto_reload", "bytecode_cache"}
)


class KeptBytecode(BytecodeCache):
    """Jinja's cache, in a store that notices damage: Python would run damaged bytecode."""

    def __init__(self, root: Path) -> None:
        self.store = Store(root / ".cache" / "templates", limit=16_000_000)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja before it compiles a template."""
        if (kept := self.store.get(_key(bucket))) is not None:
            bucket.bytecode_from_string(kept)
            self.store.keep(_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja after it has compiled one."""
        self.store.put(_key(bucket), bucket.bytecode_to_string())
        self.store.prune()


def _key(bucket: Bucket) -> str:
    return digest(toolkit_digest(), bucket.key, bucket.checksum, repr(options_of(bucket.environment)))


def options_of(environment: Environment) -> list[tuple[str, object]]:
    """Every option with its value; a function or class by its name."""
    found: list[tuple[str, object]] = []
    for name in _OPTIONS:
        value = getattr(environment, "is_async" if name == "enable_async" else name)
        shown = sorted(value) if name == "extensions" else getattr(value, "__qualname__", value)
        found.append((name, shown))
    return found
