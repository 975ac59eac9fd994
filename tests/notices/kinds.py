"""Kinds of notices that only tests have; declared once a process, whoever imports them first."""

from __future__ import annotations

from saas.notices import words

DUE = words.declare(
    "tests.due", title="即将到期：%(what)s", text="截止 %(until)s", urgent=True, asks=True
)
ANSWERED = words.declare("tests.answered", title="已答复：%(what)s")
PLAIN = words.declare("tests.plain", title="有新情况")
