"""Publishing as staff meet it: real git, real hooks, what is typed and what is read."""

from __future__ import annotations

import os
import re
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from campaign import Campaign
from rehearsal import Rehearsal

from metropolis.cli import main
from metropolis.publish.lock import Work, locked
from metropolis.publish.settings import Settings, read_settings, write_settings

from .conftest import accepted, command, publish, refused

PAGE = "content/fr/index.md"
SAFE = "Not published. The site online has not changed and your work is safe in your own copy."


def begun(server: Rehearsal) -> tuple[Path, str]:
    """Ana's working copy, and its commit, which is live."""
    return server.folder / "ana", server.places.live()


def words_of(output: str) -> list[str]:
    """The lines, without the time that anything took: a busy machine takes longer."""
    return [re.sub(r"[\d.]+ s\b", "N s", line) for line in output.splitlines() if line]


def test_a_push_is_live_when_it_ends(rehearsal: Rehearsal) -> None:
    copy = rehearsal.clone("ana")
    commit = rehearsal.commit(copy, {PAGE: "release 1"}, "one")
    output = accepted(rehearsal.push(copy))
    assert words_of(output)[:5] == [
        f"Checking data and pages of {commit[:10]}",
        f"Looking at the files of {commit[:10]}",
        "[ N s] Checking data and pages",
        "Compressing, and writing to the disk",
        "Built and whole after N s.",
    ]
    assert f"Published: {commit[:10]} is live." in output
    assert rehearsal.places.live() == commit
    assert (rehearsal.places.current / "en/index.html").is_file()
    assert not list(rehearsal.places.work.iterdir())


def test_a_broken_page_is_refused_and_nothing_moves(server: Rehearsal) -> None:
    copy, live = begun(server)
    server.commit(copy, {PAGE: "broken"}, "broken")
    assert words_of(refused(server.push(copy)))[1:5] == [
        SAFE,
        "content/fr/index.md:1:1: This is broken. Mend it.",
        "1 error in 1 file.",
        "Fix this, commit, and push again.",
    ]
    assert server.places.live() == live
    assert server.git(server.places.repository, "rev-parse", "main") == live
    assert not list(server.places.work.iterdir())


def test_files_that_no_site_may_hold(server: Rehearsal) -> None:
    copy, live = begun(server)
    (copy / "content/fr/secret.md").symlink_to("/etc/passwd")
    server.git(copy, "clone", "--quiet", server.remote, "content/fr/other")
    server.commit(
        copy,
        {
            "content/fr/e\u0301te\u0301.md": "NFD",
            "content/fr/PAGE.md": "one",
            "content/fr/page.md": "two",
            "content/fr/\u202egpj.md": "bidi",
            "content/fr/large.md": "x" * 2_100_000,
        },
        "bad names",
    )
    output = refused(server.push(copy))
    lines = words_of(output)
    assert lines[0] == SAFE
    assert set(lines[1:8]) == {
        (
            "content/fr/other: This is another repository (a submodule), which is not published. Remove it: git rm --cached."
        ),
        (
            "content/fr/e\u0301te\u0301.md: The name is written with letters and separate accents. "
            "Rename it in plain letters: a-z."
        ),
        "content/fr/large.md: The file has 2,100,000 bytes; 2,000,000 are allowed. Make it smaller.",
        (
            "content/fr/page.md: This name and “content/fr/PAGE.md” are the same file on some computers."
            " Rename one of them."
        ),
        (
            "content/fr/secret.md: This is a link to another file, and could publish any file of"
            " the server. Put the file itself here."
        ),
        "content/fr/\\u{202e}gpj.md: The name contains an invisible character. Rename it.",
        "6 errors in 6 files.",
    }
    assert server.places.live() == live


