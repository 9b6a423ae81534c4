"""A reader who requests pages all the time while the site is published, and counts bad answers."""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections import Counter
from urllib.parse import urljoin

import brotli
from rehearsal import Rehearsal

_PAGES = ("/", "/en/", "/es/")
# The pages of both builders name their release twice, at the beginning and at the end.
_WORDS = re.compile(rb"<(?:p|code)>(release \d+)</")
_STYLE = re.compile(rb'href="([./]*assets/[^"]+\.css)"')
_UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


class Reader(threading.Thread):
    """Reads in all languages, and what pages load. `encoding` is what the browser asks for; while
    `may_go_back` is set, an older release than before is no fault."""

    def __init__(
        self, server: Rehearsal, encoding: str, stop: threading.Event, may_go_back: threading.Event
    ) -> None:
        super().__init__(daemon=True)
        self.server, self.encoding = server, encoding
        self.ends, self.may_go_back = stop, may_go_back
        self.found: Counter[str] = Counter()
        self.bad_answers: list[str] = []
        self._newest = 0

    def run(self) -> None:
        """Runs until `stop` is set."""
        while not self.ends.is_set():
            for page in _PAGES:
                self._read(page)
                self.ends.wait(0.01)  # the machine has other work too

    def _get(self, path: str) -> bytes | None:
        self.found["requests"] += 1
        try:
            status, headers, body = self.server.get(path, **{"Accept-Encoding": self.encoding})
            body = _UNPACK.get(headers.get("Content-Encoding", ""), bytes)(body)
        except Exception as error:  # cut short, or not in the encoding of its header
            return self._count("torn", path, repr(error))
        return body if status == 200 else self._count("not_200", path, str(status))

    def _count(self, fault: str, path: str, what: str) -> None:
        self.found[fault] += 1
        self.bad_answers.append(
            f"{time.strftime('%H:%M:%S')} {path} ({self.encoding}): {fault}: {what}"
        )

    def _read(self, page: str) -> None:
        if self.may_go_back.is_set():
            self._newest = 0
        body = self._get(page)
        if body is None:
            return
        words = _WORDS.findall(body)
        if len(words) < 2 or len(set(words)) > 1 or not body.rstrip().endswith(b"</html>"):
            self._count("torn", page, f"{words}, ends with {body[-20:]!r}")
            return
        number = int(words[0].split()[1])
        if number < self._newest and not self.may_go_back.is_set():
            self._count("backwards", page, f"{number} after {self._newest}")
        self._newest = max(number, self._newest)
        style = _STYLE.search(body)
        if style is None or self._get(urljoin(page, style[1].decode())) is None:
            self._count("missing_assets", page, style[1].decode() if style else "no style")
