"""What every route answered to every role: nothing of a neighbour's, no fault, no loose word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from markupsafe import escape

from tests.support import District
from tests.walk.parts import MARK
from tests.walk.reading import OWN_NAMES
from tests.walk.walking import ASKERS, NASTY, READERS, SENDERS, Walk


def _each(people: Iterable[str | None]) -> Any:
    """A test for each of these people; all about one person's walk go to one worker."""
    return pytest.mark.parametrize("who", people, ids=lambda who: who or "nobody")


EVERYBODY = dict.fromkeys((*READERS, *ASKERS, *SENDERS))


@_each(ASKERS)
def test_no_route_shows_or_takes_anything_of_a_neighbour(walked: Walk) -> None:
    for answer in walked.refusable:
        assert answer.status in {302, 400, 401, 403, 404, 415}, f"{answer.asked}: {answer.status}"
    assert len(walked.refusable) > 20
    assert len(walked.foreign) > len(walked.refusable)


@_each(EVERYBODY)
def test_nothing_that_is_answered_shows_a_neighbours_things(walked: Walk) -> None:
    for answer in walked.answers():
        assert MARK not in answer.text, answer.asked
        assert "beta" not in answer.text, answer.asked


@_each(EVERYBODY)
def test_no_answer_is_a_fault_of_ours(walked: Walk) -> None:
    for answer in walked.answers():
        assert answer.status < 500, f"{answer.asked}: {answer.status}"
    assert len(walked.pages) > 20


@_each(SENDERS)
def test_no_form_breaks_and_a_refusal_says_why(walked: Walk) -> None:
    for answer in walked.sent:
        if answer.status == 422:
            assert 'role="alert"' in answer.text, answer.asked
        assert NASTY["markup"] not in answer.text, answer.asked
    assert len(walked.sent) > 100
    assert sum(answer.status == 422 for answer in walked.sent) > 5


@_each(SENDERS)
def test_every_kind_of_field_met_every_value(walked: Walk) -> None:
    """Not every form is sent everything; but nothing is left that no such field was sent."""
    kinds = {kind for kind, _ in walked.met}
    assert {"input text", "textarea", "select", "unshown"} <= kinds
    assert {*walked.met} == {(kind, what) for kind in kinds for what in NASTY}


@_each(READERS)
def test_every_form_that_is_posted_carries_the_token(walked: Walk) -> None:
    """So tests may read a token off one page and send with it whatever they like."""
    bare = {answer.asked: answer.seen.untokened for _endpoint, answer in walked.linked}
    assert not {asked: forms for asked, forms in bare.items() if forms}


#: Forms that begin with something and edit nothing by it, or have a mark of their own: why.
BEGINS = {
    "activities.add_date": "new: a week after the last one is proposed",
    "activities.add": "new: a day and times are proposed",
    "activities.enter": "new: one person is proposed",
    "activities.move": "the number of the last act is its mark (seen)",
    "activities.sign_up": "new: one person is proposed",
    "activities.work": "the number of the last act is its mark (seen)",
    "culture_editor.publish": "new: an edition",
    "culture_editor.tab": "the draft has a mark for each tab (seen)",
    "campaigns.add_lot": "new: times and the first bid are proposed",
    "funds.desk": "new: how it came and what is shown are proposed",
    "goods.add": "new: today is proposed, and that nothing is shown",
    "demands.add_category": "new: the kind is proposed",
    "demands.add_question": "new: the kind of answer is proposed",
    "bookings.book": "new: the way in and the kind are proposed",
    "demands.add_report": "new: period and measures are proposed",
    "demands.enter": "new: a demand, its way in is proposed",
    "demands.new": "new: a demand",
    "media.add": "new: its place is proposed, and that it counts",
    "model.export": "a file: its head is proposed",
    "organisations.add": "new: what is added to an organisation, some of it is proposed",
    "organisations.start": "new: an organisation",
    "places.add_merchant": "new: nobody has looked at its steps yet",
    "places.add_route": "new: nobody has looked at its steps yet",
    "places.add_stop": "new: how far it is is proposed; the stops have a mark of their own (seen)",
    "rooms.grant": "new: nothing is paid, unless it is said",
    "rooms.grid": "every row has a mark of its own (seen-<room>)",
    "setup_import.divisions": "a list to be read: district and day are proposed",
    "territory.add": "new: its only kind is proposed",
    "volunteers.helpers": "new: the hours of the session are proposed",
    "visits.add_stop": "new: the time behind the last stop is proposed",
    "visits.ask": "new: the usual hours are proposed",
}


@_each(["admin"])
def test_every_form_that_edits_carries_the_mark_of_what_was_seen(walked: Walk) -> None:
    """A form in which something stands already edits it, unless it is listed with the reason."""
    assert sorted(walked.unmarked) == sorted(BEGINS), " ".join(sorted(walked.unmarked))


@_each(SENDERS)
def test_what_a_form_took_can_be_looked_at(walked: Walk) -> None:
    for answer in walked.after:
        assert answer.status in {200, 302}, f"{answer.asked}: {answer.status}"
        assert NASTY["markup"] not in answer.text, answer.asked
    assert walked.after


@_each([who for who in READERS if who])
def test_no_page_of_one_who_is_signed_in_may_ever_be_kept(walked: Walk) -> None:
    for _endpoint, answer in walked.linked:
        if answer.html and answer.status == 200:
            assert answer.kept == "nothing", answer.asked


@_each(READERS)
def test_pages_of_a_district_say_nothing_outside_the_catalogue(walked: Walk) -> None:
    known = OWN_NAMES | walked.known
    loose = {answer.asked: answer.seen.loose() - known for _endpoint, answer in walked.linked}
    assert not {asked: words for asked, words in loose.items() if words}
    assert MAIN[walked.who] <= {endpoint for endpoint, _ in walked.linked}


#: What the links have to lead to, so that the walk cannot become empty unnoticed.
MAIN = {
    None: {"showcase.home", "rooms.listing", "rooms.show", "accounts.sign_in"},
    "resident": {"demands.choose_category", "demands.new", "demands.own", "demands.show"},
    "admin": {"territory.tree", "accounts.people", "accounts.audit", "accounts.roles"},
    "street": {"rooms.manage", "rooms.edit", "territory.show", "territory.move"},
    "courtyard": {"demands.listing", "demands.show", "showcase.front"},
    "keeper": {"rooms.manage", "rooms.listing"},
}


def test_what_was_typed_stays_in_the_form_that_refuses_it(alpha: District) -> None:
    visitor, typed = alpha.client("admin"), "很长的原因与说明" * 3
    for path, fields in {
        "/people/add?unit=courtyard_one": {"name": typed, "phone": "12"},
        "/units/compound_one/add": {"name_zh": typed, "code": "Bad Code", "kind": "none"},
        "/console/rooms/street_one/new": {"name_zh": typed, "seal": "两字"},
    }.items():
        answer = visitor.post(path, form="/rooms", **fields)
        assert answer.status_code == 422, path
        assert str(escape(typed)) in answer.text, path
