"""What editors, systems and merges leave is recognised by its kind; what somebody wrote never is.

Add a line to a table for whatever is met next."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from metropolis.builder.gate import examine
from metropolis.leftovers import is_leftover, merge_lines
from metropolis.report import listing
from metropolis.translation.workbench import Workbench, open_workbench

_LEFTOVERS = """
.vision.md.swp, .vision.md.swo, .vision.md.un~, .vision.md.kate-swp, 4913, vision.md~,
.#vision.md, #vision.md#, ~$vision.docx, ~WRL0001.tmp, .~lock.plan.csv#, .goutputstream-ABC,
vision.md.orig, vision.md.rej, vision.md.bak, vision.md.tmp, __pycache__, x.pyc, .DS_Store,
._vision.md, __MACOSX, Thumbs.db, thumbs.db, ehthumbs_vista.db, desktop.ini, Desktop.ini,
.Trash-1000, .directory, .idea, .nfs00000000012, vision.md.mine, vision.md.r12,
vision_LOCAL_4711.md, vision_BASE_4711.md, vision.sync-conflict-20230101-120000-ABCDEFG.md,
vision_conflict-20160101-120000.md, .stfolder, vision (conflicted copy 2020-05-05 120000).md,
vision (Anna's conflicted copy 2020-05-05).md, vision (copie en conflit de Anna 2020-05-05).md, vision (SFConflict a@b.org 2020-05-05).md,
.hidden, .gitkeep, .editorconfig, .vision.md.icloud, .smbdeleteAAA123, .trash, .obsidian.vimrc,
vision.md.save, vision.md.LOCAL.4711.md, vision.md.partial, @eaDir, #recycle, lost+found,
System Volume Information, node_modules
"""
_WRITTEN = """
vision.md, armed-conflict.md, conflict.md, peace_and_conflict.md, local.md, base.md, 4914,
notes.txt, swp.md, orig.md, backup.md, plan.docx, r12.md, index.md,
image.png, vision (1).md, vision copy.md
"""
LEFTOVERS, WRITTEN = (re.split(r",\s+", text.strip()) for text in (_LEFTOVERS, _WRITTEN))


@pytest.mark.parametrize("name", LEFTOVERS)
def test_a_leftover_is_recognised_by_its_name(name: str) -> None:
    assert is_leftover(name)


@pytest.mark.parametrize("name", WRITTEN)
def test_what_somebody_wrote_is_no_leftover(name: str) -> None:
    assert not is_leftover(name)


MERGES = {
    "git": "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> 3abc\n",
    "git, diff3": "<<<<<<< HEAD\nb\n||||||| 4a5b6c7\nd\n=======\nc\n>>>>>>> 3abc\n",
    "git, no labels": "<<<<<<<\nb\n|||||||\nd\n=======\nc\n>>>>>>>\n",
    "git, a merge in a merge": "<<<<<<<<< Temporary merge branch 1\nb\n=========\nc\n>>>>>>>>> x\n",
    "Mercurial": "<<<<<<< working copy: 12ab\nb\n||||||| base\nd\n=======\nc\n>>>>>>> merge rev: 3\n",
    "Subversion": "<<<<<<< .mine\nb\n||||||| .r5\nd\n=======\nc\n>>>>>>> .r6\n",
    "Bazaar": "<<<<<<< TREE\nb\n=======\nc\n>>>>>>> MERGE-SOURCE\n",
    "Perforce": ">>>> ORIGINAL //a#1\nb\n==== THEIRS //a#2\nc\n==== YOURS //b\nd\n<<<<\n",
    "Jujutsu": "<<<<<<< conflict 1 of 1\n%%%%%%% diff\n b\n+++++++ side 2\nc\n>>>>>>> ends\n",
    "only the beginning": "a\n<<<<<<< HEAD\nb\n",
    "only the end": "a\n>>>>>>> 3abc (A change)\nb\n",
    "only the base": "a\n||||||| merged common ancestors\nb\n",
    "only the middle": "a\n\n=======\n\nb\n",
}
NO_MERGES = {
    "a heading underlined": "Title\n=======\n",
    "a rule in code": "```\na\n\n=======\n```\n",
    "an empty row of a table": "| a |\n|---|\n|||||||\n",
    "quotations in quotations": "> > > > > > > words\n",
    "a long rule": "\n==========\n",
    "words": "The sign <<<<<<< is one of git.\n",
    "rules of a table": "+++++++\n-------\n",
}


@pytest.mark.parametrize("text", MERGES.values(), ids=MERGES)
def test_the_signs_of_a_merge_are_found(text: str) -> None:
    signs = [line for line in text.splitlines() if len(line) > 2]
    assert [line for _, line in merge_lines(text, is_markdown=True)] == signs


@pytest.mark.parametrize("text", NO_MERGES.values(), ids=NO_MERGES)
def test_other_signs_are_no_merge(text: str) -> None:
    assert merge_lines(text, is_markdown=True) == []


def test_a_rule_alone_is_left_by_a_merge_in_all_but_markdown() -> None:
    assert merge_lines("a: b\n=======\nc: d\n") == [(2, "=======")]


def test_many_rules_are_read_in_one_pass() -> None:
    assert len(merge_lines("=======\n" * 100_000)) == 100_000


TEXT_FILES = (
    "content/fr/vision.md",
    "content/es/vision.md",
    "data/people.yml",
    "language/words.txt",
    "language/rules.yml",
    "language/inclusive.yml",
    "language/accepted.es.tsv",
    "mkdocs.yml",
)


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The project's own texts, to be changed; what is known of unchanged pages is in its cache."""
    (root / ".cache").mkdir(exist_ok=True)
    (tmp_path / ".cache").symlink_to(root / ".cache")
    for name in ("content", "data", "language"):
        shutil.copytree(root / name, tmp_path / name)
    shutil.copy(root / "mkdocs.yml", tmp_path)
    return tmp_path


def problems_of(root: Path) -> list[str]:
    workbench, problems = open_workbench(root)
    found = examine(workbench) if workbench else problems
    return [line for line in listing(found).split("\n")[:-1] if line]


def opened(root: Path) -> Workbench:
    workbench, problems = open_workbench(root)
    assert workbench, listing(problems)
    return workbench


@pytest.mark.parametrize("path", TEXT_FILES)
def test_a_merge_is_named_once_and_nothing_follows_from_it(copy: Path, path: str) -> None:
    file = copy / path
    lines = file.read_text("utf-8").split("\n")
    file.write_text("\n".join([*lines[:8], "<<<<<<< HEAD", *lines[8:]]), "utf-8")
    assert problems_of(copy) == [
        f"{path}:9:1: This line is left over from a merge (“<<<<<<< HEAD”). Keep the right version"
        " of the lines around these signs, and delete the signs."
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["Windows", "an old Mac"])
def test_every_text_file_is_read_whatever_its_line_ends(copy: Path, end: str) -> None:
    """With a byte order mark before the text, and no end of its last line."""
    before = opened(copy)
    for path in TEXT_FILES:
        text = (copy / path).read_text("utf-8").rstrip("\n").replace("\n", end)
        (copy / path).write_bytes(("\ufeff" + text).encode())
    after = opened(copy)
    assert problems_of(copy) == []
    assert after.records == before.records
    assert after.logs["es"].acceptances == before.logs["es"].acceptances
    for path, page in after.pages.items():
        assert page.text.text.rstrip("\n") == before.pages[path].text.text.rstrip("\n")


def test_leftovers_beside_pages_data_and_lists_are_passed_over(copy: Path) -> None:
    (copy / "data" / "observations").mkdir(exist_ok=True)
    (copy / "content" / "fr" / "images").mkdir(exist_ok=True)
    for folder in ("content", "content/fr", "content/fr/images", "data", "language"):
        for name in LEFTOVERS:
            (copy / folder / name).write_text("x", "utf-8")
        (copy / folder / ".#locked.md").symlink_to("ana@host.1234")
    (copy / "data" / "observations" / "._plan.csv").write_text("x", "utf-8")
    (copy / "content" / "es" / ".obsidian").mkdir()
    (copy / "content" / "es" / ".obsidian" / "page.md").write_text("x", "utf-8")
    assert problems_of(copy) == []
