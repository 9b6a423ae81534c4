"""Refusals: what somebody asked for is not done, for a reason that they can understand."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], None]

TELL = "Tell the server's administrator."


class RefusedError(Exception):
    """What somebody asked for is refused: a push, a key, an account, a folder. The message is for
    them: why, and what to do."""
