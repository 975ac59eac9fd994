"""Other systems that call about demands, each with its token."""

from __future__ import annotations

from typing import Any

from saas.demands.domain import DOMAIN
from tests.api.conftest import Program, program
from tests.support import District

WORDS = "院门口垃圾两天没有清运"
FILED = {"category": "rubbish", "unit": "courtyard_one", "words": WORDS}
ALL = (*DOMAIN.permissions[0].permissions, "territory:unit:view")


def clerk(district: District, unit: str = "root", *scopes: str, name: str = "网格系统") -> Program:
    """A system that may do everything with demands at a unit, or only what ``scopes`` say."""
    return program(district, *(scopes or ALL), unit=unit, name=name)


def enter(caller: Program, key: str | None = None, **body: Any) -> str:
    """Enter a demand; its code."""
    headers = {"Idempotency-Key": key} if key else {}
    answer = caller.call("POST", "/demands", headers, json={**FILED, **body})
    assert answer.status_code == 201, answer.text
    code: str = answer.json["code"]  # type: ignore[index]
    return code


def act(caller: Program, demand: str, verb: str, /, **said: Any) -> tuple[int, Any]:
    """One act: status and body."""
    answer = caller.call("POST", f"/demands/{demand}/acts", json={"verb": verb, **said})
    return answer.status_code, answer.json
