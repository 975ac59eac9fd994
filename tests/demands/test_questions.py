"""What a category asks besides the words: on pages, through the API, for whom it is readable."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from saas.demands.case import queries as cases
from saas.demands.case.models import Demand, Detail
from saas.demands.figures.measures import BOARD
from saas.demands.menu import queries as menu
from saas.demands.menu import rules
from saas.demands.menu.models import Question
from saas.demands.menu.rules import MOST_QUESTIONS
from saas.demands.settings import commands
from saas.kernel.db import session
from tests.demands.programs import FILED, clerk, enter
from tests.demands.working import file
from tests.support import District, Visitor

NEW = "/demands/new/{}/courtyard_one"
PLATE = "川C88888"
_keys = iter(range(1_000_000))


def _sent(visitor: Visitor, category: str, **fields: Any) -> Any:
    key = f"questions-key-{next(_keys):06}"
    given = {
        "category": category,
        "unit": "courtyard_one",
        "words": "请来看一看",
        "submission": key,
    }
    return visitor.post(NEW.format(category), **(given | fields))


def _code(answer: Any) -> str:
    assert answer.status_code == 302, answer.text
    return str(answer.location.split("/demands/")[1].split("/")[0].split("?")[0])


def _details(district: District, code: str) -> list[tuple[str, Any]]:
    """Question and what is stored of it in the open."""
    with district.work():
        demand = session.scalars(sa.select(Demand).where(Demand.code == code)).one()
        query = sa.select(Detail.question, Detail.said).where(Detail.demand_id == demand.id)
        return [(code, said) for code, said in session.execute(query.order_by(Detail.position))]


@pytest.fixture
def must_say(alpha: District) -> District:
    """A district in which nobody reports a lift without saying whether somebody is trapped."""
    with alpha.work():
        row = commands.QUESTIONS.row("lift_trapped")
        commands.QUESTIONS.change(
            row, label=dict(row.label), hint=dict(row.hint), choices=[], required=True,
            personal=False, actor=alpha.actor("admin"),
        )  # fmt: skip
    return alpha


# Filing


def test_a_resident_is_asked_what_the_category_asks_and_reads_it_again(alpha: District) -> None:
    visitor = alpha.client("resident")
    page = visitor.get(NEW.format("lifts")).text
    assert "现在有人被困吗" in page
    assert 'name="q-lift_trapped"' in page
    assert 'name="q-' not in visitor.get(NEW.format("rubbish")).text
    answers = {"q-lift_trapped": "no", "q-lift_number": "51150200123"}
    code = _code(_sent(visitor, "lifts", **answers))
    own = visitor.get(f"/demands/{code}").text
    assert "51150200123" in own
    assert "现在有人被困吗" in own
    desk = alpha.client("courtyard").get(f"/demands/{code}").text
    assert "51150200123" in desk
    slip = visitor.get(f"/demands/{code}/slip").text
    assert "51150200123" in slip


def test_what_must_be_answered_holds_the_form_and_keeps_what_was_typed(must_say: District) -> None:
    alpha = must_say
    answer = _sent(alpha.client("resident"), "lifts", **{"q-lift_number": "两号梯"})
    assert answer.status_code == 422
    assert "两号梯" in answer.text
    assert 'href="#f-q-lift_trapped"' in answer.text
    wrong = {"q-lift_trapped": "maybe"}
    assert _sent(alpha.client("resident"), "lifts", **wrong).status_code == 422


def test_what_nobody_asked_is_not_kept(alpha: District) -> None:
    code = _code(_sent(alpha.client("resident"), "rubbish", **{"q-plate": PLATE}))
    assert _details(alpha, code) == []


def test_an_answer_stays_as_it_was_asked_when_the_question_changes(alpha: District) -> None:
    chosen = {"q-leak_where": "roof", "q-leak_since": "2026-10-01"}
    visitor = alpha.client("resident")
    code = _code(_sent(visitor, "house_repairs", **chosen))
    with alpha.work():
        admin = alpha.actor("admin")
        where = commands.QUESTIONS.row("leak_where")
        names = [dict(each["name"]) for each in where.choices]
        names[0] = {"zh": "楼顶平台"}
        commands.QUESTIONS.change(
            where, label={"zh": "问题在哪"}, hint={}, choices=names, required=False,
            personal=False, actor=admin,
        )  # fmt: skip
        assert next(each["code"] for each in where.choices) == "roof", "codes are for ever"
        commands.QUESTIONS.retire(commands.QUESTIONS.row("leak_since"), actor=admin)
    page = visitor.get(f"/demands/{code}").text
    assert "哪里出了问题" in page
    assert "屋顶" in page
    assert "2026-10-01" in page
    fresh = visitor.get(NEW.format("house_repairs")).text
    assert "问题在哪" in fresh
    assert "楼顶平台" in fresh
    assert "leak_since" not in fresh


# Staff


def test_staff_are_asked_when_the_category_is_chosen_with_and_without_a_script(
    alpha: District,
) -> None:
    desk = alpha.client("courtyard")
    assert 'name="q-' not in desk.get("/demands/enter").text
    assert 'name="q-plate"' in desk.get("/demands/enter/questions?category=parking").text
    assert desk.get("/demands/enter/questions?category=nothing").text.strip() == ""
    sent = {
        "channel": "desk", "category": "lifts", "unit": "courtyard_one", "words": "电梯坏了",
        "submission": "questions-at-the-desk",
    }  # fmt: skip
    first = desk.post("/demands/enter", **sent)
    assert first.status_code == 422
    assert 'name="q-lift_trapped"' in first.text
    answers = {"asked": "lifts", "q-lift_trapped": "no"}
    assert desk.post("/demands/enter", **sent, **answers).status_code == 302
    assert alpha.client("resident").get("/demands/enter/questions").status_code == 403


def test_an_unanswered_page_of_another_category_is_shown_once_more(alpha: District) -> None:
    desk = alpha.client("courtyard")
    sent = {
        "channel": "patrol", "category": "parking", "unit": "courtyard_one", "words": "车挡住了",
        "submission": "questions-on-patrol", "asked": "lifts", "q-lift_trapped": "no",
    }  # fmt: skip
    again = desk.post("/demands/enter", **sent)
    assert again.status_code == 422
    assert 'name="q-plate"' in again.text
    assert desk.post("/demands/enter", **(sent | {"asked": "parking"})).status_code == 302


# Personal answers


@pytest.fixture
def with_plate(alpha: District) -> str:
    """A demand with a personal answer."""
    return _code(_sent(alpha.client("resident"), "parking", **{"q-plate": PLATE}))


def test_a_personal_answer_is_sealed_and_shown_to_those_who_may_know_who_asks(
    alpha: District, with_plate: str
) -> None:
    assert _details(alpha, with_plate) == [("plate", None)]
    with alpha.work():
        raw = session.execute(sa.text("SELECT sealed FROM demand_details")).scalars().all()
        assert all(PLATE.encode() not in bytes(each) for each in raw)
    for who in ("resident", "courtyard"):
        assert PLATE in alpha.client(who).get(f"/demands/{with_plate}").text, who
    for path in (
        f"/demands/{with_plate}/slip",
        f"/track/{with_plate}",
        "/demands?q=88888",
        "/demands/records?measure=received",
        "/demands/records/table?measure=received",
    ):
        answer = alpha.client("courtyard").get(path)
        assert answer.status_code == 200, path
        assert PLATE not in answer.text, path


def test_who_filed_unnamed_is_not_known_by_an_answer(alpha: District) -> None:
    code = _code(_sent(alpha.client("resident"), "parking", **{"q-plate": PLATE, "anonymous": "1"}))
    page = alpha.client("courtyard").get(f"/demands/{code}").text
    assert PLATE not in page
    assert "****" in page
    assert PLATE in alpha.client("resident").get(f"/demands/{code}").text


def test_no_figure_and_no_audit_entry_knows_an_answer(alpha: District, with_plate: str) -> None:
    assert "personal" not in str(BOARD.measures)
    with alpha.work():
        facts = session.execute(sa.text("SELECT facts::text FROM audit_entries")).scalars().all()
    assert all(PLATE not in each for each in facts)


# Ways that do not ask


def test_a_way_that_asks_nothing_misses_nothing(must_say: District) -> None:
    alpha = must_say
    with alpha.work():
        assert cases.details_of(file(alpha, category="lifts"), personal=True) == []


def test_a_program_reads_what_is_asked_and_sends_the_answers(must_say: District) -> None:
    system = clerk(must_say)
    listed = system.call("GET", "/categories").json["categories"]
    [lifts] = [each for each in listed if each["code"] == "lifts"]
    assert [one["code"] for one in lifts["questions"]] == ["lift_trapped", "lift_number"]
    refused = system.call("POST", "/demands", json={**FILED, "category": "lifts"})
    assert refused.status_code == 422
    assert "answers.lift_trapped" in refused.json["errors"]
    code = enter(system, category="lifts", answers={"lift_trapped": "no"})
    [answer] = system.call("GET", f"/demands/{code}").json["answers"]
    assert (answer["question"], answer["value"], answer["personal"]) == (
        "lift_trapped",
        "no",
        False,
    )


# Settings


def _form(**more: str) -> dict[str, str]:
    return {"label_zh": "有几只？", "label_en": "How many", "kind": "number", **more}


LIST = "/demands/settings/categories/pests/questions"


def test_the_district_adds_changes_orders_and_retires_questions(alpha: District) -> None:
    admin = alpha.client("admin")
    assert admin.post(f"{LIST}/new", **_form()).status_code == 302
    second = _form(
        label_zh="什么虫？", label_en="Which", kind="choice", choices="老鼠 | Rats\n蟑螂"
    )
    assert admin.post(f"{LIST}/new", **second).status_code == 302
    with alpha.work():
        codes = [row.code for row in menu.questions_of("pests")]
        assert codes == ["how_many", "which"]
        assert [each["code"] for each in commands.QUESTIONS.row("which").choices] == [
            "rats",
            "answer",
        ]
    assert "什么虫" in admin.get(LIST).text
    one = "/demands/settings/questions/which"
    assert admin.post(f"{one}/shift", way="up").status_code == 302
    assert admin.post(f"{one}/retire").status_code == 302
    with alpha.work():
        assert [row.code for row in menu.questions_of("pests")] == ["how_many"]
    assert admin.post(f"{one}/restore").status_code == 302
    changed = {"label_zh": "哪种虫？", "choices": "蟑螂\n老鼠\n白蚁", "required": "1"}
    assert admin.post(one, **changed).status_code == 302
    with alpha.work():
        row = commands.QUESTIONS.row("which")
        assert row.required
        assert [each["code"] for each in row.choices][:2] == ["answer", "rats"]
        assert [row.code for row in menu.questions_of("pests")] == ["which", "how_many"]


def test_questions_are_settings_of_who_changes_settings(alpha: District) -> None:
    for who, status in {"admin": 200, "officer": 403, "resident": 403}.items():
        visitor = alpha.client(who)
        for path in (LIST, f"{LIST}/new", "/demands/settings/questions/plate"):
            assert visitor.get(path).status_code == status, (who, path)
    sent = alpha.client("officer").post(f"{LIST}/new", form="/rooms", **_form())
    assert sent.status_code == 403


def test_a_form_stays_short_and_a_choice_has_answers(alpha: District) -> None:
    admin = alpha.client("admin")
    assert admin.post(f"{LIST}/new", **_form(kind="choice", choices="只有一个")).status_code == 422
    assert admin.post(f"{LIST}/new", **_form(kind="choice", choices="甲\n甲")).status_code == 422
    for _ in range(MOST_QUESTIONS):
        assert admin.post(f"{LIST}/new", **_form()).status_code == 302
    assert admin.post(f"{LIST}/new", **_form()).status_code == 422
    group = "/demands/settings/categories/sanitation/questions/new"
    assert admin.post(group, **_form()).status_code == 422, "nothing can be filed in a group"
    with alpha.work():
        assert session.scalar(sa.select(sa.func.count()).where(Question.category == "pests")) == 6


# The rules


@given(st.text(max_size=400), st.sampled_from(rules.QUESTION_KINDS))
def test_an_answer_is_taken_the_same_the_second_time(typed: str, kind: str) -> None:
    choices = [{"code": "a", "name": {"zh": "甲"}}]
    taken = rules.answered(kind, typed, choices)
    if taken is not None:
        assert rules.answered(kind, taken["value"], choices) == taken
        assert len(taken["value"]) <= rules.LONGEST_ANSWER


@given(st.decimals(-(10**11), 10**11, places=3))
def test_a_number_is_kept_as_it_is_worth(number: Any) -> None:
    taken = rules.answered("number", str(number))
    assert taken is not None
    assert re.fullmatch(r"-?\d+(\.\d+)?", taken["value"])
    assert float(taken["value"]) == float(number)


def test_digits_of_a_chinese_keyboard_are_digits() -> None:
    assert rules.answered("number", "１２．５") == {"value": "12.5"}
    assert rules.answered("number", "十二") is None
    assert rules.answered("date", "２０２６-11-02") == {"value": "2026-11-02"}
    assert rules.answered("date", "2026-02-30") is None
