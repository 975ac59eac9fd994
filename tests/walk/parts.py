"""What stands in the parts of addresses: things of our own, and what only a neighbour has."""

from __future__ import annotations

import hashlib
import io
from datetime import date, time, timedelta
from decimal import Decimal

import sqlalchemy as sa
from PIL import Image

from saas import attachments, casework
from saas.access import commands as access
from saas.access.models import Registration
from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.activities import commands as activities
from saas.activities import forms as activity_forms
from saas.activities import queries as activity_queries
from saas.bookings import commands as bookings
from saas.bookings import queries as booking_queries
from saas.bookings.queries import Place
from saas.campaigns import commands as campaigns
from saas.campaigns.forms import POINTS
from saas.demands import commands as demands
from saas.demands.case.models import Demand
from saas.demands.figures import commands as figures_commands
from saas.demands.intake import queries as intake
from saas.demands.knowledge import commands as knowledge_commands
from saas.demands.settings import commands as settings_commands
from saas.feedback.models import Picture
from saas.feedback.pages import tickets
from saas.figures import commands as figures
from saas.funds import commands as funds
from saas.goods import commands as goods
from saas.kernel import clock
from saas.kernel.context import ANONYMOUS, SYSTEM, Actor, entering
from saas.kernel.db import session
from saas.kernel.shortcodes import new_code, shown_code
from saas.kernel.unit_of_work import unit_of_work
from saas.listing import commands as lists
from saas.media import commands as media
from saas.media.forms import OUTLETS
from saas.notices import commands as notices
from saas.notices import queries as notice_queries
from saas.notices.models import Delivery, Notice
from saas.notices.words import CODE, KINDS
from saas.organisations import commands as organisations
from saas.organisations import menus
from saas.organisations.commands import Deed
from saas.places import commands as places
from saas.places import forms as place_forms
from saas.points import commands as points
from saas.points.models import Handed
from saas.publishing import commands as publishing
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.showcase.screen import commands as screens
from saas.statements import commands as statements
from saas.tenancy.provisioning import hub
from saas.territory import commands as territory
from saas.territory.queries import Unit
from saas.themes import commands as themes
from saas.themes import queries as packs
from saas.visits import commands as visits
from saas.visits import queries as visit_queries
from saas.volunteers import commands as volunteers
from saas.volunteers.commands import Need
from saas.volunteers.models import Certificate
from tests.notices.kinds import ANSWERED, PLAIN
from tests.support import PASSWORD, District
from tests.visits.making import PDF, Letter

MARK = "邻区机密"
#: Latin words on pages because of what `ours` makes: a webhook's address, and the key by which the
#: list of what was done calls a culture; a code as slips have them, shown where one is
#: typed; the slots of templates of short texts.
LATIN = {"https", "example", "culture", "KHM3T-XP4CA", "what", "ref"}
#: Those of the address that an app opens, and of its own.
LATIN |= {
    "pdf",
    "letter",
    "door",
    "app",
    "cn",
    "http",
    "localhost",
    "embed",
    "ticket",
    "sign-in",
    "back",
}
#: The part of an address → what it is called by. The part is looked for as ``segment:name`` of
#: the address, then as ``blueprint.name``, then by its name alone.
Parts = dict[str, str]


