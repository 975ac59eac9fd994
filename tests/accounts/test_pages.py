"""People and posts through the doors that people use."""

from __future__ import annotations

import dataclasses
import re
import threading

import pytest
from flask import Flask

from saas.accounts import commands, queries, rules
from saas.kernel import audit
from saas.kernel.context import SYSTEM, entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.territory import commands as territory
from saas.territory import queries as units
from tests.support import PASSWORD, District, Visitor, bring_up, token_in
from tests.territory.counting import counted

NEW = "another sentence to remember"


def _add(district: District, who: str = "admin", unit: str = "courtyard_one", **fields: str) -> int:
    values = {"name": "新人", "login": "newcomer", "phone": "", "post": "new:courtyard_steward"}
    answer = district.client(who).post(f"/people/add?unit={unit}", **(values | fields))
    assert answer.status_code == 302, answer.text
    return int(answer.location.rsplit("/", 1)[1])


def _link_in(page: str) -> str:
    found = re.search(r'data-copy="http://[^"]+(/welcome/[a-z0-9]+)"', page)
    assert found, page
    return found.group(1)


def _enter(district: District, link: str, password: str = NEW) -> Visitor:
    visitor = district.client()
    answer = visitor.post(link, form=link, password=password)
    assert answer.status_code == 302, answer.text
    return visitor


def _deeds(district: District, person_id: int) -> list[str]:
    with district.work():
        query = session.query(audit.AuditEntry.action).order_by(audit.AuditEntry.id)
        found = query.filter_by(thing="person", thing_id=person_id)
        return [action for (action,) in found]


def test_the_list_shows_each_who_is_in_reach(alpha: District) -> None:
    whole = alpha.client("admin").get("/people").text
    own = alpha.client("compound").get("/people").text
    assert "alpha officer" in whole
    assert "alpha resident" in own
    assert "alpha officer" not in own
    assert alpha.client("keeper").get("/people").status_code == 403
    assert alpha.client("resident").get("/people").status_code == 403


def test_a_search_finds_a_name_a_login_or_a_whole_number(alpha: District) -> None:
    _add(alpha, phone="138 1234 5678")
    admin = alpha.client("admin")
    for words in ("新人", "newcom", "13812345678", "+86 138-1234-5678"):
        assert "newcomer" in admin.get("/people", query_string={"q": words}).text
    page = admin.get("/people?q=1381234").text
    assert "newcomer" not in page
    assert "138****5678" in admin.get("/people?q=newcomer").text
    assert "13812345678" not in admin.get("/people?q=newcomer").text


def test_somebody_is_added_invited_and_signs_in(alpha: District) -> None:
    person = _add(alpha)
    admin = alpha.client("admin")
    page = admin.post(f"/people/{person}/invite").text
    link = _link_in(page)
    assert link not in admin.get(f"/people/{person}").text
    visitor = _enter(alpha, link)
    assert "新人" in visitor.get("/me").text
    assert alpha.client().get(link).status_code == 404
    assert alpha.client().post("/sign-in", login="newcomer", password=NEW).status_code == 302


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"name": ""}, "name"),
        ({"login": "", "phone": ""}, "login"),
        ({"login": "x"}, "login"),
        ({"login": "ADMIN"}, "login"),
        ({"login": "13812345678"}, "login"),
        ({"phone": "12"}, "phone"),
        ({"post": ""}, "post"),
        ({"post": "999999"}, "post"),
        ({"post": "new:district_administrator"}, "post"),
        ({"post": "new:resident"}, "post"),
        ({"post": "new:king"}, "post"),
        ({"post": "home:king"}, "post"),
        ({"post": "home:street_officer"}, "post"),
        ({"post": "9" * 40}, "post"),
    ],
)
def test_a_bad_answer_is_refused_at_its_field_and_what_was_typed_stays(
    alpha: District, fields: dict[str, str], at: str
) -> None:
    values = {"name": "盐小妹", "login": "salt", "phone": "", "post": "new:courtyard_steward"}
    values |= fields
    answer = alpha.client("admin").post("/people/add?unit=courtyard_one", **values)
    assert answer.status_code == 422
    assert f'id="e-{at}"' in answer.text
    assert values["name"] in answer.text


