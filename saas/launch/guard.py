"""The guard of a run: when the launcher is gone, however it went, nothing of it stays behind.

It holds one end of a pipe whose other end only the launcher has, so that the system tells it.
``python -m saas.launch.guard <data folder>``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from saas.launch import folder as folders
from saas.launch import processes


def wait(folder: Path, pipe: int) -> None:
    """Return when the launcher has closed its end, and end what it left."""
    while os.read(pipe, 1):
        pass
    processes.end_all(folder)
    if not processes.written_down(folder):
        folders.forget(folder)


if __name__ == "__main__":
    wait(Path(sys.argv[1]), sys.stdin.fileno())