def ours(alpha: District) -> Parts:
    """What stands in the parts of our own addresses."""
    with alpha.work():
        street = alpha.unit("street")
        structure = room_queries.structure_of(street)
        demand = demands.file_demand(
            category="rubbish",
            unit=alpha.unit("courtyard"),
            words="院门口垃圾",
            submission="every-form-submission",
            actor=alpha.actor("resident"),
        )
        token, text = accounts.add_token(
            name="网格系统",
            unit=alpha.unit("courtyard"),
            scopes=["territory:unit:view"],
            days=30,
            actor=alpha.actor("admin"),
        )
        assert structure.centre is not None
        assert SYSTEM.id is None
        themes.begin("daan", actor=SYSTEM)
        answer = knowledge_commands.write_answer(
            question="垃圾谁收？",
            answer="物业。",
            category="rubbish",
            actor=alpha.actor("admin"),
        )
        claim = figures.add_claim(
            measure="rooms", unit=street, stated=Decimal(19), source={"zh": "x"},
            stated_on=date(2020, 12, 31), actor=alpha.actor("admin"),
        )  # fmt: skip
        view = lists.keep_view(
            code="accounts.people", name="x", asked={"state": "out"}, actor=alpha.actor("admin")
        )
        return {
            "answer": answer.code,
            "register:home": "courtyard_one",
            "registrations:number": str(_registered(alpha, "x").id),
            "secret": "no-such-secret",
            "home": "charity",
            "template": "resolved",
            "reason": "budget",
            "question": "leak_where",
            "report": "handling_quality",
            "kind": "demands",
            "screen:name": "plan",
            "screens:number": "1",
            "tour:number": "1",
            "demands.code": demand.code,
            "demand": demand.code,
            "rooms.code": structure.rooms[0].code,
            "territory.code": "compound_one",
            "accounts.code": "courtyard_one",
            "street": street.code,
            "unit": "courtyard_one",
            "room": structure.rooms[0].code,
            "venue": _venue(street, "x"),
            "platform": structure.platforms[0].code,
            "platform:code": structure.platforms[0].code,
            "person_id": str(alpha.people["courtyard"]),
            "post_id": "1",
            "token": "no-such-token",
            "start of the token": text[:9],
            "token_id": str(token.id),
            "category": "rubbish",
            "number": "1",
            "tab": "about",
            "slot": "hero",
            "year": "2026",
            "day": "2026-10-01",
            "key": "1519",
            "version": "2.0.0",
            "view_id": str(view.id),
            "claim": str(claim.id),
            **_organisations(alpha, alpha.unit("courtyard"), "坝坝舞队", alpha.actor("resident")),
            **_booked(street, structure.rooms[0], alpha.actor("admin")),
            **_planned(street, "x", alpha.actor("admin")),
            **_told_ours(alpha, demand),
            **_places(street, "古井", alpha.actor("admin")),
            **_visited(street, "来访单位"),
            **_reported(street, "报纸"),
            **_written(alpha, "专页"),
            **_funded(alpha, "报纸"),
            **_shown_in(alpha, "x"),
        }


def _shown_in(district: District, name: str, links: int = 1) -> Parts:
    """An app that shows the district, and so many links of residents with it."""
    app = access.add_app(
        name=name, issuer=name, algorithm="HS256", key="a-secret-of-thirty-two-signs-or-more",
        ancestors=["https://app.example.cn"], actor=district.actor("admin"),
    )  # fmt: skip
    resident = district.actor("resident")
    linked = [access.link(app, f"{name}{number}", actor=resident) for number in range(links)]
    provider = access.add_provider(
        name=name, issuer="https://localhost", client_id="saas", secret="x" * 32, active=True,
        actor=district.actor("admin"),
    )  # fmt: skip
    vouched = {"vouching.code": provider.code}
    return {"app_code": app.code, "apps:number": str(linked[-1].id), **vouched}


def _registered(district: District, name: str) -> Registration:
    """Somebody who waits to be confirmed."""
    return access.register(
        name=name, phone="13900139000", password=PASSWORD, home=district.unit("courtyard"),
        address=name,
    )  # fmt: skip


def _booked(
    street: Unit, room: room_queries.Room, actor: Actor, name: str = "x", number: int = 1
) -> Parts:  # fmt: skip
    """A room that is booked, closed, and has its own code at the door."""
    room.status, room.hours = "open", [
        {"days": [1, 2, 3, 4, 5, 6, 7], "opens": "06:00", "closes": "23:00"}
    ]  # fmt: skip
    day, place = clock.today() + timedelta(days=2), Place(room, street)
    for hour in range(number):
        wish = bookings.wish_of(
            day=day, start=time(8 + hour), end=time(8 + hour, 30), purpose=name, guest_name=name,
            guest_phone="13900139222", channel="desk", outside=True,
        )  # fmt: skip
        booking = bookings.book(place, wish, actor=actor)
        start = clock.begin_of(day + timedelta(days=3 + hour))
        closure = rooms.close_for(
            street, room, start=start, end=start + timedelta(hours=1), reason="x", actor=SYSTEM
        )
    return {
        "bookings.code": booking.code, "bookings_api.code": booking.code, "b:code": booking.code,
        "key:code": booking.code, "closures:closure": str(closure.id),
        "bookings.key": booking_queries.door_key(place), "on its slip": shown_code(booking.code),
    }  # fmt: skip


