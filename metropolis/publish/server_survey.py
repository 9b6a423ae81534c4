"""Surveys a server for `publish doctor`: as root what is root's, then as the account the rest; and
requests the site from the web server on loopback, by its name."""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import shutil
import socket
import ssl
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from metropolis.folders import walk
from metropolis.git import GitError, run_git
from metropolis.problem import RefusedError
from metropolis.publish.account import Account, account_of
from metropolis.publish.enclosure import sandbox_kind
from metropolis.publish.integrity import changeable_code
from metropolis.publish.machine import Machine, server_names, timer_units
from metropolis.publish.people import stored_lines
from metropolis.publish.places import Places
from metropolis.publish.settings import Settings, read_settings
from metropolis.publish.setup import hooks, repository_rules
from metropolis.publish.staging import needed_space
from metropolis.publish.survey import ServerSurvey, SystemSurvey, WebSurvey
from metropolis.release.headers import SECURITY
from metropolis.text_file import text_if_any

_LONGEST = 5  # seconds for an answer of the web server
_POLICY = "Content-Security-Policy"


def observe_system(machine: Machine, account: Account, toolkit: Path, python: str) -> SystemSurvey:
    """Call it before root becomes the account."""
    is_root = os.geteuid() == 0
    owner = 0 if is_root else os.geteuid()
    wanted = timer_units(machine, account, machine.places.command(str(toolkit), "reconcile"))
    return SystemSurvey(
        is_root,
        tuple(changeable_code(toolkit, Path(python), owner)),
        text_if_any(machine.service),
        text_if_any(machine.timer),
        wanted[machine.service],
        machine.enabled.is_symlink(),
        _answer("systemctl", "is-active", machine.timer.name),
        _answer("systemctl", "is-failed", machine.service.name),
        _sshd(account.name) if is_root else None,
    )


def _sshd(account: str) -> dict[str, str] | None:
    """sshd's settings for the account; None if it is not installed or does not answer."""
    sshd = shutil.which("sshd", path="/usr/sbin:/usr/bin")
    user = f"user={account},host=localhost,addr=127.0.0.1"
    lines = _answer(sshd, "-T", "-C", user).splitlines() if sshd else []
    return dict(line.split(" ", 1) for line in lines if " " in line) or None


def observe_server(machine: Machine, account: Account, toolkit: Path) -> ServerSurvey:
    """Call it as the account: some of the answers are what works for it."""
    places = machine.places
    settings, problems = read_settings(places)
    owner = places.root.stat().st_uid
    way = (*reversed(places.root.parents), places.root)  # the web server, an “other”, must pass it
    disk = os.statvfs(places.root)
    walked = [(places.root / path, found) for path, found in walk(places.root)]
    try:
        keys = tuple(stored_lines(places))
    except (RefusedError, OSError):
        keys = ()
    version = re.search(r"\d+\.\d+(?:\.\d+)?", _answer("git", "version"))
    trusted = _answer("git", "config", "--system", "--get-all", "safe.directory")
    can_read = os.access(toolkit / "mkdocs.yml", os.R_OK)
    return ServerSurvey(
        account=account.name,
        owner=account_of(owner).name,
        settings=tuple(problems),
        maintainers=settings.maintainers if settings else (),
        foreign=tuple(str(path) for path, found in walked if found.st_uid != owner),
        writable=tuple(str(path) for path, found in walked if _is_open(found)),
        closed=tuple(str(one) for one in way if not one.stat().st_mode & stat.S_IXOTH),
        unreadable=tuple(_unreadable(places)),
        hooks=tuple(_wrong_hooks(places, settings)) if settings else (),
        configuration=_configuration(places, settings) if settings else {},
        git=tuple(map(int, version[0].split("."))) if version else (0,),
        git_trouble=_git_trouble(places),
        trusts_everything="*" in trusted.split(),
        keys=keys,
        can_read_toolkit=can_read and os.access(sys.executable, os.X_OK),
        is_environment_locked=_is_locked(toolkit),
        has_locale="C.utf8" in _answer("locale", "-a").split(),
        sandbox=sandbox_kind(),
        free=disk.f_bavail * disk.f_frsize,
        needed=needed_space(places, settings) if settings else 0,
        free_inodes=disk.f_favail if disk.f_files else 10**9,
    )


