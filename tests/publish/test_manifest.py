"""The manifest says what a release holds, and the headers what it may load: the same for every
host."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from small_build import listed_files

from metropolis.publish.verification import Answer, verify_address
from metropolis.release.headers import HASHED, SECURITY, headers_file
from metropolis.release.manifest import read_manifest


def test_the_real_release_is_described_whole(built_site: Path, root: Path) -> None:
    manifest = read_manifest((built_site / "release.json").read_text("utf-8"))
    assert manifest
    assert manifest["pages"] == {"fr": 174, "en": 174, "es": 174}
    assert manifest["file_count"] == len(listed_files(built_site)) == len(manifest["files"])
    assert manifest["translations"] == {"en": {"current": 27}, "es": {"current": 27}}
    members = hashlib.sha256((root / "data/members.yml").read_bytes()).hexdigest()
    assert manifest["data"]["data/members.yml"] == members
    assert manifest["tools"]["mkdocs"] == "1.6.1"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", manifest["date"])
    assert "release.json" not in manifest["files"]
    assert "_headers" not in manifest["files"]


def test_verify_asks_for_every_file_in_every_form(built_site: Path) -> None:
    asked = []

    def ask(path: str, encoding: str) -> Answer:
        asked.append((path, encoding))
        return Answer((built_site / path).read_bytes())

    manifest, problems = verify_address(ask, "here")
    assert problems == []
    assert manifest
    expected = {
        (path, form)
        for path in ("release.json", *manifest["files"])
        for form in ("identity", "gzip", "br")
    }
    assert set(asked) == expected


def test_what_is_no_manifest() -> None:
    assert read_manifest("{") is None
    assert read_manifest("[]") is None
    assert read_manifest(json.dumps({"files": []})) is None
    assert [
        str(problem) for problem in verify_address(lambda path, form: Answer(b"{"), "here")[1]
    ] == ["here: There is no manifest (release.json), or it cannot be read."]


def test_no_script_may_stand_in_a_page_and_nothing_comes_from_elsewhere() -> None:
    policy = SECURITY["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert "http" not in policy


def test_the_headers_of_static_hosts_are_those_of_nginx(built_site: Path) -> None:
    text = (built_site / "_headers").read_text("utf-8")
    assert text == headers_file()
    for name, value in SECURITY.items():
        assert f"  {name}: {value}\n" in text


def test_only_files_with_a_hash_in_their_name_are_kept_for_a_year(built_site: Path) -> None:
    hashed = [path for path in listed_files(built_site) if re.match(HASHED, f"/{path}")]
    assert any(path.startswith("assets/site.") for path in hashed)
    assert any(path.startswith("assets/search.") for path in hashed)
    assert not [path for path in hashed if path.endswith((".html", ".xml", ".txt"))]
    assert "assets/favicon.svg" not in hashed
    assert "search/fr.json" not in hashed
