"""The people who push: a line of authorized_keys for each key, which binds a name to it and allows
one command. Nobody has an account: the owner of git's process could change hooks and repository."""

from __future__ import annotations

import base64
import binascii
import re
import shlex
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from metropolis.problem import RefusedError
from metropolis.publish.places import Places
from metropolis.text_file import write_file

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,30}")
_KINDS = (
    "ssh-ed25519", "sk-ssh-ed25519@openssh.com", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com", "ssh-rsa",
)  # fmt: skip
_SHORTEST_RSA = 2048  # bits
_EXAMPLE = "ssh-ed25519 AAAA… ana@laptop"
_NARROWED = r'(?P<narrowed>(?:from="[^"]*",|expiry-time="[^"]*",)*)'
_OURS = re.compile(
    _NARROWED
    + r'restrict,command="(?P<command>(?:[^"\\]|\\.)*) shell (?P<name>[a-z0-9._-]+)" (?P<key>\S+'
    r" \S+)(?: .*)?"
)
_ANY_KEY = re.compile(
    rf"(?:^|\s)(?P<key>(?:{'|'.join(map(re.escape, _KINDS))}|ssh-dss) [A-Za-z0-9+/=]+)"
)


# A public key: its kind and code as ssh-keygen writes them; its comment, for people.
Key = tuple[str, str]


@dataclass(frozen=True)
class KeyLine:
    """A line of authorized_keys. Only our lines have a `name`; comments have no `key`."""

    text: str
    key: str = ""
    name: str = ""

    @property
    def is_open(self) -> bool:
        """Whether this key allows more than a push."""
        options = self.text.partition(self.key)[0] if self.key else ""
        words = re.sub(r'"(?:[^"\\]|\\.)*"', '""', options).strip().lower().split(",")
        return bool(self.key) and not (
            "restrict" in words and any(word.startswith("command=") for word in words)
        )


def check_name(name: str) -> str:
    """The name, if a person may be called so."""
    if not _NAME.fullmatch(name):
        what = f"“{name}” cannot be a name here."
        raise RefusedError(f"{what} Use a-z, 0-9, dot and dash, up to 31: ana, luc.martin.")
    return name


def read_keys(text: str) -> list[Key]:
    """The public keys of a file as ssh-keygen writes it; raises RefusedError."""
    if "PRIVATE KEY" in text:
        what = "This is the private half of a key, which never leaves its owner."
        raise RefusedError(f"{what} Give the file ending in .pub.")
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    keys = [_read_key(number, line) for number, line in lines if line and not line.startswith("#")]
    if not keys:
        raise RefusedError(f"There is no key in it. Expected a line such as: {_EXAMPLE}")
    return keys


def _read_key(number: int, line: str) -> Key:
    kind, _, rest = line.partition(" ")
    code, _, comment = rest.strip().partition(" ")
    if kind not in _KINDS:
        kinds = "an option or a kind that is not accepted"
        what = kinds if _ANY_KEY.search(line) else "no public key"
        raise RefusedError(f"Line {number} begins with {what}. Expected: {_EXAMPLE}")
    fields = _fields(code)
    if not fields or fields[0] != kind.encode():
        what = f"The key in line {number} is damaged or cut short."
        raise RefusedError(f"{what} Copy the whole line of the .pub file.")
    modulus = int.from_bytes(fields[2] if len(fields) > 2 else b"", "big")
    if kind == "ssh-rsa" and modulus.bit_length() < _SHORTEST_RSA:
        what = f"The RSA key in line {number} is too short."
        raise RefusedError(f"{what} Make a new one: ssh-keygen -t ed25519")
    return f"{kind} {code}", "".join(filter(str.isprintable, comment)).strip()[:100]


def _fields(code: str) -> list[bytes]:
    """The parts of a key's code, each after its length (RFC 4253); none if it is damaged."""
    try:
        data = base64.b64decode(code, validate=True)
    except (binascii.Error, ValueError):
        return []
    parts = []
    while data:
        length = int.from_bytes(data[:4], "big")
        if len(data) < 4 + length:
            return []
        parts.append(data[4 : 4 + length])
        data = data[4 + length :]
    return parts


def read_lines(text: str) -> list[KeyLine]:
    return [_read_line(line) for line in text.splitlines()]


def _read_line(text: str) -> KeyLine:
    if not text.strip() or text.lstrip().startswith("#"):
        return KeyLine(text)
    ours = _OURS.fullmatch(text)
    if ours and " publish --at " in ours["command"]:
        return KeyLine(text, ours["key"], ours["name"])
    found = _ANY_KEY.search(text)
    return KeyLine(text, found["key"] if found else "")


def add_keys(lines: Iterable[KeyLine], name: str, keys: Iterable[Key], opens: str) -> list[KeyLine]:
    """Adds a person's keys. One of another line is refused: sshd uses the first line of a key."""
    found = list(lines)
    for key, comment in keys:
        holder = next((line for line in found if line.key == key), None)
        if holder is None:
            found.append(KeyLine(key_line(name, key, comment, opens), key, name))
        elif holder.name != name:
            whose = f"{holder.name}'s" if holder.name else "in a line that was written by hand"
            what = f"The key {key.partition(' ')[0]} …{key[-12:]} is already {whose}."
            raise RefusedError(f"{what} Each person has their own key.")
    return found


def key_line(name: str, key: str, comment: str, opens: str, narrowed: str = "") -> str:
    """`restrict`: no terminal, no forwarding, no file of the account; `command`: only this one.
    `opens` is the command before `shell NAME`; `narrowed` are options that somebody has added."""
    quoted = opens.replace("\\", "\\\\").replace('"', '\\"')
    return f'{narrowed}restrict,command="{quoted} shell {name}" {key} {comment}'.rstrip()


def key_counts(lines: Iterable[KeyLine]) -> dict[str, int]:
    """Each person, and how many keys they have."""
    return dict(sorted(Counter(line.name for line in lines if line.name).items()))


def stored_lines(places: Places) -> list[KeyLine]:
    try:
        return read_lines(places.keys.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except UnicodeDecodeError:
        what = f"{places.keys} is not UTF-8 text."
        raise RefusedError(f"{what} Fix or remove the line that somebody added.") from None


def store_lines(places: Places, lines: Iterable[KeyLine]) -> None:
    """Writes them in one step. sshd ignores a file that others may write."""
    places.keys.parent.mkdir(mode=0o700, exist_ok=True)
    if not places.keys.exists():
        places.keys.touch(mode=0o600)
    write_file(places.keys, "".join(f"{line.text}\n" for line in lines))


def renew_keys(places: Places, toolkit: str) -> None:
    """After the toolkit has moved: rewrites the lines that set-up wrote, and no others."""
    before = stored_lines(places)
    now = shlex.join(places.command(toolkit))
    after = [_renewed(line, now) if line.name else line for line in before]
    if after != before:
        store_lines(places, after)


def _renewed(line: KeyLine, now: str) -> KeyLine:
    narrowed = line.text.partition("restrict,")[0]
    comment = line.text.partition(line.key)[2].strip()
    return KeyLine(key_line(line.name, line.key, comment, now, narrowed), line.key, line.name)
