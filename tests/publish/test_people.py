"""Names, keys and what a key opens: what is taken, what is refused and in which words."""

from __future__ import annotations

import base64
import os
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.problem import RefusedError
from metropolis.publish.account import account_of, administrator, pusher
from metropolis.publish.people import (
    KeyLine,
    add_keys,
    check_name,
    key_counts,
    key_line,
    read_keys,
    read_lines,
    renew_keys,
    store_lines,
    stored_lines,
)
from metropolis.publish.places import Places
from metropolis.publish.shell import environment, git_command

OPENS = "/opt/m/python -I -m metropolis.cli --project /opt/m publish --at /srv/m"
SERVER = Places(Path("/srv/m"))


def refusal(ask: Callable[..., object], *arguments: object) -> str:
    """In which words a question is refused."""
    with pytest.raises(RefusedError) as refused:
        ask(*arguments)
    return str(refused.value)


def code(kind: str, *parts: bytes) -> str:
    """A key's code, as ssh-keygen writes it."""
    fields = [kind.encode(), *parts]
    return base64.b64encode(
        b"".join(len(part).to_bytes(4, "big") + part for part in fields)
    ).decode()


def ed25519(seed: int) -> str:
    return f"ssh-ed25519 {code('ssh-ed25519', bytes([seed]) * 32)}"


def rsa(bits: int) -> str:
    number = ((1 << (bits - 1)) + 1).to_bytes(bits // 8 + 1, "big")
    exponent = (65537).to_bytes(3, "big")
    return f"ssh-rsa {code('ssh-rsa', exponent, number)}"


@pytest.mark.parametrize(
    "text", [ed25519(1), f"# mine\n\n{ed25519(1)} ana@laptop\n{rsa(3072)} old laptop\n"]
)
def test_public_keys_are_taken(text: str) -> None:
    assert [key for key, _ in read_keys(text)] == [
        " ".join(line.split()[:2]) for line in text.splitlines() if line.startswith("ssh-")
    ]


OPTION = (
    "Line 1 begins with an option or a kind that is not accepted. Expected: ssh-ed25519 AAAA…"
    " ana@laptop"
)
DAMAGED = "The key in line 1 is damaged or cut short. Copy the whole line of the .pub file."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no key in it. Expected a line such as: ssh-ed25519 AAAA… ana@laptop"),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n",
            "This is the private half of a key, which never leaves its owner. Give the file ending in .pub.",
        ),
        ("hello", "Line 1 begins with no public key. Expected: ssh-ed25519 AAAA… ana@laptop"),
        (f'command="sh" {ed25519(1)}', OPTION),
        (f"ssh-dss {code('ssh-dss', b'x')}", OPTION),
        (f"cert-authority {ed25519(1)}", OPTION),
        (ed25519(1)[:-8], DAMAGED),
        ("ssh-ed25519", DAMAGED),
        (f"ssh-ed25519 {code('ssh-rsa', b'x')}", DAMAGED),
        (rsa(1024), "The RSA key in line 1 is too short. Make a new one: ssh-keygen -t ed25519"),
    ],
)
def test_what_is_no_public_key_is_refused(text: str, words: str) -> None:
    assert refusal(read_keys, text) == words


@given(st.text(max_size=60))
def test_no_text_becomes_more_than_a_key(text: str) -> None:
    """Whatever is given as a key or its comment: one line, that opens our command and nothing
    else."""
    try:
        keys = read_keys(text) or []
    except RefusedError:
        keys = []
    keys += read_keys(f"{ed25519(1)} {text.splitlines()[0] if text.splitlines() else ''}")
    for key, comment in keys:
        line = key_line("ana", key, comment, OPENS)
        found = read_lines(line)
        assert len(found) == 1
        assert (found[0].name, found[0].key, found[0].is_open) == ("ana", key, False)


