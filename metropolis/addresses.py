"""Addresses of pages: one rule for macros, templates, links and exports. The source language is at
the root, each other language in its folder (docs/decisions/0001-addresses.md). A page's *name* is
its path in its language without ending: "challenges/index"."""

from __future__ import annotations

from posixpath import commonprefix

from metropolis.project import Project

NOT_FOUND = "404"  # the name of the page that each language shows for an unknown address


def locale_prefix(project: Project, locale: str) -> str:
    """The folder of a language's addresses: "" for the source language, else "en/", "es/" …"""
    return "" if locale == project.source else f"{locale}/"


def page_path(name: str) -> str:
    """The address in its language's folder: "members/index" -> "members/", "index" -> ""."""
    if name == "index":
        return ""
    return name.removesuffix("/index") + "/"


def page_file(project: Project, locale: str, name: str) -> str:
    """The file of a page, from the site's root: "en/vision/index.html"."""
    prefix = locale_prefix(project, locale)
    return f"{prefix}404.html" if name == NOT_FOUND else f"{prefix}{page_path(name)}index.html"


def relative_address(here: str, target: str) -> str:
    """How "en/vision/" links to "en/members/#map", both from the site's root."""
    path, hash_mark, anchor = target.partition("#")
    fragment = f"#{anchor}" if hash_mark else ""
    if hash_mark and path == here:
        return fragment
    start, end = _folders(here), _folders(path)
    common = len(commonprefix([start, end]))
    return "/".join([".."] * (len(start) - common) + end[common:] or ["."]) + "/" + fragment


def _folders(path: str) -> list[str]:
    return path.rstrip("/").split("/") if path else []
