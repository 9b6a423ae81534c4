"""What git may use while it unfolds what is pushed: it does so before any hook of ours is asked.

A pack of some hundred bytes can hold an object of gigabytes. Soft limits of the system are handed
down from the key's command to git and its helpers; the hook, which has limits of its own for what
it starts, takes them off again."""

from __future__ import annotations

import resource

from metropolis.publish.limits import Limits

_KINDS = (resource.RLIMIT_AS, resource.RLIMIT_CPU)


def bound_unpacking(limits: Limits) -> None:
    """From now on, for this process and all that it starts: bytes of memory, and seconds of the
    processor, for each."""
    for kind, wanted in zip(
        _KINDS, (limits.most_unpack_memory, limits.longest_unpack), strict=True
    ):
        _, most = resource.getrlimit(kind)
        resource.setrlimit(
            kind, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most)
        )


def unbound() -> None:
    """Takes them off."""
    for kind in _KINDS:
        _, most = resource.getrlimit(kind)
        resource.setrlimit(kind, (most, most))
