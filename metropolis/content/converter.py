"""The Markdown of the site: Python-Markdown with the extensions of mkdocs.yml and of MkDocs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from metropolis.inputs import Known, digest

if TYPE_CHECKING:
    from markdown import Markdown

Extensions = Mapping[str, Mapping[str, Any]]  # by their names, with their options

_ALWAYS = ("toc", "tables", "fenced_code")  # MkDocs loads these before all others


def read_extensions(listed: object) -> Known[Extensions]:
    """The extensions that the list in mkdocs.yml names, in the order in which MkDocs loads them."""
    found: dict[str, dict[str, Any]] = {name: {} for name in _ALWAYS}
    for one in listed if isinstance(listed, list) else ():
        for name, options in (one if isinstance(one, dict) else {one: None}).items():
            found[str(name)] = dict(options) if isinstance(options, dict) else {}
    return Known(digest(repr(found)), found)


def make_converter(extensions: Extensions) -> Markdown:
    """A converter for one page. Raises what Python-Markdown raises for a bad extension."""
    from markdown import Markdown  # most commands render nothing

    options = {name: dict(options) for name, options in extensions.items()}
    return Markdown(extensions=list(extensions), extension_configs=options)
