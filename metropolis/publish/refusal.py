"""A push that is not accepted, and the words around the reason."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], None]

NOT_PUBLISHED = (
    "Not published. The site on line has not changed and your work is safe in your own copy."
)
TELL = "Tell who looks after the server."
TRY_AGAIN = "Mend this, commit, and push again."


class RefusedError(Exception):
    """The push is not accepted; the message is for whoever pushes."""