def test_a_resident_is_added_at_home_and_files_from_there(alpha: District) -> None:
    form = alpha.client("admin").get("/people/add?unit=courtyard_one").text
    assert 'value="home:resident"' in form
    assert 'value="home:' not in alpha.client("admin").get("/people/add?unit=street_one").text
    person = _add(alpha, post="home:resident")
    page = alpha.client("admin").post(f"/people/{person}/invite").text
    resident = _enter(alpha, _link_in(page))
    assert resident.get("/demands/new").status_code == 200
    assert resident.get("/people").status_code == 403
    with alpha.work():
        actor = queries.load_actor(person)
        assert actor is not None
        known = queries.find_person(person)
        assert known is not None
        assert [(grant.unit_id, grant.own_only) for grant in actor.grants] == [
            (known.home_unit_id, True)
        ]


def test_a_number_signs_in_one_person_only(alpha: District) -> None:
    person = _add(alpha, phone="13812345678")
    other = alpha.people["community"]
    admin = alpha.client("admin")
    values = {"name": "x", "login": "community"}
    taken = admin.post(f"/people/{other}/edit", phone="13812345678", **values)
    assert taken.status_code == 422
    kept = admin.post(f"/people/{person}/edit", name="改名", login="newcomer", phone="")
    assert kept.status_code == 302
    assert "138****5678" in admin.get(f"/people/{person}").text
    admin.post(f"/people/{person}/edit", name="改名", login="newcomer", forget_phone="1")
    assert "138****5678" not in admin.get(f"/people/{person}").text


def test_a_reset_ends_every_sign_in_and_the_old_password(alpha: District) -> None:
    steward, person = alpha.client("community"), alpha.people["community"]
    admin = alpha.client("admin")
    assert admin.get(f"/people/{person}/reset").status_code == 200
    link = _link_in(admin.post(f"/people/{person}/reset").text)
    assert steward.get("/me").status_code == 302
    assert steward.post("/sign-in", login="community", password=PASSWORD).status_code == 422
    assert _enter(alpha, link).get("/me").status_code == 200


def test_who_is_shut_out_is_out_at_once_and_can_be_let_in_again(alpha: District) -> None:
    steward, person = alpha.client("community"), alpha.people["community"]
    admin = alpha.client("admin")
    assert admin.post(f"/people/{person}/disable", reason="").status_code == 422
    assert admin.post(f"/people/{person}/disable", reason="调离").status_code == 302
    assert steward.get("/me").status_code == 302
    assert steward.post("/sign-in", login="community", password=PASSWORD).status_code == 422
    assert "alpha community" in admin.get("/people?state=out").text
    assert "/units/community_one" in admin.get("/people/vacant").text
    assert admin.post(f"/people/{person}/enable").status_code == 302
    assert alpha.client("community").get("/me").status_code == 200
    assert _deeds(alpha, person)[-2:] == ["accounts.disable_person", "accounts.enable_person"]
    own = alpha.people["admin"]
    assert admin.post(f"/people/{own}/disable", reason="x").status_code == 422


def test_a_post_is_created_given_taken_and_retired(alpha: District) -> None:
    admin, person = alpha.client("admin"), alpha.people["keeper"]
    assert admin.post("/units/compound_one/posts", role="").status_code == 422
    assert admin.post("/units/compound_one/posts", role="street_officer").status_code == 422
    assert admin.post("/units/compound_one/posts", role="compound_steward").status_code == 302
    with alpha.work():
        post = queries.posts_at(alpha.unit("compound").id)[-1]
        assert post.name["zh"] == "alphacompound小区管家"
        assert post.person_id is None
    give = f"/people/{person}/posts?unit=compound_one"
    assert admin.get(f"/people/{person}/posts").status_code == 200
    assert admin.post(give, post="").status_code == 422
    assert admin.post(give, post=str(post.id)).status_code == 302
    assert alpha.client("keeper").get("/people").status_code == 200
    assert admin.get(f"/people/{person}/posts/{post.id}/take").status_code == 200
    other = alpha.people["community"]
    assert admin.get(f"/people/{other}/posts/{post.id}/take").status_code == 404
    assert admin.post(f"/people/{person}/posts/{post.id}/take").status_code == 302
    assert alpha.client("keeper").get("/people").status_code == 403
    assert admin.get(f"/posts/{post.id}/retire").status_code == 200
    assert admin.post(f"/posts/{post.id}/retire").status_code == 302
    assert admin.get(f"/posts/{post.id}/retire").status_code == 404