def _is_open(found: os.stat_result) -> bool:
    return not stat.S_ISLNK(found.st_mode) and bool(found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def _unreadable(places: Places) -> Iterator[str]:
    for part in (places.releases, places.pool, places.previews):
        for path, found in walk(part) if part.is_dir() else ():
            needed = stat.S_IROTH | stat.S_IXOTH if path.endswith("/") else stat.S_IROTH
            if not stat.S_ISLNK(found.st_mode) and found.st_mode & needed != needed:
                yield str(part / path)


def _wrong_hooks(places: Places, settings: Settings) -> Iterator[str]:
    for hook, text in hooks(places, settings.toolkit).items():
        file = places.repository / "hooks" / hook
        if text_if_any(file) != text or not os.access(file, os.X_OK):
            yield hook


def _configuration(places: Places, settings: Settings) -> dict[str, tuple[str, str]]:
    """Key -> (value, right value), where they differ."""
    file = str(places.repository / "config")
    lines = _answer("git", "config", "--file", file, "--list").splitlines()
    found = {key.lower(): value for key, _, value in (line.partition("=") for line in lines)}
    return {
        key: (value, wanted)
        for key, wanted in repository_rules(settings).items()
        if (value := found.get(key.lower(), "")) != wanted
    }


def _git_trouble(places: Places) -> str:
    try:
        # By its folder, as receive-pack finds it: only then does git check the owner.
        run_git(places.repository, "rev-parse", "--git-dir")
    except (GitError, OSError) as error:
        return str(error).splitlines()[0] if str(error) else "it is missing"
    return ""


def _is_locked(toolkit: Path) -> bool:
    """Whether tools/setup has made .venv from the present lock file."""
    for what in ("site", "test"):
        files = (toolkit / f"requirements/{what}.txt", toolkit / "pyproject.toml")
        with suppress(OSError):
            text = b"".join(file.read_bytes() for file in files)
            if (toolkit / ".venv" / f".{what}-{hashlib.sha256(text).hexdigest()[:16]}").exists():
                return True
    return False


def _answer(*words: str) -> str:
    """What a command prints; empty if it is missing or does not end."""
    try:
        run = subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout.strip()


def observe_web(machine: Machine) -> WebSurvey:
    """nginx's file contains the name and the address."""
    text = text_if_any(machine.site)
    names = server_names(machine)
    found = re.findall(r"^\s*listen\s+(\S+?)(;|\s[^;]*;)", text, re.MULTILINE)
    listen = [address for address, rest in found if "ssl" not in rest]
    if not names:
        return WebSurvey()
    host, port = _web_address(listen[0] if listen else "80")
    trouble, is_ours = _ask_web(host, port, names[0])
    certificate, days = _certificate(host, names[0])
    return WebSurvey(names, machine.enabled_site.exists(), trouble, is_ours, certificate, days)


def _web_address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    is_every = host in ("", "0.0.0.0", "::", "*")
    return "127.0.0.1" if is_every else host, int(port) if port.isdecimal() else 80


def _ask_web(host: str, port: int, name: str) -> tuple[str, bool]:
    """Why there is no answer; whether it is the site's: our headers, or a redirect to https."""
    connection = http.client.HTTPConnection(host, port, timeout=_LONGEST)
    try:
        connection.request("GET", "/", headers={"Host": name})
        answer = connection.getresponse()
    except (OSError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__, False
    finally:
        connection.close()
    leads_to_https = str(answer.headers.get("Location", "")).startswith(f"https://{name}")
    return "", leads_to_https or answer.headers.get(_POLICY) == SECURITY[_POLICY]


def _certificate(host: str, name: str) -> tuple[str, int | None]:
    """What is wrong with the certificate; for how many days it is good, None without TLS."""
    try:
        plain = socket.create_connection((host, 443), timeout=_LONGEST)
    except OSError:
        return "", None
    try:
        with ssl.create_default_context().wrap_socket(plain, server_hostname=name) as secure:
            ends = str((secure.getpeercert() or {}).get("notAfter", ""))
            return "", int((ssl.cert_time_to_seconds(ends) - time.time()) // 86400)
    except ssl.SSLCertVerificationError as error:
        return error.verify_message, None
    except (OSError, ValueError) as error:
        return str(error), None
    finally:
        plain.close()
