"""Reply templates and public answers, through the doors that people use."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from markupsafe import escape

from saas.demands.knowledge import commands as knowledge_commands
from saas.demands.knowledge.models import PublicAnswer
from saas.demands.menu import queries
from saas.demands.menu.models import ReplyTemplate
from saas.demands.package.shapes import Demands
from saas.demands.settings import commands as settings_commands
from saas.kernel.audit import AuditEntry
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.packages.library.queries import read_package
from tests.support import District, Visitor

PERSONAL = {
    "phone": "13812345678",
    "phone with dashes": "138-1234-5678",
    "full-width phone": "１３８１２３４５６７８",
    "identity number": "510303 19871102 001X",
    "plate": "川C·12A45",
    "mail": "zhang @ qq.com",
    "chinese numerals": "一三八一二三四五六七八",
}
WORDS = "院门口垃圾桶满了没人清运，请联系{}"
DONE = "已经清运，值班 {}"


def _file(district: District, words: str, **fields: object) -> str:
    values = {"category": "rubbish", "unit": "courtyard_one", "submission": "knowledge-key-0001"}
    visitor = district.client("resident")
    answer = visitor.post("/demands/new/rubbish/courtyard_one", words=words, **{**values, **fields})
    assert answer.status_code == 302, answer.text
    return str(answer.location.split("/demands/")[1].split("?")[0])


def _act(district: District, who: str, code: str, verb: str, reason: str = "") -> None:
    answer = district.client(who).post(f"/demands/{code}", verb=verb, reason=reason)
    assert answer.status_code == 302, answer.text


def _resolved(district: District, words: str = WORDS, done: str = DONE) -> str:
    code = _file(district, words)
    _act(district, "courtyard", code, "accept")
    _act(district, "courtyard", code, "resolve", done)
    return code


def _typed(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*>([^<]*)</textarea>', page)
    assert found, name
    return found.group(1)


def _propose(district: District, code: str, **fields: str) -> str:
    steward = district.client("courtyard")
    page = steward.get(f"/demands/{code}/answer").text
    values = {name: _typed(page, name) for name in ("question", "answer")}
    sent = steward.post(f"/demands/{code}/answer", category="rubbish", **{**values, **fields})
    assert sent.status_code == 302, sent.text
    return str(sent.location.split("/knowledge/")[1])


def _publish(visitor: Visitor, answer: str, **fields: str) -> int:
    return visitor.post(f"/demands/knowledge/{answer}/publish", **fields).status_code


def _published(district: District, question: str, answer: str, category: str = "rubbish") -> str:
    admin = district.client("admin")
    sent = admin.post("/demands/knowledge/new", question=question, answer=answer, category=category)
    assert sent.status_code == 302, sent.text
    code = str(sent.location.split("/knowledge/")[1])
    assert _publish(admin, code, read="1") == 302
    return code


# Public answers


@pytest.mark.parametrize("planted", PERSONAL.values(), ids=PERSONAL)
def test_what_shows_a_person_never_reaches_the_public_page(alpha: District, planted: str) -> None:
    code = _resolved(alpha, WORDS.format(planted), DONE.format(planted))
    answer = _propose(alpha, code)
    assert _publish(alpha.client("admin"), answer, read="1") == 302
    stranger = alpha.client()
    page, listed = stranger.get(f"/answers/{answer}"), stranger.get("/answers?q=垃圾")
    assert page.status_code == listed.status_code == 200
    for text in (page.text, listed.text, stranger.get("/answers/like?category=rubbish").text):
        assert "垃圾桶满了" in text
        assert planted not in text
        assert "▇▇▇" in text or "垃圾桶满了没人清运" in text
    assert "▇▇▇" in page.text


@pytest.mark.parametrize("planted", PERSONAL.values(), ids=PERSONAL)
def test_nor_when_a_handler_types_it_in_again(alpha: District, planted: str) -> None:
    answer = _propose(alpha, _resolved(alpha), question=f"垃圾找谁？{planted}", answer=planted)
    admin = alpha.client("admin")
    again = {"question": "垃圾找谁？", "answer": f"请打{planted}", "category": "rubbish"}
    assert admin.post(f"/demands/knowledge/{answer}", **again).status_code == 302
    assert _publish(admin, answer, read="1") == 302
    assert planted not in alpha.client().get(f"/answers/{answer}").text
    with alpha.work():
        stored = session.scalars(sa.select(PublicAnswer)).one()
        assert planted not in stored.question + stored.answer


def test_known_names_are_blotted_and_the_handler_sees_what_was(alpha: District) -> None:
    code = _resolved(
        alpha, "我是 alpha resident，电话13812345678，垃圾没人收", "alpha courtyard 已清运"
    )
    page = alpha.client("courtyard").get(f"/demands/{code}/answer").text
    question, answer = _typed(page, "question"), _typed(page, "answer")
    assert "alpha resident" not in question
    assert "13812345678" not in question
    assert "alpha courtyard" not in answer
    for blotted in ("alpha resident", "13812345678", "alpha courtyard"):
        assert f'<li class="code">{blotted}</li>' in page
    assert "机器" in page, "it says that a machine cannot find names"


def test_an_answer_is_published_by_who_supervises_and_only_once_read(alpha: District) -> None:
    answer = _propose(alpha, _resolved(alpha))
    stranger = alpha.client()
    assert stranger.get(f"/answers/{answer}").status_code == 404
    assert _publish(alpha.client("courtyard"), answer, read="1") == 403
    assert _publish(alpha.client("resident"), answer, read="1") == 403
    assert _publish(alpha.client("auditor"), answer, read="1") == 403
    street = alpha.client("street")
    assert _publish(street, answer) == 422
    assert stranger.get(f"/answers/{answer}").status_code == 404
    assert _publish(street, answer, read="1") == 302
    assert stranger.get(f"/answers/{answer}").status_code == 200


def test_an_answer_is_withdrawn_mended_and_published_under_the_same_address(
    alpha: District,
) -> None:
    answer, admin, stranger = (
        _published(alpha, "垃圾谁收？", "物业收。"),
        alpha.client("admin"),
        alpha.client(),
    )
    assert admin.post(f"/demands/knowledge/{answer}/withdraw").status_code == 302
    assert stranger.get(f"/answers/{answer}").status_code == 404
    assert answer not in stranger.get("/answers").text
    assert "垃圾谁收" in admin.get("/demands/knowledge?list=withdrawn").text
    mended = {"question": "垃圾谁收？", "answer": "每天两次，物业收。", "category": "rubbish"}
    assert admin.post(f"/demands/knowledge/{answer}", **mended).status_code == 302
    assert _publish(admin, answer, read="1") == 302
    assert "每天两次" in stranger.get(f"/answers/{answer}").text
    assert admin.post(f"/demands/knowledge/{answer}/withdraw").status_code == 302
    again = admin.post(f"/demands/knowledge/{answer}/withdraw")
    assert again.status_code == 302, "who withdraws it twice is told, not refused"
    with alpha.work():
        deeds = session.scalars(
            sa.select(AuditEntry.action).where(AuditEntry.thing == "public_answer")
        ).all()
        assert deeds.count("demands.publish_answer") == 2
        assert deeds.count("demands.withdraw_answer") == 2


def test_what_is_public_is_mended_only_by_who_may_publish(alpha: District) -> None:
    answer = _propose(alpha, _resolved(alpha))
    mended = {"question": "垃圾谁收？", "answer": "物业。", "category": "rubbish"}
    steward, street = alpha.client("courtyard"), alpha.client("street")
    assert steward.post(f"/demands/knowledge/{answer}", **mended).status_code == 302
    assert _publish(street, answer, read="1") == 302
    assert steward.post(f"/demands/knowledge/{answer}", **mended).status_code == 403
    assert street.post(f"/demands/knowledge/{answer}", **mended).status_code == 302


def test_a_draft_is_seen_by_its_writer_and_by_who_may_publish_it(alpha: District) -> None:
    answer = _propose(alpha, _resolved(alpha))
    for who, status in {"courtyard": 200, "street": 200, "admin": 200, "compound": 404}.items():
        assert alpha.client(who).get(f"/demands/knowledge/{answer}").status_code == status, who
        listed = answer in alpha.client(who).get("/demands/knowledge").text
        assert listed is (status == 200), who
    _publish(alpha.client("street"), answer, read="1")
    assert alpha.client("compound").get(f"/demands/knowledge/{answer}").status_code == 200


def test_only_a_finished_demand_gives_an_answer_and_only_one(alpha: District) -> None:
    code = _file(alpha, "垃圾没人收")
    steward = alpha.client("courtyard")
    typed = {"question": "垃圾？", "answer": "收。", "category": "rubbish"}
    assert f"/demands/{code}/answer" not in steward.get(f"/demands/{code}").text
    assert steward.get(f"/demands/{code}/answer").status_code == 409
    assert steward.post(f"/demands/{code}/answer", **typed).status_code == 409
    _act(alpha, "courtyard", code, "accept")
    _act(alpha, "courtyard", code, "resolve", "已清运")
    assert f"/demands/{code}/answer" in steward.get(f"/demands/{code}").text
    assert alpha.client("neighbour").get(f"/demands/{code}/answer").status_code in (403, 404)
    first = steward.post(f"/demands/{code}/answer", **typed)
    assert first.status_code == 302
    assert steward.get(f"/demands/{code}/answer").location == first.location
    with alpha.work():
        assert session.scalar(sa.select(sa.func.count(PublicAnswer.id))) == 1


def test_search_finds_words_of_question_and_answer_and_what_is_alike(alpha: District) -> None:
    rubbish = _published(alpha, "垃圾桶满了应该找谁清运？", "找物业，每天两次。")
    lights = _published(alpha, "楼道灯不亮怎么报修？", "打 12345，三天内修。", "street_lights")
    stranger = alpha.client()

    def found(query: str) -> list[str]:
        return re.findall(r"/answers/(\w{16})", stranger.get(f"/answers?{query}").text)

    assert found("") == [lights, rubbish]
    assert found("q=物业") == [rubbish]
    assert found("q=我家楼道里的灯不亮了，怎么办") == [lights]
    assert found("q=灯 报修") == [lights]
    assert found("q=养老金") == []
    assert found("category=sanitation") == [rubbish]
    assert found("category=facilities&q=物业") == []
    assert found("q=%25") == []
    assert "养老金" in stranger.get("/answers?q=养老金").text


def test_who_types_is_shown_at_most_three_answers_that_fit(alpha: District) -> None:
    for number in range(5):
        _published(alpha, f"垃圾清运第{number}问", "每天两次。")
    lights = _published(alpha, "楼道灯不亮怎么报修？", "打 12345。", "street_lights")
    resident = alpha.client("resident")
    page = resident.get("/demands/new/rubbish/courtyard_one").text
    assert "/answers/like?category=rubbish" in page
    like = resident.post("/answers/like?category=rubbish", form="/answers").text
    assert len(set(re.findall(r"/answers/(\w{16})", like))) == 3
    typed = resident.post(
        "/answers/like?category=other", words="我们楼道灯不亮", form="/answers"
    ).text
    assert re.findall(r"/answers/(\w{16})", typed) == [lights]
    nothing = resident.post("/answers/like?category=other", words="想学书法", form="/answers").text
    assert nothing.strip() == ""


def test_a_search_asks_the_same_few_questions_whatever_there_is(alpha: District) -> None:
    stranger = alpha.client()

    def asked(path: str) -> int:
        sent: list[str] = []

        def note(*args: object) -> None:
            sent.append(str(args[2]))

        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        try:
            assert stranger.get(path).status_code == 200
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", note)
        return len(sent)

    paths = ("/answers?q=垃圾", "/answers", "/answers/like?category=rubbish&words=垃圾清运")
    few = [asked(path) for path in paths]
    for number in range(8):
        _published(alpha, f"垃圾清运第{number}问", "每天两次。")
    assert [asked(path) for path in paths] == few


# Reply templates


def test_templates_are_offered_where_they_fit_with_their_blanks_filled(alpha: District) -> None:
    code = _file(alpha, "垃圾没人收")
    steward = alpha.client("courtyard")
    assert "data-fills" not in steward.get(f"/demands/{code}").text
    _act(alpha, "courtyard", code, "accept")
    page = steward.get(f"/demands/{code}").text
    offered = dict(
        re.findall(r'data-fills="f-reason-(\w+)"[^>]*>((?:<option.*?</option>)+)</select>', page)
    )
    assert "积存的垃圾已经清运干净" in offered["resolve"]
    assert "电梯已由维保单位" not in offered["resolve"]
    assert code in offered["reply"]
    assert "垃圾清运" in offered["reply"]
    assert "{" not in "".join(offered.values())
    assert "积存的垃圾" not in offered["reply"]


def test_without_a_script_the_chosen_template_is_what_is_sent(alpha: District) -> None:
    code = _file(alpha, "垃圾没人收")
    _act(alpha, "courtyard", code, "accept")
    steward = alpha.client("courtyard")
    steward.post(f"/demands/{code}", verb="reply", reason="", template="我们这就来。")
    steward.post(f"/demands/{code}", verb="reply", reason="已经到了。", template="我们这就来。")
    page = alpha.client("resident").get(f"/demands/{code}").text
    assert page.count("我们这就来。") == 1
    assert "已经到了。" in page
    assert steward.post(f"/demands/{code}", verb="reply", reason=" ").status_code == 422


def test_templates_are_added_changed_retired_brought_back_and_put_in_order(
    alpha: District,
) -> None:
    admin, base = alpha.client("admin"), "/demands/knowledge/templates"
    typed = {
        "name_zh": "感谢",
        "name_en": "Thank you",
        "text_zh": "谢谢您，{unit}。",
        "verb": "reply",
    }
    assert admin.post(f"{base}/new", **typed, category="rubbish").status_code == 302
    code = _file(alpha, "垃圾没人收")
    _act(alpha, "courtyard", code, "accept")
    steward = alpha.client("courtyard")
    assert "谢谢您，alphacourtyard。" in steward.get(f"/demands/{code}").text
    changed = {**typed, "text_zh": "多谢您。", "category": ""}
    assert admin.post(f"{base}/thank_you", **changed).status_code == 302
    assert "多谢您。" in steward.get(f"/demands/{code}").text
    assert admin.post(f"{base}/thank_you/retire").status_code == 302
    assert "多谢您。" not in steward.get(f"/demands/{code}").text
    assert admin.post(f"{base}/thank_you/restore").status_code == 302
    assert "多谢您。" in steward.get(f"/demands/{code}").text
    assert admin.post(f"{base}/thank_you/shift", way="up").status_code == 302
    page = admin.get(base).text
    assert page.index("template-thank_you") < page.index("template-waiting_parts")
    assert "thank_you" in admin.get(f"{base}?q=多谢").text
    assert "thanks_end" not in admin.get(f"{base}?q=多谢").text
    with alpha.work():
        row = settings_commands.TEMPLATES.row("thank_you")
        assert (row.category, row.verb, row.retired) == (None, "reply", False)


@pytest.mark.parametrize("field", ["text_zh", "text_en"])
@pytest.mark.parametrize("text", ["请到{adress}", "{", "} 好", "{code {unit}"])
def test_a_blank_that_nothing_can_fill_is_refused(alpha: District, field: str, text: str) -> None:
    typed = {"name_zh": "测试", "text_zh": "好的", field: text}
    sent = alpha.client("admin").post("/demands/knowledge/templates/new", **typed)
    assert sent.status_code == 422
    assert f'href="#f-{field}"' in sent.text
    assert str(escape(text)) in sent.text
    with alpha.work():
        assert (
            session.scalar(
                sa.select(ReplyTemplate).where(ReplyTemplate.name["zh"].astext == "测试")
            )
            is None
        )


def test_only_who_changes_settings_changes_templates(alpha: District) -> None:
    typed = {"name_zh": "感谢", "text_zh": "谢谢"}
    for who, status in {"admin": 302, "officer": 403, "courtyard": 403, "resident": 403}.items():
        sent = alpha.client(who).post("/demands/knowledge/templates/new", form="/rooms", **typed)
        assert sent.status_code == status, who
        retired = alpha.client(who).post(
            "/demands/knowledge/templates/resolved/retire", form="/rooms"
        )
        assert retired.status_code == status, who


@pytest.mark.parametrize("key", ["1519", "139"])
def test_every_shipped_template_fits_its_package_and_is_filled_without_a_gap(key: str) -> None:
    from saas.demands.case.rules import filled
    from saas.kernel.personal import without_personal_data

    demands = read_package(key).of(Demands)
    assert len(demands.templates) >= (15 if key == "1519" else 5)
    values = {"code": "abc", "unit": "街道", "category": "垃圾", "due": "11月22日"}
    for template in demands.templates:
        for text in template.text.values():
            said = filled(text, values)
            assert "{" not in said
            assert "____" not in said
            assert len(said) < 1000
            assert without_personal_data(said) == said


def test_a_new_district_has_the_templates_of_its_package_word_for_word(alpha: District) -> None:
    given = read_package("1519").of(Demands).templates
    with alpha.work():
        rows = queries.templates()
        assert [(r.code, r.name, r.text, r.category, r.verb) for r in rows] == [
            (t.code, dict(t.name), dict(t.text), t.category, t.verb) for t in given
        ]


def test_a_command_refuses_who_may_not_whatever_the_door(alpha: District) -> None:
    from saas.kernel.errors import Forbidden

    with alpha.work():
        nobody, row = Actor("anonymous"), queries.templates()[0]
        with pytest.raises(Forbidden):
            settings_commands.TEMPLATES.retire(row, actor=nobody)
        with pytest.raises(Forbidden):
            knowledge_commands.write_answer(
                question="问", answer="答", category="rubbish", actor=nobody
            )
