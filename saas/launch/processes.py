"""The processes of a run, by name: written down, looked up, ended in order.

A number alone is not believed, since the system gives it away again: the moment at which the
process began is kept beside it.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from saas.launch.folder import write_private

_FILE = "processes.json"
#: The launcher last, so that it does not start again what was ended.
LAUNCHER, GUARD, DATABASE, WEB, WORKER = "launcher", "guard", "database", "web", "worker"
#: How long each has to end by itself, in seconds, before it is killed.
_PATIENCE = {LAUNCHER: 60, DATABASE: 60}
_PATIENCE_OF_OTHERS = 15


@dataclass(frozen=True, slots=True)
class Process:
    """A process as it was written down; ``born`` is in seconds since 1970."""

    name: str
    pid: int
    born: float

    def found(self) -> psutil.Process | None:
        """It, if it still runs; None for another one that has its number now."""
        with suppress(psutil.Error):
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.born) < 1 and alive(process):
                return process
        return None


def alive(process: psutil.Process) -> bool:
    """Whether it runs; one that ended and was not yet fetched by its parent does not."""
    with suppress(psutil.Error):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False


def write_down(folder: Path, pids: Mapping[str, int]) -> None:
    """Keep who runs now, by name; who has ended meanwhile is left out."""
    rows = {}
    for name, pid in pids.items():
        with suppress(psutil.Error):
            rows[name] = [pid, psutil.Process(pid).create_time()]
    write_private(folder / _FILE, json.dumps({"folder": str(folder), "processes": rows}))


def written_down(folder: Path) -> dict[str, Process]:
    """The processes of the run over ``folder``, whether they still live or not.

    In a copy of a folder they are those of the original, and none of ours to end.
    """
    file = folder / _FILE
    kept = json.loads(file.read_text()) if file.is_file() else {}
    rows = kept["processes"] if kept.get("folder") == str(folder) else {}
    return {name: Process(name, pid, born) for name, (pid, born) in rows.items()}


def living(folder: Path) -> dict[str, psutil.Process]:
    """Those of them that run, by name."""
    found = {name: process.found() for name, process in written_down(folder).items()}
    return {name: process for name, process in found.items() if process}


def end_all(folder: Path) -> list[str]:
    """End what is left of a run without its launcher: the database last. Returns their names."""
    written, left = written_down(folder), living(folder)
    left.pop(GUARD, None)
    end({name: left[name] for name in (WEB, WORKER) if name in left})
    end({name: left[name] for name in (DATABASE,) if name in left})
    if written_down(folder) == written:  # else another run has begun here meanwhile
        forget_processes(folder)
    return [name for name in (WEB, WORKER, DATABASE) if name in left]


def forget_processes(folder: Path) -> None:
    """Nothing runs here any more."""
    (folder / _FILE).unlink(missing_ok=True)


def end(processes: Mapping[str, psutil.Process]) -> None:
    """Ask all to end, then kill who did not. A database is asked to let nobody finish."""
    for name, process in processes.items():
        _send(process, signal.SIGINT if name == DATABASE else signal.SIGTERM)
    for name, process in processes.items():
        if not _wait([process], _PATIENCE.get(name, _PATIENCE_OF_OTHERS)):
            _send(process, signal.SIGKILL)
            _wait([process], 5)


def _send(process: psutil.Process, number: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def _wait(processes: Iterable[psutil.Process], seconds: float) -> bool:
    """Whether they ended in time."""
    _, left = psutil.wait_procs(list(processes), timeout=seconds)
    return not any(alive(process) for process in left)
