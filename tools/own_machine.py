"""A separate machine for a test: this system's files with a layer on top, its own processes,
network and accounts.

All changes in it (accounts, files of /etc, servers) disappear with it, and nothing of the real
machine changes. It needs root. PID 1 in it is not systemd, so `systemctl` is replaced
(`STAND_INS`)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# What a checkout has and a clone has not: at its top, and anywhere.
_NOT_CLONED = shutil.ignore_patterns(
    ".git", ".venv", ".cache", "site", ".site-*", "build", "*.egg-info"
)
_NEVER_CLONED = shutil.ignore_patterns("node_modules", "__pycache__")
_UNSHARE = [
    "unshare", "--mount", "--propagation=unchanged", "--net", "--pid", "--uts", "--ipc", "--fork",
    "--kill-child",
]  # fmt: skip
_ENTERED = ["--mount", "--net", "--pid", "--uts", "--ipc", "--root"]
# In place of the network and of systemd. Each records its arguments in /run/asked.
STAND_INS = {
    "apt-get": "exit 0\n",
    "certbot": """\
site=/etc/nginx/sites-available/metropolis.conf
grep -q Certbot $site && exit 0
for name in "$@"; do :; done
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj "/CN=$name" \\
  -addext "subjectAltName=DNS:$name" \\
  -keyout /etc/ssl/private/site.key -out /etc/ssl/certs/site.crt 2>/dev/null
cat /etc/ssl/certs/site.crt >>/etc/ssl/certs/ca-certificates.crt
cat >/run/lines <<'END'
    listen 443 ssl; # managed by Certbot
    ssl_certificate /etc/ssl/certs/site.crt; # managed by Certbot
    ssl_certificate_key /etc/ssl/private/site.key; # managed by Certbot
END
sed -i '/server_name/r /run/lines' $site
nginx -t -q && nginx -s reload
""",
    "systemctl": """\
case "$*" in
  "reload ssh")  # it writes the file again once it listens
    /usr/sbin/sshd -t || exit; pid=$(cat /run/sshd.pid); rm /run/sshd.pid; kill -HUP "$pid"
    for _ in $(seq 600); do [ -s /run/sshd.pid ] && break; sleep 0.1; done ;;
  "reload nginx") /usr/sbin/nginx -s reload ;;
  enable*) shift 2; exec /usr/bin/systemctl --quiet enable "$@" ;;
  disable*) shift 2; exec /usr/bin/systemctl --quiet disable "$@" ;;
  "is-active "*) echo active ;;
  "is-failed "*) echo inactive; exit 1 ;;
esac
""",
}


_PREPARE = """\
userdel metropolis 2>/dev/null || true
for one in admin ana luc; do
  if id "$one" >/dev/null 2>&1; then userdel -rf "$one" 2>/dev/null || true; fi
  useradd -m "$one"
