"""The names that a push may move, and the sentence for each that it may not.

Names are bytes: they are read with "surrogateescape", so that one which is not UTF-8 can still be
told, and taken away."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from metropolis.git import GitError, run_git_bare
from metropolis.problem import Problem
from metropolis.publish.limits import Limits
from metropolis.publish.places import Places
from metropolis.publish.portable_names import Fault, byte_length, find_faults, fold_name, shown

NOBODY = "0" * 40
HEADS = "refs/heads/"
PREVIEW = "refs/heads/preview/"
TAG = "refs/tags/"
_MOST_DELETED = 1000
# Words that git reads in its own way before it looks for a tag.
_GIT_WORDS = re.compile(r"(?:[A-Z]+_)?HEAD|AUTO_MERGE|@|stash|[0-9a-f]{40}|[0-9a-f]{64}|-.*")
_GIT_FOLDERS = ("heads", "tags", "remotes", "refs", "preview")


@dataclass(frozen=True)
class Update:
    """One ref that a push moves: from `old` to `new`, which are objects or NOBODY."""

    old: str
    new: str
    ref: str


def read_updates(data: bytes) -> list[Update]:
    """What git tells a hook on its standard input."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    return [Update(*line.split(" ", 2)) for line in lines if line.count(" ") >= 2]


def list_refs(places: Places, *under: str) -> dict[str, str]:
    """Every ref of the repository (or those under some folders) and the object it leads to."""
    answer = run_git_bare(
        places.repository, "for-each-ref", "--format=%(objectname) %(refname)", *under
    )
    lines = (line.partition(b" ") for line in answer.split(b"\n") if line)
    return {ref.decode("utf-8", "surrogateescape"): name.decode() for name, _, ref in lines}


def tip(places: Places, ref: str) -> str:
    """The commit that a ref leads to; empty where there is none."""
    try:
        found = run_git_bare(
            places.repository, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}"
        )
    except GitError:
        return ""
    return found.decode().strip()


def preview_address(branch: str) -> str:
    """The address of a preview: readable, and its own whatever the branch is called."""
    plain = unicodedata.normalize("NFKD", branch).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    mark = hashlib.sha256(branch.encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return f"{words}-{mark}" if words else mark


def check_updates(
    updates: Iterable[Update],
    existing: Mapping[str, str],
    branch: str,
    is_maintainer: bool,
    limits: Limits,
) -> list[Problem]:
    """A problem for each ref that may not be moved, and for each that would be one too many."""
    moved = [one for one in updates if one.new != NOBODY]
    gone = [one for one in updates if one.new == NOBODY]
    lost = ((one, fault) for one in gone for fault in _find_losses(one, branch, is_maintainer))
    problems = [Problem(shown(one.ref), 0, 0, what, how=how) for one, (what, how) in lost]
    if len(moved) > limits.most_refs or len(gone) > _MOST_DELETED:
        what = f"This push moves {len(moved):,} branches and tags and removes {len(gone):,}; "
        what += f"{limits.most_refs:,} and {_MOST_DELETED:,} are allowed."
        return [
            Problem(
                "git push",
                0,
                0,
                what,
                how="Name the branch that you mean: git push site " + branch + ".",
            )
        ]
    after = {ref: "" for ref in existing if ref not in {one.ref for one in gone}} | {
        one.ref: "" for one in moved
    }
    for one in moved:
        faults = _find_ref_faults(one, branch, after, limits.longest_name)
        problems += [Problem(shown(one.ref), 0, 0, what, how=how) for what, how in faults]
    return problems + _check_quotas(moved, existing, after, limits)


def _find_losses(update: Update, branch: str, is_maintainer: bool) -> Iterator[Fault]:
    """Anything may be taken away, so that a server can be cleaned, but the published branch and, by
    most, editions."""
    if update.ref == HEADS + branch:
        yield (
            "This would take the published branch away.",
            "To go back: metropolis publish rollback.",
        )
    if update.ref.startswith(TAG) and not is_maintainer:
        yield "A tag is an edition. Only maintainers may take it away.", "Ask one of them."


def _find_ref_faults(
    update: Update, branch: str, after: Iterable[str], longest: int
) -> Iterator[Fault]:
    ref = update.ref
    if ref == HEADS + branch:
        return
    if ref.startswith(PREVIEW) and ref != PREVIEW:
        name = ref.removeprefix(PREVIEW)
    elif ref.startswith(TAG) and ref != TAG:
        name = ref.removeprefix(TAG)
        if update.old != NOBODY:
            yield "A tag is an edition, and is kept for ever.", "Give the new one another name."
        if _GIT_WORDS.fullmatch(name) or name == branch or name.split("/")[0] in _GIT_FOLDERS:
            yield (
                f"Git would take “{shown(name)}” for something else than this tag.",
                "Give it another name.",
            )
    else:
        yield _publishes_nothing(ref, branch)
        return
    yield from find_faults(name)
    if byte_length(name) > longest:
        yield f"The name has more than {longest} bytes.", "Make it shorter."
    yield from _find_rivals(ref, after)


def _publishes_nothing(ref: str, branch: str) -> Fault:
    what = (
        f"Nothing is published from this name. The branch {branch}, branches preview/NAME and tags"
        " are."
    )
    if not ref.startswith(HEADS):
        return what, f"Type: git push site HEAD:{branch}"
    name = ref.removeprefix(HEADS)
    meant = name.rpartition("/")[2]
    if name in ("preview", "previews"):
        return what, "Did you mean a preview? Type: git push site HEAD:preview/NAME"
    if get_close_matches(meant.lower(), [branch.lower()], 1, 0.6):
        return what, f"Did you mean {branch}? Type: git push site HEAD:{branch}"
    first, _, rest = name.partition("/")
    mended = rest if rest and get_close_matches(first.lower(), ["preview"], 1, 0.7) else name
    return what, f"Did you mean a preview? Type: git push site HEAD:preview/{shown(mended)}"


def _find_rivals(ref: str, after: Iterable[str]) -> Iterator[Fault]:
    """Names that are one with another on some computers, in git's folders, or as addresses."""
    address = preview_address(ref.removeprefix(PREVIEW)) if ref.startswith(PREVIEW) else ""
    for other in after:
        if other == ref:
            continue
        if fold_name(other) == fold_name(ref):
            yield (
                f"This name and “{shown(other)}” are one on some computers.",
                "Give it another name.",
            )
        elif other.startswith(f"{ref}/") or ref.startswith(f"{other}/"):
            yield (
                f"Git keeps “{shown(other)}” in a folder, or file, of this name.",
                "Give it another name.",
            )
        elif (
            address
            and other.startswith(PREVIEW)
            and preview_address(other.removeprefix(PREVIEW)) == address
        ):
            yield f"The preview “{shown(other)}” has the same address.", "Give it another name."


def _check_quotas(
    moved: Iterable[Update], existing: Mapping[str, str], after: Iterable[str], limits: Limits
) -> list[Problem]:
    """What the server would keep afterwards; nobody is held to account for what was there
    before."""
    problems = []
    for folder, most, kind, how in (
        (PREVIEW, limits.most_previews, "previews", "Take one away: git push site :preview/NAME"),
        (
            TAG,
            limits.most_editions,
            "editions",
            "A maintainer can take one away: git push site :refs/tags/NAME",
        ),
    ):
        new = [one.ref for one in moved if one.ref.startswith(folder) and one.ref not in existing]
        if new and sum(ref.startswith(folder) for ref in after) > most:
            what = f"The server would keep more than {most} {kind}."
            problems.append(Problem(shown(new[0]), 0, 0, what, how=how))
    return problems
