"""What a district gives away: itself without its people, and the same bytes wherever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.demands import commands as demands
from saas.demands.commands import Deed, Intake
from saas.demands.knowledge import commands as knowledge_commands
from saas.demands.menu import queries as demand_queries
from saas.demands.settings import commands as settings_commands
from saas.kernel.context import SYSTEM
from saas.packages.library import commands as library_commands
from saas.packages.library import queries as library
from saas.packages.library.archive import unpack
from saas.packages.model import commands
from saas.packages.model import queries as model
from saas.packages.model.queries import Parts
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from tests.factories.districts import bring_up_first_edition
from tests.support import District, bring_up

#: Planted wherever somebody can type something about a person or a case.
SECRET = "机密赵某某"
PHONE = "13912345678"
LOGIN = "zhaosecret"
HEAD: dict[str, Any] = {
    "key": "given", "version": "1.0.0", "title": {"zh": "给出去的", "en": "Given"},
    "publisher": {"zh": "某区", "en": "A district"},
}  # fmt: skip


def plant(district: District) -> None:
    """Names, phones, logins, demands, replies, contacts of rooms and venues, of every kind."""
    admin, street = district.actor("admin"), district.unit("street")
    person = accounts.add_person(
        name=SECRET, login=LOGIN, phone=PHONE, home=district.unit("courtyard"), actor=SYSTEM
    )
    post = accounts.add_post(
        unit=street, role=people.role("room_keeper"), name={"zh": SECRET}, actor=SYSTEM
    )
    accounts.give_post(person, post, actor=SYSTEM)
    accounts.add_token(
        name=SECRET, unit=street, scopes=["territory:unit:view"], days=3, actor=admin
    )
    demand = demands.file_demand(
        category="rubbish", unit=district.unit("courtyard"), words=f"{SECRET} {PHONE}",
        submission="secret", intake=Intake(spot=SECRET), actor=district.actor("resident"),
    )  # fmt: skip
    steward = district.actor("courtyard")
    demands.act(demand, Deed("accept"), actor=steward)
    demands.act(demand, Deed("reply", reason=f"{SECRET} {PHONE}"), actor=steward)
    answer = knowledge_commands.write_answer(
        question=SECRET, answer=SECRET, category="rubbish", actor=admin
    )
    knowledge_commands.publish_answer(answer, read=True, actor=admin)
    rooms.add_venue(
        street, code="secret_venue", name={"zh": SECRET}, facts={"zh": f"{SECRET} {PHONE}"},
        area_m2=1, actor=SYSTEM,
    )  # fmt: skip
    for room in room_queries.structure_of(street).rooms:
        room.contact, room.keeper_id = f"{SECRET} {PHONE}", person.id


def bytes_of(parts: Parts) -> bytes:
    return commands.as_zip(parts)


def keep(app: Flask, parts: Parts) -> None:
    """Put it into the library, as the operator does."""
    with app.test_request_context():
        edition = library_commands.open_archive(bytes_of(parts), "sent.zip")
        known = app.extensions["saas"].domains.permissions
        library_commands.keep(edition, permissions=known, actor=SYSTEM)


@pytest.fixture(autouse=True)
def _library(app: Flask, tmp_path: Path) -> Iterator[None]:
    """A library of its own: what is kept here is nobody else's."""
    before = app.config["SAAS"]
    app.config["SAAS"] = replace(before, data_dir=tmp_path)
    yield
    app.config["SAAS"] = before


def test_no_byte_of_an_export_tells_of_a_person(alpha: District) -> None:
    with alpha.work():
        plant(alpha)
        found = bytes_of(commands.export(**HEAD, actor=alpha.actor("admin")))
        names = [*alpha.people, LOGIN, PHONE, PHONE[3:7], SECRET, "alphastreet", "alpha", "secret"]
    files, faults = unpack(found, library.names())
    assert faults == []
    text = b"".join(files.values()).decode()
    for secret in {*names} - {"admin", "officer", "street", "community", "compound", "courtyard",
                              "keeper", "auditor", "resident", "neighbour"}:  # fmt: skip
        assert secret not in text, secret
        assert secret.encode() not in found


def test_an_export_installed_elsewhere_and_exported_again_gives_the_same_bytes(
    app: Flask, alpha: District
) -> None:
    with alpha.work():
        row = demand_queries.category("rubbish")
        admin = alpha.actor("admin")
        settings_commands.CATEGORIES.change(
            row, name={"zh": "咱的垃圾"}, hint=row.hint, open_to_neighbours=False, actor=admin
        )
        settings_commands.CATEGORIES.retire(demand_queries.category("pests"), actor=admin)
        first = commands.export(**HEAD, actor=admin)
    assert first["package"]["based_on"] == {"key": "1519", "version": "3.0.0"}
    keep(app, first)
    elsewhere = bring_up(app, "elsewhere", package="given")
    with elsewhere.work():
        assert model.own_changes().entries == ()
        again = commands.export(**HEAD, actor=elsewhere.actor("admin"))
        assert bytes_of(again) == bytes_of(first)
        assert model.takeable() == []


def test_who_began_with_an_export_takes_an_edition_of_what_it_is_based_on(
    app: Flask, alpha: District
) -> None:
    """Longjing's own district, replicated, then upgraded to the second edition of 1519."""
    old = bring_up_first_edition(app, "oldone")
    with old.work():
        row = demand_queries.category("rubbish")
        settings_commands.CATEGORIES.change(
            row, name={"zh": "咱的垃圾", "en": "Our rubbish"}, hint=row.hint,
            open_to_neighbours=True, actor=old.actor("admin"),
        )  # fmt: skip
        parts = commands.export(**{**HEAD, "key": "longjing"}, actor=old.actor("admin"))
    keep(app, parts)
    replica = bring_up(app, "replica", package="longjing")
    with replica.work():
        assert [(each.key, each.version) for each in model.takeable()] == [
            ("1519", "3.0.0"), ("1519", "2.0.0"), ("1519", "1.1.0"),
        ]  # fmt: skip
        commands.upgrade("1519", "2.0.0", actor=replica.actor("admin"))
        assert demand_queries.category("rubbish").name["zh"] == "咱的垃圾"
        assert demand_queries.category("pavements").name["zh"] == "道路与出行"
        assert model.installed().key == "1519"
        commands.undo(actor=replica.actor("admin"))
        assert model.installed().key == "longjing"
