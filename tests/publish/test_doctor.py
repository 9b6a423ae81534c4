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

AT = "/srv/metropolis"
MACHINE = Machine(Places(Path(AT)))
NAME = "plan.metropolis.org"
UNIT = "[Service]\nUser=metropolis\nExecStart=/opt/m/python reconcile\n"
SSHD = {
    "authorizedkeysfile": f"{AT}/.ssh/authorized_keys", "disableforwarding": "yes",
    "permittty": "no", "permituserrc": "no", "permituserenvironment": "no",
}  # fmt: skip
SYSTEM = SystemSurvey(unit=UNIT, timer="[Timer]\n", wanted_unit=UNIT, sshd=SSHD)
WEB = WebSurvey(names=(NAME,), days=60)
SERVER = ServerSurvey()
SERVICE = "/etc/systemd/system/metropolis-reconcile.service"
TIMER = "/etc/systemd/system/metropolis-reconcile.timer"
SSHD_FILE = "/etc/ssh/sshd_config.d/metropolis.conf"
SET_UP = f"sudo metropolis publish setup {AT}"
START = "sudo systemctl daemon-reload && sudo systemctl enable --now metropolis-reconcile.timer"
RENEW = f"sudo rm {SERVICE} && {SET_UP} && {START}"
RELOAD = "sudo nginx -t && sudo systemctl reload nginx"
OWN = f"sudo chown -hR metropolis:metropolis {AT}"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPfAUWzZcuU6hicp7y8mmmhhNykA9zQTwTctbpNT4Mlc"
WITHOUT_KEY = (
    f"sudo -u metropolis sed -i '/ shell /!{{\\#{KEY[-40:]}#d}}' {AT}/.ssh/authorized_keys"
)


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


