"""The data folder of a run: its lock, its secrets, what other terminals are told."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

_STATE = "running.json"
#: What a start has to be able to write. An empty file fits on a full disk too.
_ROOM = 1024 * 1024


class CannotStart(Exception):
    """Something about this machine is in the way; the message says what to do."""


def data_dir(env: Mapping[str, str] = os.environ) -> Path:
    """Where data, files and secrets lie: ``SAAS_DATA_DIR``, else ``var`` in the checkout."""
    given = env.get("SAAS_DATA_DIR")
    return Path(given or Path(__file__).resolve().parents[2] / "var").absolute()


def environment(env: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment, completed from what the running launcher wrote down beside the data.

    So ``saas tenant list`` in a second terminal talks to the server that ``scripts/run`` started.
    """
    file = data_dir(env) / _STATE
    written: dict[str, str] = json.loads(file.read_text()) if file.is_file() else {}
    return {**written, **env}


def password_of(url: str) -> str | None:
    """The password in a database address, if it has one."""
    found = urlsplit(url).password
    return unquote(found) if found else None


def ensure_writable(folder: Path) -> None:
    """Raises `CannotStart` when the folder cannot take a megabyte."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        try:
            probe.write_bytes(bytes(_ROOM))
        finally:
            probe.unlink(missing_ok=True)
    except OSError as error:
        raise CannotStart(
            f"The folder {folder} cannot be written ({error.strerror}): make room there, "
            "or set SAAS_DATA_DIR to another one."
        ) from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Two runs over one folder would stop each other's database."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotStart(
                f"Another run uses {folder}: stop it by 'saas stop', or set SAAS_DATA_DIR to "
                "another folder."
            ) from error
        yield


def secret(folder: Path, name: str) -> str:
    """A secret of this folder, made when it is first asked for."""
    file = folder / "secrets" / name
    if not file.is_file():
        file.parent.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text()


def tell_terminals(folder: Path, ours: Mapping[str, str]) -> None:
    """Write down how commands in other terminals reach this run."""
    write_private(folder / _STATE, json.dumps(dict(ours)))


def forget(folder: Path) -> None:
    """Nothing runs here any more."""
    (folder / _STATE).unlink(missing_ok=True)


def write_private(file: Path, text: str) -> None:
    """Put ``text`` there whole or not at all, for the eyes of whoever runs this."""
    fresh = file.with_name(f".{file.name}")
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    fresh.replace(file)


def log_file(folder: Path) -> IO[bytes]:
    """What the processes say, for the eyes of whoever runs them."""
    file = folder / "saas.log"
    file.touch(mode=0o600)
    return file.open("ab")
