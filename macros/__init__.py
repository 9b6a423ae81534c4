"""What a page may call: `{{ figure("people-served") }}`, `{{ timeline() }}` … One module for each
subject. A macro writes in the language of the page that calls it. It reads no file and checks
nothing: it gets ready records, and the page gate has already rejected wrong calls.
docs/translators/macros.md lists all macros with an example each."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from metropolis.components.registry import MACROS, Macro, signatures

__all__ = ["MACROS", "define_env", "signatures"]

for module in iter_modules(__path__):  # each enters its macros into MACROS
    import_module(f"macros.{module.name}")


def define_env(env: Any) -> None:
    """Called by mkdocs-macros, once for each language."""
    site = env.conf["plugins"]["metropolis"]

    def bind(macro: Macro) -> Any:
        # The macro looks up the page when it renders, not now: see metropolis/components/scope.py.
        return lambda *args, **kwargs: site.call(macro, env.page, *args, **kwargs)

    for macro in MACROS.values():
        env.macro(bind(macro), macro.name)
