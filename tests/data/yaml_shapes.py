"""How strict YAML grows: every shape of file that might take long, at three sizes, each with its
own limits.

A program of its own: a shape that runs away is stopped by the system, and its memory is measured
alone. It prints a table; `test_yaml_ceilings.py` runs it."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable, Iterator

from metropolis.strict_yaml.source import read_yaml
from metropolis.text_file import decode

SIZES = (1_000, 10_000, 100_000)
# Five times what is asked for, since the machine may be busy; whatever is quadratic takes minutes.
SECONDS = 10
MEMORY = 200_000_000

SHAPES: dict[str, Callable[[int], str]] = {
    "items on one line": lambda n: "a: [" + "x," * n + "x]\n",
    "names on one line": lambda n: "{" + ",".join(f"k{i}: v" for i in range(n)) + "}\n",
    "lists on one line": lambda n: "[" + "[x]," * n + "]\n",
    "quoted items": lambda n: '["' + '","'.join("x" * n) + '"]\n',
    "names without values": lambda n: "{" + "a," * n + "}\n",
    "question marks": lambda n: "[" + "?x," * n + "]\n",
    "the same name, on one line": lambda n: "{" + "a: v," * n + "}\n",
    "the same name": lambda n: "a: 1\n" * n,
    "items": lambda n: "- x\n" * n,
    "names": lambda n: "".join(f"k{i}: v\n" for i in range(n)),
    "records": lambda n: "".join(
        f'- id: k{i}\n  name: {{fr: "a", en: "b", es: "c"}}\n' for i in range(n)
    ),
    "no values": lambda n: "-\n" * n,
    "documents": lambda n: "---\n" * n,
    "tabs": lambda n: "\t" * n,
    "tabs after values": lambda n: "a: b\t\n" * n,
    "comments": lambda n: "# c\n" * n,
    "comments after values": lambda n: "- b # c\n" * n,
    "comments in one line": lambda n: "a: b " + "# c " * n + "\n",
    "comments in brackets": lambda n: "[\n" + "x, # c\n" * n + "]\n",
    "text after quotes": lambda n: '- "a"#b\n' * n,
    "brackets that open": lambda n: "[" * n,
    "brackets that close": lambda n: "]" * n,
    "hyphens": lambda n: "- " * n,
    "colons": lambda n: "a" + ": a" * n,
    "spaces": lambda n: "a:" + " " * n + "b\n",
    "empty lines": lambda n: "\n" * n + "a: b\n",
    "a long text": lambda n: 'a: "' + "x" * n + '"\n',
    "a long name": lambda n: "x" * n + ": a\n",
    "escapes": lambda n: 'a: "' + "\\n" * n + '"\n',
    "a text in many lines": lambda n: "a: |\n" + "  x\n" * n,
    "a text of empty lines": lambda n: "a: |\n" + "  \n" * n + "  x\n",
    "a folded text": lambda n: 'a: "' + "x\n  " * n + '"\n',
    "a plain text in many lines": lambda n: "a:\n" + "  x\n" * n,
    "many texts of empty lines": lambda n: ("- |\n" + "\n" * 10) * n,
    "hyphens in a plain text": lambda n: "a: x\n" + "  - x\n" * n,
    "lines not indented": lambda n: "a: [\n" + "x,\n" * n + "]\n",
    "anchors": lambda n: "- &a b\n" * n,
    "aliases": lambda n: "- *a\n" * n,
    "tags": lambda n: "- !a b\n" * n,
    "orders": lambda n: "%a\n" * n,
    "invisible characters": lambda n: "\u200b" * n,
}


def sizes(make: Callable[[int], str]) -> Iterator[str]:
    """The shape at each size, cut where a file would be too large to be read at all."""
    for size in SIZES:
        text = make(size)
        while decode(text.encode(), "x.yml")[1]:
            size //= 2
            text = make(size)
        yield text


def measure(text: str) -> str:
    """Seconds of processor time, or “stopped”; how many problems. Read in a child with limits of
    its own."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        os.write(into, str(len(read_yaml(text, "x.yml")[1])).encode())
        os._exit(0)
    os.close(into)
    _, status, usage = os.wait4(child, 0)
    problems = os.read(out, 20).decode()
    os.close(out)
    return f"{usage.ru_utime + usage.ru_stime:.2f}s {problems}" if status == 0 else "stopped"


if __name__ == "__main__":
    for shape, make in SHAPES.items():
        row = "".join(f"{measure(text):>14}" for text in sizes(make))
        sys.stdout.write(f"{shape:28}{row}\n")
        sys.stdout.flush()  # a child must not print the rows again