done
rm -f /etc/ssh/sshd_config.d/* /etc/nginx/sites-enabled/* /usr/local/bin/metropolis
touch /run/asked; chmod 666 /run/asked
ln -s /etc/nginx/sites-available/default /etc/nginx/sites-enabled/default
git config --system --add safe.directory /srv/source/.git
cd /srv/source && git init -q -b main && git add -A
git -c user.name=Source -c user.email=source@example.org commit -q -m 'The site'
ssh-keygen -A >/dev/null; mkdir -p /run/sshd; /usr/sbin/sshd; nginx
"""
_ENVIRONMENT = """\
cd /opt/metropolis && python3 -m venv --without-pip .venv && mkdir .venv/packages
mount --bind /opt/packages .venv/packages
cd .venv/lib/python3*/site-packages
printf '%s\\n' $OLDPWD $OLDPWD/.venv/packages >metropolis.pth; cd -
printf '#!/opt/metropolis/.venv/bin/python\\nimport sys\\nfrom metropolis.cli import main\\n\
sys.exit(main())\\n' >.venv/bin/metropolis; chmod 755 .venv/bin/metropolis
touch .venv/.site-$(cat requirements/site.txt pyproject.toml | sha256sum | cut -c1-16)
"""


class OwnMachine:
    """Started at once; `close` ends everything in it. `python` says which one made .venv."""

    def __init__(self, folder: Path) -> None:
        packages = next((ROOT / ".venv/lib").glob("python3*/site-packages"))
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder.with_name(f"{folder.name}.log")
        with self._log.open("w") as log:
            program = str(ROOT / "tools/own_root.py")
            words = [*_UNSHARE, sys.executable, program, str(folder), str(packages)]
            self._process = subprocess.Popen(words, stdout=log, stderr=log)
        self.inside = self._wait_for_inside()

    def _wait_for_inside(self) -> int:
        until = time.monotonic() + 20
        while time.monotonic() < until and self._process.poll() is None:
            process = self._process.pid
            children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
            if children and Path(f"/proc/{children[0]}/comm").read_text().strip() == "sleep":
                return int(children[0])
            time.sleep(0.05)
        self.close()
        raise RuntimeError(self._log.read_text())

    def run(
        self, script: str, user: str = "root", check: bool = True, data: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """A script of bash in somebody's home, as after a login; standard error is joined to
        standard output."""
        done = subprocess.run(
            **self.command(script, user, check),
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=300,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"{user}: {script}\nended with {done.returncode}:\n{done.stdout}")
        return done

    def command(self, script: str, user: str = "root", check: bool = True) -> dict[str, Any]:
        """How a script is started, as `subprocess` takes it."""
        home = "/root" if user == "root" else f"/home/{user}"
        own = {"HOME": home, "USER": user, "LOGNAME": user, "SHELL": "/bin/bash", "LANG": "C.UTF-8"}
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
        become = [] if user == "root" else become
        enter = ["nsenter", f"--target={self.inside}", f"--wd={self.root}", *_ENTERED]
        words = [*enter, *become, "bash", "-ec" if check else "-c", f"cd ~\n{script}"]
        return {"args": words, "env": {"PATH": path, **own}}

    @property
    def root(self) -> Path:
        """Its files, as they are seen from here."""
        return Path(f"/proc/{self.inside}/root")

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """A file in the machine."""
        file = self.root / path.removeprefix("/")
        self.run(f"mkdir -p {Path(path).parent}")
        file.write_text(text, "utf-8")
        file.chmod(mode)

    def prepare(self) -> None:
        """What a machine on the network has: a repository to clone from, an administrator,
        stand-ins, a name."""
        for name, text in STAND_INS.items():
            noted = f'#!/bin/sh\necho "{name} $*" >>/run/asked\n{text}'
            self.write(f"/usr/local/sbin/{name}", noted, 0o755)
        shutil.copytree(ROOT, self.root / "srv/source", ignore=_left_out, symlinks=True)
        self.write(
            "/etc/gitconfig",
            '[url "file:///srv/source"]\n\tinsteadOf = https://git.metropolis.org/plan.git\n',
        )
        self.write("/etc/sudoers.d/admin", "admin ALL=(ALL) NOPASSWD: ALL\n", 0o440)
        self.write(
            "/etc/hosts",
            "127.0.0.1 localhost plan.metropolis.org plan\n::1 localhost plan.metropolis.org\n",
        )
        self.run(_PREPARE)

    def bring_environment(self) -> None:
        """The packages that `tools/setup site` would download: those of this checkout, with the
        same names."""
        self.run(_ENVIRONMENT)

    def asked(self) -> list[str]:
        """What the stand-ins were asked for."""
        return self.run("cat /run/asked").stdout.splitlines()

    def close(self) -> None:
        """Ends the first process, and with it all of them."""
        self._process.kill()
        self._process.wait(20)


def _left_out(folder: str, names: list[str]) -> set[str]:
    at_top = _NOT_CLONED(folder, names) if Path(folder) == ROOT else set()
    return at_top | _NEVER_CLONED(folder, names)


def refusal() -> str:
    """Why this system gives nobody a machine of its own; empty where it does."""
    if os.geteuid() != 0:
        return "a machine of its own needs root"
    probe = subprocess.run([*_UNSHARE, "true"], capture_output=True, text=True, check=False)
    what = f"this system lets root make no namespaces: {probe.stderr.strip()}"
    return what if probe.returncode else ""