def test_code_is_the_maintainers(server: Rehearsal) -> None:
    copy, live = begun(server)
    code_files = (
        "mkdocs.yml", "macros/key_figures.py", "theme/base.html", "requirements/site.txt", "Makefile",
        "content/fr/x.py",
    )  # fmt: skip
    commit = server.commit(copy, dict.fromkeys(code_files, "# changed"), "code")
    output = refused(server.push(copy, who="ben"))
    for path in code_files:
        assert (
            f"{path}: Only maintainers may change this file: it is, or controls, code that runs on"
            " the server. Remove it from your push, or ask a maintainer (ana)." in output
        )
    assert server.places.live() == live
    assert server.push(copy, who="ana")[0] == 0
    assert server.places.live() == commit


def test_words_are_everybodys(server: Rehearsal) -> None:
    copy, _ = begun(server)
    commit = server.commit(
        copy, {PAGE: "release 2", "docs/style.md": "…", "language/words.txt": "…"}, "words"
    )
    assert server.push(copy, who="ben")[0] == 0
    assert server.places.live() == commit


def test_a_preview_or_an_edition_from_before_a_change_of_code_is_everybodys(
    server: Rehearsal,
) -> None:
    _copy, first = begun(server)
    publish(server, "release 2", files={"mkdocs.yml": "# changed by ana"})
    other = server.clone("ben")
    server.git(other, "checkout", "--quiet", "-b", "old", first)
    server.commit(other, {PAGE: "release 3"}, "three")
    assert server.push(other, "HEAD:refs/heads/preview/old", who="ben")[0] == 0
    server.git(other, "tag", "edition", first)
    assert server.push(other, "edition", who="ben")[0] == 0
    server.commit(other, {"mkdocs.yml": "# changed by ben"}, "code")
    assert server.push(other, "HEAD:refs/heads/preview/old", who="ben")[0] == 1


def test_nothing_published_is_taken_away(server: Rehearsal) -> None:
    copy, live = begun(server)
    server.git(copy, "commit", "--quiet", "--amend", "-m", "another past")
    assert (
        "This would remove published work (a forced push). Type: git pull, then: git push,"
        " without --force." in refused(server.push(copy, force=True))
    )
    assert (
        "This would remove the published branch. To go back: metropolis publish rollback."
        in refused(server.push(copy, ":main"))
    )
    assert server.places.live() == live


def test_the_second_of_two_is_told_what_to_type(server: Rehearsal) -> None:
    copy, _ = begun(server)
    other = server.clone("ben")
    server.commit(copy, {PAGE: "release 2"}, "two")
    server.commit(other, {PAGE: "release 3"}, "three")
    pushes = [server.start_push(one, "HEAD:main") for one in (copy, other)]
    outputs = [push.communicate(timeout=60)[0] for push in pushes]
    assert sorted(push.returncode for push in pushes) == [0, 1]
    refused = next(output for push, output in zip(pushes, outputs, strict=True) if push.returncode)
    assert (
        "A colleague published first. Type: git pull, then: git push." in refused
        or "fetch first" in refused  # git itself had seen it already
    )


def test_a_build_that_takes_too_long_is_stopped(tmp_path: Path, settings: Settings) -> None:
    rehearsal = Rehearsal(tmp_path / "slow", replace(settings, longest_build=2))
    copy = rehearsal.clone("ana")
    rehearsal.commit(copy, {PAGE: "slow"}, "slow")
    assert "The build took longer than 2 seconds and was stopped." in refused(rehearsal.push(copy))
    assert not list(rehearsal.places.work.iterdir())


