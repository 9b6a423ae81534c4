"""Who pushes, or types a command on the server: never what a client may say of itself.

The name of whoever pushes is bound to the key (metropolis/publish/shell.py) and reaches the hook in
a variable that only a process of the server's account can have set. From any other account the
number of the user decides."""

from __future__ import annotations

import os
from pathlib import Path

from metropolis.publish.account import account_of

VARIABLE = "METROPOLIS_PUSHER"


def pusher(server: Path) -> str:
    """`LOGNAME`, `USER` and their like are not read: whoever runs git or ssh can set them."""
    own = os.getuid()
    named = os.environ.get(VARIABLE, "")
    return named if named and _owns(own, server) else account_of(own).name


def administrator() -> str:
    """Whoever became root to type a command: to be asked before root becomes another."""
    # sudo itself sets this, and root could claim any name anyhow.
    number = os.environ.get("SUDO_UID", "")
    is_known = os.getuid() == 0 and number.isascii() and number.isdigit()
    return account_of(int(number) if is_known else os.getuid()).name


def _owns(uid: int, server: Path) -> bool:
    try:
        return server.stat().st_uid == uid
    except OSError:
        return False
