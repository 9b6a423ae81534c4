"""The command line: the only place that prints and exits; one module for each group of commands.
Exit codes: 0 done, 1 problems found, 2 wrong use. Progress goes to standard error."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

from metropolis.hidden_characters import visible
from metropolis.problem import ProblemsError, RefusedError
from metropolis.report import listing
from metropolis.system_error import log_fault, reason

# The module of each group of commands. Only the needed one is imported: all take half a second.
_GROUPS = {
    **dict.fromkeys(("check", "build", "serve"), "site"),
    **{name: name for name in ("pdf", "translation", "publish", "data")},
}


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit code. Never prints a trace or a control character."""
    gc.set_threshold(100_000, 10, 10)  # what is imported stays until the end
    with redirect_stdout(PlainStream(sys.stdout)), redirect_stderr(PlainStream(sys.stderr)):
        return _guarded(sys.argv[1:] if arguments is None else arguments)


class PlainStream:
    """A `stream` that writes invisible characters by name; a closed one (None) shows nothing.
    Problems quote pages and names: who may push text must not be able to move the cursor, or forge
    a line, on another screen."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Names characters that the encoding lacks too, so that no terminal can stop a command."""
        if self._stream is None:
            return len(text)
        plain = visible(text)
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        self._stream.write(plain.encode(encoding, "backslashreplace").decode(encoding))
        return len(text)

    def flush(self) -> None:
        """Called by `print(flush=True)`."""
        if self._stream is not None:
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _guarded(arguments: list[str]) -> int:
    log = Path(".cache", "faults.log")
    try:
        try:
            options = _parser(arguments).parse_args(arguments)
        except SystemExit:
            sys.stdout.flush()  # the help may be too long for a full disk
            raise
        root: Path = (options.project or getattr(options, "home", Path())).resolve()
        log = (options.at.resolve() if "at" in options else root / ".cache") / "faults.log"
        return _run(root, options)
    except KeyboardInterrupt:
        with suppress(ValueError):  # outside the main thread
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one would break off the end
        print("Stopped.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader has closed the pipe (`| head`)
        _drop_output()
        return 1
    except Exception as error:  # one line for the user; the details are for the maintainers
        _drop_output()
        where = f" The details are in {log}." if log_fault(error, log) else ""
        with suppress(OSError, ValueError):
            print(f"This could not be done: {reason(error)}.{where}", file=sys.stderr)
        return 1


def _run(root: Path, options: argparse.Namespace) -> int:
    # SIGTERM, and a terminal that closes, end a command like Ctrl-C: temporary files are removed.
    with suppress(ValueError):  # outside the main thread, where the caller ends it
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # not under nohup
            signal.signal(signal.SIGHUP, signal.default_int_handler)
    try:
        if not (root / "mkdocs.yml").is_file():
            how = "Go to the project's folder, or name it with --project."
            raise RefusedError(f"There is no mkdocs.yml in {root}. {how}")
        code: int = options.run(root, options)
    except ProblemsError as error:
        print(listing(error.problems))
        if error.outcome:
            print(error.outcome, file=sys.stderr)
        code = 1
    except RefusedError as error:
        print(error, file=sys.stderr)
        code = 2
    sys.stdout.flush()  # a full disk is reported here; Python itself would print a trace at its end
    return code


def _drop_output() -> None:
    """Discards output that cannot be written: Python would try again, and print a trace."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(OSError, AttributeError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    text = "Builds and checks the site of the plan."
    parser = argparse.ArgumentParser(prog="metropolis", description=text)
    parser.add_argument("--project", type=Path, help="the project's folder (default: this one)")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    asked = {_GROUPS[word] for word in arguments if word in _GROUPS}
    for name in dict.fromkeys(_GROUPS.values()):
        if len(asked) != 1 or name in asked:
            import_module(f"metropolis.cli.{name}").add_commands(commands)
    return parser
