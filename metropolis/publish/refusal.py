"""Refusals: what somebody asked for is not done, for a reason that they can understand."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], None]

TELL = "Tell the server's administrator."


class RefusedError(Exception):
    """The message is for who asked for a push, a key, an account, a folder: why, and what to do."""