CASES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "owner": (
        {"owner": "root"}, AT,
        "The server's folder belongs to root, not to metropolis, which works in it.", OWN),
    "one foreign file": (
        {"foreign": (f"{AT}/publish.lock",)}, f"{AT}/publish.lock",
        "This belongs not to metropolis, which cannot write there: pushes are rejected.", OWN),
    "many": (
        {"foreign": tuple(f"{AT}/{one}" for one in "abcdefghi")}, f"{AT}/a",
        "This and 8 more belong not to metropolis, which cannot write there: pushes are rejected.", OWN),
    "writable": (
        {"writable": (f"{AT}/work",)}, f"{AT}/work",
        "Others than metropolis can write here.", f"sudo -u metropolis chmod -R go-w {AT}"),
    "closed": (
        {"closed": ("/srv",)}, "/srv",
        "The web server cannot pass through this folder.", "sudo chmod a+x /srv"),
    "umask": (
        {"unreadable": tuple(f"{AT}/releases/{one}" for one in "xyz")}, f"{AT}/releases/x",
        "The web server cannot read this, and in 2 more places: a umask excludes it.",
        f"sudo -u metropolis chmod -R a+rX {AT}/releases {AT}/pool {AT}/previews"),
    "settings": (
        {"settings": (Problem(f"{AT}/settings.json", 3, 2, "“kep” is not a setting."),)}, f"{AT}/settings.json:3",
        "“kep” is not a setting.", f"sudoedit {AT}/settings.json"),
    "toolkit": (
        {"toolkit": ("/opt/metropolis/x belongs to luc",)}, "/opt/metropolis",
        "Others than root can change the code that publishes: /opt/metropolis/x belongs to luc.",
        "sudo chown -R root:root /opt/metropolis && sudo chmod -R go-w /opt/metropolis"),
    "toolkit unreadable": (
        {"can_read_toolkit": False}, "/opt/metropolis",
        "metropolis cannot read the code that publishes: a umask excludes it.", "sudo chmod -R a+rX /opt/metropolis"),
    "lock file": (
        {"is_environment_locked": False}, "/opt/metropolis",
        "The packages in .venv are not those of the lock file.", "cd /opt/metropolis && sudo tools/setup site"),
    "locale": (
        {"has_locale": False}, "C.UTF-8",
        "This system has no UTF-8 locale: names of files are misread.", "sudo apt-get install libc-bin"),
    "git": (
        {"git": (2, 30, 2)}, "git",
        "git is 2.30.2; 2.36 or newer is needed.", "sudo apt-get update && sudo apt-get install git"),
    "safe.directory": (
        {"git_trouble": f"fatal: detected dubious ownership in repository at '{AT}/plan.git'"}, f"{AT}/plan.git",
        "git does not trust the repository: another account owns it (safe.directory).", OWN),
    "safe.directory for all": (
        {"trusts_everything": True}, "/etc/gitconfig",
        "safe.directory is *: git runs what any repository's configuration names, as root too.",
        "sudo git config --system --unset-all safe.directory '\\*'"),
    "no repository": (
        {"git_trouble": "fatal: not a git repository"}, f"{AT}/plan.git",
        "git cannot open the repository: fatal: not a git repository", SET_UP),
    "hook": (
        {"hooks": ("pre-receive",)}, f"{AT}/plan.git/hooks/pre-receive",
        "This hook is missing, not executable, or not as set-up writes it.", SET_UP),
    "git's settings": (
        {"configuration": {"receive.fsckObjects": ("false", "true")}}, f"{AT}/plan.git/config",
        "receive.fsckObjects is “false”, not “true”.", SET_UP),
    "open key": (
        {"keys": tuple(read_lines(f"\n{KEY} x"))}, f"{AT}/.ssh/authorized_keys:2",
        "This key opens a shell of the server's account: its owner can use any name. "
        "Remove it, and add its owner as a person.", WITHOUT_KEY),
    "key by hand": (
        {"keys": tuple(read_lines(f'restrict,command="git-shell" {KEY} x'))}, f"{AT}/.ssh/authorized_keys:1",
        "This line was written by hand, and its owner has no name here. "
        "Remove it, and add its owner as a person.", WITHOUT_KEY),
    "maintainer without a key": (
        {"maintainers": ("ana",)}, f"{AT}/settings.json",
        "ana is a maintainer and has no key.", "sudo metropolis publish person add ana --key ana.pub"),
    "keys from elsewhere": (
        {"sshd": {**SSHD, "authorizedkeysfile": ".ssh/authorized_keys .ssh/authorized_keys2"}}, SSHD_FILE,
        "sshd reads keys of this account from .ssh/authorized_keys .ssh/authorized_keys2, "
        f"not from {AT}/.ssh/authorized_keys alone.", f"{SET_UP} && sudo systemctl reload ssh"),
    "forwarding": (
        {"sshd": {**SSHD, "disableforwarding": "no", "permittty": "yes"}}, SSHD_FILE,
        "sshd lets keys of this account do more than push: disableforwarding no, permittty yes.",
        f"{SET_UP} && sudo systemctl reload ssh"),
    "variables": (
        {"sshd": {**SSHD, "permituserenvironment": "METROPOLIS_PUSHER"}}, "/etc/ssh/sshd_config",
        "sshd reads variables from the lines of keys (PermitUserEnvironment). No line needs them.",
        "sudo sed -i '/PermitUserEnvironment/d' /etc/ssh/sshd_config && sudo systemctl reload ssh"),
    "no unit": (
        {"unit": "", "timer": ""}, SERVICE,
        "The timer is not set up: nothing repairs the server after a crash.", f"{SET_UP} && {START}"),
    "root's unit": (
        {"unit": UNIT.replace("User=metropolis\n", "")}, SERVICE,
        "The timer does not run as metropolis: its files would block pushes.", RENEW),
    "another toolkit": (
        {"unit": UNIT.replace("/opt/m/", "/opt/n/")}, SERVICE,
        "The timer runs another toolkit or serves another folder than this one.", RENEW),
    "not enabled": (
        {"is_enabled": False}, TIMER, "The timer does not start with the machine.", START),
    "not running": (
        {"timer_state": "inactive"}, TIMER, "The timer is not running.", START),
    "failed": (
        {"last_run": "failed"}, SERVICE,
        "The timer's last run failed.", "sudo journalctl -n 50 -u metropolis-reconcile.service"),
    "no site": (
        {"names": ()}, "/etc/nginx/sites-available/metropolis.conf",
        "nginx does not know the site.", f"{SET_UP} --name NAME && {RELOAD}"),
    "not linked": (
        {"is_linked": False}, "/etc/nginx/sites-enabled/metropolis.conf",
        "nginx does not read the site's file.",
        "sudo ln -sfn /etc/nginx/sites-available/metropolis.conf "
        f"/etc/nginx/sites-enabled/metropolis.conf && {RELOAD}"),
    "no answer": (
        {"trouble": "[Errno 111] Connection refused"}, NAME,
        "nginx does not answer: [Errno 111] Connection refused", "sudo nginx -t && sudo systemctl restart nginx"),
    "another site": (
        {"is_ours": False}, NAME,
        "Another site answers for this name.", f"grep -rn server_name /etc/nginx/sites-enabled; {RELOAD}"),
    "bad certificate": (
        {"certificate": "certificate has expired", "days": None}, NAME,
        "The certificate is not valid: certificate has expired.", f"sudo certbot --nginx -d {NAME}"),
    "no certificate": (
        {"days": None}, NAME,
        "Nothing answers with TLS here. Unless another machine in front does it:", f"sudo certbot --nginx -d {NAME}"),
    "certificate ends": (
        {"days": 13}, NAME, "The certificate ends in 13 days.", "sudo certbot renew"),
    "disk": (
        {"free": 90_000_000, "needed": 250_000_000}, AT,
        "90 MB are free; a publication needs 250 MB.", f"sudo du -xh --max-depth=1 {AT} / | sort -h | tail"),
    "inodes": (
        {"free_inodes": 49_999}, AT,
        "The disk has room for 49999 more files; 50000 are needed.",
        f"sudo du -x --inodes --max-depth=1 {AT} / | sort -n | tail"),
    "no sandbox": (
        {"sandbox": "limits"}, "bubblewrap",
        "Builds have no sandbox: neither bubblewrap nor unshare works for this account.",
        "sudo apt-get install bubblewrap && sudo sysctl -w user.max_user_namespaces=10000"),
    "no bubblewrap": (
        {"sandbox": "unshare"}, "bubblewrap",
        "A build sees the files of the server's account: bubblewrap is not installed.",
        "sudo apt-get install bubblewrap"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_fault_has_its_words_and_its_line(name: str) -> None:
    changes, *expected = CASES[name]
    assert found(**changes) == [tuple(expected)]


def test_all_at_once() -> None:
    """Nothing hides anything else, but for what is a part of it."""
    names = ["many", "umask", "toolkit", "git", "hook", "forwarding", "not enabled"]
    names += ["certificate ends", "disk"]
    changes: dict[str, Any] = {}
    for name in names:
        changes.update(CASES[name][0])
    assert found(**changes) == [CASES[name][1:] for name in names]
