"""Refusals, and the words around the reason why a push is rejected."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], None]

NOT_PUBLISHED = (
    "Not published. The site online has not changed and your work is safe in your own copy."
)
TELL = "Tell the server's administrator."
TRY_AGAIN = "Fix this, commit, and push again."


class RefusedError(Exception):
    """What somebody asked for is refused: a push, a key, an account, a folder. The message is for
    them: why, and what to do."""