def _planned(street: Unit, name: str, actor: Actor, number: int = 1) -> Parts:
    """An activity with a date that is published and a guest who comes, and a kind of its own."""
    kind = activity_forms.TERMS.add(
        name={"zh": name, "en": "secret kind of activity"}, use="kind", offer_hours=24, actor=actor
    ).code
    said = {**dict.fromkeys(activities.SAID), "title": {"zh": name}, "text": {}, "bring": [],
            "audience": {}, "kind": kind, "public": True, "max_people": 9}  # fmt: skip
    start = clock.begin_of(clock.today() + timedelta(days=4)) + timedelta(hours=9)
    for each in range(number):
        plan = activities.Plan(start=start + timedelta(days=each), said=said,
                               end=start + timedelta(days=each, hours=1),
                               address={"zh": name})  # fmt: skip
        made = activities.plan(street, plan, actor=actor)
        scene = activity_queries.scene_of(made.dates[0])
        activities.act(scene, activities.Deed(verb="publish"), actor=actor)
        coming = activities.Coming(party=2, guest_name=name, guest_phone="13900139333",
                                   channel="desk")  # fmt: skip
        signup = activities.sign_up(scene, coming, actor=actor)
    code = made.dates[0].code
    return {
        **_helped(street, scene, name, actor),
        "s:code": code, "sessions:code": code, "here:code": code, "how:code": code,
        "say:ticket": tickets().dumps([code, name]), "edit:code": made.activity.code,
        "sign-ups:code": signup.code, "a:code": signup.code, "activities:term": kind,
        **_rewarded(street, name),
        "on its sign-up": shown_code(signup.code), "pictures:picture": _picture(scene, name),
    }  # fmt: skip


def _rewarded(street: Unit, name: str) -> Parts:
    """Something to be had for points, and what was handed out already."""
    reward = points.add_reward(street, name={"zh": name}, price=1, pieces=2, actor=SYSTEM)
    whose = people.person_by_login("resident")
    assert whose
    account = points.join(actor=Actor("person", id=whose.id, name=name))
    one = Handed(code=new_code(), reward_id=reward.id, account_id=account.id, person_id=whose.id,
                 price=1, on=clock.today(), at=clock.now())  # fmt: skip
    session.add(one)
    session.flush()
    return {"rewards:reward": reward.code, "hand:code": account.slip or "",
            "on its points": shown_code(account.slip or ""), "on its reward": shown_code(one.code),
            "handed:code": one.code}  # fmt: skip


def _picture(scene: activity_queries.Scene, name: str) -> str:
    """A picture of the session, which somebody else put there."""
    made = Picture(code=new_code(), session_id=scene.session.id, state="shown", shows=name,
                   at=clock.now())  # fmt: skip
    session.add(made)
    session.flush()
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "JPEG")
    file = attachments.Taken("a.jpg", "jpeg", data.getvalue())
    attachments.attach([file], thing="session_picture", thing_id=made.id, place="face",
                       sealed=False, actor=SYSTEM)  # fmt: skip
    return made.code


def _helped(street: Unit, scene: activity_queries.Scene, name: str, actor: Actor) -> Parts:
    """Help that is wanted, somebody on the roll, and a certificate of theirs."""
    one = scene.session
    wanted = Need(work={"zh": name}, need=2, start=one.start, end=one.end)
    shift = volunteers.add_shift(scene, wanted, actor=actor)
    whom = volunteers.enter(street, name=name, phone="13900139444", actor=actor)
    volunteers.take(shift, whom, scene, actor=actor)
    paper = Certificate(code=new_code(), volunteer_id=whom.id, name=name, since=one.start,
                        until=one.end, minutes=60, times=1, made_at=clock.now())  # fmt: skip
    session.add(paper)
    session.flush()
    return {"helpers:shift": shift.code, "shifts:code": shift.code,
            "certificates:code": paper.code, "verify:code": paper.code}  # fmt: skip