@pytest.mark.parametrize("name", ["ana", "luc.martin", "ana-2", "a"])
def test_names_of_people(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name", ["", "Ana", "-a", ".a", "a b", 'a"b', "a\nb", "é", "a" * 32, "a,b", "../a", "$x"]
)
def test_names_that_nobody_can_have(name: str) -> None:
    what = f"“{name}” cannot be a name here."
    assert refusal(check_name, name) == (
        f"{what} Use a-z, 0-9, dot and dash, up to 31: ana, luc.martin."
    )


def test_a_key_is_one_persons() -> None:
    lines = add_keys([], "ana", read_keys(ed25519(1)), OPENS)
    assert add_keys(lines, "ana", read_keys(ed25519(1)), OPENS) == lines
    assert key_counts(add_keys(lines, "luc", read_keys(ed25519(2)), OPENS)) == {"ana": 1, "luc": 1}
    for before, whose in (
        (lines, "ana's"),
        (read_lines(ed25519(1)), "in a line that was written by hand"),
    ):
        what = f"The key ssh-ed25519 …{ed25519(1)[-12:]} is already {whose}."
        said = refusal(add_keys, before, "luc", read_keys(ed25519(1)), OPENS)
        assert said == f"{what} Each person has their own key."


@pytest.mark.parametrize(
    ("before", "is_open"),
    [
        ("", True),
        ("restrict ", True),
        ('command="git-shell" ', True),
        ('environment="METROPOLIS_PUSHER=ana" ', True),
        ('environment="X=restrict,command=" ', True),
        ("cert-authority,restrict ", True),
        ('restrict,command="/usr/bin/git-shell" ', False),
        ('command="x y",restrict,pty ', False),
        (f'restrict,command="{OPENS} shell ana" ', False),
        (f'from="10.0.0.0/8",restrict,command="{OPENS} shell ana" ', False),
    ],
)
def test_lines_that_open_a_shell(before: str, is_open: bool) -> None:
    line = read_lines(f"{before}{ed25519(1)} ana@laptop")[0]
    assert line.key == ed25519(1)
    assert line.is_open is is_open
    assert line.name == ("ana" if OPENS in before else "")


def test_a_moved_toolkit_renews_its_own_lines_and_no_others(tmp_path: Path) -> None:
    places = Places(tmp_path)
    others = [
        "# by hand",
        f"restrict {ed25519(3)}",
        "",
        f'restrict,command="x shell y" {ed25519(4)}',
    ]
    ours = key_line("ana", ed25519(1), "ana@laptop", OPENS, 'from="10.0.0.0/8",')
    store_lines(places, read_lines("\n".join([*others, ours])))
    renew_keys(places, "/opt/other")
    after = stored_lines(places)
    assert [line.text for line in after[:-1]] == others
    assert after[-1].text.startswith('from="10.0.0.0/8",restrict,command="')
    assert after[-1].text.endswith(
        f'/opt/other publish --at {tmp_path} shell ana" {ed25519(1)} ana@laptop'
    )
    assert places.keys.stat().st_mode & 0o777 == 0o600


# --- what a key opens ---


@pytest.mark.parametrize("service", ["receive-pack", "upload-pack"])
@pytest.mark.parametrize("form", ["git-{} {}", "git {} {}"])
@pytest.mark.parametrize(
    "path",
    ["'/srv/m/plan.git'", "plan.git", "'plan.git/'", "~/plan.git", "'/~/plan.git'", "/plan.git", "plan"],
)  # fmt: skip
def test_git_is_let_in_by_every_name_of_the_repository(service: str, form: str, path: str) -> None:
    assert git_command(form.format(service, path), SERVER) == ["git", service, "/srv/m/plan.git"]


NOTHING_ELSE = "This key allows git push and git fetch of plan.git, and nothing else."


