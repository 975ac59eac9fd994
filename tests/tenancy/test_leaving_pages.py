"""The operator's page for leaving: key, archive, close, keep, delete, certificate."""

from __future__ import annotations

import pytest
from flask import Flask

from saas.kernel.context import entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import Settings
from saas.tenancy import commands, leaving, queries
from saas.tenancy.models import Tenant
from tests.support import PASSWORD, Visitor, bring_up, run_worker

pytestmark = pytest.mark.commits
AT = "/hub/districts/goner/leaving"


@pytest.fixture
def operator(app: Flask, settings: Settings) -> Visitor:
    bring_up(app, "goner")
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        commands.create_operator(login="leaves", name="值班", password=PASSWORD)
    visitor = Visitor(app.test_client(), "")
    door = "/hub/sign-in"
    assert visitor.post(door, form=door, login="leaves", password=PASSWORD).status_code == 302
    return visitor


def test_from_key_to_certificate(app: Flask, settings: Settings, operator: Visitor) -> None:
    _, public = leaving.new_key()
    assert "尚未" in operator.get(AT).text
    refused = operator.post(f"{AT}/key", form=AT, recipient="mine")
    assert refused.status_code == 422
    assert "age1" in refused.text
    assert operator.post(f"{AT}/key", form=AT, recipient=public).status_code == 302
    assert operator.post(f"{AT}/delete", form=AT, reason="x", code="goner").status_code == 422
    assert operator.post(f"{AT}/close", form=AT, reason="", days="30").status_code == 422
    assert operator.post(f"{AT}/close", form=AT, reason="并入", days="30").status_code == 302
    assert operator.post(f"{AT}/keep", form=AT).status_code == 302
    assert operator.post(f"{AT}/close", form=AT, reason="并入", days="1").status_code == 302
    assert operator.post(f"{AT}/archive", form=AT).status_code == 302
    run_worker(app, settings.owner_url or "")
    page = operator.get(AT).text
    number = page.split("/leaving/archives/")[1].split('"')[0]
    sealed = operator.get(f"{AT}/archives/{number}")
    assert sealed.data.startswith(b"age-encryption.org/v1")
    sealed.close()
    assert operator.get(f"{AT}/archives/999999").status_code == 404
    assert operator.post(f"{AT}/delete", form=AT, reason="并入", code="goner").status_code == 422
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        tenant = session.get_one(Tenant, queries.access_tenant("goner").id)
        tenant.due_at = None  # its days are over
    wrong = operator.post(f"{AT}/delete", form=AT, reason="并入", code="other")
    assert wrong.status_code == 422
    gone = operator.post(f"{AT}/delete", form=AT, reason="并入", code="goner")
    assert gone.status_code == 302
    assert operator.get("/d/goner/").status_code == 410
    run_worker(app, settings.owner_url or "")
    certificate = operator.get("/hub/districts/goner/certificate").text
    assert "goner-" in certificate
    assert operator.get("/d/goner/").status_code == 410
    assert f"{AT}/archive" not in operator.get(AT).text
