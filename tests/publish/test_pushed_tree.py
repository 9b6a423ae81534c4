"""What a tree may hold: a table of files, each refusal to the letter; and trees that unfold without
end."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.git import GitError
from metropolis.portable_names import find_faults, shown
from metropolis.publish.pushed_objects import (
    Measure,
    Objects,
    check_extent,
    open_objects,
)
from metropolis.publish.pushed_tree import (
    TreeEntry,
    changed_paths,
    check_tree,
    check_trust,
    is_protected,
    list_tree,
)
from metropolis.publish.settings import Limits

LIMITS = Limits()
ELSEWHERE = "The name has a special meaning on some computers. Rename it."
UNSEEN = "The name contains an invisible character. Rename it."
OBEYED = "Git would obey this file in everybody's copy. Remove it."


def reported(*paths: str, mode: str = "100644", size: int = 1) -> list[str]:
    return [
        str(one)
        for one in check_tree([TreeEntry(mode, "0" * 40, size, path) for path in paths], LIMITS)
    ]


@pytest.mark.parametrize(
    "path",
    [
        "content/fr/été.md",
        "docs/a b.md",
        "docs/console.md",
        "docs/com10.md",
        "docs/.hidden.md",
        "docs/日本語.md",
        "docs/a~1.md",
        "docs/-rf.md",
        "docs/$(id).md",
        ".gitattributes",
        ".github/workflows/publish.yml",
        "docs/" + "a" * 195,
    ],
)
def test_names_that_every_computer_can_hold(path: str) -> None:
    assert reported(path) == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("docs/con.md", "Windows reserves the name “con.md”. Rename it."),
        ("docs/AUX", "Windows reserves the name “AUX”. Rename it."),
        ("docs/nul.tar.gz", "Windows reserves the name “nul.tar.gz”. Rename it."),
        ("docs/com1.md", "Windows reserves the name “com1.md”. Rename it."),
        ("docs/lpt².md", "Windows reserves the name “lpt².md”. Rename it."),
        ("docs/prn/x.md", "Windows reserves the name “prn”. Rename it."),
        ("docs/a:b.md", "Windows does not allow “:” in a name. Rename it."),
        ("docs/a*.md", "Windows does not allow “*” in a name. Rename it."),
        ("docs/a?.md", "Windows does not allow “?” in a name. Rename it."),
        ('docs/"a".md', 'Windows does not allow “"” in a name. Rename it.'),
        ("docs/<a>.md", "Windows does not allow “<” in a name. Rename it."),
        ("docs/a|b.md", "Windows does not allow “|” in a name. Rename it."),
        *(
            (
                path,
                "The name begins or ends with a space, or ends with a dot: some computers drop them. Rename it.",
            )
            for path in ("docs/a.", "docs/a ", "docs/ a.md", "docs/a./x.md")
        ),
        ("docs/a\\b.md", ELSEWHERE),
        ("docs/../x.md", ELSEWHERE),
        ("docs/./x.md", ELSEWHERE),
        ("docs//x.md", ELSEWHERE),
        ("docs/GIT~1/config", ELSEWHERE),
        ("docs/gitmod~1", ELSEWHERE),
        ("docs/a\nb.md", UNSEEN),
        ("docs/\x1b[31m.md", UNSEEN),
        ("docs/a\x7fb.md", UNSEEN),
        ("docs/a\u200bb.md", UNSEEN),
        ("docs/\u202egnp.md", UNSEEN),
        ("docs/a\u00a0b.md", UNSEEN),
        ("docs/a\u3164b.md", UNSEEN),
        ("docs/a\ufe0fb.md", UNSEEN),
        ("docs/\ufeffa.md", UNSEEN),
        ("docs/a\ue000.md", UNSEEN),
        ("docs/\udce9.md", "The name is not written in UTF-8. Rename it."),
        (
            "docs/e\u0301.md",
            "The name is written with letters and separate accents. Rename it in plain letters: a-z.",
        ),
        ("docs/" + "a" * 196, "The path has more than 200 bytes. Make it shorter."),
        ("docs/" + "€" * 66, "The path has more than 200 bytes. Make it shorter."),
        ("content/.gitattributes", OBEYED),
        ("docs/x/.GitIgnore", OBEYED),
        ("data/.github/x.yml", OBEYED),
        ("tests/.gitmodules", OBEYED),
    ],
)
def test_names_that_some_computer_cannot_hold(path: str, words: str) -> None:
    assert reported(path) == [f"{shown(path)}: {words}"]


def test_git_folders_in_all_spellings() -> None:
    for part in (".git", ".GIT", ".Git ", ".git.", ".g\u200cit"):
        assert any(ELSEWHERE in line for line in reported(f"tests/{part}/config")), part


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (
            "120000",
            "This is a link to another file, and could publish any file of the server. Put the file itself here.",
        ),
        (
            "160000",
            "This is another repository (a submodule), which is not published. Remove it: git rm --cached.",
        ),
        (
            "100666",
            "Git does not know this kind of file (100666). Remove it and add it again: git rm, git add.",
        ),
    ],
)
def test_what_is_no_file(mode: str, words: str) -> None:
    assert reported("tests/x", mode=mode) == [f"tests/x: {words}"]


def test_a_file_that_is_too_large() -> None:
    assert reported("data/x.yml", size=2_000_001) == [
        "data/x.yml: The file has 2,000,001 bytes; 2,000,000 are allowed. Make it smaller."
    ]


def test_files_and_folders_that_differ_by_case_only() -> None:
    assert reported("docs/A/x.md", "docs/A/y.md", "docs/a/x.md", "docs/a/z.md") == [
        "docs/a: This name and “docs/A” are the same folder on some computers. Rename one of them.",
        "docs/a: This name and “docs/A” are the same folder on some computers. Rename one of them.",
    ]
    assert reported("docs/A", "docs/a/x.md") == [
        "docs/a: This name and “docs/A” are the same folder on some computers. Rename one of them."
    ]
    assert reported("docs/É.md", "docs/é.md") == [
        "docs/é.md: This name and “docs/É.md” are the same file on some computers. Rename one of them."
    ]
    assert reported("docs/a.md", "docs/b.md", "data/a.md") == []


@given(
    st.lists(st.binary(max_size=40), max_size=4),
    st.sampled_from(["100644", "120000", "160000", "0"]),
)
def test_any_name_is_answered(names: list[bytes], mode: str) -> None:
    """Whatever bytes a tree holds: sentences that can be written in UTF-8, and nothing that moves a
    terminal."""
    for line in reported(*(name.decode("utf-8", "surrogateescape") for name in names), mode=mode):
        assert line.encode("utf-8").decode().isprintable()


_PLAIN = st.from_regex(r"[a-z0-9]{1,20}(-[a-z0-9]{1,9})?", fullmatch=True)


@given(st.lists(_PLAIN, min_size=1, max_size=4), st.sampled_from([".md", ".yml", ".png"]))
def test_plain_names_are_taken(parts: list[str], kind: str) -> None:
    """What the handbook asks for is never refused, but for Windows' devices."""
    assert all("Windows keeps" in what for what, _ in find_faults("/".join(parts) + kind))


