"""Calls to other systems: signed, repeatable, and never into a private net."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import socket
import time
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.notices import channels, commands
from saas.notices.models import Webhook
from tests.notices.conftest import Queued, carry, deliveries, use
from tests.notices.kinds import ANSWERED, PLAIN
from tests.notices.servers import Hall
from tests.support import District


def _add(district: District, url: str, *kinds: str) -> str:
    """A webhook through the form; its secret as the page shows it."""
    sent = {"name": "区大屏", "url": url, "kinds[]": list(kinds)}
    answer = district.client("admin").post("/webhooks/new", form="/webhooks/new", **sent)
    assert answer.status_code == 200, answer.text
    found = re.search(r'aria-labelledby="secret" value="(\w{26})"', answer.text)
    assert found
    return found[1]


def _announce(district: District, **payload: Any) -> None:
    with district.work():
        commands.announce("tests.answered", {"what": "X", **payload})


def _only(district: District) -> Webhook:
    with district.work():
        hook = session.scalars(sa.select(Webhook)).one()
        session.expunge(hook)
    return hook


def _signed(secret: str, stamp: str, body: bytes) -> str:
    """The signature, worked out as the page tells other people to do."""
    mac = hmac.new(secret.encode("ascii"), digestmod=hashlib.sha256)
    mac.update(stamp.encode("ascii"))
    mac.update(b".")
    mac.update(body)
    return "sha256=" + mac.hexdigest()


def test_an_event_is_posted_with_a_signature_that_its_reader_can_check(
    app: Flask, alpha: District, hall: Hall
) -> None:
    secret = _add(alpha, hall.url)
    _announce(alpha, number=7)
    (one,) = carry(app, alpha)
    assert (one.state, one.endpoint) == ("sent", "127.0.0.1")
    ((path, headers, body),) = hall.calls
    assert path == "/hook?from=saas"
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Saas-Signature"] == _signed(secret, headers["X-Saas-Timestamp"], body)
    assert abs(int(headers["X-Saas-Timestamp"]) - time.time()) < 60
    said = json.loads(body)
    assert said.pop("at")
    assert said == {
        "id": headers["X-Saas-Delivery"],
        "event": "tests.answered",
        "district": "alpha",
        "facts": {"what": "X", "number": 7},
    }


def test_a_notice_is_posted_once_whatever_the_number_of_its_readers_and_names_none(
    app: Flask, alpha: District, hall: Hall
) -> None:
    _add(alpha, hall.url)
    with alpha.work():
        ids = [alpha.people["street"], alpha.people["resident"]]
        facts = {"what": {"zh": "垃圾"}, "path": "/demands/abc", "about": "demand:1"}
        commands.notify(ids, ANSWERED, **facts)  # type: ignore[arg-type]
        commands.notify(ids, ANSWERED, once="1", **facts)  # type: ignore[arg-type]
        commands.notify(ids, ANSWERED, once="1", **facts)  # type: ignore[arg-type]
    carry(app, alpha)
    assert len(hall.calls) == 2
    said = json.loads(hall.calls[0][2])
    assert (said["facts"], said["path"], said["about"]) == (
        {"what": {"zh": "垃圾"}},
        "/demands/abc",
        "demand:1",
    )
    assert "alpha street" not in hall.calls[0][2].decode()
    assert "person" not in hall.calls[0][2].decode()


def test_a_webhook_hears_only_what_it_listens_to_and_nothing_while_paused(
    app: Flask, alpha: District, hall: Hall
) -> None:
    _add(alpha, hall.url, "tests.plain")
    _announce(alpha)
    assert deliveries(alpha) == []
    with alpha.work():
        commands.announce(PLAIN.name, {})
    hook, admin = _only(alpha), alpha.client("admin")
    assert admin.post(f"/webhooks/{hook.id}/pause", form="/webhooks").status_code == 302
    with alpha.work():
        commands.announce(PLAIN.name, {})
    (one,) = carry(app, alpha)
    assert (one.state, one.fault, hall.calls) == ("given_up", "paused", [])
    assert admin.post(f"/webhooks/{hook.id}/test", form="/webhooks").status_code == 409
    admin.post(f"/webhooks/{hook.id}/resume", form="/webhooks")
    assert admin.post(f"/webhooks/{hook.id}/test", form="/webhooks").status_code == 302
    admin.post(f"/deliveries/{one.id}/again", form="/webhooks", back="webhook")
    carry(app, alpha)
    assert [headers["X-Saas-Event"] for _, headers, _ in hall.calls] == [
        "tests.plain",
        "notices.test",
    ]


def test_a_replay_has_the_same_id_and_body_but_its_own_timestamp_and_attempt(
    app: Flask, alpha: District, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = _add(alpha, hall.url)
    _announce(alpha)
    hall.status = 500
    (one,) = carry(app, alpha)
    assert (one.state, one.fault, one.answer) == ("failed", "refused", 500)
    hall.status = 204
    carry(app, alpha, after=timedelta(minutes=2))
    page = alpha.client("admin").get(f"/webhooks/{_only(alpha).id}").text
    assert f"/deliveries/{one.id}/again" in page
    again = alpha.client("admin").post(f"/deliveries/{one.id}/again", form="/me", back="webhook")
    assert again.location.endswith(f"/webhooks/{_only(alpha).id}")
    carry(app, alpha, after=timedelta(minutes=9))
    first, second, third = hall.calls
    assert first[1]["X-Saas-Delivery"] == second[1]["X-Saas-Delivery"] == one.key
    assert third[1]["X-Saas-Delivery"] == one.key
    assert first[2] == second[2] == third[2]
    stamps = [int(headers["X-Saas-Timestamp"]) for _, headers, _ in hall.calls]
    assert stamps[0] + 100 < stamps[1] < stamps[2] - 100
    assert [headers["X-Saas-Attempt"] for _, headers, _ in hall.calls] == ["1", "2", "1"]
    for _, headers, body in hall.calls:
        assert headers["X-Saas-Signature"] == _signed(secret, headers["X-Saas-Timestamp"], body)


@pytest.mark.parametrize(
    ("status", "state", "fault"),
    [
        (201, "sent", None),
        (302, "given_up", "redirected"),
        (410, "given_up", "refused"),
        (404, "failed", "refused"),
        (503, "failed", "refused"),
    ],
)
def test_what_an_answer_means(
    app: Flask, alpha: District, hall: Hall, status: int, state: str, fault: str | None
) -> None:
    hall.status = status
    _add(alpha, hall.url)
    _announce(alpha)
    (one,) = carry(app, alpha)
    assert (one.state, one.fault) == (state, fault)
    assert one.answer == (None if state == "sent" else status)
    assert len(hall.calls) == 1, "a redirect is not followed"


def test_a_way_that_is_broken_is_tried_once_in_a_run(
    app: Flask, alpha: District, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        _add(alpha, f"http://127.0.0.1:{nobody.getsockname()[1]}/")
        _add(alpha, hall.url)
        for _ in range(3):
            _announce(alpha)
        tried: list[str] = []
        send = channels.Webhooks.send
        monkeypatch.setattr(
            channels.Webhooks,
            "send",
            lambda self, call: (tried.append(call.to), send(self, call))[1],
        )
        states = [(one.state, one.fault) for one in carry(app, alpha)]
    assert states.count(("failed", "unreachable")) == 3
    assert states.count(("sent", None)) == 3
    assert len(tried) == 4


def test_what_can_be_heard_stands_in_groups_by_plain_names_once_each(alpha: District) -> None:
    page = alpha.client("admin").get("/webhooks/new").text
    listed = re.findall(r'name="kinds\[\]" value="([\w.]+)"[^>]*><span>([^<]+)<', page)
    names, words = zip(*listed, strict=True)
    assert len(words) == len(set(words)) > 40
    assert not [one for one in words if set(one) & set("…：%")]
    assert not {"notices.code", "notices.test", "notices.digest", "onboarding.trial"} & set(names)
    groups = re.findall(r'<legend class="field__label">([^<]+)</legend>', page)
    assert groups[0] == "接收事项"
    assert set(groups[1:]) == {"功能坊", "预约", "活动", "诉求的每一步，各报一次",
                               "办理人员收到的通知", "居民收到的通知", "社会组织",
                               "来访接待", "社区志愿者", "资金"}  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/hook",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/",
        "https://localhost/",
        "https://user:secret@example.org/",
        "file:///etc/passwd",
        "nonsense",
    ],
)
def test_an_address_inside_or_without_tls_is_refused_in_the_form(alpha: District, url: str) -> None:
    admin = alpha.client("admin")
    answer = admin.post("/webhooks/new", form="/webhooks/new", name="大屏", url=url)
    assert answer.status_code == 422
    assert 'id="e-url"' in answer.text
    with alpha.work():
        assert session.scalars(sa.select(Webhook)).all() == []


@pytest.mark.parametrize("where", ["127.0.0.1", "10.0.0.5", "169.254.169.254", "::1"])
def test_a_name_that_leads_inside_is_not_called_even_if_it_led_elsewhere_before(
    app: Flask, alpha: District, hall: Hall, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    _add(alpha, "https://rebound.example/hook")
    use(app, monkeypatch, webhook_private=False)
    family = socket.AF_INET6 if ":" in where else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (where, hall.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    monkeypatch.setattr(socket.socket, "connect", lambda *a: pytest.fail("it was connected to"))
    _announce(alpha)
    (one,) = carry(app, alpha)
    assert (one.state, one.fault) == ("given_up", "private_address")
    assert hall.calls == []


def test_a_name_is_resolved_once_and_the_address_that_was_looked_at_is_called(
    app: Flask, alpha: District, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rebinding: asked a second time, the name would lead inside."""
    _add(alpha, "https://rebound.example/hook")
    use(app, monkeypatch, webhook_private=False)
    answers = [
        [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
        for address in ("8.8.8.8", "127.0.0.1")
    ]
    reached: list[Any] = []

    def connect(self: socket.socket, address: Any) -> None:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: answers.pop(0))
    monkeypatch.setattr(socket.socket, "connect", connect)
    _announce(alpha)
    (one,) = carry(app, alpha)
    assert (one.fault, reached, len(answers)) == ("unreachable", [("8.8.8.8", 443)], 1)