@pytest.mark.parametrize(
    "asked",
    [
        "id",
        "sh -c id",
        "git-shell",
        "git",
        "git-receive-pack",
        "receive-pack plan.git",
        "METROPOLIS_PUSHER=ana git-receive-pack 'plan.git'",
        "env METROPOLIS_PUSHER=ana git-receive-pack 'plan.git'",
        "git -c core.hooksPath=/x receive-pack plan.git",
        "git-receive-pack plan.git; id",
        "git-receive-pack plan.git && id",
        "git-receive-pack --help plan.git",
        "git-upload-archive plan.git",
        "git-lfs-authenticate plan.git upload",
        "/usr/bin/git-receive-pack plan.git",
        "scp -f settings.json",
        "git-receive-pack 'plan.git",
        "git-git-receive-pack plan.git",
    ],
)
def test_nothing_else_is_let_in(asked: str) -> None:
    assert refusal(git_command, asked, SERVER) == NOTHING_ELSE


@pytest.mark.parametrize(
    "path",
    ["/etc", "../m/plan.git", "/srv/m", "'/srv/m/plan.git/../x'", "--upload-pack", "''", "plan.git.git"],
)  # fmt: skip
def test_no_other_repository(path: str) -> None:
    assert refusal(git_command, f"git-receive-pack {path}", SERVER) == (
        "There is no repository of that name here. Type: git remote set-url site SERVER:plan.git"
    )


def test_no_command_is_answered_in_words() -> None:
    assert refusal(git_command, "", SERVER) == f"The server knows you. {NOTHING_ELSE}"


@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["git-receive-pack", "plan.git", ";", "&&", "$(id)", "'", "x"])).map(
        " ".join
    )
)
def test_whatever_is_asked_one_of_two_commands_runs(asked: str) -> None:
    try:
        command = git_command(asked, SERVER)
    except RefusedError:
        return
    assert command in (["git", one, "/srv/m/plan.git"] for one in ("receive-pack", "upload-pack"))
    assert len(shlex.split(asked)) in (2, 3)


def test_nothing_of_the_clients_environment_is_passed_on() -> None:
    theirs = {
        "METROPOLIS_PUSHER": "luc", "LOGNAME": "luc", "GIT_DIR": "/x", "GIT_CONFIG_COUNT": "1", "LC_ALL": "xx",
        "PATH": "/x", "LD_PRELOAD": "/x", "GIT_PROTOCOL": "version=2",
    }  # fmt: skip
    assert environment("ana", "/srv/m", theirs) == {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": "/srv/m",
        "LC_ALL": "C.UTF-8",
        "METROPOLIS_PUSHER": "ana",
        "GIT_PROTOCOL": "version=2",
    }
    assert "GIT_PROTOCOL" not in environment("ana", "/srv/m", {"GIT_PROTOCOL": "version=2:x=$(id)"})


# --- who it is ---


def test_the_name_of_the_key_is_believed_from_the_servers_account_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LOGNAME", "USER", "USERNAME", "LNAME", "REMOTE_USER", "SUDO_USER"):
        monkeypatch.setenv(variable, "ana")
    own = account_of(os.getuid()).name
    assert pusher(tmp_path) == own
    monkeypatch.setenv("METROPOLIS_PUSHER", "ana")
    assert pusher(tmp_path) == "ana"
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    assert pusher(tmp_path) == "54321"
    monkeypatch.undo()
    monkeypatch.setenv("METROPOLIS_PUSHER", "ana")
    assert pusher(tmp_path / "nowhere") == own


def test_sudo_says_who_typed_and_only_to_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_UID", "1")
    monkeypatch.setattr(os, "getuid", lambda: 0)
    assert administrator() == account_of(1).name
    for wrong in ("", "x", "-1", "١"):
        monkeypatch.setenv("SUDO_UID", wrong)
        assert administrator() == "root"
    monkeypatch.setattr(os, "getuid", lambda: 1)
    monkeypatch.setenv("SUDO_UID", "0")
    assert administrator() == account_of(1).name


def test_a_comment_line_is_nobodys() -> None:
    assert read_lines("# ssh-ed25519\n") == [KeyLine("# ssh-ed25519")]
    assert read_keys(f"{ed25519(1)} x") == [(ed25519(1), "x")]