@pytest.mark.parametrize(
    ("path", "is_code"),
    [
        *((f"{folder}/x{kind}", False) for folder in ("content/fr", "data", "docs", "language")
          for kind in (".md", ".yml", ".csv", ".png", ".PNG", ".txt", ".json")),
        ("README.md", False),
        *((f"docs/x{kind}", True)
          for kind in (".py", ".PY", ".Sh", ".js", ".mjs", ".html", ".bash", ".pth", ".exe", ".so.1", "")),
        ("docs/Makefile", True),
        ("Makefile", True),
        ("macros/x.md", True),
        ("docs.md/x", True),
        ("docs", True),
        (".gitattributes", True),
        ("mkdocs.yml", True),
    ],
)  # fmt: skip
def test_what_is_or_decides_about_code(path: str, is_code: bool) -> None:
    assert is_protected(path) is is_code


# --- trees that unfold ---


def extent_of(raw: Any, *commits: str, limits: Limits = LIMITS) -> list[str]:
    with open_objects(raw.folder) as objects:
        return [str(one) for one in check_extent(raw.folder, objects, commits, limits)]


def test_a_tree_is_measured_as_git_lists_it(raw: Any) -> None:
    blob, large = raw.write("blob", b"x\n"), raw.write("blob", b"x" * 1000)
    tree = raw.tree_with("", b"content/fr/index.md", "100644", blob)
    tree = raw.tree_with(tree, "docs/été.md".encode(), "100644", large)
    tree = raw.tree_with(tree, b"docs/a/b/c", "160000", "1" * 40)
    commit = raw.commit(tree)
    with open_objects(raw.folder) as objects:
        extent = Measure(objects, LIMITS).commit(commit)
    files = list_tree(raw.folder, commit)
    assert extent.size == sum(one.size for one in files) == 1002
    assert extent.path == max(len(one.path.encode()) for one in files)
    assert (extent.files, extent.depth) == (len(files) + 5, 3)


