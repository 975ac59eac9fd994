"""What somebody types or pastes is what they see: through the doors that people use."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from saas.accounts import commands as accounts
from saas.accounts.models import Person
from saas.demands.case.models import Demand
from saas.kernel.db import session
from tests.support import PASSWORD, District

#: A whole text for the words of a demand, as a browser sends it: line breaks are CR and LF.
_MOST = 2000


def _file(district: District, words: str, key: str) -> int:
    resident = district.client("resident")
    path = "/demands/new/rubbish/courtyard_one"
    fields = {
        "words": words, "submission": key.ljust(20, "x"), "looked": "1",
        "category": "rubbish", "unit": "courtyard_one",
    }  # fmt: skip
    return resident.post(path, form=path, **fields).status_code


def _words(district: District) -> list[str]:
    with district.work():
        return list(session.scalars(sa.select(Demand.words).order_by(Demand.id)))


def test_a_line_break_counts_once_as_the_browser_counts_it(alpha: District) -> None:
    lines = "\r\n".join(["字" * 49] * 40) + "字"
    assert len(lines.replace("\r\n", "\n")) == _MOST
    assert _file(alpha, lines, "fits") == 302
    assert _words(alpha) == [lines.replace("\r\n", "\n")]
    assert _file(alpha, f"{lines}多", "too-long") == 422


@pytest.mark.parametrize("words", ["\u200b\u200b", "\u3000 \u200e", "\u2800", "\u3164\u3164"])
def test_words_in_which_nothing_can_be_seen_file_no_demand(alpha: District, words: str) -> None:
    assert _file(alpha, words, "blank") == 422
    assert _words(alpha) == []


def test_what_holds_an_emoji_together_is_kept_and_what_hides_is_not(alpha: District) -> None:
    assert _file(alpha, "👩\u200d👩\u200d👧 路灯\u202e不亮", "emoji") == 302
    assert _words(alpha) == ["👩\u200d👩\u200d👧 路灯不亮"]


@pytest.mark.parametrize(
    "typed",
    ["\u202d13800138111\u202c", "13800138111\u200e", "8613800138111", "\ufeff138 0013 8111",
     "１３８００１３８１１１"],
)  # fmt: skip
def test_a_number_that_was_pasted_opens_the_door(alpha: District, typed: str) -> None:
    with alpha.work():
        person = session.get_one(Person, alpha.people["street"])
        accounts.change_person(
            person,
            name=person.name,
            login="street",
            phone="13800138111",
            actor=alpha.actor("admin"),
        )
    answer = alpha.client().post("/sign-in", login=typed, password=PASSWORD)
    assert answer.status_code == 302


def test_a_login_that_was_pasted_opens_the_door_and_a_password_stays_as_it_is(
    alpha: District,
) -> None:
    visitor = alpha.client()
    assert (
        visitor.post("/sign-in", login="\u202dstreet\u202c", password=PASSWORD).status_code == 302
    )
    secret = "a secret with \u200b in it"
    own = alpha.client("street")
    changed = own.post("/me/password", form="/me", old=PASSWORD, new=secret)
    assert changed.status_code == 302, changed.text
    assert alpha.client().post("/sign-in", login="street", password=secret).status_code == 302
