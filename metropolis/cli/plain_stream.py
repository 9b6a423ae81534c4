"""What is printed holds no character that a terminal obeys or a log hides, wherever it comes from.

Problems quote pages; git gives names of branches, files and authors; an exception may quote anything. Whoever may push
words must not be able to move the cursor, colour a line or forge one on somebody else's screen.
"""

from __future__ import annotations

from typing import Any, TextIO

from metropolis.characters import visible


class PlainStream:
    """`stream`, as `print` and argparse write to it, with every invisible character written by its name.

    A stream that is closed (None, to Python) takes what is written and shows nothing.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Characters that the stream's encoding lacks are named too: nobody's terminal ends a command."""
        if self._stream is None:
            return len(text)
        plain = visible(text)
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        self._stream.write(plain.encode(encoding, "backslashreplace").decode(encoding))
        return len(text)

    def flush(self) -> None:
        """Called by `print` where what is said is wanted at once."""
        if self._stream is not None:
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
