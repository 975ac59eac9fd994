"""Districts that are not as most tests want them: without anything, or of the first edition."""

from __future__ import annotations

from flask import Flask

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.kernel.context import SYSTEM, entering
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands as tenancy
from saas.tenancy import provisioning
from saas.tenancy import queries as tenants
from saas.territory import queries as units
from tests.support import _HASH, District, bring_up


def bring_up_bare(app: Flask, code: str) -> District:
    """A district as it is in its first minute, in the wizard."""
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        with unit_of_work():
            made = tenancy.request_tenant(
                code=code, name={"zh": "空区", "en": "Empty"}, package="1519", actor=SYSTEM
            )
        provisioning.provision(made.id)
        return District(app, tenants.as_scope(tenants.access_tenant(code)))


def bring_up_first_edition(app: Flask, code: str) -> District:
    """A district like any other, made from the first edition of 1519."""
    street = {"code": "street_one", "name": {"zh": "一街道", "en": "street one"}}
    return bring_up(app, code, seed={"package_version": "1.0.0", "streets": [street]})


def give_administrator(district: District) -> None:
    """Let somebody sign in as ``admin``."""
    with district.work():
        root = units.root()
        assert root is not None
        role = next(each for each in people.roles() if each.administers)
        person = accounts.add_person(name="admin", login="admin", home=None, actor=SYSTEM)
        person.password_hash = _HASH
        post = accounts.add_post(unit=root, role=role, name={"zh": "admin"}, actor=SYSTEM)
        accounts.give_post(person, post, actor=SYSTEM)
