"""A new list of a domain is one declaration: its pages, its acts, its audit come from the craft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from saas.app import create_app
from saas.catalogue.rows import DECLARED
from saas.domains import DOMAINS
from saas.kernel import db as kernel_db
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.settings import Settings, sqlalchemy_url
from tests.catalogue.trees import TREES, Tables, pages
from tests.support import District, form_on

pytestmark = pytest.mark.commits


@pytest.fixture(scope="module")
def wood(_districts: tuple[District, District], settings: Settings) -> Iterator[District]:
    """A district of an app that has the list of trees, too."""
    app = create_app(settings)
    app.testing = True
    app.register_blueprint(pages)
    district = replace(_districts[0], app=app)
    engine = sa.create_engine(sqlalchemy_url(settings.owner_url or ""))
    schema, role = district.tenant.schema, district.tenant.role
    with engine.begin() as owner:
        owner.exec_driver_sql(f"SET search_path = {schema}")
        Tables.metadata.create_all(owner)
        owner.exec_driver_sql(f"GRANT ALL ON test_trees TO {role}")
    yield district
    with engine.begin() as owner:
        owner.exec_driver_sql(f"DROP TABLE {schema}.test_trees")
        owner.exec_driver_sql(f"DELETE FROM {schema}.audit_entries WHERE thing = 'tree'")
    engine.dispose()
    with app.app_context():
        kernel_db.db.engine.dispose()


def test_a_list_is_filled_ordered_and_emptied_through_its_pages(wood: District) -> None:
    admin = wood.client("admin")
    assert admin.get("/trees").status_code == 200
    for name, metres in (("Lime", "30"), ("Oak", "40"), ("柳", "")):
        added = admin.post("/trees/new", name_zh=name, name_en=name, metres=metres)
        assert added.status_code == 302, added.text
    refused = admin.post("/trees/new", name_zh="", metres="500")
    assert refused.status_code == 422
    assert refused.text.count("field__error") == 2
    with wood.work():
        assert [(row.code, row.metres) for row in TREES.every()] == [
            ("lime", 30), ("oak", 40), ("tree", None),
        ]  # fmt: skip
    sent = {**form_on(admin.get("/trees/lime").text, "/trees/lime"), "evergreen": "1"}
    assert admin.post("/trees/lime", **sent).status_code == 302
    admin.post("/trees/oak/shift", way="up")
    admin.post("/trees/tree/retire")
    admin.post("/trees/oak/retire")
    assert admin.post("/trees/lime/retire").status_code == 302
    with wood.work():
        assert [row.code for row in TREES.every()] == ["oak", "lime", "tree"]
        assert [row.code for row in TREES.in_use()] == ["lime"], "the last one stays"
        assert TREES.row("lime").evergreen
        entries = sa.select(AuditEntry.action).where(AuditEntry.thing == "tree")
        done = list(session.scalars(entries.order_by(AuditEntry.id)))
    assert done[3:] == [
        "tests.change_tree", "tests.order_trees", "tests.retire_tree", "tests.retire_tree",
    ]  # fmt: skip
    admin.get("/trees")  # what the forms said is said here
    page = admin.get("/trees").text
    assert page.index("Oak") < page.index("Lime") < page.index("柳")
    admin.post("/trees/oak/restore")
    with wood.work():
        assert [row.code for row in TREES.in_use()] == ["oak", "lime"]


def test_nobody_else_writes_and_nothing_unknown_is_found(wood: District) -> None:
    officer, admin = wood.client("officer"), wood.client("admin")
    assert officer.post("/trees/new", name_zh="松").status_code == 403
    assert admin.get("/trees/no_such").status_code == 404
    assert admin.post("/trees/no_such/retire").status_code == 404


def test_two_who_edit_one_row_are_told(wood: District) -> None:
    one, other = wood.client("admin"), wood.client("admin")
    one.post("/trees/new", name_zh="松", name_en="Pine")
    seen = form_on(other.get("/trees/pine").text, "/trees/pine")
    assert one.post("/trees/pine", **{**seen, "metres": "12"}).status_code == 302
    refused = other.post("/trees/pine", **{**seen, "name_zh": "青松"})
    assert refused.status_code == 409
    assert 'id="n-metres"' in refused.text


def test_every_act_on_every_list_of_the_house_has_words() -> None:
    ours = [each for each in DECLARED if each.model.__module__.startswith("saas.")]
    assert len(ours) >= 7
    recorded = {action for each in ours for action in each.actions}
    assert recorded - set(DOMAINS.actions) == set()
