"""A server set up as the handbook prints it, on a machine of its own: real accounts, keys, sshd,
nginx and git.

Each command of docs/staff/publishing.md stands in a block that says who types it; the tests run the
blocks as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from campaign import Campaign
from own_machine import OwnMachine, refusal
from own_server import (
    BLOCK,
    HANDBOOK,
    OwnServer,
    build_in_no_time,
    printed,
    run_the_timer,
    set_up_as_printed,
)

WELL = "All is well in /srv/metropolis.\n"
PAGE = "content/fr/index.md"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnMachine]:
    """Bare, with a name on loopback and two people who have made their keys."""
    if why := refusal():
        pytest.skip(why)
    made = OwnMachine(tmp_path_factory.mktemp("own") / "machine")
    try:
        made.prepare()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def server(machine: OwnMachine) -> OwnMachine:
    """Set up as printed, with Ana and Luc added as printed; nothing is published yet."""
    set_up_as_printed(machine)
    return machine


@pytest.fixture(scope="module")
def published(server: OwnMachine) -> OwnMachine:
    """Ana has published the first release; a build that takes no time stands in for the real
    one."""
    build_in_no_time(server)
    for name in ("ana", "luc"):
        server.run(printed("first")[1], user=name)
    answer = server.run(
        f"cd plan; echo 'release 1' >{PAGE}; git commit -qam one\n{printed('desk')[0]}", user="ana"
    )
    assert "is live." in answer.stdout
    return server


def get(machine: OwnMachine, path: str, *options: str) -> str:
    """What a reader gets: status and type in the first line, then the body."""
    words = " ".join(options)
    where = f"http://plan.metropolis.org{path}"
    return machine.run(
        f"curl -s {words} -o /tmp/body -w '%{{http_code}} %{{content_type}}\\n' {where}; cat"
        " /tmp/body"
    ).stdout


def commit(machine: OwnMachine, who: str, files: dict[str, str]) -> None:
    """On top of what is published."""
    writes = "\n".join(
        f"mkdir -p {Path(path).parent}; echo '{text}' >{path}" for path, text in files.items()
    )
    machine.run(
        f"cd plan; git fetch -q site; git reset -q --hard site/main\n{writes}\ngit add -A; git"
        " commit -qm x",
        who,
    )


def push(machine: OwnMachine, who: str, words: str = "git push site HEAD:main") -> tuple[int, str]:
    done = machine.run(f"cd plan; {words}", who, check=False)
    return done.returncode, done.stdout.replace("remote: ", "")


def test_the_page_is_read_through_nginx_under_its_name(published: OwnMachine) -> None:
    for options in ((), ("-6",), ("--compressed",)):
        answer = get(published, "/en/", *options)
        assert answer.startswith("200 text/html; charset=utf-8")
        assert "<p>release" in answer
    # Debian's own site goes on answering for other names.
    assert "Welcome to nginx" in published.run("curl -s http://127.0.0.1/").stdout


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/none", "fr"),
        ("/en/none", "en"),
        ("/es/none/", "es"),
        ("/assets/", "fr"),
        ("/api/", "fr"),
        ("/preview/", "fr"),
        ("/_headers", "fr"),
        ("/preview/new-home-9dd0b5/_headers", "fr"),
        ("/preview/new-home-9dd0b5/none", "fr"),
        ("/preview/new-home-9dd0b5/en/none", "en"),
        ("/preview/none/es/", "es"),
    ],
)
def test_what_is_not_there_is_not_found_in_its_language(
    published: OwnMachine, path: str, language: str
) -> None:
    published.run("mkdir -p api assets; echo x >_headers", check=False)
    assert get(published, path).splitlines() == [
        "404 text/html; charset=utf-8",
        f'<!doctype html><html lang="{language}">404</html>',
    ]


def test_words_are_everybodys_and_code_the_maintainers(published: OwnMachine) -> None:
    commit(published, "luc", {PAGE: "release 2"})
    code, output = push(published, "luc")
    assert code == 0, output
    assert "<p>release 2" in get(published, "/en/")
    commit(published, "luc", {"Makefile": "all:"})
    code, output = push(published, "luc")
    assert code == 1
    assert "Makefile: Only maintainers may change this file" in output
    assert (
        published.run("metropolis publish log", user="admin")
        .stdout.splitlines()[0]
        .endswith("published by luc")
    )


@pytest.mark.parametrize(
    "words",
    [
        "git push --receive-pack='METROPOLIS_PUSHER=ana git-receive-pack' site HEAD:main",
        "git push --receive-pack='env METROPOLIS_PUSHER=ana git-receive-pack' site HEAD:main",
        "git push --receive-pack='git -c core.hooksPath=/dev/null receive-pack' site HEAD:main",
        (
            "METROPOLIS_PUSHER=ana LOGNAME=ana USER=ana git -c core.sshCommand='ssh -o"
            " SendEnv=METROPOLIS_PUSHER -o SendEnv=LOGNAME -o SetEnv=LC_NAME=ana -o"
            " SetEnv=LC_ALL=xx' push site HEAD:main"
        ),
        "git push ana@plan.metropolis.org:/srv/metropolis/plan.git HEAD:main",
        "git push /srv/metropolis/plan.git HEAD:main",
        "sudo -n -u metropolis git push /srv/metropolis/plan.git HEAD:main",
    ],
)
def test_nobody_takes_anothers_name(published: OwnMachine, words: str) -> None:
    commit(published, "luc", {"Makefile": "all:"})
    before = published.run("cat /srv/metropolis/published.tsv").stdout
    code, _ = push(published, "luc", words)
    assert code != 0
    assert published.run("cat /srv/metropolis/published.tsv").stdout == before


@pytest.mark.parametrize(
    "words",
    [
        "ssh {}",
        "ssh {} id",
        "ssh -tt {} sh",
        "ssh {} 'git-receive-pack /etc'",
        "ssh {} 'git-receive-pack plan.git; id'",
        "ssh {} \"git-upload-pack '$(id)'\"",
        "ssh {} git-upload-archive plan.git",
        "ssh -s {} sftp",
        "scp {}:settings.json .",
        "ssh -N -o ExitOnForwardFailure=yes -R 9998:127.0.0.1:80 {}",
        "ssh -W 127.0.0.1:80 {}",
    ],
)
def test_a_key_opens_nothing_but_a_push_and_a_fetch(published: OwnMachine, words: str) -> None:
    done = published.run(
        f"timeout 20 {words.format('metropolis@plan.metropolis.org')}", "luc", check=False
    )
    assert done.returncode not in (0, 124)
    assert "uid=" not in done.stdout
    assert "Traceback" not in done.stdout


def test_a_key_that_is_not_closed_opens_less_than_it_says(published: OwnMachine) -> None:
    """And doctor names its line."""
    published.run(
        "ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/open; cat ~/.ssh/open.pub >/tmp/open.pub; chmod 644 /tmp/open.pub",
        "luc",
    )
    published.run("cat /tmp/open.pub >>/srv/metropolis/.ssh/authorized_keys")
    forwarded = published.run(
        "ssh -N -i ~/.ssh/open -o IdentitiesOnly=yes -o ExitOnForwardFailure=yes -R"
        " 9998:127.0.0.1:80 metropolis@plan.metropolis.org",
        "luc",
        check=False,
    )
    assert forwarded.returncode == 255
    found = published.run("sudo metropolis publish doctor", "admin", check=False).stdout
    assert "authorized_keys:3:1: This key opens a shell of the server's account" in found
    published.run("sudo sed -i 3d /srv/metropolis/.ssh/authorized_keys", "admin")


def test_a_preview_comes_and_goes_as_printed(published: OwnMachine) -> None:
    commit(published, "luc", {PAGE: "release preview"})
    shows, goes = printed("desk")[1].splitlines()
    code, output = push(published, "luc", shows)
    assert code == 0, output
    address = re.search(r"Preview: (\S+)", output)
    assert address
    assert "<p>release preview" in get(published, f"{address[1]}en/")
    assert push(published, "luc", goes)[0] == 0
    assert get(published, f"{address[1]}en/").startswith("404")


def test_a_hardened_umask_keeps_no_page_from_readers(published: OwnMachine) -> None:
    published.run("echo 'session optional pam_umask.so umask=077' >>/etc/pam.d/common-session")
    commit(published, "luc", {PAGE: "release umask"})
    code, output = push(published, "luc")
    assert code == 0, output
    for path in ("/", "/en/", "/es/"):
        assert "<p>release umask" in get(published, path)
    style = re.search(r'href="(/assets/[^"]+)"', get(published, "/"))
    assert style
    assert get(published, style[1]).startswith("200 text/css")
    published.run("sed -i /pam_umask.so.umask=077/d /etc/pam.d/common-session")


def test_an_edition_as_printed(published: OwnMachine) -> None:
    published.run("cd plan; git fetch -q site; git reset -q --hard site/main", "ana")
    code, output = push(published, "ana", printed("desk")[2])
    assert code == 0, output


def test_the_timer_runs_as_the_unit_says(published: OwnMachine) -> None:
    """What systemd would run, as whom and with what it may write, after the live release was
    lost."""
    published.run("rm -rf /srv/metropolis/releases/* /srv/metropolis/current")
    run_the_timer(published)
    assert "<p>release" in get(published, "/en/")
    others = "find /srv/metropolis ! -user metropolis"
    assert published.run(others).stdout == ""
    assert "systemctl enable --now metropolis-reconcile.timer" in published.asked()
    link = "/etc/systemd/system/timers.target.wants/metropolis-reconcile.timer"
    assert (
        published.run(f"readlink {link}").stdout.strip()
        == "/etc/systemd/system/metropolis-reconcile.timer"
    )


def test_systemd_finds_nothing_wrong_with_the_units(published: OwnMachine) -> None:
    done = published.run(
        "systemd-analyze verify /etc/systemd/system/metropolis-reconcile.{service,timer}",
        check=False,
    )
    assert (
        done.returncode,
        [line for line in done.stdout.splitlines() if "metropolis" in line],
    ) == (0, [])


def test_what_staff_look_at_as_printed(published: OwnMachine) -> None:
    """Typed as root or not, nothing comes to belong to root."""
    commit(published, "luc", {PAGE: "release 3"})
    assert push(published, "luc")[0] == 0
    output = published.run(printed("server")[0], "admin").stdout
    assert "It stays until: metropolis publish unpin" in output
    assert "rolled back by admin" in published.run("metropolis publish log", "admin").stdout
    assert published.run("find /srv/metropolis ! -user metropolis").stdout == ""
    refused = published.run("metropolis publish rollback", "admin", check=False)
    assert (refused.returncode, refused.stdout) == (
        2,
        "/srv/metropolis/publish.lock belongs to somebody else. Type the same with sudo.\n",
    )


def test_set_up_again_changes_nothing_that_others_added(published: OwnMachine) -> None:
    """Certbot's lines, an administrator's, maintainers, settings, keys; and nobody becomes a
    maintainer by it."""
    published.run(printed("tls")[0], "admin")
    published.run(
        'sed -i \'s/"keep": 5/"keep": 7/\' /srv/metropolis/settings.json\nsed -i'
        " 's/OnUnitActiveSec=5min/OnUnitActiveSec=9min/'"
        " /etc/systemd/system/metropolis-reconcile.timer\nsed -i"
        " 's/^restrict/from=\"127.0.0.1,::1\",restrict/;$a# by hand'"
        " /srv/metropolis/.ssh/authorized_keys"
    )
    look = "cat /etc/nginx/*/metropolis.conf /etc/systemd/system/metropolis* /etc/ssh/sshd_config.d/metropolis.conf "
    look += "/srv/metropolis/settings.json /srv/metropolis/.ssh/authorized_keys /srv/metropolis/plan.git/hooks/p*e"
    before = published.run(look).stdout
    assert "managed by Certbot" in before
    for block in printed("update"):
        answer = published.run(block, "admin").stdout
    assert published.run(look).stdout == before
    assert "Ready in /srv/metropolis. Maintainers: ana." in answer
    assert (
        "left alone: /etc/systemd/system/metropolis-reconcile.timer, which others have changed. "
        "It would be written with:\n    -OnUnitActiveSec=9min\n    +OnUnitActiveSec=5min\nReady in"
        in answer
    )
    assert published.run("curl -s https://plan.metropolis.org/en/").stdout.startswith(
        "<!doctype html>"
    )
    assert push(published, "luc", "git fetch site")[0] == 0


def test_doctor_is_content_with_what_the_handbook_makes(published: OwnMachine) -> None:
    published.run(printed("tls")[0])
    for block in printed("doctor"):
        assert published.run(block, "admin", check=False).stdout == WELL


_DAMAGE = {
    "a lock that root made": ("touch /srv/metropolis/x.lock", "x.lock: This belongs not to metropolis"),
    "all of it root's": ("chown -hR root:root /srv/metropolis", "The server's folder belongs to root"),
    "a umask": ("chmod -R o-rx /srv/metropolis/releases/*/en", "en: The web server cannot read this, and in"),
    "a closed folder": (
        "chmod o-x /srv/metropolis", "/srv/metropolis: The web server cannot pass through this folder."),
    "a folder for all": ("chmod o+w /srv/metropolis/work", "work: Others than metropolis can write here."),
    "no hook": ("rm /srv/metropolis/plan.git/hooks/pre-receive", "pre-receive: This hook is missing"),
    "git's settings": (
        "sed -i '/fsckObjects/d' /srv/metropolis/plan.git/config", "receive.fsckObjects is “”, not “true”."),
    "no unit": ("rm /etc/systemd/system/metropolis-reconcile.service", "The timer is not set up"),
    "a unit of root's": (
        "sed -i s/User=metropolis/User=root/ /etc/systemd/system/metropolis-reconcile.service",
        "The timer does not run as metropolis"),
    "a timer that does not start": (
        "rm /etc/systemd/system/timers.target.wants/metropolis-reconcile.timer",
        "The timer does not start with the machine."),
    "nginx does not read it": (
        "rm /etc/nginx/sites-enabled/metropolis.conf; nginx -s reload", "nginx does not read the site's file."),
    "code that all may write": (
        "chmod o+w /opt/metropolis/mkdocs.yml", "/opt/metropolis/mkdocs.yml can be written by everybody"),
    "code of somebody's": (
        "chown luc /opt/metropolis/metropolis/cli/publish.py",
        "/opt/metropolis/metropolis/cli/publish.py belongs to luc"),
    "sshd's rules": (
        "rm /etc/ssh/sshd_config.d/metropolis.conf", "sshd reads keys of this account from .ssh/authorized_keys"),
    "variables in keys": (
        "echo PermitUserEnvironment yes >>/etc/ssh/sshd_config", "sshd reads variables from the lines of keys"),
    # Ana's own, as an older set-up had it: the line of set-up stays.
    "an open key": (
        "sed -n '1s/^.*ssh-ed/ssh-ed/p' /srv/metropolis/.ssh/authorized_keys >/tmp/old; "
        "cat /tmp/old >>/srv/metropolis/.ssh/authorized_keys", "This key opens a shell of the server's account"),
    "git that trusts all": ("git config --system --add safe.directory '*'", "safe.directory is *"),
}  # fmt: skip


_APART = ["all of it root's", "no unit"]  # these would hide others


@pytest.mark.parametrize("names", [_APART, [name for name in _DAMAGE if name not in _APART]])
def test_doctor_names_what_is_wrong_and_its_lines_mend_it(
    published: OwnMachine, names: list[str]
) -> None:
    published.run(printed("tls")[0])
    published.run("\n".join(_DAMAGE[name][0] for name in names))
    found = published.run("sudo metropolis publish doctor", "admin", check=False)
    assert found.returncode == 1
    assert [_DAMAGE[name][1] for name in names if _DAMAGE[name][1] not in found.stdout] == []
    for line in found.stdout.splitlines():
        if line.startswith("    "):
            published.run(line, "admin")
    published.run("sleep 0.3")  # nginx takes a moment to begin with its new rules
    assert published.run("sudo metropolis publish doctor", "admin", check=False).stdout == WELL


_OLD = """\
useradd --create-home --shell /bin/bash git
mkdir -p /srv/metropolis /home/git/.ssh
cd /srv/metropolis
git init -q --bare --initial-branch=main plan.git
mkdir releases previews pool work cache
echo '{"toolkit": "/opt/old", "python": "/opt/old/python", "maintainers": ["ana", "git"], "keep": 9}' >settings.json
echo 'server { listen 80; server_name metropolis-reconcile.timer; }' >nginx.conf
printf '[Service]\\nType=oneshot\\nExecStart=/opt/old/python reconcile\\n' >metropolis-reconcile.service
printf '[Timer]\\nOnBootSec=30\\n[Install]\\nWantedBy=timers.target\\n' >metropolis-reconcile.timer
cp ~ana/.ssh/id_ed25519.pub /home/git/.ssh/authorized_keys
chown -R git:git /srv/metropolis /home/git
touch publish.lock
ln -s $PWD/nginx.conf /etc/nginx/sites-enabled/metropolis.conf
/usr/bin/systemctl --quiet link $PWD/metropolis-reconcile.service
/usr/bin/systemctl --quiet enable $PWD/metropolis-reconcile.timer
echo 'PermitUserEnvironment METROPOLIS_PUSHER' >>/etc/ssh/sshd_config
kill -HUP $(cat /run/sshd.pid)
"""


def test_an_older_set_up_is_moved_as_printed(tmp_path: Path) -> None:
    if why := refusal():
        pytest.skip(why)
    machine = OwnMachine(tmp_path / "machine")
    try:
        machine.prepare()
        machine.run("ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519", "ana")
        machine.run(
            "ssh-keyscan plan.metropolis.org >~/.ssh/known_hosts 2>/dev/null; cat ~/.ssh/id_ed25519.pub",
            "ana",
        )
        machine.run("cat ~ana/.ssh/id_ed25519.pub >~admin/ana.pub")
        machine.run(_OLD)
        lines = printed("server")[1].splitlines()
        for line in lines[: lines.index(next(line for line in lines if "publish setup" in line))]:
            machine.run(line, "admin")
            if "git clone" in line:
                machine.bring_environment()
        first = machine.run(
            next(line for line in lines if "publish setup" in line), "admin", check=False
        )
        assert first.returncode == 2
        assert (
            first.stdout
            == "/srv/metropolis belongs to another account than metropolis. If all of it is the"
            " server's, type: sudo chown -hR metropolis:metropolis /srv/metropolis\n"
        )
        *most, doctor = printed("move")[0].splitlines()
        for line in most:
            machine.run(line, "admin")
        found = machine.run(doctor, "admin", check=False).stdout
        assert "PermitUserEnvironment" in found
        for line in found.splitlines():
            if line.startswith("    ") and "person" not in line:
                machine.run(line, "admin")
        rest = machine.run(doctor, "admin", check=False).stdout
        assert "git is a maintainer and has no key. (advice)" in rest
        assert '"keep": 9' in machine.run("cat /srv/metropolis/settings.json").stdout
        assert machine.run("find /srv/metropolis ! -user metropolis").stdout == ""
        for file in (
            "nginx/sites-enabled/metropolis.conf",
            "systemd/system/metropolis-reconcile.service",
        ):
            assert machine.run(f"readlink -f /etc/{file}").stdout.startswith("/etc/")
        assert (
            machine.run("git ls-remote metropolis@plan.metropolis.org:plan.git", "ana").stdout == ""
        )
    finally:
        machine.close()


def test_every_block_of_the_page_is_one_that_these_tests_type() -> None:
    text = HANDBOOK.read_text("utf-8")
    assert len(re.findall(r"^```\w", text, re.MULTILINE)) == len(BLOCK.findall(text))
    typed = {
        "desk": 3,
        "first": 2,
        "server": 2,
        "people": 2,
        "tls": 1,
        "doctor": 1,
        "move": 1,
        "update": 1,
    }
    assert {who: len(printed(who)) for who, _ in BLOCK.findall(text)} == typed


def test_other_accounts_and_roots_umask(published: OwnMachine) -> None:
    """A second server has an account of its own, which set-up finds again; and no umask of root's
    hides it."""
    setup = (
        "umask 077; /opt/metropolis/.venv/bin/metropolis publish setup /srv/second --account second"
    )
    published.run(f"{setup} --name second.metropolis.org --listen 127.0.0.1:8081")
    again = published.run("umask 077; metropolis publish setup /srv/second").stdout
    assert again.startswith("Ready in /srv/second. Maintainers: none yet.")
    assert "git remote add site second@second.metropolis.org:plan.git" in again
    assert published.run(
        "stat -c '%a %U' /srv/second /srv/second/plan.git /srv/second/releases"
    ).stdout.split() == [
        *("755", "second"),
        *("700", "second"),
        *("755", "second"),
    ]
    taken = published.run("metropolis publish setup /srv/third --account second", check=False)
    assert (taken.returncode, taken.stdout) == (
        2,
        "“second” is in use: its home is /srv/second. Choose a separate account for the server.\n",
    )
    looked = published.run("metropolis publish --at /srv/second doctor", "luc", check=False)
    assert (looked.returncode, looked.stdout) == (
        2,
        "/srv/second belongs to second. Type: sudo metropolis publish --at /srv/second doctor\n",
    )
    published.run("rm -r /srv/second /etc/*/*/second*; nginx -s reload; userdel second")


def test_eight_pushes_over_ssh_killed_broken_and_at_once(tmp_path: Path) -> None:
    """The short campaign; `make torture` runs the long one, with real builds."""
    if why := refusal():
        pytest.skip(why)
    server = OwnServer(tmp_path / "machine")
    try:
        figures = Campaign(server, seed=19, people=("ana", "luc")).run(8)
    finally:
        server.close()
    assert figures.faults == {}
    assert figures.killed > 1
    assert figures.published > 1
    assert figures.requests > 100