@pytest.mark.parametrize("depth", [5, 6, 7, 10, 11])
def test_a_bomb_is_reported_by_its_first_folder_that_is_too_much(raw: Any, depth: int) -> None:
    commit = raw.commit(raw.tree_with("", b"content/z", "40000", raw.bomb(depth)))
    place = "/".join(["content/z", *["d0"] * (depth - 5)])
    assert extent_of(raw, commit) == [
        f"{place}: There are more than 20,000 files and folders. Remove what is too much."
    ]


def test_a_bomb_of_folders_that_hold_nothing(raw: Any) -> None:
    """`git ls-tree -r` would say nothing, for ever."""
    commit = raw.commit(raw.tree_with("", b"z", "40000", raw.bomb(9, leaf=raw.tree([]))))
    assert extent_of(raw, commit) == [
        "z/d0/d0/d0/d0: There are more than 20,000 files and folders. Remove what is too much."
    ]


def test_a_bomb_of_bytes(raw: Any) -> None:
    own = raw.write("blob", b"x" * 1_900_000)
    for mode in ("100644", "40000"):
        own = raw.tree((mode, b"d%d" % number, own) for number in range(20))
    assert extent_of(raw, raw.commit(raw.tree_with("", b"z", "40000", own))) == [
        "z: The files have more than 300,000,000 bytes together. Remove what is too much."
    ]


def test_folders_in_folders(raw: Any) -> None:
    """As deep as Python's own stack would not bear."""
    own = raw.write("blob", b"x")
    mode = "100644"
    for _ in range(13):
        own = raw.tree([(mode, b"d", own)])
        mode = "40000"
    deep = raw.commit(own)
    allowed = raw.commit(raw.entries(own)[0][2])
    assert extent_of(raw, allowed) == []
    assert extent_of(raw, deep) == []  # twelve folders in the top one
    deeper = raw.commit(raw.tree([("40000", b"d", own)]))
    assert extent_of(raw, deeper) == [
        "/".join("d" * 12)
        + ": There are more than 12 folders, one in another. Remove what is too much."
    ]


def test_a_path_and_a_name_that_are_too_long(raw: Any) -> None:
    blob = raw.write("blob", b"x")
    name = "€" * 70
    commit = raw.commit(raw.tree_with("", f"docs/{name}".encode(), "100644", blob))
    assert extent_of(raw, commit) == [
        f"docs/{name}: The path, or one in it, has more than 200 bytes. Remove what is too much."
    ]
    commit = raw.commit(raw.tree_with("", b"x" * 1_000_000, "100644", blob))
    (line,) = extent_of(raw, commit)
    assert (
        line
        == "x" * 120
        + "…: The path, or one in it, has more than 200 bytes. Remove what is too much."
    )


def test_a_folder_and_a_commit_that_are_too_large(raw: Any) -> None:
    blob = raw.write("blob", b"x")
    commit = raw.commit(raw.tree_with("", b"x" * 2_000_000, "100644", blob))
    assert extent_of(raw, commit) == [
        f"{commit[:10]}: The list of this folder has 2,000,028 bytes; 2,000,000 are allowed. Remove what is too much."
    ]
    text = raw.git("cat-file", "commit", raw.commit(raw.tree([]))) + b"x" * 2_000_000
    commit = raw.write("commit", text)
    assert extent_of(raw, commit) == [
        f"{commit[:10]}: The commit's message has {len(text):,} bytes; 2,000,000 are allowed. "
        "Remove what is too much."
    ]


def test_a_bomb_in_an_older_commit(raw: Any) -> None:
    good = raw.tree_with("", b"content/fr/index.md", "100644", raw.write("blob", b"x"))
    bad = raw.commit(raw.tree_with(good, b"data/z", "40000", raw.bomb(6)))
    new = raw.commit(good, bad)
    assert extent_of(raw, new) == [
        "data/z/d0: There are more than 20,000 files and folders. "
        f"It is in {bad[:10]}, an older commit of the push: begin a new branch without it."
    ]
    raw.git(
        "update-ref", "refs/heads/main", bad
    )  # it is there already: nobody is kept from going on
    assert extent_of(raw, new) == []


def test_too_many_commits_and_objects(raw: Any) -> None:
    commit = raw.commit(raw.tree([]))
    for number in range(5):
        commit = raw.commit(
            raw.tree([("100644", b"%d" % number, raw.write("blob", b"%d" % number))]), commit
        )
    assert extent_of(raw, commit, limits=replace(LIMITS, most_commits=6)) == []
    assert extent_of(raw, commit, limits=replace(LIMITS, most_commits=5)) == [
        f"{commit[:10]}: The push adds more than 5 commits. "
        "Push the older ones first, or ask the server's administrator."
    ]
    (line,) = extent_of(raw, commit, limits=replace(LIMITS, most_objects=4))
    assert "The push has more than 4 objects." in line


