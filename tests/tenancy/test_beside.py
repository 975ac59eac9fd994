"""Comparing a district with what was restored beside it, and how far such work has come."""

from __future__ import annotations

import pytest
from flask import Flask

from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import Settings
from saas.tenancy import commands, progress, queries
from tests.support import PASSWORD, Visitor, bring_up, run_worker

pytestmark = pytest.mark.commits
_COUNT = iter(range(10))


@pytest.fixture
def code(app: Flask) -> str:
    return bring_up(app, f"mine{next(_COUNT)}").tenant.code


@pytest.fixture
def operator(app: Flask) -> Visitor:
    login = f"beside{next(_COUNT)}"
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        commands.create_operator(login=login, name="值班", password=PASSWORD)
    visitor = Visitor(app.test_client(), "")
    door = "/hub/sign-in"
    assert visitor.post(door, form=door, login=login, password=PASSWORD).status_code == 302
    return visitor


def test_one_restored_beside_is_compared_and_changed_over_on_the_page(
    app: Flask, settings: Settings, operator: Visitor, code: str
) -> None:
    at = f"/hub/districts/{code}/leaving"
    bring_up(app, "twin")
    hub, beside = app.extensions["saas"].hub, f"{at}/beside"
    assert "twin" not in operator.get(beside).text
    with app.test_request_context(), entering(hub), unit_of_work():
        commands.suspend("twin", reason="刚恢复", actor=queries.context.SYSTEM)
    assert "twin" in operator.get(beside).text
    assert operator.post(f"{at}/compare", form=beside, other="twin").status_code == 302
    assert "hx-get" in operator.get(beside).text  # it waits for the worker
    assert operator.get(f"{at}/progress").headers.get("HX-Refresh") is None
    run_worker(app, settings.owner_url or "")
    assert operator.get(f"{at}/progress").headers["HX-Refresh"] == "true"
    page = operator.get(beside).text
    assert "people" in page  # what differs
    with app.test_request_context(), entering(hub):
        mine = queries.access_tenant(code).schema_name
    assert operator.post(f"{at}/swap", form=beside, other="nowhere").status_code in {404, 422}
    assert operator.post(f"{at}/swap", form=beside, other="twin").status_code == 302
    with app.test_request_context(), entering(hub):
        assert queries.access_tenant("twin").schema_name == mine
    assert "people" not in operator.get(beside).text.partition("<main")[2].partition("<code>")[2]


def test_what_is_said_while_an_archive_is_written_stands_on_the_page(
    app: Flask, operator: Visitor, code: str
) -> None:
    at = f"/hub/districts/{code}/leaving"
    with app.test_request_context(), progress.shown(code, "archive", lambda _: None) as say:
        say("3/90  people  12")
        assert "3/90  people  12" in operator.get(at).text
        assert "3/90  people  12" in operator.get("/hub/work").text
        assert progress.under_way("other") == []
    with app.test_request_context():
        assert progress.under_way() == []
