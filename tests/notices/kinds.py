"""Kinds of notices that only tests have; declared once a process, whoever imports them first."""

from __future__ import annotations

from saas.notices import words

DUE = words.declare(
    "tests.due", title="即将到期：%(what)s", text="截止 %(until)s", urgent=True, asks=True
)
ANSWERED = words.declare("tests.answered", title="已答复：%(what)s")
PLAIN = words.declare("tests.plain", title="有新情况")
ASKED = words.declare(
    "tests.asked", title="请补充：%(what)s", asks=True,
    short="%(what)s需要您补充情况，请到%(site)s回答",
)  # fmt: skip
MOVED = words.declare("tests.moved", title="已转交：%(what)s", text="%(way)s", folds=True)
