"""The preview's server: renders a page when a browser asks for it, and reloads the browser when a file is saved.

MkDocs' own live-reload server does the serving and the reloading; here are the page that is made in time, the folders
that are watched, and a restart when Python code changes, which a running process cannot take over.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from metropolis.site.preview import Preview

WATCHED = ("content", "data", "language", "macros", "metropolis", "theme")


def serve_preview(root: Path, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serves until it is interrupted."""
    with tempfile.TemporaryDirectory(prefix="metropolis-preview-") as folder:
        preview = Preview(root, Path(folder), say)
        server = preview_server(preview, host, port)
        preview.refresh()
        say(f"Preview: http://{host}:{port}/  all pages: http://{host}:{port}/_preview/")
        try:
            server.serve()
        finally:
            server.shutdown()


def preview_server(preview: Preview, host: str, port: int) -> LiveReloadServer:
    """The server, not yet serving."""
    code = _code_digest(preview.root)

    def refresh() -> None:
        if _code_digest(preview.root) != code:
            preview.say("Python code has changed: starting again.")
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
        preview.refresh()

    # Files are looked at twenty times a second: the system's own notices tell of reading too, and would never stop.
    server = LiveReloadServer(refresh, host, port, str(preview.site_dir), polling_interval=0.05)
    server.build_delay = 0.05  # seconds: what a program that saves in two steps needs
    serve_file = server.get_app()

    def serve_page(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        preview.ensure(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"))
        body: Iterable[bytes] = serve_file(environ, start_response)
        return body

    server.set_app(serve_page)
    server.error_handler = lambda code: preview.error_page(code)
    for name in WATCHED:
        if (preview.root / name).is_dir():
            server.watch(str(preview.root / name))
    server.watch(str(preview.root / "mkdocs.yml"), recursive=False)
    return server


def _code_digest(root: Path) -> tuple[tuple[str, int], ...]:
    files = [file for name in ("macros", "metropolis") for file in (root / name).rglob("*.py")]
    return tuple(sorted((str(file), file.stat().st_mtime_ns) for file in files))
