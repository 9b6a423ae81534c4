"""Publishing at GitHub and GitLab: the pipelines are valid, do what the Makefile does, and give
nothing away."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
WORKFLOW = ".github/workflows/publish.yml"
PIPELINE = ".gitlab-ci.yml"
PROGRAMS = Path(sys.executable).parent
JOBS = ("test", "build", "publish")


def run(*command: str, at: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A program of the environment, without what a pipeline's own environment would tell it."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GH_", "GITHUB_", "ZIZMOR_"))
    }
    return subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        cwd=at,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def zizmor(at: Path) -> subprocess.CompletedProcess[str]:
    return run("zizmor", "--offline", "--no-progress", WORKFLOW, at=at)


def schema_of_github(at: Path) -> subprocess.CompletedProcess[str]:
    return run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", WORKFLOW, at=at)


def schema_of_gitlab(at: Path) -> subprocess.CompletedProcess[str]:
    command = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", PIPELINE)
    return run("check-jsonschema", *command, at=at)


def read(path: str) -> dict[str, Any]:
    """Every scalar as it is written: “on” stays a word, and so does “false”."""
    content = yaml.load((ROOT / path).read_text("utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(content, dict)
    return content


def steps_of(job: str) -> list[dict[str, Any]]:
    return list(read(WORKFLOW)["jobs"][job]["steps"])


def every_step() -> Iterator[dict[str, Any]]:
    for job in read(WORKFLOW)["jobs"]:
        yield from steps_of(job)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Both pipelines and the settings of the checker, to be spoilt."""
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    shutil.copy(ROOT / PIPELINE, tmp_path / PIPELINE)
    return tmp_path


def spoil(copy: Path, path: str, pattern: str, new: str) -> None:
    """Puts `new` where `pattern` is met first; what is pinned by then does not matter."""
    text, count = re.subn(pattern, lambda _: new, (copy / path).read_text("utf-8"), count=1)
    assert count == 1
    (copy / path).write_text(text, "utf-8")


@pytest.mark.parametrize("check", [zizmor, schema_of_github, schema_of_gitlab])
def test_nothing_is_found(check: Any, copy: Path) -> None:
    for at in (ROOT, copy):
        result = check(at)
        assert result.returncode == 0, result.stdout + result.stderr


def test_zizmor_says_that_it_found_nothing() -> None:
    assert "No findings to report" in zizmor(ROOT).stdout


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (r"permissions:\n      contents: read", "permissions: write-all", "excessive-permissions"),
        (r" +persist-credentials: false\n", "", "artipacked"),
        ("  pull_request:\n", "  pull_request_target:\n", "dangerous-triggers"),
        (
            "run: make test",
            "run: make test '${{ github.event.pull_request.title }}'",
            "template-injection",
        ),
        (r"actions/checkout@\S+", "somebody/checkout@v4", "unpinned-uses"),
    ],
)
def test_zizmor_finds_what_is_dangerous(copy: Path, old: str, new: str, rule: str) -> None:
    spoil(copy, WORKFLOW, old, new)
    result = zizmor(copy)
    assert result.returncode != 0
    assert f"[{rule}]" in result.stdout


@pytest.mark.parametrize(
    "action", ["checkout", "upload-artifact", "upload-pages-artifact", "deploy-pages"]
)
def test_a_version_is_no_pin_for_anybodys_action(copy: Path, action: str) -> None:
    spoil(copy, WORKFLOW, rf"actions/{action}@\S+", f"actions/{action}@v4")
    result = zizmor(copy)
    assert result.returncode != 0
    assert "[unpinned-uses]" in result.stdout


@pytest.mark.parametrize(
    ("check", "path", "old", "new"),
    [
        (schema_of_github, WORKFLOW, "timeout-minutes: 60", "time-out: 60"),
        (schema_of_github, WORKFLOW, "jobs:\n", "job:\n"),
        (schema_of_gitlab, PIPELINE, "  interruptible: false\n", "  interuptible: false\n"),
        (schema_of_gitlab, PIPELINE, "    expire_in: 2 weeks\n", "    expires: 2 weeks\n"),
    ],
)
def test_the_schemas_find_a_key_that_does_not_exist(
    check: Any, copy: Path, path: str, old: str, new: str
) -> None:
    spoil(copy, path, old, new)
    assert check(copy).returncode == 1


def test_both_use_the_two_commands_of_everywhere() -> None:
    for job, command in (("test", "make test"), ("build", "make site")):
        made = [step["run"] for step in steps_of(job) if step.get("run", "").startswith("make")]
        assert made == [command]
        assert read(PIPELINE)[job]["script"] == [command]


def test_a_push_to_main_is_tested_and_built_before_it_is_published() -> None:
    workflow, pipeline = read(WORKFLOW), read(PIPELINE)
    assert tuple(workflow["jobs"]) == JOBS
    assert workflow["on"] == {"push": {"branches": ["main"]}, "pull_request": ""}
    assert workflow["jobs"]["publish"]["needs"] == ["test", "build"]
    is_main = "github.event_name == 'push' && github.ref == 'refs/heads/main'"
    assert workflow["jobs"]["publish"]["if"] == is_main
    assert pipeline["pages"]["needs"] == ["test", "build"]
    assert pipeline["pages"]["rules"] == [{"if": '$CI_COMMIT_BRANCH == "main"'}]


