"""The names that a push may move, and the message for each that it may not. Names are bytes, read
with "surrogateescape": one that is not UTF-8 can still be reported, and removed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from metropolis.git import GitError, run_git_bare
from metropolis.portable_names import Fault, byte_length, find_faults, fold_name, shown
from metropolis.problem import Problem
from metropolis.publish.places import Places
from metropolis.publish.settings import Limits, Settings

NOBODY = "0" * 40
HEADS = "refs/heads/"
PREVIEW = "refs/heads/preview/"
TAG = "refs/tags/"
_MOST_DELETED = 1000
# Words that git interprets in its own way before it looks for a tag.
_GIT_WORDS = re.compile(r"(?:[A-Z]+_)?HEAD|AUTO_MERGE|@|stash|[0-9a-f]{40}|[0-9a-f]{64}|-.*")
_GIT_FOLDERS = ("heads", "tags", "remotes", "refs", "preview")
_RENAME = "Give it another name."


class Update(NamedTuple):
    """One ref that a push moves: from `old` to `new`, which are objects or NOBODY."""

    old: str
    new: str
    ref: str

    @property
    def is_removal(self) -> bool:
        return self.new == NOBODY


def read_updates(data: bytes) -> list[Update]:
    """What git writes to a hook's standard input."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    return [Update(*line.split(" ", 2)) for line in lines if line.count(" ") >= 2]


def list_refs(places: Places, *under: str) -> dict[str, str]:
    """Every ref of the repository (or those under some folders) and the commit it leads to."""
    peeled = "%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)"
    words = ("for-each-ref", f"--format={peeled} %(refname)")
    lines = run_git_bare(places.repository, *words, *under).split(b"\n")
    pairs = (line.partition(b" ") for line in lines if line)
    return {ref.decode("utf-8", "surrogateescape"): name.decode() for name, _, ref in pairs}


def tip(places: Places, ref: str) -> str:
    """The commit that a ref leads to; empty if there is none."""
    words = ("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    try:
        return run_git_bare(places.repository, *words).decode().strip()
    except GitError:
        return ""


def preview_address(branch: str) -> str:
    """The address of a preview: readable, and unique whatever the branch is called."""
    plain = unicodedata.normalize("NFKD", branch).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    mark = hashlib.sha256(branch.encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return f"{words}-{mark}" if words else mark


def check_updates(
    updates: Iterable[Update], existing: Mapping[str, str], settings: Settings, who: str
) -> list[Problem]:
    """A problem for each ref that may not be moved, and for each that would be one too many."""
    updates = list(updates)
    moved = [one for one in updates if not one.is_removal]
    gone = [one.ref for one in updates if one.is_removal]
    branch, is_maintainer = settings.branch, who in settings.maintainers
    if len(moved) > settings.most_refs or len(gone) > _MOST_DELETED:
        what = f"This push moves {len(moved):,} branches and tags and removes {len(gone):,};"
        what = f"{what} {settings.most_refs:,} and {_MOST_DELETED:,} are allowed."
        how = f"Name the branch that you mean: git push site {branch}."
        return [Problem("git push", 0, 0, what, how=how)]
    found = [(ref, fault) for ref in gone for fault in _find_losses(ref, branch, is_maintainer)]
    after = {*existing} - {*gone} | {one.ref for one in moved}
    for one in moved:
        found += [(one.ref, fault) for fault in _find_ref_faults(one, after, settings)]
    problems = [Problem(shown(ref), 0, 0, what, how=how) for ref, (what, how) in found]
    return problems + _check_quotas(moved, existing, after, settings)


def _find_losses(ref: str, branch: str, is_maintainer: bool) -> Iterator[Fault]:
    """Anyone may remove anything but the published branch; editions, only maintainers."""
    if ref == HEADS + branch:
        yield "This would remove the published branch.", "To go back: metropolis publish rollback."
    if ref.startswith(TAG) and not is_maintainer:
        yield "A tag is an edition. Only maintainers may remove it.", "Ask one of them."


def _find_ref_faults(update: Update, after: Iterable[str], settings: Settings) -> Iterator[Fault]:
    ref, branch = update.ref, settings.branch
    if ref == HEADS + branch:
        return
    if ref.startswith(PREVIEW) and ref != PREVIEW:
        name = ref.removeprefix(PREVIEW)
    elif ref.startswith(TAG) and ref != TAG:
        name = ref.removeprefix(TAG)
        if update.old != NOBODY:
            yield "A tag is an edition, and is kept for ever.", "Give the new one another name."
        if _GIT_WORDS.fullmatch(name) or name == branch or name.split("/")[0] in _GIT_FOLDERS:
            yield f"Git would not read “{shown(name)}” as this tag.", _RENAME
    else:
        yield _publishes_nothing(ref, branch)
        return
    yield from find_faults(name)
    if byte_length(name) > settings.longest_name:
        yield f"The name has more than {settings.longest_name} bytes.", "Make it shorter."
    yield from _find_rivals(ref, after)


def _publishes_nothing(ref: str, branch: str) -> Fault:
    what = "Nothing is published from this name, only from"
    what = f"{what} the branch {branch}, branches preview/NAME and tags."
    if not ref.startswith(HEADS):
        return what, f"Type: git push site HEAD:{branch}"
    name = ref.removeprefix(HEADS)
    meant = name.rpartition("/")[2]
    if name in ("preview", "previews"):
        return what, "Did you mean a preview? Type: git push site HEAD:preview/NAME"
    if get_close_matches(meant.lower(), [branch.lower()], 1, 0.6):
        return what, f"Did you mean {branch}? Type: git push site HEAD:{branch}"
    first, _, rest = name.partition("/")
    right = rest if rest and get_close_matches(first.lower(), ["preview"], 1, 0.7) else name
    return what, f"Did you mean a preview? Type: git push site HEAD:preview/{shown(right)}"


def _find_rivals(ref: str, after: Iterable[str]) -> Iterator[Fault]:
    """Names that are the same as another on some computers, in git's folders, or as addresses."""
    address = _address_of(ref)
    for other in after:
        if other == ref:
            continue
        if fold_name(other) == fold_name(ref):
            yield f"This name and “{shown(other)}” are the same on some computers.", _RENAME
        elif other.startswith(f"{ref}/") or ref.startswith(f"{other}/"):
            yield f"Git stores “{shown(other)}” in a folder, or file, of this name.", _RENAME
        elif address and _address_of(other) == address:
            yield f"The preview “{shown(other)}” has the same address.", _RENAME


def _address_of(ref: str) -> str:
    return preview_address(ref.removeprefix(PREVIEW)) if ref.startswith(PREVIEW) else ""


def _check_quotas(
    moved: Iterable[Update], existing: Mapping[str, str], after: Collection[str], limits: Limits
) -> list[Problem]:
    """What the server would keep. A push that adds nothing is not blamed for what was there."""
    problems = []
    who = "A maintainer can remove one: git push site :refs/tags/NAME"
    previews = (limits.most_previews, "previews", "Remove one: git push site :preview/NAME")
    editions = (limits.most_editions, "editions", who)
    for folder, (most, kind, how) in {PREVIEW: previews, TAG: editions}.items():
        new = [one.ref for one in moved if one.ref.startswith(folder) and one.ref not in existing]
        if new and sum(ref.startswith(folder) for ref in after) > most:
            what = f"The server would keep more than {most} {kind}."
            problems.append(Problem(shown(new[0]), 0, 0, what, how=how))
    return problems
