"""A district from the first days: what it installed was written in another shape."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import pytest
import sqlalchemy as sa

from saas.activities.package.shapes import Activities
from saas.bookings.package.shapes import Bookings
from saas.demands.package.shapes import Demands
from saas.funds.package.shapes import Funds
from saas.kernel.db import session
from saas.organisations.package.shapes import Organisations
from saas.packages.library import queries as library
from saas.packages.model import queries as model
from saas.packages.parts import Package
from saas.points.package.shapes import Points
from saas.tenancy import migrating
from saas.visits.package.shapes import Visits
from tests.support import District

#: Files of which only the rows were kept: what they were called, and where the rows are.
INSIDE = {"accounts": ("roles", "roles"), "workdays": ("workdays", "week"),
          "words": ("words", "words")}  # fmt: skip


#: Files that came after the old shape.
LATER = ("organisations", "bookings", "activities", "visits", "funds", "points")


def _plainly(whole: dict[str, Any]) -> dict[str, Any]:
    """Dataclasses as mappings."""
    return {
        name: [asdict(row) for row in each] if isinstance(each, tuple) else asdict(each)
        for name, each in whole.items()
    }


def in_the_old_shape(package: Package) -> dict[str, Any]:
    """A package as it was written down then: field by field, with nothing left unsaid."""
    then = {name: each for name, each in package.files.items() if name not in LATER}
    whole = {name: each for name, each in then.items() if name not in INSIDE}
    whole |= {said: getattr(package.files[name], row) for name, (said, row) in INSIDE.items()}
    content: dict[str, Any] = json.loads(json.dumps(_plainly(whole)))
    content["head"] = content.pop("package")
    for later in ("needs", "licence", "based_on"):
        del content["head"][later]
    for later in ("questions", "reports"):
        assert not content["demands"].pop(later)
    for room in content["rooms"]["rooms"]:
        assert not room.pop("by_appointment")
    assert set(content) == {
        "head", "territory", "roles", "rooms", "demands", "workdays", "words",
    }  # fmt: skip
    return content


def without_later_lists(package: Package) -> Package:
    """The package as it could be then: nothing was asked, no report was defined, there were no
    organisations.
    """
    demands = replace(package.of(Demands), questions=(), reports=())
    return Package({**package.files, "demands": demands, "organisations": Organisations(),
                    "bookings": Bookings(), "activities": Activities(),
                    "visits": Visits(), "funds": Funds(), "points": Points()})  # fmt: skip


@pytest.mark.parametrize("edition", [("1519", "1.0.0"), ("1519", "2.0.0"), ("139", "1.0.0")])
def test_the_old_shape_becomes_what_stands_in_the_files_and_the_new_one_is_left(
    alpha: District, edition: tuple[str, str]
) -> None:
    package = without_later_lists(library.read_package(edition[0], version=edition[1]))
    revision = migrating._scripts("tenant").get_revision("upgrades")
    assert revision is not None
    with alpha.work():
        row = model.installed_row()
        row.key, row.version, row.content = *edition, in_the_old_shape(package)
        session.flush()
        for _again in range(2):
            revision.module._reshape(session.connection())
            session.expire_all()
            assert model.installed_row().content == package.parts()
        assert model.installed().parts() == package.parts()


def test_a_district_of_the_old_shape_has_changed_nothing_and_can_take_an_upgrade(
    alpha: District,
) -> None:
    revision = migrating._scripts("tenant").get_revision("upgrades")
    assert revision is not None
    with alpha.work():
        row = model.installed_row()
        package = without_later_lists(model.installed())
        row.content = package.parts()
        session.flush()
        before = model.own_changes().entries
        row.content = in_the_old_shape(package)
        session.flush()
        revision.module._reshape(session.connection())
        session.expire_all()
        assert model.own_changes().entries == before
        assert session.scalar(sa.select(sa.func.count()).select_from(type(row))) == 1
