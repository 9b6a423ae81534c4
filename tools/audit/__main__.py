"""Reading, against its budgets, on the built site. Run by `make audit`; with arguments, only these
parts: weight, markup, layout, engines, lighthouse, epub.

Prints a table or the faults of each part, and ends with 1 when a page is past a budget or breaks a
rule."""

from __future__ import annotations

import sys
import time

from audit import engines, epub, layout, lighthouse, markup, weight

PARTS = {
    "weight": weight.audit,
    "markup": markup.audit,
    "layout": layout.audit,
    "engines": engines.audit,
    "lighthouse": lighthouse.audit,
    "epub": epub.audit,
}


def main(wanted: list[str]) -> int:
    """0 when every part is within its budget."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        print(
            f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.",
            file=sys.stderr,
        )
        return 2
    results = []
    for part in wanted or PARTS:
        start = time.monotonic()
        results.append(PARTS[part]())
        print(f"[{part}: {time.monotonic() - start:.0f} s]\n", flush=True)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
