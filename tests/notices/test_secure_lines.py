"""TLS to mail servers and webhooks, sign-in, and what stands in the log afterwards."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask

from saas.notices import commands
from saas.notices.channels import Call, Mail, SmtpMail, Undeliverable, Webhooks
from saas.settings import BadSettings, Settings
from tests.notices.conftest import carry, deliveries, use
from tests.notices.kinds import ANSWERED
from tests.notices.servers import Hall, MailBox, mail_server, web_server
from tests.notices.test_mail import MAIL, tell, wants
from tests.support import District, bring_up, run_worker

LETTER = Mail("k" * 26, MAIL, "subject", "text", "district")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate for localhost that nobody knows, and a server's context with it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("papers") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return file, context


@pytest.fixture
def secure_hall(papers: tuple[Path, ssl.SSLContext]) -> Iterator[Hall]:
    """A web server that speaks TLS."""
    with web_server(papers[1]) as server:
        yield server


@pytest.fixture
def secure_box(papers: tuple[Path, ssl.SSLContext]) -> Iterator[MailBox]:
    """A mail server that speaks TLS from the first word."""
    with mail_server(papers[1]) as server:
        yield server


def _reason(channel: SmtpMail | Webhooks, message: Mail | Call) -> str:
    with pytest.raises(Undeliverable) as refused:
        channel.send(message)
    return refused.value.reason


def test_a_certificate_that_nobody_vouches_for_is_refused_and_a_known_one_taken(
    secure_hall: Hall, papers: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    def call(host: str) -> Call:
        return Call("k", f"https://{host}:{secure_hall.port}/", "e", b"{}", "s", 1)

    assert _reason(Webhooks(private=True), call("localhost")) == "insecure"
    monkeypatch.setenv("SSL_CERT_FILE", str(papers[0]))
    assert _reason(Webhooks(private=True), call("127.0.0.1")) == "insecure"
    assert secure_hall.calls == []
    Webhooks(private=True).send(call("localhost"))
    assert len(secure_hall.calls) == 1


def test_mail_goes_over_tls_to_a_server_that_is_known(
    secure_box: MailBox, papers: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = SmtpMail(f"smtps://localhost:{secure_box.port}", "no-reply@districts.example")
    assert _reason(channel, LETTER) == "insecure"
    assert secure_box.taken == []
    monkeypatch.setenv("SSL_CERT_FILE", str(papers[0]))
    channel.send(LETTER)
    assert len(secure_box.taken) == 1


def test_a_server_without_starttls_or_sign_in_gets_neither_mail_nor_password(
    box: MailBox,
) -> None:
    bare = f"127.0.0.1:{box.port}"
    sender = "no-reply@districts.example"
    assert _reason(SmtpMail(f"smtp+starttls://{bare}", sender), LETTER) == "insecure"
    assert _reason(SmtpMail(f"smtp://user:word@{bare}", sender), LETTER) == "sign_in_refused"
    assert box.taken == []


def test_the_log_holds_no_address_and_no_word_of_a_message(
    app: Flask, alpha: District, box: MailBox, caplog: pytest.LogCaptureFixture
) -> None:
    box.answer = "550 no"
    wants(alpha, "street")
    tell(alpha, "street", kind=ANSWERED, what="院门口")
    with caplog.at_level(logging.DEBUG):
        carry(app, alpha)
    assert "given up" in caplog.text
    for secret in (MAIL, "lingjia", "院门口", "alpha street"):
        assert secret not in caplog.text


@pytest.mark.commits
def test_the_worker_carries_out_what_a_transaction_queued(
    app: Flask, settings: Settings, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = bring_up(app, "posthouse")
    use(app, monkeypatch, smtp_url=box.url, mail_from="no-reply@districts.example")
    wants(district, "street")
    with district.work():
        commands.notify([district.people["street"]], ANSWERED, path="/rooms", what="甲")
    run_worker(app, settings.owner_url or "")
    assert [one.state for one in deliveries(district)] == ["sent"]
    assert len(box.taken) == 1


_SET = {
    "SAAS_DATABASE_URL": "postgresql://x",
    "SAAS_SECRET_KEY": "s" * 32,
    "SAAS_MASTER_KEY": "m" * 32,
}


@pytest.mark.parametrize(
    ("url", "sender", "fault"),
    [
        ("smtp+starttls://user:word@mail.example:587", "a@b.example", ""),
        ("smtps://mail.example", "District <a@b.example>", ""),
        ("", "a@b.example", ""),
        ("", "", ""),
        ("mail.example:587", "a@b.example", "SAAS_SMTP_URL"),
        ("https://mail.example", "a@b.example", "SAAS_SMTP_URL"),
        ("smtp://mail.example:port", "a@b.example", "SAAS_SMTP_URL"),
        ("smtp://", "a@b.example", "SAAS_SMTP_URL"),
        ("smtp://mail.example", "", "SAAS_MAIL_FROM"),
        ("", "nobody", "SAAS_MAIL_FROM"),
    ],
)
def test_the_way_of_the_mail_is_checked_at_the_start(url: str, sender: str, fault: str) -> None:
    given = {"SAAS_SMTP_URL": url, "SAAS_MAIL_FROM": sender}
    env = _SET | {key: value for key, value in given.items() if value}
    if not fault:
        assert Settings.from_env(env).smtp_url == (url or None)
        return
    with pytest.raises(BadSettings, match=fault) as refused:
        Settings.from_env(env)
    assert "word" not in str(refused.value)