def _venue(street: Unit, name: str) -> str:
    """A building of a street."""
    return rooms.add_venue(
        street, name={"zh": name}, facts={"zh": name}, area_m2=100, actor=SYSTEM
    ).code


def _organisations(district: District, unit: Unit, name: str, leader: Actor) -> Parts:
    """An organisation with a plan, a station and words of its own."""
    admin = district.actor("admin")
    group = organisations.start(
        type="community_organisation", name={"zh": name}, purpose=name, unit=unit, actor=leader
    )
    organisations.act(group, Deed(verb="advise", reason=name), actor=district.actor("street"))
    organisations.act(group, Deed(verb="file", number="1"), actor=admin)
    station = organisations.add_station(unit, name={"zh": name}, actor=admin)
    organisations.add_worker(station=station.code, name=name, certificate="none", actor=admin)
    plan = organisations.add_plan(group, station=station.code, title=name, words=name, actor=leader)
    return {
        "premises:code": group.code, "organisations.code": group.code,
        "organisations_api.code": group.code,
        "plans:code": plan.code, "station": station.code, "add:what": "sign",
        "linkage:what": "station", "type": "community_organisation", "stage": "com_seed",
        "term": "own_wish",
    }  # fmt: skip


def _places(street: Unit, name: str, admin: Actor) -> Parts:
    """A merchant of a kind of its own, and a walk that leads past it."""
    kind = place_forms.KINDS.add(name={"zh": name, "en": "secret kind"}, actor=admin).code
    told = {"sells": {"zh": name}, "place": {}, "concession": {}, "hours": [], "step_free": "yes"}
    shop = places.add_merchant(
        unit=street.code, name={"zh": name, "en": "secret shop"}, kind=kind,
        consent_until=date(2100, 1, 1), actor=SYSTEM, **told,
    )  # fmt: skip
    walk = places.add_route(
        unit=street.code, name={"zh": name, "en": "secret walk"}, purpose={"zh": name}, start={},
        step_free="unknown", actor=SYSTEM,
    )  # fmt: skip
    for at, thing in enumerate((None, f"merchant-{shop.id}"), 1):
        places.add_stop(
            walk, at=at, thing=thing, name={"zh": name}, minutes=5, what={}, step_free="yes",
            actor=SYSTEM,
        )  # fmt: skip
    places.move_route(walk, verb="publish", actor=SYSTEM)
    return {
        "merchants:code": shop.code, "merchants:kind": kind, "walks:code": walk.code, "no": "1",
        "deed": "check",
    }  # fmt: skip


def _visited(street: Unit, name: str, number: int = 1) -> Parts:
    """A delegation that is coming, with a letter, a stop, a guest, a cost and a question."""
    day = clock.today() + timedelta(days=8)
    for _ in range(number):
        wish = visits.Wish(
            from_org=name, level="peers", purpose=name, day=day, start=time(9), end=time(11),
            guests_n=5, contact_name=name, contact_phone="13900139444", letter=[Letter()],
        )  # fmt: skip
        with casework.quietly():
            visit = visits.ask(street, wish, actor=ANONYMOUS)
            deed = visits.Deed(verb="check", letter_no="1", secretary=name)
            visits.act(visit, deed, actor=SYSTEM)
        stop = visits.StopWish(start=time(9), end=time(10), place=name, chosen=True)
        visits.lay_stop(visit, stop, actor=SYSTEM)
        visits.set_guests(visit, guests=[(name, name)], actor=SYSTEM)
        visits.add_cost(visit, what=name, yuan=Decimal(1), actor=SYSTEM)
        with casework.quietly():
            visits.ask_question(visit, words_=name, actor=ANONYMOUS)
    (cost,), (asked,) = visit_queries.costs_of(visit), visit_queries.questions_of(visit)
    return {
        "visits.code": visit.code, "visits_api.code": visit.code, "v:code": visit.day_code,
        "open:code": visit.code, "costs:number": str(cost.id), "questions:number": str(asked.id),
        "letter:number": "1", "stops:no": "1", "on its slip of a visit": shown_code(visit.code),
    }  # fmt: skip


