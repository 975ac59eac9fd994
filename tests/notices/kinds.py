"""Kinds of notices that only tests have; declared once a process, whoever imports them first."""

from __future__ import annotations

from saas.notices import words

DUE = words.declare(
    "tests.due", title="Due soon: %(what)s", text="Until %(until)s", urgent=True, asks=True
)
ANSWERED = words.declare("tests.answered", title="Answered: %(what)s")
PLAIN = words.declare("tests.plain", title="Something happened")