def test_an_open_link_ends_when_its_person_may_do_more(alpha: District) -> None:
    person = _add(alpha, who="street")
    link = _link_in(alpha.client("street").post(f"/people/{person}/invite").text)
    root = alpha.units["root"]
    give = f"/people/{person}/posts?unit={root}"
    assert alpha.client("admin").post(give, post="new:district_administrator").status_code == 302
    assert alpha.client().get(link).status_code == 404
    assert alpha.client("street").post(f"/people/{person}/invite").status_code == 403
    assert alpha.client("street").post(f"/people/{person}/reset").status_code == 403
    assert alpha.client("street").post(f"/people/{person}/disable", reason="x").status_code == 403
    values = {"name": "x", "login": "newcomer", "phone": "13812345678"}
    assert alpha.client("street").post(f"/people/{person}/edit", **values).status_code == 403


def test_a_street_officer_manages_the_street_and_gives_no_more_than_held(alpha: District) -> None:
    street, root = alpha.client("street"), alpha.units["root"]
    assert street.get(f"/people/{alpha.people['officer']}").status_code == 404
    assert street.get(f"/people/add?unit={root}").status_code == 404
    assert street.get(f"/units/{root}/posts").status_code == 404
    page = street.get("/people/add?unit=street_one").text
    assert "new:street_officer" in page
    assert "new:auditor" not in page
    assert street.post("/units/street_one/posts", role="auditor").status_code == 422


def test_a_street_officer_does_not_remove_those_who_watch_the_street(alpha: District) -> None:
    admin, street = alpha.client("admin"), alpha.client("street")
    person = _add(alpha, unit="street_one", post="new:auditor")
    with alpha.work():
        post = queries.posts_of([person])[person][0]
    assert street.post(f"/people/{person}/posts/{post.id}/take").status_code == 403
    assert street.post(f"/posts/{post.id}/retire").status_code == 403
    assert admin.post(f"/people/{person}/posts/{post.id}/take").status_code == 302


def test_the_administrator_cannot_saw_off_the_own_branch(alpha: District) -> None:
    admin, person = alpha.client("admin"), alpha.people["admin"]
    with alpha.work():
        post = queries.posts_of([person])[person][0]
    assert admin.post(f"/people/{person}/posts/{post.id}/take").status_code == 409
    assert admin.post(f"/posts/{post.id}/retire").status_code == 409


def test_an_auditor_sees_people_and_deeds_and_changes_nothing(alpha: District) -> None:
    auditor, person = alpha.client("auditor"), alpha.people["community"]
    page = auditor.get(f"/people/{person}").text
    for act in ("edit", "reset", "disable", "posts"):
        assert f"/people/{person}/{act}" not in page
        assert auditor.post(f"/people/{person}/{act}").status_code == 403
    for act in ("invite", "enable"):
        assert auditor.post(f"/people/{person}/{act}").status_code == 403
    assert auditor.post("/units/street_one/posts").status_code == 403
    assert auditor.get("/audit").status_code == 200
    assert alpha.client("street").get("/audit").status_code == 403


