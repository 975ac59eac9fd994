"""Who carries short texts: a provider behind signed HTTP, or the outbox that keeps them.

The other side is given one JSON object a message and answers with a number: any of the 200s means
that it was taken, 409 with ``{"code": "no_grant"}`` that its reader gave no permission, another of
the 400s that it never will be, all else that it may be later. A message that comes twice has the
same ``key``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import orjson

from saas.kernel import clock
from saas.notices import rules
from saas.notices.channels import (
    Channel,
    Message,
    Null,
    Text,
    Undeliverable,
    faults_said,
    posted,
    target_of,
)

#: Answers of the 400s after which trying again can help.
_LATER: Final = {408, 425, 429}


@dataclass(frozen=True, slots=True)
class Line:
    """A provider as a process uses it: where it is, and with which key requests are signed."""

    url: str
    key_id: str
    secret: str


class SignedHttp:
    """A provider behind signed requests; with ``private`` also inside, also without TLS."""

    traps = False

    def __init__(self, line: Line, *, private: bool) -> None:
        self._line, self._private = line, private

    def send(self, message: Message) -> None:
        """Hand a text over; raises `Undeliverable`."""
        if not isinstance(message, Text):
            raise TypeError(type(message))
        url, body = urlsplit(self._line.url), body_of(message)
        with faults_said(url, private=self._private):
            headers = headers_of(self._line, "POST", target_of(url), body)
            status, answer = posted(url, body, headers, private=self._private)
        _judge(status, answer)


def body_of(text: Text) -> bytes:
    """The JSON object that the other side is given."""
    values = {
        "key": text.key,
        "to": text.to,
        "template": text.template,
        "signature": text.signature,
        "text": text.text,
        "values": dict(text.values),
    }
    return orjson.dumps(values, option=orjson.OPT_SORT_KEYS)


def headers_of(line: Line, method: str, path: str, body: bytes) -> dict[str, str]:
    """What proves a request: which key, when, and the signature over all that is in it."""
    stamp = int(clock.now().timestamp())
    signature = rules.request_signature(line.secret, method, path, stamp, body)
    return {
        "Content-Type": "application/json",
        "User-Agent": "saas-1519",
        "Connection": "close",
        "X-Key-Id": line.key_id,
        "X-Timestamp": str(stamp),
        "X-Signature": signature,
    }


def _judge(status: int, answer: bytes) -> None:
    if 200 <= status < 300:
        return
    if status == 409 and _code(answer) == "no_grant":
        raise Undeliverable("no_grant", retry=False)
    if 300 <= status < 400:
        raise Undeliverable("redirected", status, retry=False)
    if status in {401, 403}:
        raise Undeliverable("sign_in_refused", status, way=True)
    raise Undeliverable("refused", status, retry=status >= 500 or status in _LATER)


def _code(answer: bytes) -> object:
    try:
        said = orjson.loads(answer)
    except orjson.JSONDecodeError:
        return None
    return said.get("code") if isinstance(said, dict) else None


def carrier(line: Line | None, *, private: bool) -> Channel:
    """The way out for short texts; without a line they are kept."""
    return SignedHttp(line, private=private) if line else Null()
