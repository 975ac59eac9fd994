"""Other sides for the tests: a mail server and a web server on the loopback, in threads."""

from __future__ import annotations

import http.server
import json
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any


@dataclass
class MailBox:
    """What a mail server took, and the answer that it gives to a recipient."""

    port: int = 0
    answer: str = "250 OK"
    taken: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address as a setting."""
        return f"smtp://127.0.0.1:{self.port}"


class _Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as a sender needs."""

    box: MailBox

    def handle(self) -> None:
        """Answer line by line until the sender leaves."""
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self._say("354 go on")
                self._take()
            elif verb == b"RCPT":
                self._say(self.box.answer)
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 OK")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = message_from_bytes(b"".join(lines), policy=default)
        assert isinstance(letter, EmailMessage)
        self.box.taken.append(letter)
        self._say("250 taken")


class _Quiet:
    """A caller that hangs up in the middle is what some tests are about."""

    def handle_error(self, request: object, address: object) -> None:
        """Say nothing."""


class _Mails(_Quiet, socketserver.ThreadingTCPServer):
    """A thread for each sender."""


class _Halls(_Quiet, http.server.ThreadingHTTPServer):
    """A thread for each caller."""


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None) -> Iterator[MailBox]:
    """A mail server until the end of the block."""
    box = MailBox()
    handler = type("Talk", (_Talk,), {"box": box})
    with _serving(_Mails(("127.0.0.1", 0), handler), tls) as port:
        box.port = port
        yield box


@dataclass
class Hall:
    """What a web server was sent, and the status that it answers."""

    port: int = 0
    status: int = 200
    answer: bytes = b""
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is called."""
        return f"http://127.0.0.1:{self.port}/hook?from=saas"

    def given(self) -> dict[str, Any]:
        """The newest body, read as JSON."""
        return dict(json.loads(self.calls[-1][2]))


@contextmanager
def web_server(tls: ssl.SSLContext | None = None) -> Iterator[Hall]:
    """A web server until the end of the block."""
    hall = Hall()

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            hall.calls.append((self.path, dict(self.headers), self.rfile.read(size)))
            self.send_response(hall.status)
            self.send_header("Location", f"http://127.0.0.1:{hall.port}/elsewhere")
            self.send_header("Content-Length", str(len(hall.answer)))
            self.end_headers()
            self.wfile.write(hall.answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with _serving(_Halls(("127.0.0.1", 0), Answer), tls) as port:
        hall.port = port
        yield hall


@contextmanager
def _serving(server: socketserver.TCPServer, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    if tls:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
