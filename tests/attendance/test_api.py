"""Attendance as JSON."""

from __future__ import annotations

from tests.activities.making import act, guest
from tests.attendance.making import soon
from tests.bookings.test_api import token
from tests.support import District


def test_a_program_marks_by_slip_and_counts_and_reads_how_many_came(alpha: District) -> None:
    with alpha.work():
        one = soon(alpha, places=9)
        slip = guest(alpha, one, 1, party=3).code
        act(alpha, one, "begin", "street")
        code = one.code
    visitor, head = alpha.client(), token(alpha)
    path = f"{visitor.root}/api/v1/sessions/{code}/attendance"
    mark = {"slip": slip, "submission": "kiosk-000000000001"}
    for _ in range(2):  # sent again
        made = visitor.client.post(f"{path}/marks", json=mark, headers=head)
        assert made.status_code == 201, made.text
    tally = {"child": 4, "submission": "kiosk-000000000002"}
    for _ in range(2):
        assert visitor.client.post(f"{path}/tallies", json=tally, headers=head).status_code == 201
    found = visitor.client.get(path, headers=head).json
    assert found == {"total": 7, "named": 1, "counted": 6, "bands": {"child": 4, "other": 2}}
    nothing = {"slip": "nothing", "submission": "kiosk-000000000003"}
    wrong = visitor.client.post(f"{path}/marks", json=nothing, headers=head)
    assert wrong.status_code == 422
    assert visitor.client.get(path).status_code == 401
    for body in (1.5, [], "text"):
        odd = visitor.client.post(f"{path}/tallies", json=body, headers=head)
        assert odd.status_code == 422, body
