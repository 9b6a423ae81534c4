"""What may import what: the platform stays at arm's length (docs/maintainers/platform-exit.md)."""

import ast
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
    assert imported(path) & PLATFORM <= ({"mkdocs"} if path.parent.name == "cli" else set())


def test_only_the_command_line_prints() -> None:
    callers = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "metropolis").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert {Path(caller).parent.as_posix() for caller in callers} <= {"metropolis/cli"}
