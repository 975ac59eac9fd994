"""A demo of a guest: copied in a moment, apart from all others, gone when its days are over."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from saas import doctor
from saas.accounts import queries as people
from saas.attachments import disk
from saas.attachments.models import Attachment
from saas.doctor.isolation import _digest
from saas.goods.models import Giver, Goods
from saas.kernel import clock, crypto
from saas.kernel.context import ANONYMOUS, SYSTEM, entering
from saas.kernel.crypto import Sealed
from saas.kernel.db import session, tenant_metadata
from saas.kernel.errors import Conflict, Invalid, TooMany
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.notices import commands as notices
from saas.notices import shorts
from saas.notices.channels import channel_for
from saas.notices.queries.channels import PROVIDER_START
from saas.settings import Settings
from saas.showcase.demos import commands, queries
from saas.showcase.demos.models import DemoGrant
from saas.showcase.demos.rules import Wish, typed_streets, usable_name
from saas.tenancy import commands as tenancy
from saas.tenancy import copying, sealing
from saas.tenancy import queries as tenants
from saas.tenancy import schema as schemas
from saas.territory import queries as units
from saas.visits.models import Visit
from tests.goods.making import left as lies
from tests.showcase.demos import WISH, in_hub, made, ordered, rows, sample, scope_of
from tests.support import District, beat, bring_up, run_until_done, run_worker
from tests.thorough import examples

pytestmark = pytest.mark.commits


@pytest.fixture
def owner(settings: Settings) -> Iterator[psycopg.Connection]:
    with psycopg.connect(settings.owner_url or "", autocommit=True) as connection:
        yield connection


@pytest.fixture(autouse=True)
def _none_left(app: Flask) -> Iterator[None]:
    """Every demo goes after its test."""
    yield
    with in_hub(app):
        with reading():
            left = [grant.tenant_id for grant, _ in queries.standing()]
        for number in left:
            commands.expire(number)


def test_a_copy_has_every_row_under_its_own_names(app: Flask, owner: psycopg.Connection) -> None:
    source, demo = sample(app), made(app)
    there, here = (rows(owner, one.tenant.schema) for one in (source, demo))
    own = {"units", "rooms", "platforms", "support_centres", "audit_entries", *copying.LEFT_OUT}
    grown = {name for name in there if here[name] > there[name]}
    assert {name for name in there if here[name] != there[name]} <= own | grown
    assert all(here[name] == there[name] for name in ("people", "demands", "visits", "bookings"))
    assert here["goods_moves"] == there["goods_moves"] == 2
    with demo.work():
        root = units.root()
        assert root is not None
        assert (root.name["zh"], root.official_code) == ("青羊区", None)
        assert [one.name["zh"] for one in units.children(root) if units.is_place(one)] == [
            "草堂街道", "浣花街道"
        ]  # fmt: skip
    text = _dump(owner, demo.tenant.schema)
    assert source.tenant.schema not in text
    assert "样板区" not in text


def _dump(owner: psycopg.Connection, name: str) -> str:
    found = []
    for table in ("units", "posts", "notices", "people", "visits", "audit_entries"):
        rows = owner.execute(f'SELECT t::text FROM "{name}"."{table}" t').fetchall()  # type: ignore[arg-type]
        found += [row[0] for row in rows]
    return "\n".join(found)


def test_what_is_sealed_opens_with_the_copys_own_key_alone(app: Flask) -> None:
    source, demo = sample(app), made(app)
    with demo.work():
        person = people.resident_by_phone("100-0000-0003")
        assert person is not None, "found by the hash that was made anew"
        assert session.scalar(sa.select(Visit.contact_phone)) == "100-0000-0300"
        assert session.scalar(sa.select(Giver.name)) == "样例捐赠人"
        assert lies(session.scalars(sa.select(Goods)).one()) == 9
        raw = session.scalar(sa.text("SELECT phone FROM people WHERE phone IS NOT NULL LIMIT 1"))
        key = session.scalars(sa.select(Attachment.key).where(Attachment.sealed)).first()
        assert key is not None
        assert disk.read(key, sealed=True).startswith(b"%PDF")
    with source.app.test_request_context(), entering(source.tenant):
        with pytest.raises(crypto.Unreadable):
            crypto.unseal(raw)
        assert disk.read(key, sealed=True).startswith(b"%PDF"), "its own is as it was"


def test_every_keyed_hash_is_made_anew_or_stays_behind() -> None:
    """A column that is called a hash says of which sealed one it is, or is no keyed one of rows
    that come along."""
    known = {"people.password_hash", "registrations.password_hash", "feedback.token_hash"}
    for table in tenant_metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith("_hash") and table.name not in {*copying.LEFT_OUT, "tries"}:
                named = f"{table.name}.{column.name}"
                assert "hash_of" in column.info or named in known, named
            if of := column.info.get("hash_of"):
                assert isinstance(table.c[of].type, Sealed)


def test_the_doctor_finds_nothing_in_a_copy_and_its_history_is_sealed(
    app: Flask, settings: Settings
) -> None:
    sample(app)
    demo = made(app)
    with in_hub(app):
        sealing.seal_due(at_once=True)
        assert not any(one.faults for one in sealing.check(demo.tenant))
    beat(settings.owner_url or "")
    found = {one.name: one for one in doctor.examine(app, settings, settings.owner_url or "")}
    assert {name for name, one in found.items() if one.state == "bad"} == set()
    assert found["orphans"].told.count(demo.tenant.schema) == 0 if "orphans" in found else True


def test_neighbours_are_the_same_to_the_byte_while_demos_come_and_go(
    app: Flask, settings: Settings, alpha: District, beta: District
) -> None:
    source = sample(app)
    watched = (alpha.tenant, beta.tenant, source.tenant)
    before = [_digest(settings.owner_url or "", one) for one in watched]
    first, second = made(app), made(app, address="10.0.0.2")
    beside = _digest(settings.owner_url or "", second.tenant)
    _vandalise(first)
    with in_hub(app):
        commands.set_back(first.tenant.code)
        commands.expire(first.tenant.id)
    assert [_digest(settings.owner_url or "", one) for one in watched] == before
    assert _digest(settings.owner_url or "", second.tenant) == beside


def _vandalise(demo: District) -> None:
    """Deletes, renames, uploads, as far as the district's own role lets anybody."""
    with demo.work():
        session.execute(sa.text('UPDATE units SET name = \'{"zh": "坏"}\''))
        session.execute(sa.text("DELETE FROM attachments"))
        session.execute(sa.text("UPDATE people SET name = '坏', phone = NULL, phone_hash = NULL"))
        disk.write("vandal", b"x" * 1000, sealed=False)
        for path in disk.folder().iterdir():
            path.write_bytes(b"x")


