"""A server to push to, on loopback, with a build that takes no time; and objects that git itself
would not make."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from rehearsal import Rehearsal
from small_build import write_program

from metropolis.cli import main
from metropolis.publish.settings import Settings

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Ana maintains; nothing needs space."""
    program = write_program(tmp_path_factory.mktemp("program") / "python")
    return Settings(
        toolkit=str(ROOT), python=str(program), maintainers=("ana",), keep=2, least_space=1_000_000
    )


@pytest.fixture
def rehearsal(tmp_path: Path, settings: Settings) -> Iterator[Rehearsal]:
    """Ready to be pushed to; nginx is not running."""
    made = Rehearsal(tmp_path / "rehearsal", settings)
    yield made
    made.close()


def copy_server(source: Path, folder: Path, settings: Settings) -> Rehearsal:
    """A copy of the server in `source`, set up in its own folder. It takes a tenth of the time of a
    new publication."""
    shutil.copytree(source, folder, symlinks=True)
    return Rehearsal(folder, settings)


@pytest.fixture(scope="session")
def first_release(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """The folder of a server on which Ana has published `release 1`; to be copied only."""
    folder = tmp_path_factory.mktemp("first-release")
    made = Rehearsal(folder, settings)
    publish(made, "release 1")
    return folder


@pytest.fixture
def server(first_release: Path, tmp_path: Path, settings: Settings) -> Iterator[Rehearsal]:
    """The same, where Ana has published `release 1` from her copy."""
    made = copy_server(first_release, tmp_path / "server", settings)
    yield made
    made.close()


def publish(
    rehearsal: Rehearsal, words: str, branch: str = "main", files: Mapping[str, str] | None = None
) -> str:
    """A commit of Ana's whose release was built: its first page has these words."""
    copy = rehearsal.folder / "ana"
    copy = copy if copy.exists() else rehearsal.clone("ana")
    commit = rehearsal.commit(copy, {"content/fr/index.md": words, **(files or {})}, words)
    accepted(rehearsal.push(copy, f"HEAD:refs/heads/{branch}"))
    return commit


def accepted(push: tuple[int, str]) -> str:
    """What the pusher reads of a push that is accepted."""
    code, output = push
    assert code == 0, output
    return output


def refused(push: tuple[int, str]) -> str:
    """What the pusher reads of a push that is rejected."""
    code, output = push
    assert code == 1, output
    return output


def command(rehearsal: Rehearsal, *words: str) -> int:
    """`metropolis publish …` on this server; its exit code."""
    at = str(rehearsal.places.root)
    return main(["--project", rehearsal.settings.toolkit, "publish", "--at", at, *words])


class RawObjects:
    """Writes objects into the repository in `folder`, bytes as they are given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *arguments: str, data: bytes = b"") -> bytes:
        """What git answers."""
        run = subprocess.run(
            ["git", *arguments], cwd=self.folder, input=data, capture_output=True, check=True
        )
        return run.stdout

    def write(self, kind: str, content: bytes) -> str:
        """An object of a kind; its name."""
        return (
            self.git("hash-object", "-t", kind, "-w", "--literally", "--stdin", data=content)
            .decode()
            .strip()
        )

    def tree(self, entries: Iterable[tuple[str, bytes, str]]) -> str:
        """A folder of (mode, name, object)."""
        ordered = sorted(entries, key=lambda one: one[1] + (b"/" if one[0] == "40000" else b""))
        return self.write(
            "tree",
            b"".join(
                f"{mode} ".encode() + name + b"\0" + bytes.fromhex(own)
                for mode, name, own in ordered
            ),
        )

    def entries(self, treeish: str) -> list[tuple[str, bytes, str]]:
        """The lines of a folder."""
        lines = self.git("ls-tree", "-z", treeish).split(b"\0")
        heads = [
            (line.partition(b"\t")[0].split(), line.partition(b"\t")[2]) for line in lines if line
        ]
        return [(head[0].decode().lstrip("0"), name, head[2].decode()) for head, name in heads]

    def tree_with(self, treeish: str, path: bytes, mode: str, own: str) -> str:
        """A folder with one more file or folder at `path`."""
        name, _, rest = path.partition(b"/")
        old = self.entries(treeish) if treeish else []
        inner = next((one[2] for one in old if one[1] == name), "")
        new = ("40000", name, self.tree_with(inner, rest, mode, own)) if rest else (mode, name, own)
        return self.tree([*(one for one in old if one[1] != name), new])

    def commit(self, tree: str, *parents: str) -> str:
        """A commit of a folder."""
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        lines += [
            f"{role} Ana <ana@example.org> 1600000000 +0000" for role in ("author", "committer")
        ]
        return self.write("commit", ("\n".join(lines) + "\n\nx\n").encode())

    def bomb(self, depth: int, width: int = 10, leaf: str = "") -> str:
        """A folder of `width` to the power of `depth` files (or of the folder `leaf`)."""
        mode, own = ("40000", leaf) if leaf else ("100644", self.write("blob", b"x\n"))
        for _ in range(depth):
            own = self.tree((mode, b"d%d" % number, own) for number in range(width))
            mode = "40000"
        return own


@pytest.fixture
def raw(tmp_path: Path) -> RawObjects:
    """A repository of its own."""
    folder = tmp_path / "raw"
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch=main", str(folder)], check=True
    )
    return RawObjects(folder)
