"""What `publish doctor` finds, from what was observed: a well server has nothing, each fault its
words and its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from metropolis.problem import Problem
from metropolis.publish.doctor import diagnose
from metropolis.publish.machine import Machine
from metropolis.publish.people import read_lines
from metropolis.publish.places import Places
from metropolis.publish.survey import ServerSurvey, SystemSurvey, WebSurvey

MACHINE = Machine(Places(Path("/srv/metropolis")))
UNIT = "[Service]\nUser=metropolis\nExecStart=/opt/m/python reconcile\n"
SYSTEM = SystemSurvey(
    unit=UNIT,
    timer="[Timer]\n",
    wanted_unit=UNIT,
    sshd={
        "authorizedkeysfile": "/srv/metropolis/.ssh/authorized_keys",
        "disableforwarding": "yes",
        "permittty": "no",
        "permituserrc": "no",
        "permituserenvironment": "no",
    },
)
WEB = WebSurvey(names=("plan.metropolis.org",), days=60)
SERVER = ServerSurvey()
SET_UP = "sudo metropolis publish setup /srv/metropolis"
START = "sudo systemctl daemon-reload && sudo systemctl enable --now metropolis-reconcile.timer"
RELOAD = "sudo nginx -t && sudo systemctl reload nginx"
OWN = "sudo chown -hR metropolis:metropolis /srv/metropolis"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPfAUWzZcuU6hicp7y8mmmhhNykA9zQTwTctbpNT4Mlc"


def found(**changes: Any) -> list[tuple[str, str, str]]:
    """Path, words and line of each finding, for a well server with changes."""
    system, web, server = SYSTEM, WEB, SERVER
    for name, value in changes.items():
        if hasattr(SYSTEM, name):
            system = replace(system, **{name: value})
        elif hasattr(WEB, name):
            web = replace(web, **{name: value})
        else:
            server = replace(server, **{name: value})
    problems = diagnose(MACHINE, "/opt/metropolis", system, web, server)
    places = [f"{one.path}:{one.line}" if one.line else one.path for one in problems]
    return [(place, one.what, one.how) for place, one in zip(places, problems, strict=True)]


def test_a_well_server_has_nothing() -> None:
    assert found() == []


CASES: dict[str, tuple[dict[str, Any], tuple[str, str, str]]] = {
    "owner": (
        {"owner": "root"},
        (
            "/srv/metropolis",
            "The server's folder belongs to root, not to metropolis, which works in it.",
            OWN,
        ),
    ),
    "one foreign file": (
        {"foreign": ("/srv/metropolis/publish.lock",)},
        (
            "/srv/metropolis/publish.lock",
            "This belongs not to metropolis, which cannot write there: pushes are rejected.",
            OWN,
        ),
    ),
    "many": (
        {"foreign": tuple(f"/srv/metropolis/{one}" for one in "abcdefghi")},
        (
            "/srv/metropolis/a",
            (
                "This and 8 more belong not to metropolis, which cannot write there: pushes are rejected."
            ),
            OWN,
        ),
    ),
    "writable": (
        {"writable": ("/srv/metropolis/work",)},
        (
            "/srv/metropolis/work",
            "Others than metropolis can write here.",
            "sudo -u metropolis chmod -R go-w /srv/metropolis",
        ),
    ),
    "closed": (
        {"closed": ("/srv",)},
        ("/srv", "The web server cannot pass through this folder.", "sudo chmod a+x /srv"),
    ),
    "umask": (
        {"unreadable": tuple(f"/srv/metropolis/releases/{one}" for one in "xyz")},
        (
            "/srv/metropolis/releases/x",
            ("The web server cannot read this, and in 2 more places: a umask excludes it."),
            (
                "sudo -u metropolis chmod -R a+rX /srv/metropolis/releases /srv/metropolis/pool"
                " /srv/metropolis/previews"
            ),
        ),
    ),
    "settings": (
        {"settings": (Problem("/srv/metropolis/settings.json", 3, 2, "“kep” is not a setting."),)},
        (
            "/srv/metropolis/settings.json:3",
            "“kep” is not a setting.",
            "sudoedit /srv/metropolis/settings.json",
        ),
    ),
    "toolkit": (
        {"toolkit": ("/opt/metropolis/x belongs to luc",)},
        (
            "/opt/metropolis",
            (
                "Others than root can change the code that publishes: /opt/metropolis/x belongs to"
                " luc."
            ),
            "sudo chown -R root:root /opt/metropolis && sudo chmod -R go-w /opt/metropolis",
        ),
    ),
    "toolkit unreadable": (
        {"can_read_toolkit": False},
        (
            "/opt/metropolis",
            "metropolis cannot read the code that publishes: a umask excludes it.",
            "sudo chmod -R a+rX /opt/metropolis",
        ),
    ),
    "lock file": (
        {"is_environment_locked": False},
        (
            "/opt/metropolis",
            "The packages in .venv are not those of the lock file.",
            "cd /opt/metropolis && sudo tools/setup site",
        ),
    ),
    "locale": (
        {"has_locale": False},
        (
            "C.UTF-8",
            "This system has no UTF-8 locale: names of files are misread.",
            "sudo apt-get install libc-bin",
        ),
    ),
    "git": (
        {"git": (2, 30, 2)},
        (
            "git",
            "git is 2.30.2; 2.36 or newer is needed.",
            "sudo apt-get update && sudo apt-get install git",
        ),
    ),
    "safe.directory": (
        {
            "git_trouble": (
                "fatal: detected dubious ownership in repository at '/srv/metropolis/plan.git'"
            )
        },
        (
            "/srv/metropolis/plan.git",
            "git does not trust the repository: another account owns it (safe.directory).",
            OWN,
        ),
    ),
    "safe.directory for all": (
        {"trusts_everything": True},
        (
            "/etc/gitconfig",
            (
                "safe.directory is *: git runs what any repository's configuration names, as root too."
            ),
            "sudo git config --system --unset-all safe.directory '\\*'",
        ),
    ),
    "no repository": (
        {"git_trouble": "fatal: not a git repository"},
        (
            "/srv/metropolis/plan.git",
            "git cannot open the repository: fatal: not a git repository",
            SET_UP,
        ),
    ),
    "hook": (
        {"hooks": ("pre-receive",)},
        (
            "/srv/metropolis/plan.git/hooks/pre-receive",
            "This hook is missing, not executable, or not as set-up writes it.",
            SET_UP,
        ),
    ),
    "git's settings": (
        {"configuration": {"receive.fsckObjects": ("false", "true")}},
        ("/srv/metropolis/plan.git/config", "receive.fsckObjects is “false”, not “true”.", SET_UP),
    ),
    "open key": (
        {"keys": tuple(read_lines(f"\n{KEY} x"))},
        (
            "/srv/metropolis/.ssh/authorized_keys:2",
            (
                "This key opens a shell of the server's account: its owner can use any name. "
                "Remove it, and add its owner as a person."
            ),
            (
                f"sudo -u metropolis sed -i '/ shell /!{{\\#{KEY[-40:]}#d}}'"
                " /srv/metropolis/.ssh/authorized_keys"
            ),
        ),
    ),
    "key by hand": (
        {"keys": tuple(read_lines(f'restrict,command="git-shell" {KEY} x'))},
        (
            "/srv/metropolis/.ssh/authorized_keys:1",
            (
                "This line was written by hand, and its owner has no name here. "
                "Remove it, and add its owner as a person."
            ),
            (
                f"sudo -u metropolis sed -i '/ shell /!{{\\#{KEY[-40:]}#d}}'"
                " /srv/metropolis/.ssh/authorized_keys"
            ),
        ),
    ),
    "maintainer without a key": (
        {"maintainers": ("ana",)},
        (
            "/srv/metropolis/settings.json",
            "ana is a maintainer and has no key.",
            "sudo metropolis publish person add ana --key ana.pub",
        ),
    ),
    "keys from elsewhere": (
        {
            "sshd": {
                **(SYSTEM.sshd or {}),
                "authorizedkeysfile": ".ssh/authorized_keys .ssh/authorized_keys2",
            }
        },
        (
            "/etc/ssh/sshd_config.d/metropolis.conf",
            (
                "sshd reads keys of this account from .ssh/authorized_keys .ssh/authorized_keys2, "
                "not from /srv/metropolis/.ssh/authorized_keys alone."
            ),
            f"{SET_UP} && sudo systemctl reload ssh",
        ),
    ),
    "forwarding": (
        {"sshd": {**(SYSTEM.sshd or {}), "disableforwarding": "no", "permittty": "yes"}},
        (
            "/etc/ssh/sshd_config.d/metropolis.conf",
            (
                "sshd lets keys of this account do more than push: disableforwarding no, permittty"
                " yes."
            ),
            f"{SET_UP} && sudo systemctl reload ssh",
        ),
    ),
    "variables": (
        {"sshd": {**(SYSTEM.sshd or {}), "permituserenvironment": "METROPOLIS_PUSHER"}},
        (
            "/etc/ssh/sshd_config",
            (
                "sshd reads variables from the lines of keys (PermitUserEnvironment). No line needs"
                " them."
            ),
            (
                "sudo sed -i '/PermitUserEnvironment/d' /etc/ssh/sshd_config && sudo systemctl"
                " reload ssh"
            ),
        ),
    ),
    "no unit": (
        {"unit": "", "timer": ""},
        (
            "/etc/systemd/system/metropolis-reconcile.service",
            "The timer is not set up: nothing repairs the server after a crash.",
            f"{SET_UP} && {START}",
        ),
    ),
    "root's unit": (
        {"unit": UNIT.replace("User=metropolis\n", "")},
        (
            "/etc/systemd/system/metropolis-reconcile.service",
            "The timer does not run as metropolis: its files would block pushes.",
            f"sudo rm /etc/systemd/system/metropolis-reconcile.service && {SET_UP} && {START}",
        ),
    ),
    "another toolkit": (
        {"unit": UNIT.replace("/opt/m/", "/opt/n/")},
        (
            "/etc/systemd/system/metropolis-reconcile.service",
            "The timer runs another toolkit or serves another folder than this one.",
            f"sudo rm /etc/systemd/system/metropolis-reconcile.service && {SET_UP} && {START}",
        ),
    ),
    "not enabled": (
        {"is_enabled": False},
        (
            "/etc/systemd/system/metropolis-reconcile.timer",
            "The timer does not start with the machine.",
            START,
        ),
    ),
    "not running": (
        {"timer_state": "inactive"},
        ("/etc/systemd/system/metropolis-reconcile.timer", "The timer is not running.", START),
    ),
    "failed": (
        {"last_run": "failed"},
        (
            "/etc/systemd/system/metropolis-reconcile.service",
            "The timer's last run failed.",
            "sudo journalctl -n 50 -u metropolis-reconcile.service",
        ),
    ),
    "no site": (
        {"names": ()},
        (
            "/etc/nginx/sites-available/metropolis.conf",
            "nginx does not know the site.",
            f"{SET_UP} --name NAME && {RELOAD}",
        ),
    ),
    "not linked": (
        {"is_linked": False},
        (
            "/etc/nginx/sites-enabled/metropolis.conf",
            "nginx does not read the site's file.",
            (
                "sudo ln -sfn /etc/nginx/sites-available/metropolis.conf "
                f"/etc/nginx/sites-enabled/metropolis.conf && {RELOAD}"
            ),
        ),
    ),
    "no answer": (
        {"trouble": "[Errno 111] Connection refused"},
        (
            "plan.metropolis.org",
            "nginx does not answer: [Errno 111] Connection refused",
            "sudo nginx -t && sudo systemctl restart nginx",
        ),
    ),
    "another site": (
        {"is_ours": False},
        (
            "plan.metropolis.org",
            "Another site answers for this name.",
            f"grep -rn server_name /etc/nginx/sites-enabled; {RELOAD}",
        ),
    ),
    "bad certificate": (
        {"certificate": "certificate has expired", "days": None},
        (
            "plan.metropolis.org",
            "The certificate is not valid: certificate has expired.",
            "sudo certbot --nginx -d plan.metropolis.org",
        ),
    ),
    "no certificate": (
        {"days": None},
        (
            "plan.metropolis.org",
            "Nothing answers with TLS here. Unless another machine in front does it:",
            "sudo certbot --nginx -d plan.metropolis.org",
        ),
    ),
    "certificate ends": (
        {"days": 13},
        ("plan.metropolis.org", "The certificate ends in 13 days.", "sudo certbot renew"),
    ),
    "disk": (
        {"free": 90_000_000, "needed": 250_000_000},
        (
            "/srv/metropolis",
            "90 MB are free; a publication needs 250 MB.",
            "sudo du -xh --max-depth=1 /srv/metropolis / | sort -h | tail",
        ),
    ),
    "inodes": (
        {"free_inodes": 49_999},
        (
            "/srv/metropolis",
            "The disk has room for 49999 more files; 50000 are needed.",
            "sudo du -x --inodes --max-depth=1 /srv/metropolis / | sort -n | tail",
        ),
    ),
    "no sandbox": (
        {"sandbox": "limits"},
        (
            "bubblewrap",
            ("Builds have no sandbox: neither bubblewrap nor unshare works for this account."),
            "sudo apt-get install bubblewrap && sudo sysctl -w user.max_user_namespaces=10000",
        ),
    ),
    "no bubblewrap": (
        {"sandbox": "unshare"},
        (
            "bubblewrap",
            "A build sees the files of the server's account: bubblewrap is not installed.",
            "sudo apt-get install bubblewrap",
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_fault_has_its_words_and_its_line(name: str) -> None:
    changes, expected = CASES[name]
    assert found(**changes) == [expected]


def test_all_at_once() -> None:
    """Nothing hides anything else, but for what is a part of it."""
    names = [
        "foreign",
        "umask",
        "toolkit",
        "git",
        "hook",
        "forwarding",
        "not enabled",
        "certificate ends",
        "disk",
    ]
    names = [name if name in CASES else "many" for name in names]
    changes: dict[str, Any] = {}
    for name in names:
        changes.update(CASES[name][0])
    assert found(**changes) == [CASES[name][1] for name in names]