def _reported(street: Unit, name: str, number: int = 1) -> Parts:
    """An item of an outlet of its own, with a copy."""
    outlet = OUTLETS.add(
        name={"zh": name, "en": "secret outlet"}, tier="city", host="", actor=SYSTEM
    )
    for _ in range(number):
        item = media.add_coverage(
            unit=street.code, outlet=outlet.code, title=name, url="", copy=[Letter("报样.pdf")],
            published_on=clock.today(), actor=SYSTEM,
        )  # fmt: skip
    return {
        "outlet": outlet.code,
        "media:number": str(item.id),
        "coverage:number": str(item.id),
        "digest of the copy": hashlib.sha256(PDF).hexdigest(),
    }


def _written(district: District, title: str) -> Parts:
    """A page that was published, and is written anew."""
    label, (first, second) = {"zh": title, "en": ""}, map(district.actor, ("street", "admin"))
    page = publishing.start(title=label, lead=label, actor=first)
    publishing.add_block(page, "story", words=label, actor=first)
    for verb, actor in (("submit", first), ("publish", second), ("revise", first)):
        publishing.act(page, publishing.Deed(verb=verb), actor=actor)
    return {"publishing.code": page.code, "blocks:key": "1", "add:kind": "story"}


def _campaigned(district: District, name: str, number: int = 1) -> Parts:
    """A campaign with a paper and a lot that somebody bids for, a point, a card, a pledge."""
    admin, street, today = district.actor("admin"), district.actor("street"), clock.today()
    unit = district.unit("root").code
    for _ in range(number):
        plan = campaigns.Plan(name={"zh": name}, words={"zh": name}, purpose="elders", unit=unit,
                              basis="mutual_help", since=today - timedelta(days=300),
                              until=today + timedelta(days=9))  # fmt: skip
        with casework.quietly():
            made = campaigns.draft(plan, actor=admin)
            campaigns.prove(made, dict.fromkeys(("decision", "advice"), name),
                            {"advice": [Letter()]}, actor=admin)  # fmt: skip
            for verb in ("check", "publish"):
                campaigns.act(made, campaigns.Deed(verb=verb), actor=street)
            lot = campaigns.add_lot(
                made, name={"zh": name}, start=Decimal(1), step=Decimal(1), opens_at=clock.now(),
                closes_at=clock.now() + timedelta(days=1), actor=admin,
            )  # fmt: skip
            paddle = campaigns.take_paddle(made.id, name=name, actor=admin)
            campaigns.bid(lot, paddle, Decimal(2), actor=admin)
        card = campaigns.issue(name=name, unit=unit, since=today, until=today, actor=admin)
        pledge = campaigns.promise(kind="shop", name=name, unit=unit, since=today,
                                   amount=Decimal(5), actor=admin)  # fmt: skip
        point = POINTS.add(name={"zh": name, "en": "secret point"}, place={}, unit=unit, keeper="",
                           actor=admin)  # fmt: skip
    return {
        "campaigns:code": made.code, "lots:code": lot.code, "cards:code": card.code,
        "pledges:code": pledge.code, "papers:number": "1", "point": point.code,
        "on its campaign": shown_code(made.code), "on its card": shown_code(card.code),
        "on its pledge": shown_code(pledge.code),
    }  # fmt: skip


def _stated(district: District, name: str, number: int) -> Parts:
    """A statement of as many lines, none of them explained."""
    month = (clock.today().replace(day=1) - timedelta(days=27 * number)).replace(day=1)
    lines = [
        statements.BankLine(on=month, amount=Decimal(1), after=Decimal(nth), words=name,
                            reference=f"{name}{nth}")
        for nth in range(1, number + 1)
    ]  # fmt: skip
    statements.take_in(month, lines, opening=Decimal(), closing=Decimal(number),
                       actor=district.actor("admin"))  # fmt: skip
    return {"statements:month": f"{month:%Y-%m}", "rows:number": str(number)}