def test_an_auditor_of_a_street_reads_what_was_done_there_only(alpha: District) -> None:
    person = _add(alpha, unit="street_one", post="new:auditor", login="inspector")
    link = _link_in(alpha.client("admin").post(f"/people/{person}/invite").text)
    root = alpha.units["root"]
    alpha.client("admin").post(f"/units/{root}/edit", name_zh="改名的区")
    alpha.client("admin").post("/units/street_one/edit", name_zh="改名的街道")
    page = _enter(alpha, link).get("/audit").text
    assert "改名的街道" in page
    assert "改名的区" not in page
    assert "改名的区" in alpha.client("auditor").get("/audit?thing=unit").text
    assert alpha.client("auditor").get("/audit?id=x&q=%25&page=-3").status_code == 200


def test_a_person_changes_the_own_password(alpha: District) -> None:
    other, own = alpha.client("community"), alpha.client("community")
    wrong = own.post("/me/password", old="wrong", new=NEW)
    assert wrong.status_code == 422
    assert 'id="e-old"' in wrong.text
    short = own.post("/me/password", old=PASSWORD, new="short")
    assert short.status_code == 422
    assert 'id="e-new"' in short.text
    assert own.post("/me/password", old=PASSWORD, new=NEW).status_code == 302
    assert own.get("/me").status_code == 200
    assert other.get("/me").status_code == 302


def test_guessing_the_own_password_stops_after_some_tries(alpha: District) -> None:
    own = alpha.client("community")
    for _ in range(8):
        own.post("/me/password", old="wrong", new=NEW)
    slowed = own.post("/me/password", old=PASSWORD, new=NEW)
    assert slowed.status_code == 429
    assert 0 < int(slowed.headers["Retry-After"]) <= 15 * 60
    assert own.post("/sign-out").status_code == 302
    assert own.get("/me").status_code == 302


def test_roles_are_shown_in_words(alpha: District) -> None:
    page = alpha.client("compound").get("/roles").text
    assert "街道工作人员" in page
    assert "rooms:room:" not in page


def test_a_link_that_is_used_up_or_made_up_is_simply_not_there(alpha: District) -> None:
    assert alpha.client().get("/welcome/nothing").status_code == 404
    person = _add(alpha)
    admin = alpha.client("admin")
    first = _link_in(admin.post(f"/people/{person}/invite").text)
    second = _link_in(admin.post(f"/people/{person}/invite").text)
    assert alpha.client().get(first).status_code == 404
    short = alpha.client().post(second, form=second, password="short")
    assert short.status_code == 422
    assert alpha.client().get(second).status_code == 200


def test_a_new_password_makes_an_open_link_useless(alpha: District) -> None:
    person = alpha.people["community"]
    link = _link_in(alpha.client("admin").post(f"/people/{person}/invite").text)
    own = alpha.client("community")
    assert own.post("/me/password", old=PASSWORD, new=NEW).status_code == 302
    assert alpha.client().get(link).status_code == 404


@pytest.mark.commits
def test_an_invitation_used_twice_at_once_lets_one_in(app: Flask) -> None:
    district = bring_up(app, "invited")
    link = _link_in(district.client("admin").post(f"/people/{_add(district)}/invite").text)
    visitors = [district.client() for _ in range(4)]
    tokens = [token_in(visitor.get(link).text) for visitor in visitors]
    begin, answers = threading.Barrier(4), list[int]()

    def use(number: int) -> None:
        data = {"csrf_token": tokens[number], "password": f"{NEW} {number}"}
        begin.wait()
        sent = visitors[number].client.post(district.root + link, data=data)
        answers.append(sent.status_code)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 404, 404, 404]
    assert sum(visitor.get("/me").status_code == 200 for visitor in visitors) == 1


@pytest.mark.commits
def test_a_number_given_to_several_at_once_signs_in_one_person_only(app: Flask) -> None:
    district = bring_up(app, "numbered")
    visitors = [district.client("admin") for _ in range(4)]
    path = "/people/add?unit=courtyard_one"
    tokens = [token_in(visitor.get(path).text) for visitor in visitors]
    begin, answers = threading.Barrier(4), list[int]()

    def add(number: int) -> None:
        data = {"name": "新人", "phone": "13812345678", "post": "new:courtyard_steward"}
        begin.wait()
        sent = visitors[number].client.post(
            district.root + path, data={**data, "csrf_token": tokens[number]}
        )
        answers.append(sent.status_code)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 422, 422, 422]


