"""What is wrong with a server, each with the line that mends it. Pure:
`metropolis/publish/observe.py` looks.

A problem's `how` is a line to copy and nothing else.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import replace

from metropolis.problem import Problem, Severity
from metropolis.publish.machine import Machine
from metropolis.publish.survey import Seen, ServerSeen, SystemSeen, WebSeen

_OLDEST_GIT = (2, 36)  # core.fsync=all; hooks that see a ref's move are older
_FEWEST_INODES = 50_000  # a release of the whole site has about ten thousand files
_FEWEST_DAYS = 14
_KEY_END = 40  # signs that no two keys share
_SSHD = {"disableforwarding": "yes", "permittty": "no", "permituserrc": "no"}


def diagnose(
    machine: Machine, toolkit: str, system: SystemSeen, web: WebSeen, server: ServerSeen
) -> list[Problem]:
    """Everything that is wrong, what matters most first."""
    return [
        *_rights(machine, server),
        *_toolkit(toolkit, system, server),
        *_git(machine, server),
        *_people(machine, system, server),
        *_timer(machine, system, server),
        *_web(machine, web),
        *_room(machine, server),
        *_sandbox(server),
    ]


def _problem(path: object, what: str, how: str, severity: Severity = "error") -> Problem:
    return Problem(str(path), 0, 0, what, how=how, severity=severity)


def _set_up(machine: Machine) -> str:
    return f"sudo metropolis publish setup {machine.places.root}"


def _rights(machine: Machine, server: ServerSeen) -> Iterator[Problem]:
    root, account = machine.places.root, server.account
    for problem in server.settings:
        yield replace(problem, how=f"sudoedit {machine.places.settings_file}")
    if server.owner != account:
        what = (
            f"The server's folder belongs to {server.owner}, and not to {account}, which does its"
            " work."
        )
        yield _problem(root, what, f"sudo chown -hR {account}:{account} {root}")
    elif server.foreign.count:
        what = (
            f"{_many(server.foreign)} not to {account}, which cannot write there: pushes are"
            " refused."
        )
        yield _problem(server.foreign.first[0], what, f"sudo chown -hR {account}:{account} {root}")
    if server.writable.count:
        what = f"Others than {account} can write here{_more(server.writable)}."
        yield _problem(server.writable.first[0], what, f"sudo -u {account} chmod -R go-w {root}")
    if server.closed.count:
        what = f"The web server cannot pass through this folder{_more(server.closed)}."
        yield _problem(
            server.closed.first[0], what, f"sudo chmod a+x {' '.join(server.closed.first)}"
        )
    if server.unreadable.count:
        what = (
            f"The web server cannot read this{_more(server.unreadable)}: a umask has kept it from"
            " others."
        )
        parts = " ".join(
            str(path)
            for path in (machine.places.releases, machine.places.pool, machine.places.previews)
        )
        yield _problem(server.unreadable.first[0], what, f"sudo -u {account} chmod -R a+rX {parts}")


def _many(seen: Seen) -> str:
    return "This belongs" if seen.count == 1 else f"This and {seen.count - 1} more belong"


def _more(seen: Seen) -> str:
    return "" if seen.count == 1 else f", and in {seen.count - 1} places more"


def _toolkit(toolkit: str, system: SystemSeen, server: ServerSeen) -> Iterator[Problem]:
    quoted = shlex.quote(toolkit)
    if system.toolkit:
        what = f"Others than root can change the code that publishes: {'; '.join(system.toolkit)}."
        yield _problem(
            toolkit, what, f"sudo chown -R root:root {quoted} && sudo chmod -R go-w {quoted}"
        )
    if not server.can_read_toolkit:
        what = (
            f"{server.account} cannot read the code that publishes: a umask has kept it from"
            " others."
        )
        yield _problem(toolkit, what, f"sudo chmod -R a+rX {quoted}")
    if not server.is_environment_locked:
        what = "The packages in .venv are not those of the lock file."
        yield _problem(toolkit, what, f"cd {quoted} && sudo tools/setup site")
    if not server.has_locale:
        yield _problem(
            "C.UTF-8",
            "This system has no UTF-8 locale: names of files are misread.",
            "sudo apt-get install libc-bin",
        )


def _git(machine: Machine, server: ServerSeen) -> Iterator[Problem]:
    repository = machine.places.repository
    if server.git < _OLDEST_GIT:
        what = f"git is {_version(server.git)}; {_version(_OLDEST_GIT)} or newer is needed."
        yield _problem("git", what, "sudo apt-get update && sudo apt-get install git")
    if "dubious ownership" in server.git_trouble:
        what = (
            "git does not trust the repository, which belongs to another account (safe.directory)."
        )
        yield _problem(
            repository,
            what,
            f"sudo chown -hR {server.account}:{server.account} {machine.places.root}",
        )
    elif server.git_trouble:
        yield _problem(
            repository, f"git cannot open the repository: {server.git_trouble}", _set_up(machine)
        )
    if server.trusts_everything:
        what = (
            "safe.directory is *: git runs whatever any repository's configuration names, for root"
            " too."
        )
        yield _problem(
            "/etc/gitconfig", what, "sudo git config --system --unset-all safe.directory '\\*'"
        )
    for hook in server.hooks:
        what = "This hook is missing, cannot be run, or is not as set-up writes it."
        yield _problem(repository / "hooks" / hook, what, _set_up(machine))
    for key, (found, wanted) in server.configuration.items():
        yield _problem(
            repository / "config", f"{key} is “{found}”, not “{wanted}”.", _set_up(machine)
        )


def _version(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _people(machine: Machine, system: SystemSeen, server: ServerSeen) -> Iterator[Problem]:
    keys = machine.places.keys
    for number, line in enumerate(server.keys, 1):
        if line.key and not line.name:
            what = (
                "This key opens a shell of the server's account: whoever has it can take any name."
            )
            if not line.is_open:
                what = "This line was written by hand, and its owner has no name here."
            # By the key's own end: line numbers would no longer be right once a line is gone. Lines
            # of ours stay.
            remove = (
                f"sudo -u {server.account} sed -i '/ shell /!{{\\#{line.key[-_KEY_END:]}#d}}'"
                f" {keys}"
            )
            yield Problem(
                str(keys),
                number,
                1,
                f"{what} Take it out, and add its owner as a person.",
                how=remove,
            )
    named = {line.name for line in server.keys}
    for name in server.maintainers:
        if name not in named:
            what = f"{name} is a maintainer and has no key."
            yield _problem(
                machine.places.settings_file,
                what,
                f"{machine.typed} person add {name} --key {name}.pub",
                "advice",
            )
    if system.sshd is not None:
        yield from _sshd(machine, system.sshd)


def _sshd(machine: Machine, sshd: dict[str, str]) -> Iterator[Problem]:
    mend = f"{_set_up(machine)} && sudo systemctl reload ssh"
    if sshd.get("authorizedkeysfile") != str(machine.places.keys):
        where = sshd.get("authorizedkeysfile")
        what = (
            f"sshd takes keys of this account from {where}, not from {machine.places.keys} alone."
        )
        yield _problem(machine.sshd, what, mend)
    wrong = [
        f"{name} {sshd.get(name)}" for name, wanted in _SSHD.items() if sshd.get(name) != wanted
    ]
    if wrong:
        yield _problem(
            machine.sshd,
            f"sshd lets keys of this account do more than push: {', '.join(wrong)}.",
            mend,
        )
    if sshd.get("permituserenvironment", "no") != "no":
        what = (
            "sshd takes variables from the lines of keys (PermitUserEnvironment). No line needs"
            " them."
        )
        yield _problem(
            "/etc/ssh/sshd_config",
            what,
            "sudo sed -i '/PermitUserEnvironment/d' /etc/ssh/sshd_config && sudo systemctl"
            " reload ssh",
        )


def _timer(machine: Machine, system: SystemSeen, server: ServerSeen) -> Iterator[Problem]:
    start = f"sudo systemctl daemon-reload && sudo systemctl enable --now {machine.timer.name}"
    if not system.unit or not system.timer:
        missing = machine.timer if system.unit else machine.service
        yield _problem(
            missing,
            "The timer is not set up: nothing puts things right after a crash.",
            f"{_set_up(machine)} && {start}",
        )
        return
    settings = [line.strip() for line in system.unit.splitlines()]
    if f"User={server.account}" not in settings:
        what = f"The timer does not run as {server.account}: what it makes would keep pushes out."
        yield _problem(
            machine.service, what, f"sudo rm {machine.service} && {_set_up(machine)} && {start}"
        )
    elif system.wanted_unit and _command(system.unit) != _command(system.wanted_unit):
        what = "The timer runs another toolkit or serves another folder than this one."
        yield _problem(
            machine.service, what, f"sudo rm {machine.service} && {_set_up(machine)} && {start}"
        )
    if not system.is_enabled:
        yield _problem(machine.timer, "The timer does not start with the machine.", start)
    elif system.timer_state == "inactive":
        yield _problem(machine.timer, "The timer is not running.", start)
    if system.last_run == "failed":
        yield _problem(
            machine.service,
            "The timer's last run failed.",
            f"sudo journalctl -n 50 -u {machine.service.name}",
        )


def _command(unit: str) -> str:
    return next((line for line in unit.splitlines() if line.startswith("ExecStart=")), "")


def _web(machine: Machine, web: WebSeen) -> Iterator[Problem]:
    reload = "sudo nginx -t && sudo systemctl reload nginx"
    if not web.names:
        yield _problem(
            machine.site,
            "nginx does not know the site.",
            f"{_set_up(machine)} --name NAME && {reload}",
        )
        return
    name = web.names[0]
    if not web.is_linked:
        what = "nginx does not read the site's file."
        yield _problem(
            machine.enabled_site,
            what,
            f"sudo ln -sfn {machine.site} {machine.enabled_site} && {reload}",
        )
    elif web.trouble:
        yield _problem(
            name,
            f"nginx does not answer: {web.trouble}",
            "sudo nginx -t && sudo systemctl restart nginx",
        )
    else:
        if not web.is_ours:
            what = "Another site answers for this name."
            yield _problem(name, what, f"grep -rn server_name /etc/nginx/sites-enabled; {reload}")
        yield from _certificate(name, web)


def _certificate(name: str, web: WebSeen) -> Iterator[Problem]:
    if web.certificate:
        yield _problem(
            name,
            f"The certificate is not good: {web.certificate}.",
            f"sudo certbot --nginx -d {name}",
        )
    elif web.days is None:
        what = "Nothing answers with TLS here. If no other machine in front does it:"
        yield _problem(name, what, f"sudo certbot --nginx -d {name}", "advice")
    elif web.days < _FEWEST_DAYS:
        yield _problem(name, f"The certificate ends in {web.days} days.", "sudo certbot renew")


def _room(machine: Machine, server: ServerSeen) -> Iterator[Problem]:
    root = machine.places.root
    if server.free < server.needed:
        what = (
            f"{server.free // 1_000_000} MB are free; a publication needs"
            f" {server.needed // 1_000_000} MB."
        )
        yield _problem(root, what, f"sudo du -xh --max-depth=1 {root} / | sort -h | tail")
    if server.free_inodes < _FEWEST_INODES:
        what = (
            f"The disk has room for {server.free_inodes} files more; {_FEWEST_INODES} are wanted."
        )
        yield _problem(root, what, f"sudo du -x --inodes --max-depth=1 {root} / | sort -n | tail")


def _sandbox(server: ServerSeen) -> Iterator[Problem]:
    if server.sandbox == "limits":
        what = (
            "A build cannot be shut in: neither bubblewrap nor unshare works for the server's"
            " account."
        )
        yield _problem(
            "bubblewrap",
            what,
            "sudo apt-get install bubblewrap && sudo sysctl -w user.max_user_namespaces=10000",
        )
    elif server.sandbox != "bubblewrap":
        what = "A build sees the files of the server's account, since bubblewrap is not installed."
        yield _problem("bubblewrap", what, "sudo apt-get install bubblewrap")
