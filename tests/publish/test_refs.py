"""The names that a push may move: a table of what is taken, and of each refusal to the letter."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.publish.refs import (
    NOBODY,
    PREVIEW,
    TAG,
    Update,
    check_updates,
    preview_address,
    read_updates,
)
from metropolis.publish.settings import Settings

NEW = "1" * 40
OLD = "2" * 40
SETTINGS = Settings("", "", maintainers=("ana",))
WHAT = "Nothing is published from this name, only from the branch main, branches preview/NAME and tags."


def reported(
    *refs: str, existing: tuple[str, ...] = ("refs/heads/main",), settings: Settings = SETTINGS
) -> list[str]:
    """What a push of new refs by somebody who is not a maintainer is reported."""
    updates = [Update(NOBODY, NEW, ref) for ref in refs]
    return [
        str(one) for one in check_updates(updates, dict.fromkeys(existing, OLD), settings, "luc")
    ]


@pytest.mark.parametrize(
    "ref",
    [
        "refs/heads/main",
        "refs/heads/preview/new-home",
        "refs/heads/preview/Traduction-ES_été",
        "refs/heads/preview/ana/new-home",
        "refs/heads/preview/2021",
        "refs/tags/edition-2021",
        "refs/tags/2021",
        "refs/tags/édition/2021",
        f"refs/heads/preview/{'é' * 50}",
    ],
)
def test_what_publishes_is_taken(ref: str) -> None:
    assert reported(ref) == []


@pytest.mark.parametrize(
    ("ref", "remedy"),
    [
        ("refs/heads/mian", "Did you mean main? Type: git push site HEAD:main"),
        ("refs/heads/Main", "Did you mean main? Type: git push site HEAD:main"),
        ("refs/heads/refs/heads/main", "Did you mean main? Type: git push site HEAD:main"),
        ("refs/heads/origin/main", "Did you mean main? Type: git push site HEAD:main"),
        ("refs/heads/preview", "Did you mean a preview? Type: git push site HEAD:preview/NAME"),
        ("refs/heads/previews", "Did you mean a preview? Type: git push site HEAD:preview/NAME"),
        ("refs/heads/foo", "Did you mean a preview? Type: git push site HEAD:preview/foo"),
        ("refs/heads/previw/foo", "Did you mean a preview? Type: git push site HEAD:preview/foo"),
        ("refs/heads/Preview/foo", "Did you mean a preview? Type: git push site HEAD:preview/foo"),
        ("refs/replace/1111111111111111111111111111111111111111", "Type: git push site HEAD:main"),
        ("refs/notes/commits", "Type: git push site HEAD:main"),
        ("refs/pull/1/head", "Type: git push site HEAD:main"),
        ("refs/for/main", "Type: git push site HEAD:main"),
        ("refs/hooks", "Type: git push site HEAD:main"),
        ("refs/main", "Type: git push site HEAD:main"),
        ("refs/stash", "Type: git push site HEAD:main"),
        ("refs/remotes/site/main", "Type: git push site HEAD:main"),
        ("HEAD", "Type: git push site HEAD:main"),
        (
            "refs/heads/preview/",
            "Did you mean a preview? Type: git push site HEAD:preview/preview/",
        ),
        ("refs/tags/", "Type: git push site HEAD:main"),
    ],
)
def test_what_publishes_nothing_is_told_what_does(ref: str, remedy: str) -> None:
    assert reported(ref) == [f"{ref}: {WHAT} {remedy}"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        (
            "e\u0301te\u0301",
            "The name is written with letters and separate accents. Rename it in plain letters: a-z.",
        ),
        ("con", "Windows reserves the name “con”. Rename it."),
        ("a/Aux.x", "Windows reserves the name “Aux.x”. Rename it."),
        ('a"b', 'Windows does not allow “"” in a name. Rename it.'),
        ("a|b", "Windows does not allow “|” in a name. Rename it."),
        (
            "a./b",
            "The name begins or ends with a space, or ends with a dot: some computers drop them. Rename it.",
        ),
        ("git~1", "The name has a special meaning on some computers. Rename it."),
        ("a" * 101, "The name has more than 100 bytes. Make it shorter."),
        ("€" * 34, "The name has more than 100 bytes. Make it shorter."),
        ("é" * 50 + "a", "The name has more than 100 bytes. Make it shorter."),
    ],
)
@pytest.mark.parametrize("folder", [PREVIEW, TAG])
def test_names_that_some_computer_cannot_hold(folder: str, name: str, what: str) -> None:
    assert [line.partition(": ")[2] for line in reported(folder + name)] == [what]


@pytest.mark.parametrize(
    "sign", ["\x1b", "\u202e", "\u200b", "\u00a0", "\u3164", "\ufe0f", "\uffff", "\U000e0041"]
)
def test_names_with_what_nobody_sees(sign: str) -> None:
    assert reported(f"{PREVIEW}a{sign}b") == [
        f"{PREVIEW}a\\u{{{ord(sign):x}}}b: The name contains an invisible character. Rename it."
    ]


def test_a_name_that_is_not_utf8() -> None:
    (update,) = read_updates(f"{NOBODY} {NEW} ".encode() + b"refs/heads/preview/\xff\n")
    assert reported(update.ref) == [
        f"{PREVIEW}\ufffd: The name is not written in UTF-8. Rename it."
    ]
    assert preview_address(update.ref.removeprefix(PREVIEW))
    removal = update._replace(old=NEW, new=NOBODY)
    assert check_updates([removal], {update.ref: NEW}, SETTINGS, "luc") == []


@pytest.mark.parametrize(
    "name", ["HEAD", "FETCH_HEAD", "stash", "@", "-f", "main", "heads/main", "preview/x", "f" * 40]
)
def test_tags_that_git_would_take_for_something_else(name: str) -> None:
    words = f"{TAG}{name}: Git would not read “{name}” as this tag. Give it another name."
    assert reported(TAG + name)[0] == words


SAME = "This name and “{}” are the same on some computers."
STORED = "Git stores “{}” in a folder, or file, of this name."


@pytest.mark.parametrize(
    ("ref", "other", "what"),
    [
        (f"{PREVIEW}A", f"{PREVIEW}a", SAME),
        (f"{PREVIEW}a", f"{PREVIEW}A", SAME),
        (f"{PREVIEW}É", f"{PREVIEW}é", SAME),
        (f"{PREVIEW}é", f"{PREVIEW}É", SAME),
        (f"{TAG}Édition", f"{TAG}édition", SAME),
        (f"{PREVIEW}a/b", f"{PREVIEW}a", STORED),
        (f"{PREVIEW}a", f"{PREVIEW}a/b", STORED),
        (f"{PREVIEW}a", "refs/heads/preview", STORED),
    ],
)
@pytest.mark.parametrize("is_there", [True, False])
def test_names_that_are_in_each_others_way(ref: str, other: str, what: str, is_there: bool) -> None:
    words = f"{ref}: {what.format(other)} Give it another name."
    if is_there:
        assert reported(ref, existing=(other,)) == [words]
    else:
        assert words in reported(ref, other, existing=())


def test_previews_with_one_address() -> None:
    """Six digits of a hash: two names that meet are soon found by whoever looks for them."""
    seen: dict[str, str] = {}
    for number in range(100_000):
        name = f"x{'!' * (number % 300)}{'_' * (number // 300)}"
        address = preview_address(name)
        if address in seen:
            break
        seen[address] = name
    settings = replace(SETTINGS, longest_name=1000)
    other = PREVIEW + seen[address]
    shown = other if len(other) <= 120 else other[:120] + "…"
    assert (
        f"The preview “{shown}” has the same address. Give it another name."
        in reported(PREVIEW + name, existing=(other,), settings=settings)[0]
    )


def test_how_many() -> None:
    many = [f"{PREVIEW}{number}" for number in range(11)]
    assert reported(*many) == [
        "git push: This push moves 11 branches and tags and removes 0; 10 and 1,000 are allowed. "
        "Name the branch that you mean: git push site main."
    ]
    assert reported(*many[:10]) == []
    gone = [Update(OLD, NOBODY, f"refs/heads/x{number}") for number in range(1001)]
    assert check_updates(gone[:-1], {}, SETTINGS, "luc") == []
    (problem,) = check_updates(gone, {}, SETTINGS, "luc")
    assert problem.what.startswith("This push moves 0 branches and tags and removes 1,001;")


@pytest.mark.parametrize(
    ("folder", "other", "words"),
    [
        (PREVIEW, TAG, "30 previews. Remove one: git push site :preview/NAME"),
        (TAG, PREVIEW, "30 editions. A maintainer can remove one: git push site :refs/tags/NAME"),
    ],
)
def test_the_last_preview_or_edition_that_the_server_keeps_is_accepted(
    folder: str, other: str, words: str
) -> None:
    there = tuple(f"{folder}p{number}" for number in range(30))
    new = f"{folder}new"
    assert reported(new, existing=there[:-1]) == []
    assert reported(new, existing=there) == [f"{new}: The server would keep more than {words}"]
    assert reported(f"{other}new", existing=there) == []
    # Moving one that is there adds none, even where there are too many from before.
    if folder == PREVIEW:
        assert reported(there[0], existing=there) == []
        assert reported(there[0], existing=(*there, f"{folder}more")) == []


@pytest.mark.parametrize(
    ("ref", "by_anybody", "by_a_maintainer"),
    [
        ("refs/heads/foo", [], []),
        ("refs/replace/x", [], []),
        ("refs/heads/preview/a", [], []),
        ("refs/tags/a", ["A tag is an edition. Only maintainers may remove it. Ask one of them."], []),
        *[("refs/heads/main", [line], [line]) for line in
          ["This would remove the published branch. To go back: metropolis publish rollback."]],
    ],
)  # fmt: skip
def test_who_may_take_what_away(
    ref: str, by_anybody: list[str], by_a_maintainer: list[str]
) -> None:
    for who, lines in (("luc", by_anybody), ("ana", by_a_maintainer)):
        problems = check_updates([Update(OLD, NOBODY, ref)], {ref: OLD}, SETTINGS, who)
        assert [str(one) for one in problems] == [f"{ref}: {line}" for line in lines]


def test_a_tag_stays_where_it_is() -> None:
    problems = check_updates([Update(OLD, NEW, f"{TAG}a")], {f"{TAG}a": OLD}, SETTINGS, "ana")
    assert [str(one) for one in problems] == [
        f"{TAG}a: A tag is an edition, and is kept for ever. Give the new one another name."
    ]


@given(st.binary(max_size=60), st.sampled_from(["", "refs/heads/", PREVIEW, TAG]), st.booleans())
def test_any_name_is_answered(name: bytes, folder: str, is_gone: bool) -> None:
    """Whatever bytes a name has: sentences that can be written in UTF-8, and nothing that moves a
    terminal."""
    line = f"{OLD} {NOBODY if is_gone else NEW} {folder}".encode() + name.replace(b"\n", b"")
    for update in read_updates(line):
        for problem in check_updates([update], {update.ref: OLD}, SETTINGS, "luc"):
            assert str(problem).encode("utf-8").decode().isprintable()
        preview_address(update.ref).encode("ascii")


def test_a_line_that_names_no_ref_is_no_update() -> None:
    assert read_updates(b"0 1\n0 1 refs/heads/a b\n\n") == [Update("0", "1", "refs/heads/a b")]


def test_the_address_of_a_preview_has_at_most_forty_characters_and_a_mark() -> None:
    long = preview_address("a" * 100)
    assert len(long) == 40 + 1 + 6
    assert long != preview_address("a" * 99)
    assert re.fullmatch("[0-9a-f]{6}", preview_address("日本"))


def test_a_removed_name_is_in_nobodys_way() -> None:
    """`a` goes and `a/b` comes, in one push."""
    updates = [Update(OLD, NOBODY, f"{PREVIEW}a"), Update(NOBODY, NEW, f"{PREVIEW}a/b")]
    assert check_updates(updates, {f"{PREVIEW}a": OLD}, SETTINGS, "luc") == []
    assert check_updates(updates[1:], {f"{PREVIEW}a": OLD}, SETTINGS, "luc") != []


def test_the_branch_is_named_as_the_server_names_it() -> None:
    (line,) = reported("refs/heads/plan", settings=replace(SETTINGS, branch="Plan"))
    assert line.endswith("Did you mean Plan? Type: git push site HEAD:Plan")