def test_too_many_tries_are_counted_however_a_number_is_written(alpha: District) -> None:
    _add(alpha, phone="13812345678")
    spellings = ("13812345678", "138 1234 5678", "+8613812345678", "138-1234-5678")
    for number in spellings * 2:
        assert alpha.client().post("/sign-in", login=number, password="x").status_code == 422
    answer = alpha.client().post("/sign-in", login="(138)12345678", password="x")
    assert "Please wait" in answer.text or "请" in answer.text


@pytest.mark.parametrize("path", ["/people", "/people/vacant", "/audit", "/people/add"])
def test_a_list_needs_as_many_queries_for_many_as_for_one(alpha: District, path: str) -> None:
    admin = alpha.client("admin")
    admin.get(path)  # words are remembered for some seconds from the first page on
    with counted() as before:
        assert admin.get(path).status_code == 200
    for number in range(4):
        _add(alpha, login=f"one.{number}")
    admin.post("/units/compound_one/posts", role="compound_steward")
    admin.get(path)
    with counted() as after:
        assert admin.get(path).status_code == 200
    assert len(after) == len(before)


def test_a_unit_where_no_post_is_stands_among_the_vacant(alpha: District) -> None:
    with alpha.work():
        for kind, parent in (("courtyard", "compound"), ("resident_group", "community")):
            territory.add_unit(
                code=f"bare_{kind}",
                kind=kind,
                name={"zh": f"无岗{kind}"},
                parent=alpha.unit(parent),
                actor=alpha.actor("admin"),
            )
    page = alpha.client("admin").get("/people/vacant").text
    assert "/units/bare_courtyard/posts" in page
    assert "bare_resident_group" not in page, "no role belongs there"
    assert "courtyard_one" not in page


@pytest.mark.parametrize("path", ["/model", "/culture/edit", "/demands/settings"])
def test_settings_of_the_whole_district_are_not_held_at_a_street(
    alpha: District, path: str
) -> None:
    with alpha.work():
        role = queries.role("street_officer")
        role.permissions = [*role.permissions, "district:settings:edit"]
    assert alpha.client("admin").get(path).status_code == 200
    assert alpha.client("street").get(path).status_code == 403


def test_a_unit_is_chosen_from_a_tree_by_search_or_from_what_was_chosen_lately(
    alpha: District,
) -> None:
    admin = alpha.client("admin")
    page = admin.get("/people/add").text
    assert "tree__branch" in page
    assert "/people/add?unit=courtyard_one" in page
    assert "最近选过的" not in page
    assert admin.get("/people/add?unit=courtyard_one").status_code == 200
    for path in ("/people/add", "/tokens/add"):
        assert "最近选过的" in admin.get(path).text, "one memory for all that ask"
    below = admin.get("/people/add?under=community_one").text
    assert "/people/add?unit=courtyard_one" in below
    assert "/people/add?unit=street_one" not in below.split("tree__branch", 1)[1]
    street = alpha.client("street")
    assert "courtyard_one" in street.get("/people/add?q=courtyard").text


def test_a_demo_takes_the_numbers_of_its_own_people_and_no_other_district_does(
    alpha: District,
) -> None:
    assert rules.sample_phone("１００ 0000 0001") == "100-0000-0001"
    assert rules.sample_phone("100-0000-000") is None
    with alpha.work():
        assert queries.usable_phone("100-0000-0001") is None
    demo = dataclasses.replace(alpha.tenant, kind="demo")
    with alpha.app.test_request_context(), entering(demo), unit_of_work():
        home = units.unit_by_code(alpha.units["courtyard"])
        made = commands.add_person(
            name="样例", phone="100-0000-0001", home=home, sample=True, actor=SYSTEM
        )
        assert queries.usable_phone("10000000001") == "100-0000-0001"
        found = queries.resident_by_phone("100 0000 0001")
        assert found is not None
        assert found.id == made.id
