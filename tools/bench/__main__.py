"""usage: python -m bench [PART ...] [--runs N] [--members 141,1000] [--write]

Parts: books, preview, sites (all three by default), profile (where the seconds of a build go),
growth (processor time and memory of each stage for each shape of page; SHAPES="notes brackets" for
some of them), check (the check on 2,000 pages full of faults), language (right sentences reported
and wrong ones found; FOREIGN=debian or a folder with fr.txt, en.txt … for other prose), faults (the
share of the faults put into translations that are found, by kind). --write puts the table and the
chart of the sites into docs/maintainers/speed.md."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from bench import books, check, faults, growth, language, preview, profile, report, site

PARTS = ("books", "preview", "sites", "profile", "growth", "check", "language", "faults")


def main() -> int:
    """Prints the tables; 1 when a budget is not kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    runs = "how often each thing is measured (default: %(default)s)"
    parser.add_argument("--runs", type=int, default=3, help=runs)
    parser.add_argument(
        "--members", default="141,1000,5000,20000", help="sizes of the sites (default: %(default)s)"
    )
    parser.add_argument(
        "--write", action="store_true", help="write docs/maintainers/speed.md and its chart"
    )
    options = parser.parse_args()
    parts = options.parts or PARTS[:3]
    is_kept = True
    if "books" in parts:
        is_kept &= books.measure_books(options.runs)
    if "preview" in parts:
        line = preview.measure_preview()
        if options.write:
            report.put("preview", f"```\n{line}\n```")
        is_kept &= not line.startswith("MISSED")
    if "sites" in parts:
        results: list[site.Result] = []
        for size in options.members.split(","):
            results += site.measure_site(int(size), options.runs)
            if options.write:  # the largest take long: what is there already stands
                report.write(results, options.runs)
        targets = report.targets(results)
        print("\n".join(targets))
        is_kept &= not any(line.startswith("MISSED") for line in targets)
    if "profile" in parts:
        table = profile.print_profile()
        if options.write:
            report.put("profile", f"{table}\n")
    if "growth" in parts:
        is_kept &= growth.measure_growth(Path.cwd(), os.environ.get("SHAPES", "").split()) == 0
    if "check" in parts:
        is_kept &= check.measure_check(Path.cwd())
    if "language" in parts:
        is_kept &= language.measure_language(Path.cwd(), os.environ.get("FOREIGN"))
    if "faults" in parts:
        is_kept &= faults.measure_faults(Path.cwd())
    return 0 if is_kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
