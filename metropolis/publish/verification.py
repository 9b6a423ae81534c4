"""Whether a release is what was built: every file that a server can send. A compressed copy (.gz,
.br) is not in the manifest, and need not be: its content must be the file that is."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import brotli

from metropolis.folders import entries
from metropolis.problem import Problem
from metropolis.release.manifest import COMPRESSED, FILE, HEADERS, read_manifest
from metropolis.text_file import text_if_any

_ENCODING = {".gz": "gzip", ".br": "br"}
_AT_ONCE = 8  # requests
Verified = tuple[dict[str, Any] | None, list[Problem]]


@dataclass(frozen=True)
class Answer:
    """A server's answer: content as sent, encoding ("gzip", "br", ""), why there is none."""

    content: bytes | None
    encoding: str = ""
    why: str = ""


# (path, requested encoding) -> answer
Ask = Callable[[str, str], Answer]


def verify_folder(folder: Path, name: str) -> Verified:
    manifest = read_manifest(text_if_any(folder / FILE))
    if manifest is None:
        return None, [_no_manifest(name)]
    files: Mapping[str, str] = manifest["files"]
    present = {path for path, _ in entries(folder)}
    found = [f"“{path}” is missing." for path in files if path not in present]
    found += [_wrong(folder / path, path, files) for path in sorted(present - {FILE, HEADERS})]
    return manifest, [Problem(name, 0, 0, what) for what in found if what]


def _wrong(file: Path, path: str, files: Mapping[str, str]) -> str:
    ending = next((one for one in COMPRESSED if path.endswith(one) and path not in files), "")
    expected = files.get(path.removesuffix(ending))
    # A copy of the manifest can be served too; it is compared with the manifest beside it.
    if path in {FILE + one for one in COMPRESSED}:
        expected = hashlib.sha256((file.parent / FILE).read_bytes()).hexdigest()
    if expected is None:
        return f"“{path}” was added: the manifest does not name it."
    if file.is_symlink() or not file.is_file():
        return f"“{path}” is not a plain file."
    content = unpack(file.read_bytes(), _ENCODING.get(ending, ""))
    return "" if _is_expected(content, expected) else f"“{path}” is not as it was built."


def verify_address(ask: Ask, name: str) -> Verified:
    """Compares a site online with its manifest: each file plain, with gzip and with brotli."""
    answer = ask(FILE, "identity")
    manifest = read_manifest((answer.content or b"").decode("utf-8", "replace"))
    if manifest is None:
        missing = Problem(name, 0, 0, f"“{FILE}”: {answer.why}.")
        return None, [missing if answer.why else _no_manifest(name)]
    files = {**manifest["files"], FILE: hashlib.sha256(answer.content or b"").hexdigest()}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda file: [*_differences(ask, *file)], files.items())
    whats = dict.fromkeys(chain.from_iterable(found))
    return manifest, [Problem(name, 0, 0, what) for what in whats]


def _differences(ask: Ask, path: str, expected: str) -> Iterator[str]:
    """What is wrong with one file in each encoding."""
    for encoding in ("identity", "gzip", "br"):
        answer = ask(path, encoding)
        if answer.content is None:
            is_missing = answer.why.startswith("404")
            yield f"“{path}” is missing." if is_missing else f"“{path}”: {answer.why}."
            return
        if not _is_expected(unpack(answer.content, answer.encoding), expected):
            form = f", asked for with {answer.encoding}" if answer.encoding else ""
            yield f"“{path}” is not as it was built{form}."


def _is_expected(content: bytes | None, sha256: str) -> bool:
    return content is not None and hashlib.sha256(content).hexdigest() == sha256


def unpack(content: bytes, encoding: str) -> bytes | None:
    """The content of a file that was sent or stored compressed; None if it is damaged."""
    try:
        if encoding in {"gzip", "x-gzip"}:
            return gzip.decompress(content)
        if encoding == "br":
            unpacked: bytes = brotli.decompress(content)
            return unpacked
    except (OSError, EOFError, zlib.error, brotli.error):
        return None
    return content if encoding in {"", "identity"} else None


def _no_manifest(name: str) -> Problem:
    return Problem(name, 0, 0, f"There is no manifest ({FILE}), or it cannot be read.")