def test_a_side_that_never_finishes_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "_PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        call = channels.Call("k", f"http://127.0.0.1:{port}/", "e", b"{}", "s", 1)
        with pytest.raises(channels.Undeliverable) as refused:
            channels.Webhooks(private=True).send(call)
    assert refused.value.reason == "too_slow"


def test_the_secret_is_shown_once_and_stored_sealed(alpha: District, hall: Hall) -> None:
    secret = _add(alpha, hall.url)
    hook, admin = _only(alpha), alpha.client("admin")
    for path in ("/webhooks", f"/webhooks/{hook.id}", "/audit"):
        assert secret not in admin.get(path).text
    with alpha.work():
        (row,) = session.execute(sa.text("SELECT w::text FROM webhooks w")).scalars()
        assert secret not in row
        assert secret.encode().hex() not in row
        entry = session.scalars(
            sa.select(AuditEntry).where(AuditEntry.action == "notices.add_webhook")
        ).one()
        assert entry.facts == {"host": "127.0.0.1"}


def test_a_district_has_only_so_many_webhooks(alpha: District, hall: Hall) -> None:
    with alpha.work():
        for _ in range(20):
            commands.add_webhook(name="x", url=hall.url, kinds=[], actor=alpha.actor("admin"))
    admin = alpha.client("admin")
    answer = admin.post("/webhooks/new", form="/webhooks/new", name="x", url=hall.url)
    assert answer.status_code == 422
    assert "上限" in answer.text


def test_a_call_shows_what_it_carries(
    app: Flask, alpha: District, hall: Hall, queued: Queued
) -> None:
    _add(alpha, hall.url)
    _announce(alpha)
    (one,) = carry(app, alpha)
    page = alpha.client("admin").get(f"/deliveries/{one.id}").text
    assert "tests.answered" in page
    assert one.key in page
    assert {name for name, _, _ in queued} == {"notices.deliver"}
