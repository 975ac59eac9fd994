"""Who came to see a demo district, and what was reported of it, by the commands that people use."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final

from saas.accounts import queries as people
from saas.casework import quietly
from saas.kernel import clock
from saas.kernel.context import ANONYMOUS, SYSTEM
from saas.media import commands as media
from saas.media import queries as items
from saas.media.forms import OUTLETS
from saas.rooms import queries as rooms
from saas.showcase.package.visits import DemoMedia, DemoVisit, DemoVisits
from saas.visits import commands, queries
from saas.visits.commands import Deed, StopWish, Wish

_BEGINS, _ENDS, _EACH = time(9), time(11, 30), timedelta(minutes=30)
#: Asked for so long before; the days between two items of the media.
_BEFORE, _BETWEEN = timedelta(days=10), timedelta(days=7)
_PHONE: Final = "100-0000-0399"
_LETTER: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources"
    b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length 46>>stream\nBT /F 40 Tf 200 700 Td (SAMPLE LETTER) Tj ET\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass
class _Letter:
    """A file as a form sends it."""

    filename: str = "sample.pdf"
    stream: Any = field(default_factory=lambda: io.BytesIO(_LETTER))


def receive_visits(demo: DemoVisits) -> int:
    """All of them, each lived through on its own day, unless they are there; returns how many."""
    if queries.count(queries.of_samples()):
        return 0
    known = [people.person_by_login(login) for login in demo.guides]
    guides = [str(one.id) for one in known if one is not None]
    with quietly():
        for number, one in enumerate(demo.visits, 1):
            _live(demo, one, number, guides[number % len(guides)])
        for ahead, one in enumerate(demo.coming, 1):
            _ask(demo, one, datetime.combine(clock.today() + timedelta(days=4 * ahead), _BEGINS))
    commands.forget_guests()
    return len(demo.visits)


def _ask(demo: DemoVisits, one: DemoVisit, at: datetime, letter: str = "") -> queries.Visit:
    street = rooms.public_street(demo.unit)
    wish = Wish(
        from_org=one.from_org, level=one.level, purpose=one.purpose, day=at.date(),
        start=_BEGINS, end=_ENDS, guests_n=one.guests, contact_name=demo.contact,
        contact_phone=_PHONE, letter_no=letter, letter=[_Letter()], sample=True,
    )  # fmt: skip
    return commands.ask(street, wish, actor=ANONYMOUS)


def _live(demo: DemoVisits, one: DemoVisit, number: int, guide: str) -> None:
    """From the letter to the frozen list."""
    at = datetime.combine(one.day, _BEGINS, clock.zone())
    letter = demo.letter.format(number=number)
    with clock.turned(at - _BEFORE - clock.now()):
        visit = _ask(demo, one, at, letter)
        commands.act(visit, Deed(verb="check", letter_no=letter), actor=SYSTEM)
        for place, words in enumerate((*demo.stops, "")):
            start, end = (at + _EACH * n for n in (place, place + 1))
            wish = StopWish(start=start.time(), end=end.time(), place=words, guide=guide,
                            chosen=not words)  # fmt: skip
            commands.lay_stop(visit, wish, actor=SYSTEM)
        commands.act(visit, Deed(verb="confirm"), actor=SYSTEM)
    with clock.turned(at + _EACH - clock.now()):
        commands.choose(visit, thing="", place=one.own, actor=ANONYMOUS)
        _say(demo, visit, number)
        commands.act(visit, Deed(verb="hold"), actor=SYSTEM)
        guests = [(demo.contact, post) for post in demo.posts[: one.guests]]
        commands.set_guests(visit, guests=guests, escorts_n=0, actor=SYSTEM)
        if one.pledge:
            commands.act(visit, Deed(verb="pledge", pledge=one.pledge), actor=SYSTEM)
        commands.act(visit, Deed(verb="follow"), actor=SYSTEM)


def _say(demo: DemoVisits, visit: queries.Visit, number: int) -> None:
    """What was asked and answered, each once, and how useful it was."""
    commands.rate(visit, useful=4 + number % 2, missing="", actor=ANONYMOUS)
    if number <= len(demo.asked):
        said = demo.asked[number - 1]
        commands.ask_question(visit, words_=said.question, actor=ANONYMOUS)
        (question,) = queries.questions_of(visit)
        commands.answer_question(visit, question, answer=said.answer, publish=True, actor=SYSTEM)


def enter_media(demo: DemoMedia) -> int:
    """Every item of the source, its title a sample where the source gives none; how many."""
    if items.count():
        return 0
    made, originals = 0, list[str]()
    for one in demo.outlets:
        outlet = OUTLETS.add(name=dict(one.name), tier=one.tier, host=one.host or "", actor=SYSTEM)
        for _ in range(one.items):
            made += 1
            title = demo.titles[made % len(demo.titles)].format(number=made)
            again = originals[made % len(originals)] if one.reprints and originals else None
            item = media.add_coverage(
                unit=demo.unit, outlet=outlet.code, title=title, url="", reprint_of=again,
                published_on=demo.first + _BETWEEN * (made * 5 % 44), sample=True, actor=SYSTEM,
            )  # fmt: skip
            originals += [] if again else [str(item.id)]
    return made
