"""When to try again, when people rest, which addresses may be called."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from ipaddress import IPv4Address
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.notices import rules

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai


def test_tries_are_spaced_out_and_come_to_an_end() -> None:
    waits = [rules.next_try(NOW, tries) for tries in range(1, 7)]
    minutes = [(w - NOW) / timedelta(minutes=1) for w in waits if w]
    assert minutes == [1, 5, 30, 120, 720]
    assert waits[-1] is None


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (None, None, "23:00"),
        (time(8), time(8), "23:00"),
        (time(22), time(7), "07:00"),
        (time(23), time(23, 30), "23:30"),
        (time(22), time(23), "23:00"),
        (time(9), time(17), "23:00"),
        (time(0), time(7), "23:00"),
    ],
)
def test_quiet_hours_delay_to_their_end(
    begins: time | None, ends: time | None, expected: str
) -> None:
    said = rules.after_quiet(NOW, begins, ends, ZONE)
    assert f"{said.astimezone(ZoneInfo(ZONE)):%H:%M}" == expected
    assert said - NOW < timedelta(days=1)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)), st.times(), st.times())
def test_nobody_is_written_to_in_quiet_hours_nor_later_than_they_last(
    moment: datetime, begins: time, ends: time
) -> None:
    said = rules.after_quiet(moment, begins, ends, ZONE)
    assert moment <= said <= moment + timedelta(days=1)
    assert rules.after_quiet(said, begins, ends, ZONE) == said


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)), st.integers(0, 23))
def test_the_next_digest_is_at_its_hour_within_a_day_and_not_too_soon(
    now: datetime, hour: int
) -> None:
    found = rules.next_digest(now, hour, ZONE)
    local = found.astimezone(ZoneInfo(ZONE))
    assert (local.hour, local.minute, local.second) == (hour, 0, 0)
    assert timedelta(minutes=5) < found - now <= timedelta(days=1, minutes=5)


def test_masked_addresses_and_names_say_little() -> None:
    assert rules.masked_mail("wang.li@example.org") == "w***@example.org"
    assert rules.masked_mail("odd") == "***"
    assert rules.masked_name("王小明") == "王**"
    assert rules.masked_name("") == ""


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::127.0.0.1", False),
        ("fec0::1", False),
        ("2001:0:7f00:1::", False),
    ],
)
def test_only_the_open_internet_is_called(address: str, public: bool) -> None:
    assert rules.is_public(address) is public


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_a_private_address_stays_private_however_it_is_written(address: IPv4Address) -> None:
    assert not rules.is_public(str(address))
    assert not rules.is_public(f"::ffff:{address}")
    assert rules.url_fault(f"https://{address}/", private=False) == "private"


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://example.org/hook?a=b", None),
        ("https://8.8.8.8:8443/", None),
        ("http://example.org/", "insecure"),
        ("ftp://example.org/", "form"),
        ("https://", "form"),
        ("example.org", "form"),
        ("https://user:word@example.org/", "form"),
        ("https://example.org/#part", "form"),
        ("https://example.org:0/", "form"),
        ("https://example.org:99999/", "form"),
        ("https://[::1", "form"),
        ("https://example.org/a b", "form"),
        ("https://例子.org/", "form"),
        ("https://localhost/", "private"),
        ("https://intranet/", "private"),
        ("https://[::1]/", "private"),
        ("https://169.254.169.254/latest", "private"),
    ],
)
def test_addresses_of_webhooks(url: str, fault: str | None) -> None:
    assert rules.url_fault(url, private=False) == fault


def test_on_premises_private_addresses_and_plain_http_are_taken() -> None:
    assert rules.url_fault("http://10.0.0.7:8080/hook", private=True) is None
    assert rules.url_fault("gopher://10.0.0.7/", private=True) == "form"


@given(st.text())
def test_no_text_breaks_the_check_of_an_address(url: str) -> None:
    rules.url_fault(url, private=False)
