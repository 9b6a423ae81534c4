"""What is wrong with a server. A problem's `how` is the command that fixes it, and nothing else."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import replace

from metropolis.problem import Problem, Severity
from metropolis.publish.machine import Machine
from metropolis.publish.survey import ServerSurvey, SystemSurvey, WebSurvey

_OLDEST_GIT = (2, 36)  # core.fsync=all; hooks that see a ref's move are older
_FEWEST_INODES = 50_000  # a release of the whole site has about ten thousand files
_FEWEST_DAYS = 14
_KEY_END = 40  # characters that no two keys share
_SSHD = {"disableforwarding": "yes", "permittty": "no", "permituserrc": "no"}


def diagnose(
    machine: Machine, toolkit: str, system: SystemSurvey, web: WebSurvey, server: ServerSurvey
) -> list[Problem]:
    """Everything that is wrong, what matters most first."""
    return [
        *_check_owners(machine, server),
        *_check_toolkit(toolkit, system, server),
        *_check_git(machine, server),
        *_check_people(machine, server),
        *(_check_sshd(machine, system.sshd) if system.sshd is not None else ()),
        *_check_timer(machine, system, server),
        *_check_web(machine, web),
        *_check_space(machine, server),
        *_check_sandbox(server),
    ]


def _problem(path: object, what: str, how: str, severity: Severity = "error") -> Problem:
    return Problem(str(path), 0, 0, what, how=how, severity=severity)


def _check_owners(machine: Machine, server: ServerSurvey) -> Iterator[Problem]:
    places, account = machine.places, server.account
    root, own_all = places.root, f"sudo chown -hR {account}:{account} {places.root}"
    for problem in server.settings:
        yield replace(problem, how=f"sudoedit {places.settings_file}")
    if server.owner != account:
        what = f"The server's folder belongs to {server.owner}, not to {account},"
        yield _problem(root, f"{what} which works in it.", own_all)
    elif server.foreign:
        more = len(server.foreign) - 1
        these = f"This and {more} more belong" if more else "This belongs"
        what = f"{these} not to {account}, which cannot write there:"
        yield _problem(server.foreign[0], f"{what} pushes are rejected.", own_all)
    if server.writable:
        what = f"Others than {account} can write here{_more(server.writable)}."
        yield _problem(server.writable[0], what, f"sudo -u {account} chmod -R go-w {root}")
    if server.closed:
        what = f"The web server cannot pass through this folder{_more(server.closed)}."
        yield _problem(server.closed[0], what, f"sudo chmod a+x {' '.join(server.closed)}")
    if server.unreadable:
        what = f"The web server cannot read this{_more(server.unreadable)}: a umask excludes it."
        parts = f"{places.releases} {places.pool} {places.previews}"
        yield _problem(server.unreadable[0], what, f"sudo -u {account} chmod -R a+rX {parts}")


def _more(places: tuple[str, ...]) -> str:
    return "" if len(places) == 1 else f", and in {len(places) - 1} more places"


def _check_toolkit(toolkit: str, system: SystemSurvey, server: ServerSurvey) -> Iterator[Problem]:
    path = shlex.quote(toolkit)
    if system.toolkit:
        what = f"Others than root can change the code that publishes: {'; '.join(system.toolkit)}."
        how = f"sudo chown -R root:root {path} && sudo chmod -R go-w {path}"
        yield _problem(toolkit, what, how)
    if not server.can_read_toolkit:
        what = f"{server.account} cannot read the code that publishes: a umask excludes it."
        yield _problem(toolkit, what, f"sudo chmod -R a+rX {path}")
    if not server.is_environment_locked:
        what = "The packages in .venv are not those of the lock file."
        yield _problem(toolkit, what, f"cd {path} && sudo tools/setup site")
    if not server.has_locale:
        what = "This system has no UTF-8 locale: names of files are misread."
        yield _problem("C.UTF-8", what, "sudo apt-get install libc-bin")


def _check_git(machine: Machine, server: ServerSurvey) -> Iterator[Problem]:
    repository, set_up = machine.places.repository, machine.set_up
    if server.git < _OLDEST_GIT:
        what = f"git is {_version(server.git)}; {_version(_OLDEST_GIT)} or newer is needed."
        yield _problem("git", what, "sudo apt-get update && sudo apt-get install git")
    if "dubious ownership" in server.git_trouble:
        what = "git does not trust the repository: another account owns it (safe.directory)."
        how = f"sudo chown -hR {server.account}:{server.account} {machine.places.root}"
        yield _problem(repository, what, how)
    elif server.git_trouble:
        yield _problem(repository, f"git cannot open the repository: {server.git_trouble}", set_up)
    if server.trusts_everything:
        what = "safe.directory is *: git runs what any repository's configuration names, as root"
        how = "sudo git config --system --unset-all safe.directory '\\*'"
        yield _problem("/etc/gitconfig", f"{what} too.", how)
    for hook in server.hooks:
        what = "This hook is missing, not executable, or not as set-up writes it."
        yield _problem(repository / "hooks" / hook, what, set_up)
    for key, (found, wanted) in server.configuration.items():
        yield _problem(repository / "config", f"{key} is “{found}”, not “{wanted}”.", set_up)


def _version(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _check_people(machine: Machine, server: ServerSurvey) -> Iterator[Problem]:
    keys = machine.places.keys
    for number, line in enumerate(server.keys, 1):
        if line.key and not line.name:
            what = "This key opens a shell of the server's account: its owner can use any name."
            if not line.is_open:
                what = "This line was written by hand, and its owner has no name here."
            # By the key's own end: line numbers change once a line is gone. Our own lines stay.
            these = f"/ shell /!{{\\#{line.key[-_KEY_END:]}#d}}"
            what = f"{what} Remove it, and add its owner as a person."
            how = f"sudo -u {server.account} sed -i '{these}' {keys}"
            yield Problem(str(keys), number, 1, what, how=how)
    named = {line.name for line in server.keys}
    for name in server.maintainers:
        if name not in named:
            how = f"{machine.typed} person add {name} --key {name}.pub"
            what = f"{name} is a maintainer and has no key."
            yield _problem(machine.places.settings_file, what, how, "advice")


def _check_sshd(machine: Machine, sshd: dict[str, str]) -> Iterator[Problem]:
    how = f"{machine.set_up} && sudo systemctl reload ssh"
    where, keys = sshd.get("authorizedkeysfile"), machine.places.keys
    if where != str(keys):
        what = f"sshd reads keys of this account from {where}, not from {keys} alone."
        yield _problem(machine.sshd, what, how)
    if wrong := [f"{name} {sshd.get(name)}" for name in _SSHD if sshd.get(name) != _SSHD[name]]:
        what = f"sshd lets keys of this account do more than push: {', '.join(wrong)}."
        yield _problem(machine.sshd, what, how)
    if sshd.get("permituserenvironment", "no") != "no":
        what = "sshd reads variables from the lines of keys (PermitUserEnvironment). No line needs"
        file = "/etc/ssh/sshd_config"
        how = f"sudo sed -i '/PermitUserEnvironment/d' {file} && sudo systemctl reload ssh"
        yield _problem(file, f"{what} them.", how)


def _check_timer(machine: Machine, system: SystemSurvey, server: ServerSurvey) -> Iterator[Problem]:
    start = f"sudo systemctl daemon-reload && sudo systemctl enable --now {machine.timer.name}"
    renew = f"{machine.set_up} && {start}"
    if not system.unit or not system.timer:
        missing = machine.timer if system.unit else machine.service
        what = "The timer is not set up: nothing repairs the server after a crash."
        yield _problem(missing, what, renew)
        return
    if f"User={server.account}" not in [line.strip() for line in system.unit.splitlines()]:
        what = f"The timer does not run as {server.account}: its files would block pushes."
        yield _problem(machine.service, what, f"sudo rm {machine.service} && {renew}")
    elif system.wanted_unit and _command(system.unit) != _command(system.wanted_unit):
        what = "The timer runs another toolkit or serves another folder than this one."
        yield _problem(machine.service, what, f"sudo rm {machine.service} && {renew}")
    if not system.is_enabled:
        yield _problem(machine.timer, "The timer does not start with the machine.", start)
    elif system.timer_state == "inactive":
        yield _problem(machine.timer, "The timer is not running.", start)
    if system.last_run == "failed":
        how = f"sudo journalctl -n 50 -u {machine.service.name}"
        yield _problem(machine.service, "The timer's last run failed.", how)


def _command(unit: str) -> str:
    return next((line for line in unit.splitlines() if line.startswith("ExecStart=")), "")


def _check_web(machine: Machine, web: WebSurvey) -> Iterator[Problem]:
    reload = "sudo nginx -t && sudo systemctl reload nginx"
    if not web.names:
        how = f"{machine.set_up} --name NAME && {reload}"
        yield _problem(machine.site, "nginx does not know the site.", how)
        return
    name = web.names[0]
    if not web.is_linked:
        how = f"sudo ln -sfn {machine.site} {machine.enabled_site} && {reload}"
        yield _problem(machine.enabled_site, "nginx does not read the site's file.", how)
    elif web.trouble:
        what = f"nginx does not answer: {web.trouble}"
        yield _problem(name, what, "sudo nginx -t && sudo systemctl restart nginx")
    else:
        if not web.is_ours:
            what = "Another site answers for this name."
            yield _problem(name, what, f"grep -rn server_name /etc/nginx/sites-enabled; {reload}")
        yield from _check_certificate(name, web)


def _check_certificate(name: str, web: WebSurvey) -> Iterator[Problem]:
    request = f"sudo certbot --nginx -d {name}"
    if web.certificate:
        yield _problem(name, f"The certificate is not valid: {web.certificate}.", request)
    elif web.days is None:
        what = "Nothing answers with TLS here. Unless another machine in front does it:"
        yield _problem(name, what, request, "advice")
    elif web.days < _FEWEST_DAYS:
        yield _problem(name, f"The certificate ends in {web.days} days.", "sudo certbot renew")


def _check_space(machine: Machine, server: ServerSurvey) -> Iterator[Problem]:
    root = machine.places.root
    if server.free < server.needed:
        free, needed = server.free // 1_000_000, server.needed // 1_000_000
        what = f"{free} MB are free; a publication needs {needed} MB."
        yield _problem(root, what, f"sudo du -xh --max-depth=1 {root} / | sort -h | tail")
    if (room := server.free_inodes) < _FEWEST_INODES:
        what = f"The disk has room for {room} more files; {_FEWEST_INODES} are needed."
        yield _problem(root, what, f"sudo du -x --inodes --max-depth=1 {root} / | sort -n | tail")


def _check_sandbox(server: ServerSurvey) -> Iterator[Problem]:
    install = "sudo apt-get install bubblewrap"
    if server.sandbox == "limits":
        what = "Builds have no sandbox: neither bubblewrap nor unshare works for this account."
        how = f"{install} && sudo sysctl -w user.max_user_namespaces=10000"
        yield _problem("bubblewrap", what, how)
    elif server.sandbox != "bubblewrap":
        what = "A build sees the files of the server's account: bubblewrap is not installed."
        yield _problem("bubblewrap", what, install)
