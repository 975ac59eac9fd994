"""The checklist tries what it says, shows its evidence, and leaves nothing behind."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session, tenant_metadata
from saas.kernel.errors import Invalid
from saas.notices import commands as notices
from saas.onboarding import commands, queries, rules
from saas.onboarding.checks import CHECKS, ladder
from saas.onboarding.rules import Finding
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.territory import commands as territory
from saas.themes import queries as themes
from saas.themes.schemas import Fault
from tests.support import District


def _found(check: str) -> dict[str, list[Finding]]:
    findings: dict[str, list[Finding]] = {}
    for finding in CHECKS[check]():
        findings.setdefault(finding.kind, []).append(finding)
    return findings


def _state(check: str) -> str:
    return rules.state_of(CHECKS[check](), queries.acceptances())


def _rows() -> dict[str, int]:
    """How many rows every table of the district has."""
    return {
        table.name: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in tenant_metadata.sorted_tables
    }


def test_a_test_demand_climbs_every_level_comes_back_and_leaves_no_row_anywhere(
    prepared: District,
) -> None:
    with prepared.work():
        before, waiting = _rows(), list(session.info.get("after_commit", []))
        found = ladder.check()
        assert _rows() == before
        assert session.info.get("after_commit", []) == waiting
        levels = [f.facts["unit"]["en"] for f in found if f.kind == "received"]
        assert levels == ["courtyard one", "compound one", "community one", "street one", "alpha"]
        assert all(f.facts["until"] for f in found if f.kind == "received")
        holders = [prepared.people[who] for who in ("courtyard", "compound", "community", "street")]
        assert [f.facts["people"][0] for f in found if f.kind == "received"][:4] == holders
        (back,) = [f for f in found if f.kind == "came_back"]
        assert (back.facts["levels"], back.state) == (5, "ok")
        assert rules.state_of(found, ()) == "ok"


@pytest.mark.commits
def test_the_rehearsal_queues_no_job_that_any_worker_could_see(
    app: object, alpha: District, owner_url: str
) -> None:
    def queued() -> tuple[int, int]:
        engine = sa.create_engine(owner_url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.connect() as owner:
            jobs = owner.execute(sa.text("SELECT count(*) FROM jobs.procrastinate_jobs")).scalar()
            events = owner.execute(
                sa.text("SELECT count(*) FROM jobs.procrastinate_events")
            ).scalar()
        engine.dispose()
        return jobs or 0, events or 0

    before = queued()
    with alpha.work():
        rows = _rows()
        assert rules.state_of(ladder.check(), ()) == "ok"
    assert queued() == before
    with alpha.work():
        assert _rows() == rows


def test_a_vacancy_on_the_way_is_told_and_a_street_without_a_bottom_is_a_gap(
    prepared: District,
) -> None:
    with prepared.work():
        _vacate(prepared, "compound")
        found = _found("ladder")
        (above,) = found["received_above"]
        assert above.facts["unit"]["en"] == "compound one"
        assert above.facts["who"]["en"] == "community one"
        assert _state("ladder") == "ok", "who is above receives it; the vacancy is another check's"

        bare = territory.add_unit(
            kind="street", name={"zh": "空街", "en": "bare"}, parent=prepared.unit("root"),
            actor=SYSTEM,
        )  # fmt: skip
        found = _found("ladder")
        assert [f.facts["street"]["en"] for f in found["level_missing"]] == ["bare"] * 3
        assert found["level_missing"][0].key.startswith(f"ladder:{bare.code}:")
        assert _state("ladder") == "gap"
        assert session.get(type(bare), bare.id) is not None


def _vacate(district: District, who: str) -> None:
    person = people.find_person(district.people[who])
    assert person is not None
    for post in people.posts_of([person.id]).get(person.id, []):
        found = people.access_post(post.id, actor=district.actor("admin"))
        accounts.take_post(person, found, actor=SYSTEM)


def test_every_vacancy_is_listed_and_can_be_answered_for_by_name_until_that_is_revoked(
    prepared: District,
) -> None:
    visitor = prepared.client("admin")
    with prepared.work():
        assert _state("holders") == "ok"
        _vacate(prepared, "compound")
        _vacate(prepared, "courtyard")
        found = _found("holders")
        keys = [finding.key for finding in found["vacant"]]
        assert sorted(keys) == ["vacant:compound_one", "vacant:courtyard_one"]
        assert found["vacant"][0].path.startswith("/setup/people?unit=")
    visitor.post("/setup/check/run", form="/units")
    assert _open(prepared) == set(keys)

    refused = visitor.post("/setup/check/accept", form="/units", reason="", **{"keys[]": keys[0]})
    assert refused.status_code == 422
    wrong = visitor.post("/setup/check/accept", form="/units", reason="x", **{"keys[]": "second"})
    assert wrong.status_code == 422
    visitor.post("/setup/check/accept", form="/units", reason="年底换届", **{"keys[]": keys[0]})
    page = visitor.get("/setup/check").text
    assert "alpha admin" in page
    assert "年底换届" in page
    assert _open(prepared) == {keys[1]}

    visitor.post("/setup/check/revoke", form="/units", key=keys[0])
    assert _open(prepared) == set(keys)
    officer = prepared.client("officer")
    assert officer.post("/setup/check/accept", form="/units", reason="x").status_code == 403


def _open(district: District) -> set[str]:
    with district.work():
        accepted = queries.acceptances()
        gaps = {
            f.key for c in queries.checks() if c.key == "holders" for f in c.findings
            if f.state == "gap" and f.key not in accepted
        }  # fmt: skip
        assert len(gaps) == (queries.result_of("holders").gaps)  # type: ignore[union-attr]
        return gaps


def test_a_real_notice_is_sent_and_every_way_tells_what_became_of_it(prepared: District) -> None:
    with prepared.work():
        assert list(_found("notice")) == ["never_tried"]
        admin = prepared.actor("admin")
        commands.try_notice(actor=admin)
        assert list(_found("notice")) == ["inbox_told", "no_mail"]
        assert _state("notice") == "ok"

        notices.add_webhook(name="区平台", url="https://a.example/", kinds=[], actor=admin)
        assert "way_untried" in _found("notice")
        notices.set_reach(
            mail="a@example.org", forget_mail=False, wants_mail="off", digest_hour=8,
            quiet_from=None, quiet_to=None, locale="zh_Hans_CN", actor=admin,
        )  # fmt: skip
        commands.try_notice(actor=admin)
        found = _found("notice")
        assert {f.facts["channel"] for f in found["way_waiting"]} == {"mail", "webhook"}
        assert _state("notice") == "gap"
        session.execute(sa.text("UPDATE deliveries SET state = 'sent', done_at = now()"))
        session.expire_all()
        assert {f.facts["channel"] for f in _found("notice")["way_delivered"]} == {
            "mail",
            "webhook",
        }
        assert _state("notice") == "ok"
        session.execute(sa.text("UPDATE deliveries SET state = 'given_up', fault = 'too_slow'"))
        session.expire_all()
        assert _state("notice") == "gap"
    page = prepared.client("admin")
    page.post("/setup/check/run", form="/units")
    page.get("/language/en")
    assert "did not answer in time" in page.get("/setup/check").text


def test_an_open_room_needs_hours_a_place_and_a_keeper(prepared: District) -> None:
    with prepared.work():
        assert _state("rooms") == "off", "nothing is open, nothing is amiss"
        street = prepared.unit("street")
        room = room_queries.structure_of(street).rooms[0]
        room.hours = []
        with pytest.raises(Invalid) as refused:
            rooms.set_status(street, room, status="open", actor=SYSTEM)
        assert list(refused.value.errors) == ["hours", "place", "keeper"]
        room.status = "open"  # as districts of before may have it
        session.flush()
        found = _found("rooms")
        assert {"room_without_keeper", "room_without_hours", "room_without_place"} <= set(found)
        assert found["rooms_good"][0].facts == {"good": 0, "rooms": 1}
        assert found["room_without_keeper"][0].path.endswith(f"/room/{room.code}")
        assert not found["room_without_keeper"][0].key, "this one has to be mended"

        keeper = people.find_person(prepared.people["keeper"])
        rooms.set_keeper(street, room, keeper=keeper, actor=SYSTEM)
        room.hours = [{"days": [1], "opens": "09:00", "closes": "17:00"}]
        room.place = {"zh": "一楼"}
        session.flush()
        assert _state("rooms") == "ok"


def test_the_look_is_measured(prepared: District, monkeypatch: pytest.MonkeyPatch) -> None:
    with prepared.work():
        (good,) = _found("contrast")["contrast_good"]
        assert float(good.facts["lowest"]) >= 4.5
        assert good.facts["pairs"] > 20
        bad = themes.Contrast(40, 2.1, (Fault("f", "p", "灰字看不清"),))
        monkeypatch.setattr(themes, "contrast_of", lambda look: bad)
        assert _found("contrast")["contrast_bad"][0].facts == {"text": "灰字看不清"}
        assert _state("contrast") == "gap"


def test_a_second_administrator_has_signed_in_with_the_hour_to_prove_it(
    prepared: District,
) -> None:
    prepared.client("admin")
    with prepared.work():
        assert [a.id for a in people.administrators()] == [prepared.people["admin"]]
        assert list(_found("second")) == ["second_missing"]
        root, admin = prepared.unit("root"), prepared.actor("admin")
        other = accounts.add_with_post(
            name="副手", login="deputy", phone="", post="new:district_administrator", unit=root,
            actor=admin,
        )  # fmt: skip
        assert list(_found("second")) == ["second_waiting"]
        token = accounts.invite(other, actor=admin)
        accounts.use_link(token.token, password="a sentence to remember")
        assert list(_found("second")) == ["second_waiting"], "a password is no session"
        deputy = other.id
    prepared.client("deputy")
    with prepared.work():
        (seen,) = _found("second")["second_seen"]
        assert seen.facts["people"] == [deputy]
        assert seen.facts["at"]
        assert _state("second") == "ok"


@pytest.mark.parametrize(
    ("today", "years"), [("2026-10-31", (2026,)), ("2026-11-01", (2026, 2027))]
)
def test_the_calendar_covers_this_year_and_from_november_on_the_next(
    prepared: District, monkeypatch: pytest.MonkeyPatch, today: str, years: tuple[int, ...]
) -> None:
    day = datetime.fromisoformat(today).date()
    monkeypatch.setattr(clock, "today", lambda: day)
    with prepared.work():
        found = CHECKS["calendar"]()
        assert [f.facts["year"] for f in found] == list(years)
        assert found[0].state == "ok"
        gaps = [f for f in found if f.state == "gap"]
        assert [f.key for f in gaps] == [f"calendar:{year}" for year in years[1:]]
    monkeypatch.setattr(clock, "today", lambda: datetime(2031, 1, 2, tzinfo=UTC).date())
    with prepared.work():
        (gap,) = CHECKS["calendar"]()
        assert gap.key == "", "without this year no deadline is right"


def test_the_badge_tells_what_broke_since_and_the_night_finds_it(
    prepared: District,
) -> None:
    with prepared.work():
        commands.recheck()
        assert not queries.is_checked(), "a district that never ran the list is left alone"
        commands.run_checks(actor=prepared.actor("admin"))
        before = queries.count_gaps()
        _vacate(prepared, "community")
        commands.recheck()
        assert queries.count_gaps() == before + 1
        assert clock.now() >= max(check.at for check in queries.checks() if check.at)


def test_evidence_is_said_in_the_readers_language_and_names_nobody_in_the_store(
    prepared: District,
) -> None:
    visitor = prepared.client("admin")
    visitor.post("/setup/check/run", form="/units")
    with prepared.work():
        stored = str([c.stored() for check in queries.checks() for c in check.findings])
    assert "alpha courtyard" not in stored
    visitor.get("/language/en")
    english = visitor.get("/setup/check").text
    assert "alpha courtyard" in english
    assert re.search(r"resolved and confirmed after \d+ acts", english)
