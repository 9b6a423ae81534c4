"""The audit writes its results as a data file that the site reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from audit import engines

from metropolis.data.models import Audit
from metropolis.strict_yaml.source import read_yaml

HEAD = "# yaml-language-server: $schema=schema/audits.json\n# What was found.\n"


def test_the_results_of_a_run_replace_the_last_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "audits.yml"
    file.write_text(f"{HEAD}\n- id: old\n", "utf-8")
    monkeypatch.setattr(engines, "RESULTS", file)
    monkeypatch.setattr(engines, "_ibm_version", lambda: "4.0.1")
    fault = engines.Fault("axe region", "vision/index.html", "light 390", 2, "<p>")
    engines._record(["index.html", "vision/index.html"], {"axe region": [fault, fault]})
    text = file.read_text("utf-8")
    assert text.startswith(f"{HEAD}\n- id: ")
    document, problems = read_yaml(text, "data/audits.yml")
    assert problems == []
    assert document
    axe, ibm = (Audit.model_validate(one) for one in document.value)
    assert (axe.pages, axe.runs, axe.faults) == (2, 8, 1)
    assert axe.name.startswith("axe-core 4.")
    assert (ibm.id, ibm.name, ibm.faults) == ("ibm-equal-access", "IBM Equal Access 4.0.1", 0)
