"""Publishing, shown from beginning to end in a temporary folder on loopback: `make demo-publish`.

Real git, the real site, a real nginx. What staff would type stands after a `$`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from rehearsal import Rehearsal

from metropolis.cli import main
from metropolis.publish.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def show(title: str) -> None:
    print(f"\n=== {title}", flush=True)


def typed(command: str) -> None:
    print(f"$ {command}", flush=True)


def push(rehearsal: Rehearsal, copy: Path) -> None:
    typed("git push site main")
    _, output = rehearsal.push(copy)
    print(output, flush=True)


def heading(rehearsal: Rehearsal) -> str:
    """What readers see of the Spanish vision."""
    _, _, body = rehearsal.get("/es/vision/")
    text = body.decode("utf-8")
    return text[text.index("<h1") : text.index("</h1>")].partition(">")[2]


def demonstrate(folder: Path) -> None:
    settings = Settings(toolkit=str(ROOT), python=sys.executable, maintainers=("ana",))
    show("A server: repository, hooks, releases, nginx's file")
    typed(f"metropolis publish setup {folder / 'server'}")
    rehearsal = Rehearsal(folder, settings)

    def publish(*words: str) -> None:
        typed(f"metropolis publish {' '.join(words)}")
        main(["--project", str(ROOT), "publish", "--at", str(rehearsal.places.root), *words])

    copy = folder / "copy"
    copy.mkdir()
    for name in ("content", "data", "language"):
        shutil.copytree(ROOT / name, copy / name)
    rehearsal.git(copy, "init", "--quiet", "--initial-branch=main")
    rehearsal.commit(copy, {}, "The site")
    try:
        show("The first push: checked, built aside, inspected, and live")
        push(rehearsal, copy)
        rehearsal.serve()
        print(f"nginx at {rehearsal.address} serves: {heading(rehearsal)}")

        show("A push with a mistake: refused in plain words, nothing changes")
        page = copy / "content/es/vision.md"
        good = page.read_text("utf-8")
        rehearsal.commit(
            copy, {"content/es/vision.md": good.replace("(mission.md", "(misssion.md")}, "A slip"
        )
        push(rehearsal, copy)
        print(f"Readers still see: {heading(rehearsal)}")

        show("Mended, with a new title: published")
        title = "Territorios de paz, donde se escucha a la gente"
        mended = good.replace(title, "Territorios de paz, donde la gente se hace oír")
        rehearsal.commit(copy, {"content/es/vision.md": mended}, "A new title")
        push(rehearsal, copy)
        print(f"Readers see: {heading(rehearsal)}")

        show("Undone in one command")
        publish("rollback")
        print(f"Readers see: {heading(rehearsal)}")
        publish("status")
        publish("unpin")
        publish("log")
        publish("verify", rehearsal.address)
    finally:
        rehearsal.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="metropolis-demo-") as name:
        demonstrate(Path(name))
    print("\nThat is all. The handbook: docs/staff/publishing.md")
