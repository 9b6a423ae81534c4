"""How much a push may be: each limit has a name, a value and its reason, and can be changed in
settings.json.

docs/staff/publishing.md lists them; a test compares the list with this file.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Sizes are in bytes, times in seconds.

    What one push may send and unfold to: `largest_push` is what is sent (git looks at it while it
    receives: after a change, run set-up again); `most_files` counts files and folders of one
    commit, `most_bytes` is their size together; `most_commits` and `most_objects` are what one push
    may add to the history and what is read to judge it. What git may use to unfold it, before we
    are asked: `most_unpack_memory`, and `longest_unpack` of the processor. What any computer can
    check out: `longest_path` and `deepest_folder` of a file, `longest_name` of a branch or tag.
    What the server keeps: `most_refs` moved by one push, `most_previews` and `most_editions` in
    all. What others wait for: `longest_check` of the form (`most_checks` run at once),
    `longest_build` while the lock is held, `longest_wait` for the lock."""

    largest_push: int = 100_000_000
    largest_file: int = 2_000_000
    most_files: int = 20_000
    most_bytes: int = 300_000_000
    most_commits: int = 10_000
    most_objects: int = 200_000
    most_pixels: int = 50_000_000
    most_unpack_memory: int = 2_000_000_000
    longest_unpack: int = 120
    longest_path: int = 200
    deepest_folder: int = 12
    longest_name: int = 100
    most_refs: int = 10
    most_previews: int = 30
    most_editions: int = 30
    most_checks: int = 2
    longest_check: int = 60
    longest_build: int = 240
    longest_wait: int = 300