def _brought(district: District, name: str, number: int) -> Parts:
    """Goods of which somebody asks to write as many parts off; each worth more than the other."""
    admin = district.actor("admin")
    brought = goods.Brought(
        what=name, kind="food", quantity=9, unit="bag", condition="new", source="price",
        worth=Decimal(900 + number), place=name, purpose="elders", shown_as="name", name=name,
        best_before=clock.today() + timedelta(days=3),
    )  # fmt: skip
    made = goods.receive(district.unit("root"), brought, actor=admin)
    asked = [goods.ask_off(made, quantity=1, why="lost", words_=name, actor=admin)
             for _ in range(number)]  # fmt: skip
    return {"goods:code": made.code, "goods.verb": "out", "asked:number": str(asked[-1].id),
            "on its goods": shown_code(made.code)}  # fmt: skip


def _funded(district: District, name: str, number: int = 1) -> Parts:
    """A gift, a payout, a box, a seat, public money and a sheet."""
    root, admin = district.unit("root"), district.actor("admin")
    parts = _campaigned(district, name, number) | _brought(district, name, number)
    given = {"amount": Decimal(7), "purpose": "elders", "way": "bank",
             "campaign": parts["campaigns:code"]}  # fmt: skip
    until = clock.today() + timedelta(days=50)
    for turn in range(number):
        with clock.turned(timedelta(days=-200)):
            gift = funds.receive(
                root, funds.Given(**given, shown_as="anonymous", name=name), actor=admin
            )
        with casework.quietly():
            need = funds.Need(amount=Decimal(3), purpose="elders", what=name, payee=name)
            payout = funds.ask(root, need, actor=admin)
            if span := funds.due(clock.today()):
                sheet = funds.freeze(span[0], span[1], actor=admin)
        source = funds.add_source(
            root, name=name, department=name, document=name, amount=Decimal(9), until=until,
            since=clock.today(), actor=admin,
        )  # fmt: skip
        line = funds.add_line(
            source, name=name, purpose=name, amount=Decimal(9), until=until, actor=admin
        )
        login = ("resident", "neighbour", "courtyard", "compound", "community")[turn]
        seat = funds.seat(login=login, seat="member", actor=admin)
    with casework.quietly():
        evening, over = (
            funds.call(on=clock.today(), hour=time(19), place=name, actor=admin) for _ in range(2)
        )
    funds.put_on(over, subject=name, actor=admin)
    for verb in ("begin", "close"):
        funds.act_on(over, funds.Deed(verb=verb), actor=admin)
    items = [funds.put_on(evening, subject=name, actor=admin) for _ in range(number)]
    funds.put_on(evening, payout=payout.code, actor=admin)
    stated = _stated(district, name, number)
    box = funds.add_box(root, code=f"B{number}", place=name, purpose="elders", actor=admin)
    return {
        **parts, **stated, "gift:code": gift.code, "payouts:code": payout.code,
        "sheets:code": sheet.code,
        "boxes:code": box.code, "seats:number": str(seat.id), "sources:number": str(source.id),
        "lines:number": str(line.id), "accounts:name": f"line:{line.id}", "board:number": "1",
        "code of a receipt": shown_code(gift.code), "digest of a sheet": sheet.digest,
        "code of a sheet": shown_code(sheet.code), "committee:code": evening.code,
        "minutes:code": over.code, "items:number": str(items[-1].id),
    }  # fmt: skip


def _told_ours(district: District, demand: Demand) -> Parts:
    """Keys of a notice, a webhook and a delivery of the administrator."""
    admin = district.actor("admin")
    hook = notices.add_webhook(name="x", url="https://a.example/", kinds=[], actor=admin)
    notices.notify([district.people["admin"]], PLAIN, path="/rooms")
    (notice,), _ = notice_queries.inbox("all", actor=admin)
    (call,) = notice_queries.last_calls(hook)
    return {
        "webhook_id": str(hook.id),
        "notice_id": str(notice.id),
        "number of the delivery": call.delivery.key,
        "delivery_id": str(call.delivery.id),
        "channel": "sms",
        "notice": CODE.name,
        "locale": "zh_Hans_CN",
        "call_id": str(_call(district, demand)),
    }


