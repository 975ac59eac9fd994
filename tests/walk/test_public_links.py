"""Whoever is nobody can follow every link and send every form that is shown to everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urlsplit

import pytest
from flask import Flask

from saas.web.pages import PUBLIC
from tests.support import District
from tests.walk.parts import ours

_LINK = re.compile(r"<a\b[^>]*\shref=\"([^\"]+)\"", re.DOTALL)
_FORM = re.compile(r"<form\b[^>]*\saction=\"([^\"]*)\"[^>]*\smethod=\"post\"", re.DOTALL)
#: Where somebody is asked to sign in who means to.
_DOORS = ("/sign-in",)
#: So many pages that differ in their path are opened; a calendar has no end.
_MOST = 300


def _targets(pattern: re.Pattern[str], html: str, root: str) -> Iterator[str]:
    for found in pattern.findall(html):
        target = urldefrag(unescape(found)).url
        if urlsplit(target).path.startswith(f"{root}/"):
            yield target


@pytest.fixture
def shown(app: Flask, alpha: District) -> dict[str, tuple[int, str, str]]:
    """Address → (status, where it leads on, page) of everything that links reach from the front."""
    with alpha.work():
        ours(alpha)
    visitor, root = app.test_client(), alpha.root
    found: dict[str, tuple[int, str, str]] = {}
    paths, waiting = set[str](), [f"{root}/"]
    while waiting and len(paths) < _MOST:
        address = waiting.pop(0)
        if address in found or (urlsplit(address).path in paths and "?" in address):
            continue
        paths.add(urlsplit(address).path)
        answer = visitor.get(address)
        text = answer.text if answer.mimetype == "text/html" else ""
        found[address] = (answer.status_code, answer.location or "", text)
        waiting += _targets(_LINK, text, root)
        if answer.location and answer.location.startswith(f"{root}/"):
            waiting.append(answer.location)
    return found


def test_no_link_that_everybody_sees_ends_at_a_door(
    alpha: District, shown: dict[str, tuple[int, str, str]]
) -> None:
    dead = {
        address: (status, onward)
        for address, (status, onward, _) in shown.items()
        if (status >= 400 or "/sign-in" in onward)
        and urlsplit(address).path not in {alpha.root + door for door in _DOORS}
        # to another one's own door, which is not there in tests
        and not urlsplit(address).path.startswith(f"{alpha.root}/sign-in/by/")
    }
    assert len(shown) > 40
    assert not dead


def test_every_form_that_everybody_sees_can_be_sent_by_everybody(
    app: Flask, alpha: District, shown: dict[str, tuple[int, str, str]]
) -> None:
    closed = set()
    adapter = app.url_map.bind("localhost")
    for address, (_, _, html) in shown.items():
        for action in _targets(_FORM, html, alpha.root):
            path = urlsplit(action).path.removeprefix(alpha.root)
            endpoint, _ = adapter.match(path, method="POST")
            if app.view_functions[endpoint].__saas_access__.needs != PUBLIC:  # type: ignore[attr-defined]
                closed.add((address, path))
    assert not closed