def test_publishing_is_never_broken_off_and_there_is_one_at_a_time() -> None:
    workflow, pipeline = read(WORKFLOW), read(PIPELINE)
    stays = {"cancel-in-progress": "false"}
    assert workflow["jobs"]["publish"]["concurrency"] == {"group": "pages", **stays}
    # Runs of main are a queue of their own: neither does an old one overtake, nor does a pull
    # request stand in it.
    assert workflow["concurrency"] == {"group": "publish-${{ github.ref }}", **stays}
    assert pipeline["pages"]["interruptible"] == "false"
    assert pipeline["pages"]["resource_group"] == "pages"
    assert pipeline["preview"]["interruptible"] == "false"


def test_a_job_may_do_what_it_needs_and_nothing_else() -> None:
    workflow = read(WORKFLOW)
    assert workflow["permissions"] == {}
    assert {job: workflow["jobs"][job]["permissions"] for job in JOBS} == {
        "test": {"contents": "read"},
        "build": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    assert "pull_request_target" not in workflow["on"]
    assert "secrets." not in (ROOT / WORKFLOW).read_text("utf-8")


def test_no_credentials_stay_behind_a_checkout_and_the_history_is_whole() -> None:
    checkouts = [
        step for step in every_step() if step.get("uses", "").startswith("actions/checkout@")
    ]
    assert len(checkouts) == 2
    for step in checkouts:
        assert step["with"] == {"fetch-depth": "0", "persist-credentials": "false"}
    assert read(PIPELINE)[".make"]["variables"]["GIT_DEPTH"] == "0"


def test_nothing_is_pasted_into_a_command() -> None:
    commands = [step["run"] for step in every_step() if "run" in step]
    assert commands
    assert not [command for command in commands if "${{" in command]


def test_every_job_has_an_end() -> None:
    assert all("timeout-minutes" in read(WORKFLOW)["jobs"][job] for job in JOBS)
    assert all("timeout" in read(PIPELINE)[job] for job in ("test", "build", "pages", "preview"))


def test_every_action_is_pinned_and_says_its_version() -> None:
    lines = [line for line in (ROOT / WORKFLOW).read_text("utf-8").splitlines() if "uses:" in line]
    assert len(lines) == 6
    form = re.compile(r"uses: (actions/[a-z-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$")
    pins = [form.search(line) for line in lines]
    found = {pin[1]: (pin[2], pin[3]) for pin in pins if pin}
    assert all(pins)
    # The handbook's table says the same, with the command that asks for each.
    handbook = (ROOT / "docs/staff/hosted.md").read_text("utf-8")
    for action, (commit, version) in found.items():
        command = f"git ls-remote https://github.com/{action} 'refs/tags/{version}*'"
        assert f"| `{action}` | {version} | `{commit}` | `{command}` |" in handbook


def test_every_line_to_be_pinned_is_marked_or_pinned() -> None:
    lines = [
        (path, line)
        for path in (WORKFLOW, PIPELINE)
        for line in (ROOT / path).read_text("utf-8").splitlines()
    ]
    wanted = [(path, line) for path, line in lines if re.match(r"\s*(- )?(uses|image):", line)]
    assert len(wanted) == 9
    for path, line in wanted:
        assert re.search(r"# pin: (commit|digest)$|@(sha256:[0-9a-f]{64}|[0-9a-f]{40})\b", line), (
            f"{path}: {line}"
        )


def test_a_preview_never_takes_the_place_of_the_site() -> None:
    workflow, preview = read(WORKFLOW), read(PIPELINE)["preview"]
    # Only the publishing job can publish, and a pull request never comes to it.
    assert [job for job in JOBS if "pages" in workflow["jobs"][job]["permissions"]] == ["publish"]
    # It runs the branch's own programs at the site's own address: only from branches to which
    # maintainers push.
    branch = '$CI_COMMIT_BRANCH =~ /^preview\\// && $CI_COMMIT_REF_PROTECTED == "true"'
    assert preview["rules"] == [{"if": f'{branch} && $PAGES_PREVIEWS == "yes"'}]
    assert read(PIPELINE)["workflow"]["rules"][-1] == {"if": branch}
    assert preview["pages"] == {"path_prefix": "$CI_COMMIT_REF_SLUG", "expire_in": "2 weeks"}


def owned(path: str) -> dict[str, str]:
    """Path -> who has to review a change of it, as the host reads it."""
    lines = [
        line
        for line in (ROOT / path).read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return {line.split()[0]: " ".join(line.split()[1:]) for line in lines}


def test_all_that_runs_needs_a_maintainers_review() -> None:
    """GitLab has a name for maintainers; at GitHub the handbook's command writes theirs in."""
    at_github, at_gitlab = owned(".github/CODEOWNERS"), owned(".gitlab/CODEOWNERS")
    assert list(at_github) == list(at_gitlab)
    assert set(at_gitlab.values()) == {"@@maintainer"}
    assert all((ROOT / path.strip("/")).exists() for path in at_github)
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    free = {
        file
        for file in files
        if not f"/{file}".startswith((*at_github, "/content/", "/data/", "/language/", "/docs/"))
    }
    assert not [
        file for file in free if not file.endswith((".md", "LICENSE")) and not file.startswith(".")
    ]


def test_the_handbooks_command_writes_the_owner_behind_each_path(copy: Path) -> None:
    handbook = (ROOT / "docs/staff/hosted.md").read_text("utf-8")
    command = re.search(r"^ +(sed -i .*CODEOWNERS)$", handbook, re.MULTILINE)
    assert command
    subprocess.run(["bash", "-c", command[1]], cwd=copy, check=True)
    lines = (copy / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    assert {line.split(" ", 1)[1] for line in lines if line.startswith("/")} == {
        "@your-organisation/maintainers"
    }
    assert [line for line in lines if line.startswith("#") and "@" in line] == []
