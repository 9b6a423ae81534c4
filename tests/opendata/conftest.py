"""The package of the real data, made once."""

from __future__ import annotations

from datetime import date

import pytest

from metropolis.data.records import Records
from metropolis.opendata.package import make_package
from metropolis.project import Project
from metropolis.release.provenance import Release

RELEASE = Release(date(2021, 1, 1), "0" * 40)


@pytest.fixture(scope="session")
def package(project: Project, records: Records) -> dict[str, bytes]:
    return make_package(project, records, RELEASE)
