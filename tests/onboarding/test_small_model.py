"""The smaller model, with real commits and a real worker: its own levels, rooms and sample."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.accounts import queries as people
from saas.kernel.context import SYSTEM, entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.onboarding.package.shapes import Sample
from saas.onboarding.workbook import commands, views
from saas.onboarding.workbook.commands import applying
from saas.onboarding.workbook.models import SetupImport
from saas.packages.library.queries import read_beside
from saas.rooms import queries as rooms
from saas.sheets import read_workbook
from saas.tenancy import commands as tenancy
from saas.tenancy import provisioning
from saas.tenancy import queries as tenants
from saas.territory import queries as units
from tests.support import District, run_worker


def _small(app: Flask) -> District:
    """A district of the smaller model with an administrator and nothing else."""
    seed = {"administrator": {"name": "管理员", "login": "admin"}}
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        with unit_of_work():
            tenant_id = tenancy.request_tenant(
                code="smallbook", package="139", name={"zh": "小区县"}, seed=seed, actor=SYSTEM
            ).id
        provisioning.provision(tenant_id)
        return District(app, tenants.as_scope(tenants.access_tenant("smallbook")))


@pytest.mark.commits
def test_the_sample_of_the_smaller_model_comes_in_by_the_worker(
    app: Flask, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    district, told = _small(app), list[int]()
    step = applying._Progress.step

    def watched(self: applying._Progress) -> None:
        step(self)
        beside = session.session_factory()
        told.append(beside.scalar(sa.select(SetupImport.done)) or 0)
        beside.close()

    monkeypatch.setattr(applying._Progress, "step", watched)
    with district.work():
        admin = people.person_by_login("admin")
        assert admin is not None
        actor = people.load_actor(admin.id)
        assert actor is not None
        book = views.template_book(sample=True)
        assert len(read_workbook(io.BytesIO(book))[4].grid) == 1 + 9
        commands.check_workbook(io.BytesIO(book), actor=actor)
        held = commands.IMPORTS.held(actor, kind="workbook")
        assert held is not None
        assert held.state == "checked"
        commands.start_import(held.token, actor=actor)
    run_worker(app, owner_url)
    with district.work():
        held = commands.IMPORTS.held(actor, kind="workbook")
        assert held is not None
        assert (held.state, held.done, held.content) == ("done", held.total, None)
        assert len(set(told)) > 2, "how far it is can be seen from outside while it runs"
        sample = read_beside(Sample, "139")
        assert sample is not None
        assert len(held.outcome["people"]) == len(sample.people)
        street = units.unit_by_code("sample_street")
        assert [room.status for room in rooms.structure_of(street).rooms] == ["open"] * 9
        assert units.count_by_kind(street.path)["grid"] == 4
