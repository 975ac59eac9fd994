"""A district that is being prepared, with people on every level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import queries
from tests.support import District


@pytest.fixture
def prepared(app: Flask, alpha: District) -> Iterator[District]:
    """Alpha as it was before it went live; back in service with the test's rollback."""
    hub = app.extensions["saas"].hub
    with app.test_request_context(), entering(hub), unit_of_work():
        row = queries.access_tenant("alpha")
        row.state, row.activated_at = "preparing", None
    with app.test_request_context(), entering(hub):
        scope = queries.as_scope(queries.access_tenant("alpha"))
    app.extensions["saas"].registry._forget(None)
    yield replace(alpha, tenant=scope)
    app.extensions["saas"].registry._forget(None)
