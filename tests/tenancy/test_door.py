"""The operators' door."""

from __future__ import annotations

from flask import Flask

from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands
from tests.support import PASSWORD, Visitor


def _try(app: Flask, login: str, password: str, address: str = "10.0.0.1") -> int:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    visitor = Visitor(client, "")
    return visitor.post(
        "/hub/sign-in", form="/hub/sign-in", login=login, password=password
    ).status_code


def test_many_names_tried_from_one_address_are_slowed_down_and_others_are_not(app: Flask) -> None:
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        commands.create_operator(login="door", name="Door", password=PASSWORD)
    for number in range(40):
        assert _try(app, f"guess{number}", PASSWORD) == 422
    assert _try(app, "door", PASSWORD) == 422
    assert _try(app, "door", PASSWORD, address="10.0.0.2") == 302
