"""The built site on loopback and a browser to look at it: what audit/ and screenshots.py share."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import brotli
from playwright.sync_api import Browser, Page, sync_playwright

Found = TypeVar("Found")

ROOT = Path(__file__).parent.parent
SITE = ROOT / "site"
_TEXT = {".html", ".css", ".js", ".svg", ".json", ".xml", ".webmanifest"}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def find_browser() -> str | None:
    """Debian's Chromium. Its shell opens no windows: a page takes a third of the processor time."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@contextmanager
def serve_site() -> Iterator[str]:
    """The address of site/ on loopback."""
    handler = functools.partial(_Compressed, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def open_site() -> Iterator[tuple[str, Browser]]:
    """(address of site/ served on loopback, Debian's Chromium); both are ended at the end."""
    with serve_site() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield base, browser
        browser.close()


def visit(paths: Iterable[str]) -> Iterator[tuple[str, Page]]:
    """Each of the built pages, open in the browser."""
    with open_site() as (base, browser):
        page = browser.new_page(reduced_motion="reduce", bypass_csp=True)
        for path in paths:
            page.goto(base + path.removesuffix("index.html"), wait_until="load")
            yield path, page


def look_at_all(look: Callable[[list[str]], list[Found]]) -> tuple[list[str], list[Found]]:
    """All built pages, and what `look` finds on them. Each processor looks at a share of them, in a
    process of its own: `look` is a function of a module."""
    pages = sorted(page.relative_to(SITE).as_posix() for page in SITE.rglob("*.html"))
    workers = os.cpu_count() or 1
    shares = [pages[first::workers] for first in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return pages, [one for found in pool.map(look, shares) for one in found]


class _Compressed(http.server.SimpleHTTPRequestHandler):
    """Text is sent with brotli and kept by the browser, as the publishing server does
    (metropolis/publish/nginx.py)."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix not in _TEXT or not file.is_file():
            super().do_GET()
            return
        body = _compressed(file)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(file)}; charset=utf-8")
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@functools.cache
def _compressed(file: Path) -> bytes:
    return brotli.compress(file.read_bytes(), quality=5)
