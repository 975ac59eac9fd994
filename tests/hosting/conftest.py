"""An operator at the hub's pages."""

from __future__ import annotations

import pytest
from flask import Flask

from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands
from tests.support import PASSWORD, District, Visitor


@pytest.fixture
def operator(app: Flask, alpha: District) -> Visitor:
    """Signed in at the hub, reading English."""
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        commands.create_operator(login="looks", name="值班员", password=PASSWORD)
    visitor = Visitor(app.test_client(), "")
    door = "/hub/sign-in"
    assert visitor.post(door, form=door, login="looks", password=PASSWORD).status_code == 302
    visitor.get("/language/en")
    return visitor
