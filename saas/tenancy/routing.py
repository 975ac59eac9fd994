"""Which district a request is for: by trusted host, then subdomain, then the path ``/d/<code>/``.

Never from a header that a client may choose, a cookie or the query. What is looked up is
remembered for a moment per process, misses too, so a flood of invented names costs the database
nothing; a change made in this process is forgotten at once.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from saas.kernel import context
from saas.kernel.context import Hub, Scope, entering
from saas.kernel.db import session
from saas.kernel.unseen import as_pasted
from saas.settings import Settings
from saas.tenancy import queries, rules
from saas.tenancy.events import tenant_changed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)
#: A line break in an address is part of it, so that it is answered by the district that was asked.
_PATH = re.compile(r"/d/([^/]{1,64})(/.*|$)", re.DOTALL)
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """A district that cannot be served now: the status to answer, its state and why; ``instead`` is
    the address of the one that was probably meant, or of the one that was ``renamed``.
    """

    status: int
    state: str = "unknown"
    reason: str | None = None
    retry_after: int | None = None
    instead: str | None = None
    renamed: context.Tenant | None = None


Found = context.Tenant | Refusal
#: While the database does not answer nobody knows which districts there are.
_AWAY = Refusal(503, "unavailable", retry_after=30)


class Registry:
    """Remembers for ``seconds`` which handle or host leads where. One for each app."""

    def __init__(self, app: Flask, hub: Hub, seconds: float) -> None:
        self._app, self._hub, self._seconds = app, hub, seconds
        self._known: dict[tuple[str, str], tuple[float, Found | None]] = {}
        self._lock = threading.Lock()
        tenant_changed.connect(self._forget, weak=True)

    def by_code(self, code: str) -> Found | None:
        """The district with this handle."""
        return self._look("code", code) if rules.usable_code(code) else None

    def by_old_code(self, code: str) -> Found | None:
        """The district that had this handle before."""
        return self._look("old", code) if rules.usable_code(code) else None

    def by_host(self, host: str) -> Found | None:
        """The district with this custom domain."""
        return self._look("host", host)

    def by_schema(self, name: str) -> Scope | None:
        """The scope of a job; districts that may not work now are not found."""
        if name == self._hub.key:
            return self._hub
        found = self._look("schema", name)
        return found if isinstance(found, context.Tenant) else None

    def _look(self, how: str, name: str) -> Found | None:
        now, key = time.monotonic(), (how, name)
        known = self._known.get(key)
        if known and known[0] > now:
            return known[1]
        found = self._read(how, name)
        with self._lock:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = (now + self._seconds, found)
        return found

    def _read(self, how: str, name: str) -> Found | None:
        find: Callable[[str], Any] = {
            "code": queries.find_by_code,
            "old": queries.find_by_old_code,
            "host": queries.find_by_host,
            "schema": queries.find_by_schema,
        }[how]
        with self._app.app_context(), entering(self._hub):
            row = find(name)
            found = _answer(row) if row else None
            session.rollback()
            return found

    def _forget(self, sender: object, **_: object) -> None:
        with self._lock:
            self._known.clear()


def _answer(row: Any) -> Found:
    routing = rules.ROUTING[row.state]
    if routing.status == 200:
        return queries.as_scope(row)
    return Refusal(routing.status, row.state, row.state_reason, routing.retry_after)


class Dispatch:
    """WSGI middleware: enters the scope of the request and takes the prefix off its path."""

    def __init__(
        self, inner: WSGIApplication, registry: Registry, hub: Hub, settings: Settings
    ) -> None:
        self._inner, self._registry, self._hub = inner, registry, hub
        self._base = settings.base_domain

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _could_be_a_name(environ):
            return _no_such_name(start_response)
        found = self._resolve(environ)
        if isinstance(found, Refusal):
            environ["saas.refusal"] = found
        scope = found if isinstance(found, context.Tenant) else self._hub
        with entering(scope):
            return self._inner(environ, start_response)

    def _resolve(self, environ: WSGIEnvironment) -> Found | Hub:
        if environ.get("PATH_INFO") == "/healthz":  # of this process, by whatever name
            return self._hub
        try:
            return self._find(environ)
        except (OperationalError, PoolTimeout) as error:
            _log.error("the registry cannot be read: %s", type(error).__name__)
            return _AWAY

    def _find(self, environ: WSGIEnvironment) -> Found | Hub:
        host = _host(environ)
        if self._base and host != self._base:
            if host.endswith(f".{self._base}"):
                return self._by_label(environ, host[: -len(self._base) - 1])
            return self._registry.by_host(host) or Refusal(404)
        if not self._base and (found := self._registry.by_host(host)):
            return found
        return self._by_path(environ)

    def _by_label(self, environ: WSGIEnvironment, label: str) -> Found:
        """By the name before that of the service; the old one leads on."""
        found, old = self._registry.by_code(label), self._registry.by_old_code
        if found is not None or (found := old(label)) is None or not _only_asks(environ):
            return found or Refusal(404)
        if isinstance(found, Refusal):
            return found
        port = _port(environ)
        site = f"{found.code}.{self._base}" + (f":{port}" if port else "")
        at = quote(
            environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""), encoding="latin-1"
        )
        return Refusal(404, instead=f"{environ['wsgi.url_scheme']}://{site}{at}")

    def _by_path(self, environ: WSGIEnvironment) -> Found | Hub:
        match = _PATH.fullmatch(environ.get("PATH_INFO", ""))
        if match is None:
            # Both planes have a first page at "/"; the hub's has an address of its own inside.
            if environ.get("PATH_INFO") == "/":
                environ["PATH_INFO"] = "/hub/welcome"
            return self._hub
        code, rest = match.groups()
        before = environ.get("SCRIPT_NAME", "")
        environ["SCRIPT_NAME"] = f"{before}/d/{code}"
        environ["PATH_INFO"] = rest or "/"
        if (found := self._registry.by_code(code)) is not None:
            return found
        if (found := self._registry.by_old_code(code)) is not None:
            return _moved(environ, found, before, rest)
        return Refusal(404, instead=self._meant(before, code, rest))

    def _meant(self, before: str, code: str, rest: str) -> str | None:
        """The address of the district that was meant, where a telephone began its code with a
        capital or a full stop was pasted behind it; it is looked up like any other.
        """
        plain = as_pasted(code.encode("latin-1").decode("utf-8", "replace")).lower()
        found = self._registry.by_code(plain) if plain != code else None
        return quote(f"{before}/d/{plain}{rest}", encoding="latin-1") if found else None


def _only_asks(environ: WSGIEnvironment) -> bool:
    return environ.get("REQUEST_METHOD") in {"GET", "HEAD"}


def _moved(environ: WSGIEnvironment, found: Found, before: str, rest: str) -> Found:
    """A district under a code that it had before. Who asks is sent on, with what the browser keeps
    of it; what is sent is taken where it came from: a form was filled in under that address.
    """
    if isinstance(found, Refusal) or not _only_asks(environ):
        return found
    at = quote(f"{before}/d/{found.code}{rest}", encoding="latin-1")
    return Refusal(404, instead=at, renamed=found)


def _host(environ: WSGIEnvironment) -> str:
    """The host without port, lower case; ``Host`` only, never a forwarded header."""
    host: str = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
    return host.rsplit(":", 1)[0].strip("[]").rstrip(".").lower()


def _port(environ: WSGIEnvironment) -> str:
    """The port in ``Host``, empty where none is; what is no number there is left out of addresses:
    behind a name it could make one of quite another host.
    """
    port = environ.get("HTTP_HOST", "").partition(":")[2]
    return port if port.isascii() and port.isdecimal() else ""


def _could_be_a_name(environ: WSGIEnvironment) -> bool:
    """Whether addresses can be built on the host at all; a label has 63 letters at most."""
    try:
        environ.get("HTTP_HOST", "").partition(":")[0].encode("idna")
    except UnicodeError:
        return False
    return True


def _no_such_name(start_response: StartResponse) -> Iterable[bytes]:
    """The one answer that no page stands behind: not even a link could be made."""
    kind = [("Content-Type", "text/plain"), ("X-Content-Type-Options", "nosniff")]
    start_response("400 Bad Request", kind)
    return [b"There is nothing by this name.\n"]
