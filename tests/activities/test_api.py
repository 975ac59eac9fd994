"""Activities as JSON."""

from __future__ import annotations

from typing import Any

from saas.activities import queries
from tests.activities.making import guest, on, planned, published
from tests.support import District


def _headers(alpha: District) -> dict[str, Any]:
    from saas.accounts import commands as accounts

    with alpha.work():
        _row, text = accounts.add_token(
            name="小程序", unit=alpha.unit("street"), days=30, actor=alpha.actor("admin"),
            scopes=["bookings:booking:handle"],
        )  # fmt: skip
    return {"Authorization": f"Bearer {text}"}


def test_everybody_reads_what_happens_and_no_draft(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16))
        planned(alpha, on(3, 14), on(3, 16))
        guest(alpha, one, 1, 3)
        code = one.code
    answer = alpha.client().get("/api/v1/sessions").get_json()
    assert [item["code"] for item in answer["items"]] == [code]
    first = answer["items"][0]
    assert (first["places"], first["free"], first["waiting"]) == (4, 1, 0)
    assert "客人" not in str(answer)
    assert alpha.client().get("/api/v1/sessions?kind=arts").get_json()["total"] == 0
    assert alpha.client().get("/api/v1/sessions/none").status_code == 404


def test_a_program_of_the_desk_signs_up_and_takes_off_the_list(alpha: District) -> None:
    with alpha.work():
        code = published(alpha, on(2, 14), on(2, 16)).code
    headers, client = _headers(alpha), alpha.client()
    body = {"party": 2, "photo_consent": "no", "guest_name": "刘婆婆",
            "guest_phone": "13900139111"}  # fmt: skip
    url = f"{alpha.root}/api/v1/sessions/{code}/sign-ups"
    assert client.client.post(url, json=body).status_code in (401, 403)
    made = client.client.post(url, json=body, headers=headers)
    assert made.status_code == 201, made.text
    signup = made.get_json()
    assert (signup["state"], signup["party"]) == ("confirmed", 2)
    assert "刘婆婆" not in made.text
    assert client.client.post(url, json=body, headers=headers).status_code == 409
    path = f"{alpha.root}/api/v1/sign-ups/{signup['code']}"
    assert client.client.get(path, headers=headers).get_json()["state"] == "confirmed"
    gone = client.client.post(f"{path}/acts", json={"verb": "take_out"}, headers=headers)
    assert gone.get_json()["state"] == "cancelled"
    with alpha.work():
        assert queries.free_seats(queries.by_code(code).id) == 4
