"""A server to push to, on loopback, with a build that takes no time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from metropolis.publish.places import Settings
from metropolis.publish.rehearsal import Rehearsal
from metropolis.publish.small_build import write_program

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Ana maintains; nothing needs space."""
    program = write_program(tmp_path / "python")
    return Settings(toolkit=str(ROOT), python=str(program), maintainers=("ana",), keep=2, least_space=1_000_000)


@pytest.fixture
def rehearsal(tmp_path: Path, settings: Settings) -> Iterator[Rehearsal]:
    """Ready to be pushed to; nginx is not running."""
    made = Rehearsal(tmp_path / "rehearsal", settings)
    yield made
    made.close()