def test_a_rollback_stays_until_it_is_unpinned(
    server: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, first = begun(server)
    publish(server, "release 2")
    capsys.readouterr()
    assert command(server, "rollback") == 0
    stays = "It stays until: metropolis publish unpin\n"
    assert capsys.readouterr().out == f"Live: {first[:10]}. {stays}"
    assert server.places.live() == first
    assert command(server, "reconcile") == 0
    assert server.places.live() == first
    third = server.commit(copy, {PAGE: "release 3"}, "three")
    assert (
        f"Accepted, and not live: the site was rolled back to {first[:10]} and stays there until:"
        " metropolis publish unpin." in accepted(server.push(copy))
    )
    assert command(server, "unpin") == 0
    assert server.places.live() == third
    capsys.readouterr()
    assert command(server, "rollback", "ffff") == 1
    assert capsys.readouterr().out.startswith("“ffff” does not name a single release. There were: ")
    assert command(server, "log") == 0
    events = [line.split("  ")[1:] for line in capsys.readouterr().out.splitlines()]
    assert events[0][0] == third[:10]
    done = [event.split(" by ")[0] for _, event in events]
    assert done == ["unpinned", "rolled back", "published", "published"]


def test_a_rollback_that_cannot_be_done_is_reported_and_not_done_later(
    server: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    places = server.places
    _, first = begun(server)
    second = publish(server, "release 2")
    write_settings(places, replace(server.settings, longest_wait=0))
    others = "Others were first. A push has been in progress for 0 s. Try again in a few minutes.\n"
    for arguments, pinned in ((["rollback"], ""), (["unpin"], first)):
        if pinned:
            assert command(server, "rollback") == 0
        capsys.readouterr()
        with locked(places.lock, print, work=Work("A push")):
            assert command(server, *arguments) == 1
        assert re.sub(r"for \d+ s", "for 0 s", capsys.readouterr().err).endswith(others)
        assert places.pinned() == pinned
    assert places.live() == first
    (places.repository / "HEAD").rename(places.repository / "HEAD.away")
    assert command(server, "unpin") == 1
    error = capsys.readouterr().err
    assert error.startswith("git did not answer: ")
    assert error.count("\n") == 1
    assert places.pinned() == first
    (places.repository / "HEAD.away").rename(places.repository / "HEAD")
    assert command(server, "unpin") == 0
    assert (places.live(), places.pinned()) == (second, "")


def test_releases_beyond_the_last_ones_go_and_editions_stay(server: Rehearsal) -> None:
    copy, edition = begun(server)
    server.git(copy, "tag", "edition-2021")
    assert server.push(copy, "edition-2021")[0] == 0
    commits = [publish(server, f"release {number}") for number in range(2, 6)]
    standing = {folder.name for folder in server.places.releases.iterdir()}
    assert standing == {edition, *commits[-3:]}  # the live one, and the two that are kept
    server.git(copy, "tag", "--force", "edition-2021")
    assert "A tag is an edition, and is kept for ever. Give the new one another name." in refused(
        server.push(copy, "edition-2021", force=True)
    )


def test_a_commit_that_has_its_release_is_neither_checked_nor_built_again(
    rehearsal: Rehearsal,
) -> None:
    publish(rehearsal, "release 1")
    copy = rehearsal.folder / "ana"
    seal = next(rehearsal.places.seals.glob("?" * 40 + ".json")).stat().st_mtime_ns
    output = accepted(rehearsal.push(copy, "HEAD:refs/heads/preview/same"))
    assert "Preview: /preview/same-" in output
    assert "Checking data and pages" not in output
    assert "Built and whole" not in output
    assert next(rehearsal.places.seals.glob("?" * 40 + ".json")).stat().st_mtime_ns == seal


def test_a_preview_stands_beside_the_site_and_goes_with_its_branch(server: Rehearsal) -> None:
    copy, live = begun(server)
    server.commit(copy, {PAGE: "release 2"}, "preview")
    output = accepted(server.push(copy, "HEAD:refs/heads/preview/Traduction-ES_été"))
    address = output.split("Preview: ")[1].split()[0]
    assert address.startswith("/preview/traduction-es-ete-")
    assert server.places.live() == live
    server.serve()
    status, headers, body = server.get(address)
    assert status == 200
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert b"release 2" in body
    gone = accepted(server.push(copy, ":refs/heads/preview/Traduction-ES_été"))
    assert "The preview is removed." in gone
    assert server.get(address)[0] == 404


def test_identical_files_are_one_file_with_two_names(rehearsal: Rehearsal) -> None:
    publish(rehearsal, "release 1", files={"docs/a.md": "one"})
    before = rehearsal.places.current.resolve()
    after = publish(rehearsal, "release 1", files={"docs/a.md": "two"})
    page = rehearsal.places.release(after) / "en/index.html"
    assert page.samefile(before / "en/index.html")
    assert page.with_name("index.html.br").samefile(before / "en/index.html.br")


def test_verify_tells_what_is_missing_or_changed(
    server: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    server.serve()
    assert command(server, "verify", server.address) == 0
    (server.places.current / "en/index.html").unlink()
    (server.places.current / "es/404.html").write_text("other", "utf-8")
    capsys.readouterr()
    assert command(server, "verify") == 1
    assert capsys.readouterr().out.splitlines() == [
        "the live release: “en/index.html” is missing.",
        "the live release: “es/404.html” is not as it was built.",
        "",
        "2 errors in 1 file.",
    ]


def test_setting_up_again_changes_nothing(
    server: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    hooks = server.places.repository / "hooks"
    before = {file.name: file.read_bytes() for file in hooks.iterdir()}
    (hooks / "post-receive").unlink()
    wanted = ("--maintainer", "ben", "--listen", f"127.0.0.1:{server.port}")
    assert command(server, "setup", "--only-folder", *wanted) == 0
    assert set(before) == {file.name for file in hooks.iterdir()}
    assert os.access(hooks / "post-receive", os.X_OK)
    settings, _ = read_settings(server.places)
    assert settings
    assert settings.maintainers == ("ana", "ben")
    assert settings.keep == 2
    out = capsys.readouterr().out
    assert f"git remote add site {server.places.repository}" in out
    assert "git push site main" in out


def test_where_nothing_is_set_up(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = tmp_path / "nowhere"
    assert main(["--project", str(root), "publish", "--at", str(nowhere), "status"]) == 2
    how = f"Type: sudo metropolis publish setup {nowhere}\n"
    assert capsys.readouterr().err == f"Nothing is set up in {nowhere}. {how}"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.xml", "application/atom+xml"),
        ("/en/feed.xml", "application/atom+xml"),
        ("/sitemap.xml", "application/xml"),
        ("/images/a.webp", "image/webp"),
        ("/images/a.gif", "image/gif"),
        ("/pdf/a.epub", "application/epub+zip"),
        ("/data/a.geojson", "application/geo+json"),
    ],
)
def test_what_nginx_says_a_file_is(server: Rehearsal, path: str, kind: str) -> None:
    _, commit = begun(server)
    file = server.places.release(commit) / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"x")
    server.serve()
    status, headers, _ = server.get(path)
    assert (status, headers.get_content_type()) == (200, kind)


def test_a_preview_is_served_in_each_language_and_told_in_it_where_it_ends(
    server: Rehearsal,
) -> None:
    copy, _ = begun(server)
    server.commit(copy, {PAGE: "release preview"}, "preview")
    _, output = server.push(copy, "HEAD:preview/a")
    address = output.split("Preview: ")[1].split()[0]
    server.serve()
    for path, locale in (("", "fr"), ("en/", "en"), ("es/", "es")):
        status, headers, body = server.get(f"{address}{path}")
        assert status == 200
        assert b"<p>release preview</p>" in body
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        status, _, body = server.get(f"{address}{path}none")
        assert status == 404
        assert body.decode().startswith(f'<!doctype html><html lang="{locale}">404')
    # Without the last slash, nginx leads to the folder under its public name.
    opener = urllib.request.build_opener(_Still)
    with pytest.raises(urllib.error.HTTPError) as answer:
        opener.open(f"{server.address}{address}en")
    assert (answer.value.code, answer.value.headers["Location"]) == (301, f"{address}en/")


class _Still(urllib.request.HTTPRedirectHandler):
    """Goes nowhere by itself."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def test_twenty_pushes_killed_broken_and_at_once(tmp_path: Path, settings: Settings) -> None:
    """The short campaign; `make torture` runs the long one."""
    rehearsal = Rehearsal(tmp_path / "campaign", replace(settings, longest_build=8))
    try:
        figures = Campaign(rehearsal, seed=20).run(20)
    finally:
        rehearsal.close()
    assert figures.faults == {}
    assert figures.killed > 3
    assert figures.published > 2
    assert figures.requests > 100
