"""What the checks of wording found last time, kept under .cache/: a page whose text, source and lists have not changed
is not judged again.

The key is everything that a judgement depends on, each of it whole, so that nothing of it can be left out: both texts,
and what WordingCheck is made from. A file that cannot be read is as good as none.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

from metropolis.problem import Problem
from metropolis.text_file import write_file
from metropolis.wording.finding import Finding


class Memory:
    """Findings by key. `keep` writes what was asked for since it was read, and forgets the rest."""

    def __init__(self, file: Path | None, setting: str) -> None:
        """`setting` stands for what all judgements share."""
        self.file = file
        self.setting = setting
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
