"""The command line without a start of Python: each command is a process forked off one that has imported everything.

A start takes a second, and a hundred tests begin with one.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from accord.cli import main
from support.running_org import ROOT

ENDS_WITHIN = 60  # seconds

_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload([__name__])


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and the code it ended with."""

    returncode: int | None
    stdout: str
    stderr: str


def accord(*arguments: str, **environ: str) -> Said:
    """`accord` with these arguments; of this process's environment it has what is not ours."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
    _open_nursery()
    with TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = _nursery.Process(target=_run, args=(arguments, {**surroundings, **environ}, out, err))
        process.start()
        process.join(ENDS_WITHIN)
        if process.exitcode is None:
            process.kill()
            process.join()
        return Said(process.exitcode, out.read_text(), err.read_text())


def _open_nursery() -> None:
    paths = os.pathsep.join([str(ROOT / "tests"), str(ROOT / "backend")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", paths)
        forkserver.ensure_running()


def _run(arguments: Sequence[str], environ: Mapping[str, str], out: Path, err: Path) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environ)
    for stream, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
    sys.argv = ["accord", *arguments]
    main()
