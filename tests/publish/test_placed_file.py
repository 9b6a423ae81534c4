"""Files of the system: ours until somebody changes them, then theirs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.problem import RefusedError
from metropolis.publish.account import make_account
from metropolis.publish.installation import Wanted, check_machine
from metropolis.publish.integrity import changeable, changeable_code
from metropolis.publish.machine import changes_to, is_ours, place_file
from metropolis.publish.places import Places

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")


def test_a_file_is_ours_until_it_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "etc" / "x.conf"
    assert place_file(file, "a\nb\n") == "written"
    assert place_file(file, "a\nb\n") == "unchanged"
    assert place_file(file, "a\nc\n") == "written"
    assert file.read_text("utf-8").splitlines()[1:] == ["a", "c"]
    file.write_text(file.read_text("utf-8").replace("c", "d"), "utf-8")
    before = file.read_bytes()
    assert place_file(file, "a\ne\n") == "left alone"
    assert file.read_bytes() == before
    assert changes_to(file, "a\ne\n") == ["-d", "+e"]


def test_what_others_only_added_is_no_difference(tmp_path: Path) -> None:
    file = tmp_path / "x.conf"
    place_file(file, "a\nb\n")
    file.write_text(file.read_text("utf-8").replace("b", "ssl # managed by Certbot\nb"), "utf-8")
    assert place_file(file, "a\nb\n") == "left alone"
    assert changes_to(file, "a\nb\n") == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_other_text_passes_for_ours(
    tmp_path_factory: pytest.TempPathFactory, ours: str, theirs: str
) -> None:
    file = tmp_path_factory.mktemp("placed") / "x.conf"
    ours = ours.replace("\r", "")
    place_file(file, ours)
    assert is_ours(file.read_text("utf-8"))
    assert is_ours(theirs) is False
    added = file.read_text("utf-8") + "x"
    assert not is_ours(added)


def test_a_toolkit_that_only_its_owner_can_write(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.py").touch()
    code = (tmp_path, Path("/bin/sh"), os.geteuid())
    assert changeable_code(*code) == []
    (tmp_path / "a" / "b.py").chmod(0o666)
    (tmp_path / "a").chmod(0o777)
    assert changeable_code(*code) == [
        f"{tmp_path}/a can be written by everybody",
        f"{tmp_path}/a/b.py can be written by everybody",
    ]
    for name in "cdef":
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o666)
    assert len(changeable_code(*code)) == 4
    assert changeable_code(*code)[-1] == "and 3 more"


@needs_root
def test_everything_on_the_way_to_a_program_is_looked_at(tmp_path: Path) -> None:
    """The folders above it, the links to it, and what they lead through."""
    program = tmp_path / "real" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    link = tmp_path / "venv" / "python"
    link.parent.mkdir()
    link.symlink_to("../middle/bin/python")
    (tmp_path / "middle").symlink_to("real")
    assert changeable(link) == []
    for one in (program, program.parent, tmp_path / "middle", link, link.parent):
        os.chown(one, 1, 1, follow_symlinks=False)
        assert changeable(link) == [f"{one} belongs to daemon"]
        assert changeable(link, owner=1) == []
        os.chown(one, 0, 0, follow_symlinks=False)
    program.parent.chmod(0o1777)  # as /tmp: nobody moves what is another's
    assert changeable(link) == []
    program.parent.chmod(0o777)
    assert changeable(link) == [f"{program.parent} can be written by everybody"]
    program.parent.chmod(0o775)
    os.chown(program.parent, 0, 1)
    assert changeable(link) == [f"{program.parent} can be written by a group"]


def test_links_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert changeable(tmp_path / "a", os.geteuid()) == []


@needs_root
def test_set_up_by_root_refuses_code_that_others_can_write(tmp_path: Path) -> None:
    (tmp_path / "x.py").touch()
    os.chown(tmp_path / "x.py", 1, 1)
    assert check_machine(
        Places(Path("/srv/metropolis")), Wanted("metropolis", tmp_path, Path("/bin/sh"))
    ) == [
        f"Not only root can change the toolkit: {tmp_path}/x.py belongs to daemon. "
        f"Type: sudo chown -R root:root {tmp_path} && sudo chmod -R go-w {tmp_path}"
    ]


def wrong(
    toolkit: Path, folder: str = "/srv/m", name: str | None = None, listen: str = "80"
) -> list[str]:
    """What keeps a server from being set up so."""
    return check_machine(Places(Path(folder)), Wanted("m", toolkit, Path("/bin/sh"), name, listen))


_STRANGE = [
    "/srv/a b", "/srv/a;b", '/srv/a"', "/srv/a{b", "/srv/%i", "/srv/a\nb", "/srv/é", "/srv/..",
    "/srv/A", "/",
]  # fmt: skip


@pytest.mark.parametrize("folder", _STRANGE)
def test_a_folder_that_nginx_or_systemd_could_misread(folder: str, tmp_path: Path) -> None:
    what = f"{Path(folder)} has a name that systemd or nginx could misread."
    assert f"{what} Use a-z, 0-9 and dash: /srv/metropolis." in wrong(tmp_path, folder)


@pytest.mark.parametrize(
    "name", ["", "a;b", "a}", "A.org", "a\nb", "-a", "a.", "a  b", "$host", "é.org"]
)
def test_a_name_that_no_server_has(name: str, tmp_path: Path) -> None:
    what = f"“{name}” is not the name of a server."
    assert f"{what} Expected one such as: plan.metropolis.org" in wrong(tmp_path, name=name)


@pytest.mark.parametrize(
    "listen", ["", "80;", "x", "80 default_server", "unix:/x", "127.0.0.1", "1234567"]
)
def test_an_address_that_nothing_listens_on(listen: str, tmp_path: Path) -> None:
    what = f"“{listen}” is not an address of a web server."
    assert any(words.startswith(what) for words in wrong(tmp_path, listen=listen))


def test_what_can_be_set_up(tmp_path: Path) -> None:
    for name, listen in (
        (None, "80"),
        ("plan.metropolis.org www.metropolis.org", "127.0.0.1:8080"),
        ("localhost", "[::1]:80"),
    ):
        found = wrong(tmp_path, "/srv/metropolis", name, listen)
        assert [words for words in found if "toolkit" not in words] == []


def test_an_account_that_somebody_uses_is_not_the_servers() -> None:
    """sshd's rules for it would shut its owner out."""
    in_use = "is in use: its home is /usr/sbin. Choose a separate account for the server."
    cannot = "cannot be the server's account. Choose, for example: metropolis."
    for name, words in (("daemon", in_use), ("root", cannot), ("a b", cannot)):
        with pytest.raises(RefusedError) as refusal:
            make_account(name, Path("/srv/metropolis"))
        assert str(refusal.value) == f"“{name}” {words}"
