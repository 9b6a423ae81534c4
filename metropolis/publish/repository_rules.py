"""What git itself refuses in the server's repository, before a hook is asked."""

from __future__ import annotations

from metropolis.publish.limits import Limits


def repository_rules(limits: Limits) -> dict[str, str]:
    """git's settings of the repository, by name; set-up writes them."""
    return {
        "receive.denyNonFastForwards": "false",  # the hook refuses in words that say what to type
        "receive.denyDeletes": "false",
        "receive.fsckObjects": "true",  # strictly: git's warnings are refusals there
        "receive.maxInputSize": str(limits.largest_push),
        "receive.shallowUpdate": "false",
        "receive.advertisePushOptions": "false",
        "receive.autogc": "false",
        "gc.auto": "0",
        # Larger files are read bit by bit, not held in memory.
        "core.bigFileThreshold": str(limits.largest_file),
        # The history is looked at through small windows: memory is bounded while git unfolds a push
        # (unpacking.py).
        "core.packedGitWindowSize": "32m",
        "core.packedGitLimit": "256m",
        "core.useReplaceRefs": "false",
        "core.fsync": "all",
        "core.logAllRefUpdates": "true",
    }
