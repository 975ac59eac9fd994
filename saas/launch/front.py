"""The web process as the outside meets it: gunicorn, and nginx in front of it.

gunicorn gives a request a thread as soon as its connection says something, and waits for the rest:
as many clients as it has threads, each sending a letter a second, are all that a service would
answer. nginx waits for them instead, and hands on requests that are whole.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from types import FrameType

import click
import psutil

from saas.launch.folder import CannotStart
from saas.launch.processes import WEB, end
from saas.launch.watching import Child, Watch
from saas.settings import Settings

#: The owner's login makes and drops districts: the web process is not given it.
OWNER_KEYS = frozenset({"SAAS_OWNER_URL", "DATABASE_URL"})
_PROXY = "proxy"
#: Seconds that requests at work have to end.
_GRACE = 30
#: A form around files, in bytes: what is a little too large the product itself refuses, in words.
_MARGIN = 2**20


def gunicorn(bind: str, *, processes: int, threads: int, grace: int = _GRACE) -> list[str]:
    """The command of the web process, on an address or ``unix:`` and the path of a socket."""
    return [
        *(sys.executable, "-m", "gunicorn", "saas.wsgi:app", f"--bind={bind}"),
        *("--worker-class=gthread", f"--workers={processes}", f"--threads={threads}"),
        *("--log-level=warning", f"--graceful-timeout={grace}", "--no-control-socket"),
        # Longer than a proxy keeps an idle connection, so that it never writes to a closed one.
        "--keep-alive=75",
        # Which proxies to believe is SAAS_TRUSTED_PROXIES.
        "--forwarded-allow-ips=",
        # The heartbeats of the processes: where the root file system cannot be written.
        f"--worker-tmp-dir={tempfile.gettempdir()}",
    ]


def serve(address: str, settings: Settings, *, processes: int, proxy: bool) -> None:
    """Serve on ``address`` until somebody stops it; what ends is started again."""
    hops = settings.trusted_proxies + int(proxy)
    env = {key: value for key, value in os.environ.items() if key not in OWNER_KEYS}
    env["SAAS_TRUSTED_PROXIES"] = str(hops)
    with tempfile.TemporaryDirectory(prefix="saas-web-") as name, stopping() as stopped:
        folder = Path(name)
        bind = f"unix:{folder / 'web.sock'}" if proxy else address
        command = gunicorn(bind, processes=processes, threads=settings.pool_size)
        watch = Watch(lambda line: click.echo(line, err=True), lambda pids: None)
        children = [Child(WEB, command, env, sys.stderr.buffer)]
        if proxy:
            children.append(
                Child(_PROXY, _nginx(folder, address, settings), env, sys.stderr.buffer)
            )
        for child in children:
            child.start()
            watch.add(child)
        while not stopped:
            watch.look()
            time.sleep(0.2)
        _end(watch)


def _nginx(folder: Path, address: str, settings: Settings) -> list[str]:
    """Write its configuration down; the command that runs it."""
    binary = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if binary is None:
        raise CannotStart(
            "There is no nginx here: install it, or say --no-proxy where a proxy that takes in"
            " whole requests stands in front already."
        )
    config = folder / "nginx.conf"
    config.write_text(configuration(folder, address, settings))
    return [binary, "-e", "stderr", "-c", str(config)]


def configuration(folder: Path, address: str, settings: Settings) -> str:
    """nginx's, for a service on ``address`` whose sockets and scratch files lie in ``folder``."""
    most = settings.upload_limit
    values = {
        "user": "user root;" if os.geteuid() == 0 else "",
        "folder": str(folder),
        "address": address,
        "limit": str(most + _MARGIN),
        "threads": str(settings.pool_size),
        "megabytes": str(most // 2**20),
    }
    text = (files("saas.launch") / "front.conf").read_text()
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


@contextmanager
def stopping() -> Iterator[list[int]]:
    """A list that is filled as soon as we are asked to stop."""
    stopped: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        stopped.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(watch: Watch) -> None:
    """The proxy first: it takes no more, and waits for what is being answered."""
    for process in watch.running(_PROXY).values():
        process.send_signal(signal.SIGQUIT)
        psutil.wait_procs([process], timeout=_GRACE)
    end(watch.running(_PROXY, WEB))