_MOMENT = re.compile(r"20\d\d-\d\d-\d\d[ T]\d\d:\d\d:[\d.]+(?:\+\d\d(?::\d\d)?)?")


def _content(demo: District, owner: psycopg.Connection) -> dict[str, list[str]]:
    """Everything that stands in a demo, unsealed; the moments at which it was made left out."""
    name, found = demo.tenant.schema, {}
    keys = {}
    with demo.app.test_request_context(), entering(demo.tenant):
        keys = crypto.own_keys()
    opens = crypto.Resealing(keys, keys)
    for table in tenant_metadata.sorted_tables:
        lines = []
        columns = [str(column.name) for column in table.columns]
        asked = ", ".join(f'"{c}"' for c in columns)
        for row in owner.execute(f'SELECT {asked} FROM "{name}"."{table.name}"').fetchall():  # type: ignore[arg-type]
            cells = [
                opens.unseal(cell)
                if isinstance(table.c[column].type, Sealed) and cell is not None
                else "" if "hash_of" in table.c[column].info else str(cell)
                for column, cell in zip(columns, row, strict=True)
            ]  # fmt: skip
            lines.append(_MOMENT.sub("", "\t".join(cells)))
        found[str(table.name)] = sorted(lines)
    return found


def test_set_back_it_is_what_it_was_in_the_beginning(
    app: Flask, settings: Settings, owner: psycopg.Connection
) -> None:
    sample(app)
    demo = made(app)
    before = _content(demo, owner)
    with in_hub(app), unit_of_work():
        tenancy.turn_clock(demo.tenant.code, ahead=timedelta(days=9), actor=SYSTEM)
    _vandalise(demo)
    assert _content(demo, owner) != before
    began = time.monotonic()
    with in_hub(app):
        commands.set_back(demo.tenant.code)
    took = time.monotonic() - began
    again = District(app, scope_of(app, demo.tenant.id))
    assert again.tenant.schema != demo.tenant.schema
    assert again.tenant.clock_shift == timedelta()
    after = _content(again, owner)
    assert {name for name in before if before[name] != after[name]} == set()
    assert took < 5 * 4, "on a machine that has four times too much to do"
    run_until_done(app, settings.owner_url or "", "tenancy.discard")
    assert not schemas.schema_exists(owner, demo.tenant.schema)


