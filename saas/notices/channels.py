"""Ways out of the house, behind one interface: mail, calls to webhooks, and a way that traps all.

A channel is given a finished message and either returns, which means that the other side has taken
it, or raises `Undeliverable` with a reason that is a word of `words.FAULT`. Nothing here touches
the database, and no reason holds an address or a word of the message.
"""

from __future__ import annotations

import http.client
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr
from typing import Final, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from saas.kernel import clock
from saas.kernel.context import Tenant
from saas.notices import rules
from saas.settings import Settings

#: Seconds that the other side has, for each step of a mail and for the whole of a call.
_PATIENCE: Final = 10.0
_STARTTLS: Final = "smtp+starttls"
#: Answers after which calling again makes no sense.
_GONE: Final = 410


class Undeliverable(Exception):
    """A message was not taken. ``retry``: later it may be; ``way``: no other would get through now.

    ``reason`` is a word of `words.FAULT`, ``answer`` the other side's number, where it gave one.
    """

    def __init__(
        self, reason: str, answer: int | None = None, *, retry: bool = True, way: bool = False
    ) -> None:
        self.reason, self.answer, self.retry, self.way = reason, answer, retry, way
        super().__init__(reason)


class NotNeeded(Exception):
    """When its turn came there was nothing to send any more; ``state`` says how it ends."""

    def __init__(self, reason: str, state: str = "spared") -> None:
        self.reason, self.state = reason, state
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one person, in that person's language. ``sender`` is the name it comes from."""

    key: str
    to: str
    subject: str
    text: str
    sender: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A call to a webhook: ``body`` is JSON, ``attempt`` counts from 1."""

    key: str
    to: str
    event: str
    body: bytes
    secret: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Text:
    """A short text to a telephone number, or to who somebody is to the official account (``to``).

    ``template`` is the number it was filed under, ``values`` what fills its slots.
    """

    key: str
    to: str
    template: str
    signature: str
    text: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> str:
        """What the telephone shows."""
        return rules.signed_text(self.signature, self.text)


Message = Mail | Call | Text


class Channel(Protocol):
    """A way out. ``traps``: what goes in stays inside and can be looked at."""

    traps: bool

    def send(self, message: Message) -> None:
        """Hand ``message`` over; raises `Undeliverable`."""


class Null:
    """Nothing leaves: for demo districts, and where no mail server is set."""

    traps = True

    def send(self, message: Message) -> None:
        """Take it and keep it."""


def channel_for(name: str, settings: Settings, tenant: Tenant) -> Channel:
    """The channel ``mail`` or ``webhook`` as this district has it."""
    if tenant.is_demo:
        return Null()
    if name == "webhook":
        return Webhooks(private=settings.webhook_private)
    if settings.smtp_url and settings.mail_from:
        return SmtpMail(settings.smtp_url, settings.mail_from)
    return Null()


class SmtpMail:
    """Mail by a server: ``smtps://``, ``smtp+starttls://`` or, inside a trusted net, ``smtp://``."""

    traps = False

    def __init__(self, url: str, sender: str) -> None:
        self._url, self._sender = urlsplit(url), parseaddr(sender)[1]

    def send(self, message: Message) -> None:
        """Hand a mail to the server; it may still come back from further on."""
        if not isinstance(message, Mail):
            raise TypeError(type(message))
        try:
            with self._server() as server:
                server.send_message(self._written(message))
        except (smtplib.SMTPException, OSError) as error:
            raise _mail_fault(error) from None

    def _server(self) -> smtplib.SMTP:
        url, trust = self._url, ssl.create_default_context()
        host = url.hostname or ""
        server: smtplib.SMTP
        if url.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, url.port or 465, timeout=_PATIENCE, context=trust)
        else:
            server = smtplib.SMTP(host, url.port or 587, timeout=_PATIENCE)
        try:
            if url.scheme == _STARTTLS:
                server.starttls(context=trust)
            if url.username:
                _sign_in(server, unquote(url.username), unquote(url.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _written(self, mail: Mail) -> EmailMessage:
        letter = EmailMessage(policy=SMTP_POLICY)
        letter["From"] = Address(mail.sender, addr_spec=self._sender)
        letter["To"] = Address(addr_spec=mail.to)
        letter["Subject"] = " ".join(mail.subject.split())
        letter["Date"] = format_datetime(clock.now())
        letter["Message-ID"] = f"<{mail.key}@{self._sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        if mail.urgent:
            letter["Importance"] = "high"
        letter.set_content(mail.text)
        return letter


def _sign_in(server: smtplib.SMTP, user: str, password: str) -> None:
    try:
        server.login(user, password)
    except smtplib.SMTPNotSupportedError:
        raise Undeliverable("sign_in_refused", way=True) from None


def _mail_fault(error: Exception) -> Undeliverable:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answer = next(iter(error.recipients.values()))[0]
        return Undeliverable("address_refused", answer, retry=answer < 500)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Undeliverable("sign_in_refused", error.smtp_code, way=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return Undeliverable("refused", error.smtp_code, retry=error.smtp_code < 500)
    if isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return Undeliverable("insecure", way=True)
    if isinstance(error, TimeoutError):
        return Undeliverable("too_slow", way=True)
    return Undeliverable("unreachable", way=True)


class Webhooks:
    """Calls over HTTPS into the open internet; with ``private`` also inside, also without TLS."""

    traps = False

    def __init__(self, *, private: bool) -> None:
        self._private = private

    def send(self, message: Message) -> None:
        """Post the body, signed; any answer of the 200s means that it was taken."""
        if not isinstance(message, Call):
            raise TypeError(type(message))
        url = urlsplit(message.to)
        with faults_said(url, private=self._private):
            status = self._post(url, message)
        _judge(status)

    def _post(self, url: SplitResult, call: Call) -> int:
        return posted(url, call.body, headers_of(call), private=self._private)[0]


#: More of an answer than this is not read.
_ANSWER_MAX: Final = 4096


def posted(
    url: SplitResult, body: bytes, headers: Mapping[str, str], *, private: bool
) -> tuple[int, bytes]:
    """Post ``body``; the number and the beginning of the answer."""
    return asked("POST", url, body, headers, private=private, most=_ANSWER_MAX)


def asked(
    method: str,
    url: SplitResult,
    body: bytes | None,
    headers: Mapping[str, str],
    *,
    private: bool,
    most: int,
) -> tuple[int, bytes]:
    """Ask one that somebody has named: no further than ``private`` allows, no longer than our
    patience, no redirect followed; the number and ``most`` bytes of the answer.
    """
    line = _Line(url, private=private)
    with closing(line), _deadline(line):
        line.request(method, target_of(url), body, dict(headers))
        answer = line.getresponse()
        return answer.status, answer.read(most)


def target_of(url: SplitResult) -> str:
    """The path of an address, as a request names it."""
    return (url.path or "/") + (f"?{url.query}" if url.query else "")


@contextmanager
def faults_said(url: SplitResult, *, private: bool) -> Iterator[None]:
    """Inside, what goes wrong on the way to ``url`` is `Undeliverable`."""
    if url.scheme != "https" and not private:
        raise Undeliverable("insecure", retry=False, way=True)
    try:
        yield
    except TimeoutError:
        raise Undeliverable("too_slow", way=True) from None
    except ssl.SSLError:
        raise Undeliverable("insecure", way=True) from None
    except (OSError, http.client.HTTPException):
        raise Undeliverable("unreachable", way=True) from None


def headers_of(call: Call) -> dict[str, str]:
    """What a call carries besides its body. ``X-Saas-Delivery`` is the same for every attempt."""
    stamp = int(clock.now().timestamp())
    return {
        "Content-Type": "application/json",
        "User-Agent": "saas-1519-webhook",
        "Connection": "close",
        "X-Saas-Event": call.event,
        "X-Saas-Delivery": call.key,
        "X-Saas-Attempt": str(call.attempt),
        "X-Saas-Timestamp": str(stamp),
        "X-Saas-Signature": f"sha256={rules.signature(call.secret, stamp, call.body)}",
    }


def _judge(status: int) -> None:
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        raise Undeliverable("redirected", status, retry=False)
    raise Undeliverable("refused", status, retry=status != _GONE)


class _Line(http.client.HTTPConnection):
    """A connection to an address that was looked at before anything was sent to it.

    The name is resolved once, here; a name that leads elsewhere a moment later changes nothing.
    """

    def __init__(self, url: SplitResult, *, private: bool) -> None:
        self._tls = url.scheme == "https"
        self._private = private
        super().__init__(
            url.hostname or "", url.port or (443 if self._tls else 80), timeout=_PATIENCE
        )

    def connect(self) -> None:
        """Connect to the first address that may be called and answers."""
        raw = self._reached()
        if self._tls:
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)
        self.sock = self.raw = raw

    def _reached(self) -> socket.socket:
        failed: OSError = ConnectionError("no address")
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        open_to_us = [one for one in found if self._private or rules.is_public(str(one[4][0]))]
        if not open_to_us:
            raise Undeliverable("private_address", retry=False, way=True)
        for family, kind, protocol, _name, address in open_to_us:
            raw = socket.socket(family, kind, protocol)
            raw.settimeout(_PATIENCE)
            try:
                raw.connect(address)
            except OSError as error:
                raw.close()
                failed = error
            else:
                return raw
        raise failed


@contextmanager
def _deadline(line: _Line) -> Iterator[None]:
    """Hang up after `_PATIENCE` seconds, however slowly the other side keeps talking."""
    rung = threading.Event()

    def hang_up() -> None:
        rung.set()
        raw = getattr(line, "raw", None)
        if raw is not None:
            raw.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(_PATIENCE, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        raise TimeoutError if rung.is_set() else error from None
    finally:
        timer.cancel()
