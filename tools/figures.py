"""What a campaign against publishing counts: what it did, and what must never happen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Figures:
    """What happened. All but the first ten must be zero."""

    pushes: int = 0
    killed: int = 0
    published: int = 0
    refused: int = 0
    real_pushes: int = 0
    real_published: int = 0
    full_disks: int = 0
    no_inodes: int = 0
    rollbacks: int = 0
    requests: int = 0
    not_200: int = 0
    torn: int = 0
    backwards: int = 0
    missing_assets: int = 0
    bad_accepted: int = 0
    good_refused: int = 0
    lost_accepted: int = 0
    lost_refs: int = 0
    damaged_releases: int = 0
    fsck_problems: int = 0
    not_converged: int = 0
    left_behind: int = 0
    traces: int = 0

    @property
    def faults(self) -> dict[str, int]:
        """The figures that should be zero and are not."""
        figures = list(vars(self).items())
        return {name: count for name, count in figures[10:] if count}
