"""Watching over the processes of a run: who ends is started again, each time a little later."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Protocol

import psutil

#: Whatever ends, and however often, is back within ten seconds where it can run at all.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 5.0
#: Who has run this long, in seconds, is taken to be well again.
_WELL = 20.0


def pause_before(tries: int) -> float:
    """Seconds to wait before a process is started again for the ``tries``-th time (1, 2 …)."""
    return float(min(_FIRST_PAUSE * 2 ** (tries - 1), _LONGEST_PAUSE))


class Runs(Protocol):
    """What can be watched."""

    name: str

    @property
    def pid(self) -> int: ...

    def start(self) -> None:
        """Raises `WillNotStart` with a sentence."""
        ...

    def alive(self) -> bool: ...


class WillNotStart(Exception):
    """A process cannot be started now; the message says why and what to do."""


class Child:
    """A process in a group of its own, so that Ctrl-C reaches the launcher alone.

    ``leash`` is an end of a pipe that it reads, and learns from when we are gone.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        env: Mapping[str, str],
        output: IO[bytes],
        leash: int = subprocess.DEVNULL,
    ) -> None:
        self.name, self._command, self._env = name, list(command), dict(env)
        self._output, self._leash = output, leash

    def start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            self._command,
            env=self._env,
            stdin=self._leash,
            stdout=self._output,
            stderr=self._output,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def alive(self) -> bool:
        return self._process.poll() is None


@dataclass(slots=True)
class _Watched:
    process: Runs
    started: float
    tries: int = 0
    due: float | None = None  # when it is started again


@dataclass(slots=True)
class Watch:
    """All of a run. ``look`` is called a few times a second; ``changed`` hears of every new pid."""

    say: Callable[[str], None]
    changed: Callable[[Mapping[str, int]], None]
    now: Callable[[], float] = time.monotonic
    _watched: list[_Watched] = field(default_factory=list)

    def add(self, process: Runs) -> None:
        """Watch a process that runs."""
        self._watched.append(_Watched(process, self.now()))
        self._tell()

    def running(self, *names: str) -> dict[str, psutil.Process]:
        """Those of them that run, as processes of the system."""
        found = [one.process for one in self._watched if one.process.name in names]
        return {one.name: psutil.Process(one.pid) for one in found if one.alive()}

    def look(self) -> None:
        """Start again who ended and has waited long enough."""
        for one in self._watched:
            if one.process.alive():
                if one.tries and self.now() - one.started > _WELL:
                    one.tries = 0
            elif one.due is None:
                self._plan(one, f"The {one.process.name} ended")
            elif self.now() >= one.due:
                self._again(one)

    def _plan(self, one: _Watched, what: str) -> None:
        one.tries += 1
        pause = pause_before(one.tries)
        one.due = self.now() + pause
        self.say(f"{time.strftime('%H:%M:%S')}  {what}; starting it again in {pause:g} s …")

    def _again(self, one: _Watched) -> None:
        try:
            one.process.start()
        except WillNotStart as error:
            self._plan(one, f"The {one.process.name} cannot be started: {error}")
            return
        one.started, one.due = self.now(), None
        self.say(f"{time.strftime('%H:%M:%S')}  The {one.process.name} runs again.")
        self._tell()

    def _tell(self) -> None:
        self.changed({one.process.name: one.process.pid for one in self._watched})
