"""Log lines tell what broke and never what somebody typed."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from saas.kernel import log

PERSONAL = "13812345678"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the root logger writes as a process has it; it is put back afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    log.configure()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(io.StringIO())
    yield handler.stream
    root.handlers = before
    root.setLevel(level)


@pytest.mark.parametrize(
    "sentence",
    [
        f"invalid literal for int() with base 10: '{PERSONAL}'",
        f'invalid input syntax for type bigint: "{PERSONAL}"',
        f'duplicate key value violates unique constraint "uq_people_login"\n'
        f"DETAIL:  Key (login)=({PERSONAL}) already exists.",
    ],
)
def test_an_error_is_logged_without_what_it_quotes(lines: io.StringIO, sentence: str) -> None:
    try:
        raise ValueError(sentence)
    except ValueError:
        logging.getLogger("x").exception("a request broke")
    line = lines.getvalue()
    assert PERSONAL not in line
    told = json.loads(line)["exception"][0]
    assert told["exc_type"] == "ValueError"
    assert told["frames"]
    assert ("uq_people_login" in told["exc_value"]) == ("uq_people_login" in sentence)