_CALLED = ("asked", "resolved", "declined", "replied", "ended")


def _call(district: District, demand: Demand, number: int = 1) -> int:
    """Somebody to be called about a demand, so many times."""
    for kind in _CALLED[:number]:
        notices.ask_call(
            KINDS[f"demands.yours_{kind}"], path="/demands/x", about=f"demand:{demand.id}",
            calls=demand.holder_id, person_id=district.people["resident"],
            what={"zh": demand.words}, where={"zh": "x"}, who={"zh": "x"},
        )  # fmt: skip
    return notice_queries.calls_about(f"demand:{demand.id}")[0].id


def _screen(district: District) -> int:
    """A screen that hangs in a district."""
    number = district.tenant.id
    with district.app.test_request_context(), entering(hub()), unit_of_work():
        screens.ask(number, "123456")
        return screens.pair(number, code="123456", name=MARK).id


def theirs(beta: District) -> Parts:
    """Things that only beta has, all marked: a street with rooms, a person, a post, a demand."""
    screen = _screen(beta)
    with beta.work():
        street = territory.add_unit(
            code="secret_street", kind="street", name={"zh": MARK}, parent=beta.unit("root"),
            actor=SYSTEM,
        )  # fmt: skip
        rooms.plan_street(street, actor=SYSTEM)
        structure = room_queries.structure_of(street)
        room = rooms.add_room(
            street, platform=structure.platforms[0], code="secret_room", name={"zh": MARK},
            seal="密", actor=SYSTEM,
        )  # fmt: skip
        for number in range(5):  # keys that alpha has not reached
            person = accounts.add_person(name=MARK, login=f"secret{number}", actor=SYSTEM)
            post = accounts.add_post(
                unit=street, role=people.role("room_keeper"), name={"zh": MARK}, actor=SYSTEM
            )
        token = accounts.invite(person, actor=SYSTEM).token
        key, _ = accounts.add_token(
            name=MARK, unit=street, scopes=["territory:unit:view"], days=30,
            actor=beta.actor("admin"),
        )  # fmt: skip
        demand = demands.file_demand(
            category="rubbish", unit=beta.unit("courtyard"), words=MARK,
            submission="secret-submission", actor=beta.actor("resident"),
        )  # fmt: skip
        registered = [_registered(beta, f"{MARK}{n}") for n in range(5)][-1]
        admin = beta.actor("admin")
        answer = knowledge_commands.write_answer(
            question=MARK, answer=MARK, category="rubbish", actor=admin
        )
        knowledge_commands.publish_answer(answer, read=True, actor=admin)
        category = settings_commands.CATEGORIES.add(
            name={"zh": MARK, "en": "secret"}, hint={"zh": MARK}, parent="sanitation",
            kind="demands", open_to_neighbours=False, actor=admin,
        )  # fmt: skip
        home = rooms.add_platform_template(
            name={"zh": MARK, "en": "secret"}, seal="密", purpose={}, actor=SYSTEM
        )
        rooms.add_room_template(
            platform=home.code, name={"zh": MARK, "en": "secret library"}, seal="密", purpose={},
            services=[], hours=[], actor=SYSTEM,
        )  # fmt: skip
        template = settings_commands.TEMPLATES.add(
            name={"zh": MARK, "en": "secret"}, text={"zh": MARK}, category=None, verb=None,
            actor=admin,
        )  # fmt: skip
        reason = settings_commands.REASONS.add(
            use="suspend", name={"zh": MARK, "en": "secret"}, actor=admin
        )
        _shape_culture()
        question = settings_commands.QUESTIONS.add(
            category=category.code, label={"zh": MARK, "en": "secret question"}, hint={},
            kind="text", choices=[], required=False, personal=False, actor=admin,
        )  # fmt: skip
        view = figures_commands.View("unit", ["received"], {})
        report = figures_commands.REPORTS.add(
            title={"zh": MARK, "en": "secret report"}, summary={}, period="month",
            sections=[view.section()], actor=admin,
        )  # fmt: skip
        claim = figures.add_claim(
            measure="rooms", unit=street, stated=Decimal(19), source={"zh": MARK},
            stated_on=date(2020, 12, 31), actor=admin,
        )  # fmt: skip
        for view_number in range(5):
            view = lists.keep_view(
                code="accounts.people", name=f"{MARK}{view_number}", asked={}, actor=admin
            )
        secret = _organisations(
            beta, beta.unit("courtyard"), MARK, beta.actor("resident")
        ) | {
            "type": menus.TYPES.add(
                name={"zh": MARK, "en": "secret type"}, needs="filing", supporter="street",
                silent_days=99, most_members=9, valid_months=None, source={"zh": MARK}, actor=admin,
            ).code,
            "term": menus.TERMS.add(
                name={"zh": MARK, "en": "secret"}, use="exit", actor=admin
            ).code,
        }  # fmt: skip
        secret["stage"] = menus.STAGES.add(
            name={"zh": MARK, "en": "secret stage"}, type=secret["type"], criteria=[], actor=admin
        ).code
        secret |= _booked(street, room, admin, MARK, 5)
        secret |= _planned(street, MARK, admin, 5)
        return (
            _told_theirs(beta)
            | secret
            | _places(street, MARK, admin)
            | _visited(street, MARK, 5)
            | _reported(street, MARK, 5)
            | _written(beta, MARK)
            | _funded(beta, MARK, 5)
            | {
                "call_id": str(_call(beta, demand, 5)),
                "view_id": str(view.id),
                "claim": str(claim.id),
                "question": question.code,
                "report": report.code,
                "tab": "about",
                "slot": "hero",
                "face": "resident",
                "register:home": street.code,
                "registrations:number": str(registered.id),
                **_shown_in(beta, MARK, 5),
                "secret": intake.secret_of(demand),
                "answer": answer.code,
                "home": home.code,
                "template": template.code,
                "reason": reason.code,
                "kind": "demands",
                "screen:name": "plan",
                "screens:number": str(screen),
                "tour:number": "1",
                "settings:category": category.code,
                **dict.fromkeys(("rooms.code", "rooms_api.code"), room.code),
                **dict.fromkeys(("territory.code", "territory_api.code"), street.code),
                "code": demand.code,
                "demand": demand.code,
                "street": street.code,
                "unit": street.code,
                "room": room.code,
                "venue": _venue(street, MARK),
                "platform": structure.platforms[0].code,
                "person_id": str(person.id),
                "post_id": str(post.id),
                "token": token,
                "token_id": str(key.id),
                "category": "rubbish",
                "number": "1",
                "year": "2026",
                "day": "2026-10-01",
                "key": "1519",
                "version": "2.0.0",
            }
        )


def _shape_culture() -> None:
    """An edition on show and a draft that say so."""
    for source in ("plain", "#1"):
        themes.begin(source, actor=SYSTEM)
        seen = packs.section_mark(packs.access_draft().content, ["title"])
        themes.change({"title": {"zh": MARK, "en": MARK}}, seen=seen, actor=SYSTEM)
        if source == "plain":
            themes.apply(themes.publish(MARK, actor=SYSTEM).number, actor=SYSTEM)


def _told_theirs(beta: District) -> Parts:
    """Notices of their administrator, a webhook that heard of them, and the deliveries."""
    admin = beta.actor("admin")
    for number in range(5):
        hook = notices.add_webhook(name=MARK, url="https://a.example/", kinds=[], actor=admin)
        notices.notify([beta.people["admin"]], ANSWERED, path=f"/units?q={number}", what=MARK)
    newest = {
        table: session.scalars(sa.select(table.id).order_by(table.id.desc()).limit(1)).one()
        for table in (Notice, Delivery)
    }
    return {
        "webhook_id": str(hook.id),
        "notice_id": str(newest[Notice]),
        "delivery_id": str(newest[Delivery]),
        "channel": "sms",
        "notice": CODE.name,
        "locale": "zh_Hans_CN",
    }
