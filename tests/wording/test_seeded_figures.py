"""Faults put into the words of right translations are found: at least 95 % of each kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.faults import LEAST_FOUND, figure_shares
from bench.figure_faults import FIGURES


@pytest.fixture(scope="module")
def shares(root: Path) -> dict[str, float]:
    return {share.kind: share.found for share in figure_shares(root) if share.tried > 50}


@pytest.mark.parametrize("fault", FIGURES)
def test_faults_in_figures_are_found(shares: dict[str, float], fault: object) -> None:
    assert shares[fault.__name__] >= LEAST_FOUND  # type: ignore[attr-defined]
