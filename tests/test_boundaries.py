"""What may import what: the platform stays at arm's length (docs/maintainers/platform-exit.md)."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PLATFORM = {"mkdocs", "material", "mkdocs_static_i18n", "mkdocs_macros", "jinja2"}


def imported(path: Path) -> set[str]:
    """The top-level names of the packages that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


MODULES = sorted(
    path
    for folder in ("metropolis", "macros")
    for path in (ROOT / folder).rglob("*.py")
    if "site" not in path.relative_to(ROOT).parts[:2]
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_site_package_knows_the_platform(path: Path) -> None:
    assert imported(path) & PLATFORM == set()


# What a person would see, or what would end the program they use.
OUTWARD = {
    "print",
    "input",
    "exit",
    "quit",
    "SystemExit",
    "sys.stdout",
    "sys.stderr",
    "sys.exit",
    "os._exit",
}
# They catch an exit that a package makes.
CAUGHT = {"metropolis/builder/page_cache.py", "metropolis/site/preview.py"}


def outward(tree: ast.AST) -> set[str]:
    """What a module uses of OUTWARD."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    imports = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return (names | attributes | imports) & OUTWARD


def test_only_the_command_line_prints_and_exits() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): used
        for folder in ("metropolis", "macros")
        for path in (ROOT / folder).rglob("*.py")
        if path.parent != ROOT / "metropolis/cli"
        and (used := outward(ast.parse(path.read_text("utf-8"))))
    }
    assert set(found) == CAUGHT, found


@pytest.mark.parametrize(
    "line",
    [
        "print(1)",
        "import sys; sys.stdout.write('')",
        "from sys import exit",
        "sys.stderr",
        "raise SystemExit(1)",
        "exit()",
    ],
)
def test_whatever_prints_or_exits_is_noticed(line: str) -> None:
    assert outward(ast.parse(line))


@pytest.mark.parametrize("group", ["site", "pdf", "translation", "publish", "data"])
def test_each_group_of_commands_starts_by_itself(group: str) -> None:
    """Modules that import each other in a circle work or fail by which of them is asked for
    first."""
    run = subprocess.run(
        [sys.executable, "-c", f"import metropolis.cli.{group}"], capture_output=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, b"")


def test_a_hook_of_git_loads_nothing_that_reads_pages_data_or_the_web() -> None:
    """Every push starts three hooks, and its author waits for them."""
    slow = ("icu", "jinja2", "lxml", "metropolis.content.page", "mkdocs", "pydantic", "ssl", "yaml")
    program = f"import sys, metropolis.cli.publish; print(*sys.modules.keys() & {slow!r})"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == []
