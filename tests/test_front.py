"""What stands in front of the web process waits for slow clients, so that a district need not."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from gunicorn.config import Config  # type: ignore[import-untyped]

from saas.launch import front
from saas.launch.folder import CannotStart
from saas.settings import Settings

_SLOW = 200
_ROOT = Path(__file__).parents[1]
needs_nginx = pytest.mark.skipif(
    shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None,
    reason="nginx is not here; scripts/test installs it where it may",
)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def _served(settings: Settings, *more: str) -> Iterator[int]:
    """The port of `saas web` with four threads, stopped as a cluster stops it."""
    port = _free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SAAS_", "DATABASE_"))} | {
        "PYTHONPATH": str(_ROOT),
        "SAAS_DATABASE_URL": settings.database_url,
        "SAAS_SECRET_KEY": settings.secret_key,
        "SAAS_MASTER_KEY": settings.master_key,
        "SAAS_DATA_DIR": str(settings.data_dir),
        "SAAS_COOKIE_SECURE": "no",
        "SAAS_POOL_SIZE": "4",
        "SAAS_UPLOAD_LIMIT": "2097152",
    }
    command = [sys.executable, "-m", "saas", "web", "--address", f"127.0.0.1:{port}", *more]
    log = settings.data_dir / "front.log"
    with log.open("wb") as errors:
        child = subprocess.Popen(command, env=env, stderr=errors)
    try:
        _until_up(port, child, log)
        yield port
    finally:
        child.terminate()
        assert child.wait(60) == 0


@pytest.fixture(scope="module")
def proxied(settings: Settings, app: object) -> Iterator[int]:
    """The port of one that all look at who leave it as it was."""
    with _served(settings) as port:
        yield port


def _until_up(port: int, child: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and child.poll() is None:
        try:
            if _ask(port, "/healthz", 30)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(log.read_text())


def _ask(
    port: int,
    path: str,
    patience: float,
    body: bytes | None = None,
    heads: dict[str, str] | None = None,
) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an answer."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        asked.request("POST" if body is not None else "GET", path, body, heads or {})
        answer = asked.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        asked.close()


@contextmanager
def _slow_clients(port: int) -> Iterator[list[socket.socket]]:
    """Half of them never finish saying what they want, half what they send."""
    begun = (
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /hub/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\na",
    )
    clients = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(_SLOW)]
    try:
        for number, client in enumerate(clients):
            client.sendall(begun[number % 2])
        time.sleep(1)
        yield clients
    finally:
        for client in clients:
            client.close()


@needs_nginx
def test_two_hundred_slow_clients_stop_nobody(proxied: int) -> None:
    with _slow_clients(proxied) as clients:
        for _ in range(20):
            assert _ask(proxied, "/healthz", 60)[0] == 200
        for client in clients:  # all of them are still being waited for
            client.sendall(b"a")


def test_without_a_proxy_they_do_stop_it(settings: Settings, app: object) -> None:
    """So the test above can fail, and the README says: never without one."""
    with _served(settings, "--no-proxy") as port:
        with _slow_clients(port), pytest.raises(TimeoutError):
            _ask(port, "/healthz", 3)
        assert _ask(port, "/healthz", 60)[0] == 200


@needs_nginx
def test_the_proxy_counts_as_one_and_says_what_the_product_would(proxied: int) -> None:
    status, headers, page = _ask(proxied, "/hub/sign-in", 60)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "Content-Security-Policy" in headers
    status, _, page = _ask(proxied, "/hub/sign-in", 60, b"a" * (4 * 2**20))
    assert status == 413
    assert "一次最多 2 MB" in page
    assert "2 MB at most" in page


@needs_nginx
def test_what_other_proxies_say_of_encryption_in_words_of_their_own_breaks_nothing(
    proxied: int,
) -> None:
    """gunicorn refuses requests of which two headers say different things."""
    for name, words in {"X-Forwarded-Ssl": "on", "X-Forwarded-Protocol": "ssl"}.items():
        heads = {name: words, "X-Forwarded-Proto": "https"}
        assert _ask(proxied, "/hub/sign-in", 60, heads=heads)[0] == 200, name


def test_where_no_nginx_is_it_says_what_to_do(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(CannotStart, match="--no-proxy"):
        front._nginx(tmp_path, "127.0.0.1:1", settings)


def test_the_options_of_gunicorn_are_options_of_gunicorn() -> None:
    command = front.gunicorn("unix:/tmp/x", processes=2, threads=4)
    Config().parser().parse_args(command[3:])


def test_nothing_is_left_to_fill_in(settings: Settings, tmp_path: Path) -> None:
    made = front.configuration(tmp_path, "0.0.0.0:8000", settings)
    for name in ("folder", "address", "limit", "threads", "user", "megabytes"):
        assert f"{{{name}}}" not in made
    assert made.count("{") == made.count("}")
