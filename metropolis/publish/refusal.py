"""A rejected push, and the words around the reason."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], None]

NOT_PUBLISHED = (
    "Not published. The site online has not changed and your work is safe in your own copy."
)
TELL = "Tell the server's administrator."
TRY_AGAIN = "Fix this, commit, and push again."


class RefusedError(Exception):
    """The push is rejected; the message is for the pusher."""
