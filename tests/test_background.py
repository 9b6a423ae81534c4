"""Work in another process gives what it gives here, and fails as it fails here."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from metropolis.background import Background


def fail() -> None:
    raise ValueError("This went wrong.")


def said_by(code: str) -> str:
    """What a program prints that has one thread, as a build has; a test's process may have more,
    and does not fork."""
    program = f"import os\nfrom metropolis.background import Background\n{code}"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    return run.stdout + run.stderr.strip().rpartition("\n")[2]


def test_the_work_goes_on_elsewhere_and_its_result_comes_back() -> None:
    said = said_by(
        "background = Background(lambda: (os.getpid(), 'x' * 1_000_000))\n"
        "process, text = background.result()\n"
        "print(process != os.getpid(), len(text))"
    )
    assert said == "True 1000000\n"


def test_short_work_is_done_here_when_it_is_asked_for() -> None:
    done: list[int] = []
    background = Background(lambda: done.append(1) or os.getpid(), is_short=True)
    assert done == []
    assert background.result() == os.getpid()
    assert done == [1]


def test_no_process_is_forked_beside_threads() -> None:
    is_over = threading.Event()
    thread = threading.Thread(target=is_over.wait)
    thread.start()
    try:
        assert Background(os.getpid).result() == os.getpid()
    finally:
        is_over.set()
        thread.join()


def test_an_error_is_raised_where_the_result_is_asked_for() -> None:
    with pytest.raises(ValueError, match="This went wrong"):
        Background(fail, is_short=True).result()
    code = (
        "def fail(): raise ValueError('This went wrong.')\naside = Background(fail)\nprint('so far"
        " so good')\naside.result()"
    )
    assert said_by(code) == "so far so good\nValueError: This went wrong."


def test_a_process_that_ends_early_is_an_error() -> None:
    said = said_by("Background(lambda: os._exit(3)).result()")
    assert said == "ChildProcessError: A process ended before its work was done."


def test_an_interrupt_of_all_processes_is_heard_by_one() -> None:
    """Ctrl-C goes to the work's process too, which would hear it and, from this one, its end."""
    said = said_by(
        "import signal\n"
        "hears = lambda: signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])\n"
        "print(Background(hears).result(), hears())"
    )
    assert said == "False True\n"
