"""A running district takes an upgrade and keeps its edits; two at once; taking it back."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from saas.accounts import queries as people
from saas.demands import commands as demands
from saas.demands import queries as demand_queries
from saas.demands.menu import queries as menu
from saas.demands.menu.models import Category
from saas.demands.settings import commands as settings_commands
from saas.kernel.audit import AuditEntry
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from saas.packages.events import package_changed
from saas.packages.items import items
from saas.packages.library import queries as library
from saas.packages.library.queries import BadPackage
from saas.packages.model import commands
from saas.packages.model import queries as model
from saas.packages.model.commands import Meanwhile
from saas.packages.model.rules.merge import OURS, THEIRS
from tests.factories.districts import bring_up_bare, bring_up_first_edition
from tests.packages.edits import edited
from tests.support import District

NEW = ("1519", "2.0.0")
NEWEST = ("1519", "3.0.0")
NAME = {"zh": "路与井盖", "en": "Our roads"}


@pytest.fixture(scope="module")
def _first(app: Flask) -> District:
    return bring_up_first_edition(app, "first")


@pytest.fixture
def first(_districts: Any, _first: District) -> District:
    """A district made from the first edition of 1519."""
    return _first


@pytest.fixture
def at_work(first: District) -> Iterator[District]:
    """The same with the work in it begun."""
    with first.work():
        yield first


def rename_roads(district: District) -> None:
    """The edit of this district that the new edition also makes, otherwise."""
    row = menu.category("pavements")
    settings_commands.CATEGORIES.change(
        row, name=NAME, hint=row.hint, open_to_neighbours=True, actor=district.actor("admin")
    )


QUESTION = "demands/categories/pavements#name"


def test_the_new_edition_is_offered_and_taken_whole_by_a_district_without_edits(
    at_work: District,
) -> None:
    admin = at_work.actor("admin")
    assert [(each.key, each.version) for each in model.takeable()] == [
        NEWEST,
        NEW,
        ("1519", "1.1.0"),
    ]
    proposal = model.plan_upgrade(*NEW)
    assert (proposal.open, proposal.faults, proposal.own_faults) == ([], (), ())
    heard: list[dict[str, Any]] = []
    with package_changed.connected_to(lambda _, **facts: heard.append(facts)):
        change = commands.upgrade(*NEW, actor=admin)
    theirs = library.read_package(*NEW[:1], version=NEW[1]).parts()
    assert model.current() == theirs
    assert change.after == theirs
    assert heard == [{"kind": "upgrade", "key": "1519", "version": "2.0.0"}]
    assert [(each.key, each.version) for each in model.takeable()] == [NEWEST]
    assert model.own_changes().entries == ()
    noted = session.scalar(sa.select(AuditEntry).where(AuditEntry.action == "packages.upgrade"))
    assert noted is not None
    assert noted.facts["version"] == "2.0.0"


def test_edits_of_the_district_are_kept_and_a_conflict_waits_for_a_decision(
    at_work: District,
) -> None:
    admin = at_work.actor("admin")
    rename_roads(at_work)
    with pytest.raises(Invalid) as error:
        commands.upgrade(*NEW, actor=admin)
    assert set(error.value.errors) == {QUESTION}
    commands.decide(*NEW, choices={QUESTION: OURS, "no/such#thing": OURS}, actor=admin)
    assert model.plan_upgrade(*NEW).open == []
    commands.upgrade(*NEW, actor=admin)
    row = menu.category("pavements")
    assert row.name == NAME
    assert row.hint["zh"].startswith(
        "路面和井盖、台阶、斑马线"
    )  # the package's, which is no conflict
    assert [entry.path for entry in model.own_changes().entries] == ["demands/categories/pavements"]


def test_a_decision_falls_when_what_it_was_made_about_changes(at_work: District) -> None:
    admin = at_work.actor("admin")
    rename_roads(at_work)
    commands.decide(*NEW, choices={QUESTION: THEIRS}, actor=admin)
    row = menu.category("pavements")
    settings_commands.CATEGORIES.change(
        row, name={"zh": "又改", "en": "Again"}, hint=row.hint, open_to_neighbours=True, actor=admin
    )
    proposal = model.plan_upgrade(*NEW)
    assert proposal.open == [QUESTION]
    assert proposal.tally.moved == (QUESTION,)


def test_who_looked_before_somebody_edited_is_told_what_changed(at_work: District) -> None:
    admin = at_work.actor("admin")
    seen = model.plan_upgrade(*NEW).marks
    rename_roads(at_work)
    with pytest.raises(Meanwhile) as error:
        commands.upgrade(*NEW, seen=seen, actor=admin)
    assert error.value.paths == ["demands/categories/pavements"]
    assert model.installed_row().version == "1.0.0"


def test_an_upgrade_can_be_taken_back_with_all_edits_made_since(at_work: District) -> None:
    admin = at_work.actor("admin")
    before = model.current()
    commands.upgrade(*NEW, actor=admin)
    row = menu.category("rubbish")
    settings_commands.CATEGORIES.change(
        row, name=NAME, hint=row.hint, open_to_neighbours=True, actor=admin
    )
    change = commands.undo(actor=admin)
    after = items(model.current())
    assert after["demands", "categories", "rubbish"].fields["name"] == NAME
    changed = {address for address, item in items(before).items() if after.get(address) != item}
    assert changed == {("demands", "categories", "rubbish")}
    assert len(after) == len(items(before))
    assert model.installed_row().version == "1.0.0"
    assert (change.kind, change.undoes_id) == ("undo", model.changes()[1].id)
    assert model.undoable() is None
    with pytest.raises(Conflict):
        commands.undo(actor=admin)
    commands.upgrade(*NEW, actor=admin)
    assert menu.category("rubbish").name == NAME


def test_what_stands_on_something_keeps_it(at_work: District) -> None:
    """A demand in the category that goes, a post in a role: they are as they were."""
    admin = at_work.actor("admin")
    demand = demands.file_demand(
        category="crossings", unit=at_work.unit("courtyard"), words="没有斑马线",
        submission="crossing", actor=at_work.actor("resident"),
    )  # fmt: skip
    commands.upgrade(*NEW, actor=admin)
    session.refresh(demand)
    assert demand.category == "crossings"
    assert menu.category("crossings").retired
    assert "demands:demand:file" in people.role("department_officer").permissions
    assert "housing" in {unit.code for unit in demand_queries.departments()}
    commands.undo(actor=admin)
    assert not menu.category("crossings").retired
    assert "housing" not in {unit.code for unit in demand_queries.departments()}


def test_only_who_may_change_settings_changes_the_model(at_work: District) -> None:
    for who in ("officer", "street", "auditor", "resident"):
        actor = at_work.actor(who)
        for deed in (
            lambda a=actor: commands.upgrade(*NEW, actor=a),
            lambda a=actor: commands.undo(actor=a),
            lambda a=actor: commands.decide(*NEW, choices={}, actor=a),
            lambda a=actor: commands.exchange("139", actor=a),
            lambda a=actor: commands.export(
                key="x", version="1.0.0", title=NAME, publisher=NAME, actor=a
            ),
        ):
            with pytest.raises(Forbidden):
                deed()


def test_editions_that_are_not_ours_cannot_be_taken(at_work: District) -> None:
    for key, version in (("139", "1.0.0"), ("1519", "1.0.0"), ("1519", "9.0.0"), ("no", "1.0.0")):
        with pytest.raises((NotFound, Conflict)):
            commands.upgrade(key, version, actor=at_work.actor("admin"))


def test_a_mix_with_faults_of_its_own_says_which_and_is_not_taken(at_work: District) -> None:
    """We retired the group under which the new edition renames a category of ours."""
    admin = at_work.actor("admin")
    row = session.scalar(sa.select(Category).where(Category.code == "pavements"))
    assert row is not None
    rename_roads(at_work)  # so that it stands, whatever becomes of its group
    for leaf in ("street_lights", "utilities", "exercise"):
        settings_commands.CATEGORIES.retire(menu.category(leaf), actor=admin)
    row.retired = True
    settings_commands.CATEGORIES.retire(menu.category("facilities"), actor=admin)
    session.flush()
    name = "demands/categories/pavements#"
    kept = model.plan_upgrade(*NEW, {name: OURS})
    assert (kept.open, kept.faults) == ([], ())
    mixed = model.plan_upgrade(*NEW, {name: THEIRS})
    assert [each.key for each in mixed.faults] == ["no_such_parent"]
    with pytest.raises(BadPackage):
        commands.upgrade(*NEW, decisions={name: THEIRS}, actor=admin)
    commands.upgrade(*NEW, decisions={name: OURS}, actor=admin)


def test_a_district_in_use_cannot_be_given_another_model(at_work: District) -> None:
    before = model.current()
    with pytest.raises(Conflict) as error:
        commands.exchange("139", actor=at_work.actor("admin"))
    assert "Courtyard" in str(error.value.text)
    assert model.current() == before


@pytest.mark.usefixtures("_districts")
def test_an_empty_district_can_be_given_another_model(app: Flask) -> None:
    empty = bring_up_bare(app, "emptyone")
    with empty.work():
        change = commands.exchange("139", actor=SYSTEM)
        assert model.installed().key == "139"
        found, wanted = model.current(), library.read_package("139").parts()
        # The retired departments are still known, and so is what kind of unit they are.
        assert found["territory"]["kinds"].pop()["code"] == "department"
        assert found == wanted
        assert change.kind == "exchange"
        commands.undo(actor=SYSTEM)
        assert model.current() == library.read_package("1519").parts()


@given(st.randoms(use_true_random=False))
@rounds(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_brought_is_read_back(at_work: District, chance: random.Random) -> None:
    base = library.read_package("1519", version="1.0.0").parts()
    wanted = edited(chance, base, times=10, mark="z")
    held = set(model.held())
    if not held <= set(items(wanted)):
        return  # what stands there stays: another test's affair
    with session.begin_nested() as part:
        for each in model.package_parts():
            each.bring(library.from_parts(wanted))
        session.expire_all()
        found = model.current()
        assert {f: p for f, p in found.items() if f not in {"package", "rooms"}} == {
            f: p for f, p in wanted.items() if f not in {"package", "rooms"}
        }
        part.rollback()
    session.expire_all()
    demand_queries.forget_ground()


@pytest.mark.commits
def test_of_two_administrators_who_upgrade_at_once_one_is_told(app: Flask) -> None:
    district = bring_up_first_edition(app, "twoupgrade")
    gate, outcomes = threading.Barrier(2), list[str]()

    def take() -> None:
        try:
            with district.work():
                admin = district.actor("admin")
                model.plan_upgrade(*NEW)
                gate.wait(240)
                commands.upgrade(*NEW, actor=admin)
            outcomes.append("done")
        except AppError as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert sorted(outcomes) == ["Conflict", "done"]
    with district.work():
        assert len(model.changes()) == 1