def test_as_many_as_may_ask_at_once_all_get_one_and_the_next_is_told_to_wait(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample(app)
    most = examples(5, thorough=settings.demos_at_once)
    monkeypatch.setitem(app.config, "SAAS", replace(app.config["SAAS"], demos_at_once=most))
    with ThreadPoolExecutor(most) as crowd:
        numbers = list(crowd.map(lambda n: ordered(app, WISH, f"10.1.0.{n}"), range(most)))
    with pytest.raises(TooMany) as told:
        ordered(app, WISH, "10.1.1.1")
    assert told.value.data["retry_after"] == 60
    run_worker(app, settings.owner_url or "")
    assert [scope_of(app, number).state for number in numbers] == ["active"] * most
    assert len({scope_of(app, number).schema for number in numbers}) == most
    ordered(app, WISH, "10.1.1.1")


def test_an_address_has_so_many_and_all_together_so_many(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample(app)
    few = replace(app.config["SAAS"], demos_per_address=2, demos_most=3)
    monkeypatch.setitem(app.config, "SAAS", few)
    ordered(app, WISH, "10.2.0.1"), ordered(app, WISH, "10.2.0.1")
    with pytest.raises(Conflict, match="conflict"):
        ordered(app, WISH, "10.2.0.1")
    ordered(app, WISH, "10.2.0.2")
    with pytest.raises(Conflict):
        ordered(app, WISH, "10.2.0.3")


@pytest.mark.parametrize("bad", ["", "<b>", "a'b", 'a"b', "a\\b", "510304", "x" * 31, "甲\n乙"])
def test_a_name_that_could_break_something_is_refused_at_its_field(app: Flask, bad: str) -> None:
    assert not usable_name(bad)
    for wished in (Wish(bad, (), "plain"), Wish("甲区", (bad,), "plain"), Wish("甲区", (), bad)):
        with pytest.raises(Invalid):
            ordered(app, wished)


def test_streets_are_pasted_as_the_official_list_has_them() -> None:
    pasted = "510104017 草堂街道\n 浣花街道 \n\n510104017 草堂街道\n"
    assert typed_streets(pasted) == ["草堂街道", "浣花街道"]


def test_nothing_leaves_a_demo_and_all_of_it_is_shown(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for edge in ("quiet_from", "quiet_to"):  # at night a short text would wait for the morning
        monkeypatch.setitem(PROVIDER_START, edge, None)
    sample(app)
    demo = made(app)
    settings = app.config["SAAS"]
    sending = replace(settings, smtp_url="smtp://mail.example", mail_from="a@b.example")
    with demo.work():
        assert channel_for("mail", sending, demo.tenant).traps
        assert channel_for("webhook", sending, demo.tenant).traps
        assert shorts.carrier_of("sms")[0].traps
        facts = {"what": "甲", "when": "乙", "where": "丙"}
        notices.tell_number("100-0000-0301", _kind(), path="/x", about="x:1", calls=None, **facts)
    run_worker(app, settings.owner_url or "")
    page = District(app, demo.tenant).client().get("/demo/outbox")
    assert page.status_code == 200
    assert "甲" in page.text
    shared = bring_up(app, "shared-by-all", kind="demo")
    assert shared.client().get("/demo/outbox").status_code == 404, "somebody's number may be in it"
    assert "/demo/outbox" not in shared.client().get("/front").text
    assert "/demo/outbox" in District(app, demo.tenant).client().get("/front").text


def _kind():  # type: ignore[no-untyped-def]
    from saas.visits import words

    return next(iter(words.VERBS["confirm"].notices.values()))


def test_a_real_telephone_number_is_refused_at_its_field(app: Flask) -> None:
    sample(app)
    demo = made(app)
    with demo.work():
        assert people.usable_phone("13800138000") is None
        assert people.usable_phone("100-0000-0042") == "100-0000-0042"
        assert "100-0000-0123" in str(people.no_phone("x"))


def test_a_demo_is_not_indexed_says_its_last_day_and_is_kept_longer_by_a_tap(app: Flask) -> None:
    sample(app)
    demo = made(app)
    visitor = demo.client()
    page = visitor.get("/front")
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert f"{demo.tenant.ends_at:%Y-%m-%d}"[:7] in page.text
    with in_hub(app), unit_of_work():
        tenancy.set_end(tenants.access_tenant(demo.tenant.code), clock.now() + timedelta(days=2))
    assert visitor.post("/demo/extend", form="/front").status_code == 302
    ends = scope_of(app, demo.tenant.id).ends_at
    assert ends is not None
    assert ends > clock.now() + timedelta(days=29)


def test_its_days_over_nothing_of_it_is_left_but_its_line(
    app: Flask, settings: Settings, owner: psycopg.Connection
) -> None:
    sample(app)
    demo = made(app)
    folder = Path(settings.data_dir) / "files" / demo.tenant.schema
    assert folder.is_dir()
    with in_hub(app), unit_of_work():
        commands.end_now(demo.tenant.id)
    run_worker(app, settings.owner_url or "")
    assert not schemas.schema_exists(owner, demo.tenant.schema)
    assert not folder.exists()
    with in_hub(app):
        assert queries.grant_of(demo.tenant.id) is None
        assert tenants.access_tenant(demo.tenant.code).state == "deleted"
    assert app.test_client().get(f"/d/{demo.tenant.code}/").status_code == 410


def test_a_guest_asks_on_the_first_page_waits_a_moment_and_is_in(
    app: Flask, settings: Settings
) -> None:
    sample(app)
    browser = app.test_client()
    assert "/hub/demo" in browser.get("/").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/hub/demo").text)
    assert token is not None
    sent = {"csrf_token": token[1], "name": "武侯区", "streets": "浆洗街街道", "look": "plain"}
    refused = browser.post("/hub/demo", data={**sent, "name": "<b>"})
    assert refused.status_code == 422
    answer = browser.post("/hub/demo", data=sent)
    assert answer.status_code == 302
    waits = browser.get(answer.location)
    assert (waits.status_code, waits.headers["Refresh"]) == (200, "1")
    run_worker(app, settings.owner_url or "")
    code = answer.location.rpartition("/")[2]
    assert browser.get(answer.location).location == f"/d/{code}/"
    page = browser.get(f"/d/{code}/").text
    assert "浆洗街街道" in page
    assert "示例数据" in page


def test_the_way_is_counted_at_each_step_once(app: Flask, settings: Settings) -> None:
    sample(app)
    with in_hub(app), reading():
        before = queries.funnel()
    demo = made(app)
    visitor = demo.client()
    for number in (1, 2, 3, 3):
        assert visitor.post(f"/enter/{number}", form="/front").status_code == 302
    visitor.post("/demo/want", form="/demo/want", contact="社会工作部")
    with in_hub(app), reading():
        after = queries.funnel()
        grant = session.scalar(sa.select(DemoGrant).where(DemoGrant.tenant_id == demo.tenant.id))
        assert grant is not None
        assert grant.contact == "社会工作部"
    moved = {step: after.get(step, 0) - before.get(step, 0) for step in after}
    assert {step: n for step, n in moved.items() if n} == {"opened": 1, "played": 1, "wanted": 1}


def test_the_shared_demo_keeps_its_clock_and_culture_from_strangers(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample(app)
    demo = made(app)
    monkeypatch.setattr("saas.showcase.commands.codes", lambda: {demo.tenant.code})
    visitor = demo.client()
    assert visitor.post("/demo/clock", form="/front", step="hours-8").status_code == 302, "his own"
    with in_hub(app), unit_of_work():
        tenants.access_tenant(demo.tenant.code).due_at = None
    assert visitor.post("/demo/clock", form="/front", step="hours-8").status_code == 403
    assert "/hub/demo" in visitor.get("/front").text
    with in_hub(app), unit_of_work():
        tenancy.set_end(tenants.access_tenant(demo.tenant.code), clock.now())


def test_nobody_asks_where_there_are_no_demos(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    none = replace(app.config["SAAS"], demos_most=0)
    monkeypatch.setitem(app.config, "SAAS", none)
    assert app.test_client().get("/hub/demo").status_code == 404
    assert "/hub/demo" not in app.test_client().get("/").text
    assert ANONYMOUS.id is None


def test_no_real_district_is_ever_thrown_away_or_begun_anew_like_a_demo(
    app: Flask, alpha: District
) -> None:
    sample(app)
    with in_hub(app):
        with pytest.raises(Conflict):
            copying.expire(alpha.tenant.code)
        with pytest.raises(Conflict), unit_of_work():
            tenancy.move(tenants.access_tenant("alpha"), "deleted", actor=SYSTEM, reason="x")
        with pytest.raises(Conflict):
            commands.set_back(alpha.tenant.code)
        assert tenants.access_tenant("alpha").state == "active"
