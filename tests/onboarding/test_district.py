"""The district's own page: name, addresses and contact in one place, and a way to every setting."""

from __future__ import annotations

import re

import sqlalchemy as sa

from saas.kernel.context import entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy.models import Host
from tests.support import District


def test_name_code_addresses_and_contact_stand_on_one_page(alpha: District) -> None:
    hub = alpha.app.extensions["saas"].hub
    with alpha.app.test_request_context(), entering(hub), unit_of_work():
        session.add(
            Host(host="one.example.org", tenant_id=alpha.tenant.id, proved_at=sa.func.now())
        )
    admin = alpha.client("admin")
    sent = admin.post(
        "/console/room-library/settings", form="/console/room-library/settings", contact="0813-1"
    )
    assert sent.status_code == 302
    page = admin.get("/setup/district").text
    for word in ("alpha", "one.example.org", "http://localhost/d/alpha/", "0813-1"):
        assert word in page, word
    assert "/console/room-library/settings" in page
    with alpha.app.test_request_context(), entering(hub), unit_of_work():
        session.execute(sa.delete(Host))


def test_every_setting_is_reached_from_there_and_opens(alpha: District) -> None:
    admin = alpha.client("admin")
    page = admin.get("/setup/district").text
    links = re.findall(r'class="link-row" href="/d/alpha([^"]+)"', page)
    assert {"/ladders", "/tokens", "/webhooks", "/demands/knowledge/templates", "/roles"} < {*links}
    for link in links:
        assert admin.get(link).status_code == 200, link


def test_nobody_else_opens_it(alpha: District, beta: District) -> None:
    for who in ("street", "courtyard", "resident"):
        assert alpha.client(who).get("/setup/district").status_code == 403, who
    assert "one.example.org" not in beta.client("admin").get("/setup/district").text
