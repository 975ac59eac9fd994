"""Organisations as tests need them: made by the commands that people use."""

from __future__ import annotations

from typing import Any

from saas.organisations import commands, queries
from saas.organisations.commands import Deed
from saas.organisations.models import Organisation
from tests.support import District

USCC = "91110000600037341L"


def started(district: District, who: str = "resident", **given: Any) -> Organisation:
    """A dance group of the courtyard, proposed."""
    values = {
        "type": "community_organisation", "name": {"zh": "坝坝舞队（示例）"},
        "purpose": "晚饭后一起跳舞。", "unit": district.unit("courtyard"), "members": 9,
    }  # fmt: skip
    return commands.start(**{**values, **given}, actor=district.actor(who))


def act(district: District, group: Organisation, verb: str, who: str, **given: Any) -> None:
    """One act."""
    commands.act(group, Deed(verb=verb, **given), actor=district.actor(who))


def filed(district: District, **given: Any) -> Organisation:
    """The same, advised by the community and filed by the street."""
    group = started(district, **given)
    act(district, group, "advise", "community", reason="支持")
    act(district, group, "file", "street", number="龙街备〔2026〕1号")
    return group


def growing(district: District, **given: Any) -> Organisation:
    """The same, incubated: asked by the street, confirmed by the district."""
    group = filed(district, **given)
    twice(district, group, "enter")
    return group


def twice(district: District, group: Organisation, verb: str, **given: Any) -> None:
    """An act that two people decide."""
    act(district, group, verb, "street", **given)
    act(district, group, verb, "officer")


def verbs(group: Organisation) -> list[str]:
    """The story in verbs."""
    return [one.verb for one in queries.story_of(group)]
