"""Keeps control and invisible characters out of all that is printed. Problems quote pages and
names: who may push text must not be able to move the cursor, or forge a line, on another screen."""

from __future__ import annotations

from typing import Any, TextIO

from metropolis.hidden_characters import visible


class PlainStream:
    """A `stream` that writes invisible characters by name; a closed one (None) shows nothing."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Names characters that the encoding lacks too, so that no terminal can stop a command."""
        if self._stream is None:
            return len(text)
        plain = visible(text)
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        self._stream.write(plain.encode(encoding, "backslashreplace").decode(encoding))
        return len(text)

    def flush(self) -> None:
        """Called by `print(flush=True)`."""
        if self._stream is not None:
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
