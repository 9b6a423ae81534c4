"""The preview's server: MkDocs' live-reload server, with pages that are rendered when a browser
asks for them, and a restart when Python code changes, because a running process cannot load it
again.

A page of any web site may send requests to this computer. So an address is normalised before it is
used, and a request that names another host is rejected: anybody can point a name to 127.0.0.1."""

from __future__ import annotations

import ipaddress
import os
import posixpath
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from metropolis.site.preview import Preview

# The longest path of a file system, in bytes.
_LONGEST_NAME, _LONGEST_PATH = 255, 4000
_POLL = re.compile(r"/livereload/[0-9]{1,18}/[0-9]{1,18}")

WATCHED = ("content", "data", "language", "macros", "metropolis", "theme")


class CannotListenError(Exception):
    """The address cannot be used; the message is the system's."""


class _Server(LiveReloadServer):
    def server_bind(self) -> None:
        try:
            super().server_bind()
        except OSError as error:
            raise CannotListenError(error.strerror) from error


def serve_preview(root: Path, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serves until it is interrupted."""
    with tempfile.TemporaryDirectory(prefix="metropolis-preview-") as folder:
        preview = Preview(root, Path(folder), say)
        server = preview_server(preview, host, port)
        preview.refresh()
        address = _address(host, port)
        say(f"Preview: {address}  all pages: {address}_preview/")
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

    # Files are checked twenty times a second: the system's notifications also report reading, and
    # would never stop.
    server = _Server(refresh, host, port, str(preview.site_dir), polling_interval=0.05)
    server.build_delay = 0.05  # Seconds, for a program that saves in two steps.
    serve_file = server.get_app()

    def serve_page(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not is_this_computer(environ.get("HTTP_HOST", ""), host):
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            how = f"open it at {_address(host, port)}."
            return [f"This preview is for this computer: {how}\n".encode()]
        path = site_path(environ["PATH_INFO"])
        if path is None or not preview.ensure(path):
            start_response("404 Not Found", [("Content-Type", "text/html; charset=utf-8")])
            return [preview.error_page(404)]
        # MkDocs gets the normalised path, not the one that was sent.
        environ["PATH_INFO"] = path.encode().decode("latin-1")
        body: Iterable[bytes] = serve_file(environ, start_response)
        return body

    server.set_app(serve_page)
    server.error_handler = lambda code: preview.error_page(code)
    for name in WATCHED:
        if (preview.root / name).is_dir():
            server.watch(str(preview.root / name))
    server.watch(str(preview.root / "mkdocs.yml"), recursive=False)
    return server


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def site_path(sent: str) -> str | None:
    """The path of `sent` (WSGI's PATH_INFO) from the site's root, without dots and double slashes;
    None if there can be no file of that name."""
    try:
        path = sent.encode("latin-1").decode()
    except UnicodeError:
        return None
    plain = "/" + posixpath.normpath("/" + path).lstrip("/")
    if path.endswith("/") and plain != "/":
        plain += "/"
    names = [name.encode() for name in plain.split("/")]
    if "\0" in plain or max(map(len, names)) > _LONGEST_NAME or len(plain.encode()) > _LONGEST_PATH:
        return None
    if plain.startswith("/livereload/") and not _POLL.fullmatch(plain):
        return None
    return plain


def is_this_computer(named: str, listening: str) -> bool:
    """Whether `named`, a request's Host, is this computer or the address that the preview listens
    on. If it listens on all addresses (0.0.0.0), any number is accepted, and no name."""
    try:
        parts = urlsplit(f"//{named}")
        name = parts.hostname or ""
    except ValueError:
        return False
    if "@" in parts.netloc:
        return False
    if name in {"localhost", listening.strip("[]").lower()}:
        return True
    try:
        is_loopback = ipaddress.ip_address(name).is_loopback
        return is_loopback or ipaddress.ip_address(listening).is_unspecified
    except ValueError:
        return False


def _code_digest(root: Path) -> tuple[tuple[str, int], ...]:
    files = [file for name in ("macros", "metropolis") for file in (root / name).rglob("*.py")]
    return tuple(sorted((str(file), file.stat().st_mtime_ns) for file in files))
