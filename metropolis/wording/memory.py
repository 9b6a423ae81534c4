"""What the checks of wording found last time, kept under .cache/: a page whose text, source and lists have not changed
is not judged again.

The key is everything that a judgement depends on: both texts, the data and lists, and the code and packages that judge.
A file that cannot be read is as good as none.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import metropolis
from metropolis.problem import Problem
from metropolis.text_file import write_file
from metropolis.wording.finding import Finding

_PACKAGES = ("lingua-language-detector", "pyenchant", "pyicu-wheels", "babel")
_CODE = ("content", "data", "language", "translation", "wording")


class Memory:
    """Findings by key. `keep` writes what was asked for since it was read, and forgets the rest."""

    def __init__(self, file: Path | None, setting: str) -> None:
        """`setting` stands for what all judgements share: a digest of data and lists."""
        self.file = file
        self.setting = f"{setting}\0{_judge()}"
        self._known = _read(file) if file else {}
        self._asked: dict[str, list[Finding]] = {}

    def key(self, *texts: str) -> str:
        """The key of what depends on `texts`."""
        return hashlib.sha256("\0".join([self.setting, *texts]).encode()).hexdigest()

    def recall(self, key: str) -> list[Finding] | None:
        """What was found under a key; None if it was never judged."""
        if key in self._asked:
            return self._asked[key]
        kept = self._known.get(key)
        if kept is None:
            return None
        self._asked[key] = [Finding(rule, fragment, Problem(*problem)) for rule, fragment, problem in kept]
        return self._asked[key]

    def learn(self, key: str, findings: list[Finding]) -> None:
        """Remembers what was found."""
        self._asked[key] = findings

    def keep(self) -> None:
        """Puts the file in place in one step. A folder that cannot be written costs time at the next run, no more."""
        known = {
            key: [(one.rule, one.fragment, astuple(one.problem)) for one in self._asked[key]] for key in self._asked
        }
        if self.file is None or known.keys() == self._known.keys():
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            write_file(self.file, json.dumps(known, ensure_ascii=False))
        except OSError:
            return


def _read(file: Path) -> dict[str, list[tuple[str, str, tuple[Any, ...]]]]:
    try:
        known = json.loads(file.read_text("utf-8"))
        # Made once here, so that a damaged file is noticed before anybody relies on it.
        for findings in known.values():
            for rule, fragment, problem in findings:
                Finding(rule, fragment, Problem(*problem))
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return known if isinstance(known, dict) else {}


@cache
def _judge() -> str:
    """A digest of the code and the packages that judge."""
    digest = hashlib.sha256()
    root = Path(metropolis.__file__).parent
    for folder in _CODE:
        for file in sorted((root / folder).rglob("*.py")):
            digest.update(file.read_bytes())
    for package in _PACKAGES:
        digest.update(version(package).encode())
    return digest.hexdigest()
