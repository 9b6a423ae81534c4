"""Addresses of pages: one rule for macros, templates, links and exports.

The source language stands at the root, each other language in its folder, with the same paths below
(docs/decisions/0001-addresses.md). A page's *name* is its path in its language without ending: "challenges/index".
"""

from __future__ import annotations

import posixpath

from metropolis.project import Project


def locale_prefix(project: Project, locale: str) -> str:
    """The folder of a language's addresses: "" for the source language, else "en/", "es/" …"""
    return "" if locale == project.default_locale.code else f"{locale}/"


def page_path(name: str) -> str:
    """The address in its language's folder: "vision" -> "vision/", "members/index" -> "members/", "index" -> ""."""
    if name == "index":
        return ""
    return name.removesuffix("/index") + "/"


def relative_address(here: str, target: str) -> str:
    """How a page at `here` ("en/vision/") links to `target` ("en/members/#map"), both from the site's root."""
    path, hash_mark, anchor = target.partition("#")
    fragment = f"#{anchor}" if hash_mark else ""
    if hash_mark and path == here:
        return fragment
    return posixpath.relpath("/" + path, "/" + here).rstrip("/") + "/" + fragment
