"""Sorts Pagefind's facets and languages: it writes them in a random order.

Then the same site gives the same bytes. The files are CBOR behind a mark, compressed, and named
after their content. The index of a language (`.pf_meta`) names its filter files;
pagefind-entry.json names the indexes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"
# The place of the list of filters in an index: [version, pages, words, filters, sorts, metadata].
_FILTERS = 3


def settle_order(folder: Path) -> None:
    """Sorts the index under `folder` (pagefind/)."""
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text("utf-8"))
    for locale, language in entry["languages"].items():
        meta_file = folder / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(meta_file)
        for one in meta[_FILTERS]:
            filter_file = folder / "filter" / f"{one[1]}.pf_filter"
            name, values = _read(filter_file)
            one[1] = _write(filter_file, [name, sorted(values)], locale, "{}.pf_filter", 7)
        meta[_FILTERS].sort()
        language["hash"] = _write(meta_file, meta, locale, "pagefind.{}.pf_meta", 10)
    entry_file.write_text(json.dumps(entry, sort_keys=True), "utf-8")


def _read(file: Path) -> Any:
    return cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(_MARK))


def _write(old: Path, value: Any, locale: str, pattern: str, length: int) -> str:
    """Writes `value` under a name with its hash, in place of `old`; returns the part of the name
    that other files use.
    """
    data = _MARK + cbor2.dumps(value)
    digest = f"{locale}_{hashlib.sha256(data).hexdigest()[:length]}"
    old.unlink()
    (old.parent / pattern.format(digest)).write_bytes(gzip.compress(data, mtime=0))
    return digest
