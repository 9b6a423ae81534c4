"""Templates as Jinja has compiled them, kept for the next language, process and build."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from metropolis.store import Store, digest

_JINJA = version("jinja2")  # asked once: it is read from a file each time


class KeptBytecode(BytecodeCache):
    """Jinja's cache, in a store that notices damage: Python would run damaged bytecode."""

    def __init__(self, root: Path) -> None:
        self.store = Store(root / ".cache" / "templates", limit=16_000_000)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja before it compiles a template."""
        if (kept := self.store.get(_key(bucket))) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja after it has compiled one."""
        self.store.put(_key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> str:
    escapes = repr(bucket.environment.autoescape)  # it is compiled into the code, and not part of Jinja's own key
    return digest(bucket.key, bucket.checksum, sys.version, _JINJA, escapes)