def test_a_large_folder_that_many_commits_change_a_little(raw: Any) -> None:
    """It is sent as a few bytes for each commit, and has to be read whole each time."""
    blob = raw.write("blob", b"x")
    commit = raw.commit(raw.tree([]))
    for number in range(4):
        names = (b"%03d" % one for one in range(number, number + 30))
        commit = raw.commit(raw.tree(("100644", name, blob) for name in names), commit)
    assert extent_of(raw, commit, limits=replace(LIMITS, most_objects=8)) == []
    (line,) = extent_of(raw, commit, limits=replace(LIMITS, most_objects=5))
    assert "The push's folders have more than 100 lines together." in line


class Counted(Objects):
    """Counts what is read."""

    reads = 0

    def read(self, name: str, largest: int = 2_000_000) -> bytes:
        Counted.reads += 1
        return super().read(name, largest)


def test_each_folder_is_read_once(raw: Any) -> None:
    """The work grows with what was sent, not with what it unfolds to."""
    commit = raw.commit(raw.bomb(10))
    limits = replace(LIMITS, most_files=10**12, most_bytes=10**12)
    with open_objects(raw.folder) as objects:
        counted = object.__new__(Counted)
        counted.__dict__.update(vars(objects))
        assert Measure(counted, limits).commit(commit).files > 10**10
    assert Counted.reads == 11


_LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (4, 4))
resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
from metropolis.publish.settings import Limits
from metropolis.publish.pushed_objects import check_extent, open_objects
with open_objects(Path(sys.argv[1])) as objects:
    print(*check_extent(Path(sys.argv[1]), objects, [sys.argv[2]], Limits()))
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def wide(raw: Any) -> str:
    """As many folders in one as a folder may have."""
    empty = raw.tree([])
    return str(raw.tree(("40000", b"%06d" % number, empty) for number in range(19_000)))


def wide_and_deep(raw: Any) -> str:
    """A wide folder at each level: all of them are open at once."""
    blob = own = raw.write("blob", b"x")
    for _ in range(11):
        first = ("100644" if own == blob else "40000", b"!", own)
        own = raw.tree([first, *(("100644", b"%05d" % number, blob) for number in range(1800))])
    return str(own)


@pytest.mark.parametrize(
    "make",
    [lambda raw: raw.bomb(10), lambda raw: raw.bomb(2, 1000), wide, wide_and_deep],
    ids=range(4),
)
def test_time_and_memory_have_a_ceiling(raw: Any, make: Any) -> None:
    command = [sys.executable, "-c", _LIMITED, str(raw.folder), raw.commit(make(raw))]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(run.stdout.split()[-2]) < 100_000  # kilobytes


# --- what a push changes ---


def test_what_a_push_changes(raw: Any) -> None:
    one, two = raw.write("blob", b"1"), raw.write("blob", b"2")
    old = raw.commit(
        raw.tree([("100644", b"a", one), ("100644", b"b", one), ("100644", b"c", one)])
    )
    new = raw.commit(
        raw.tree([("100755", b"a", one), ("100644", b"b", two), ("100644", b"d\xff\n", one)])
    )
    assert changed_paths(raw.folder, old, new, 100) == ["a", "b", "c", "d\udcff\n"]
    assert changed_paths(raw.folder, old, new, 2) == ["a", "b"]
    assert changed_paths(raw.folder, old, old, 2) == []


def test_more_changes_than_git_writes_at_once(raw: Any) -> None:
    own = raw.write("blob", b"1")
    names = [f"{number:04d}-{'é' * 40}" for number in range(1500)]
    old = raw.commit(raw.tree([]))
    new = raw.commit(raw.tree(("100644", name.encode(), own) for name in names))
    assert changed_paths(raw.folder, old, new, 10_000) == names
    with pytest.raises(GitError, match="could not compare"):
        changed_paths(raw.folder, old, "1" * 40, 10)


def test_code_is_for_maintainers() -> None:
    paths = ["content/fr/a.md", "macros/a.py", "docs/a.sh"]
    assert check_trust(paths, "ana", ("ana",)) == []
    how = "Remove it from your push, or ask a maintainer (ana)."
    found = check_trust(paths, "ben", ("ana",))
    assert [(one.path, one.how) for one in found] == [("macros/a.py", how), ("docs/a.sh", how)]
    (problem,) = check_trust(["Makefile"], "ben", ())
    assert problem.how.endswith("ask a maintainer (none is named yet).")
