"""The service's own first page: what it is, a picture, what a pilot counts, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import ChoiceLoader, DictLoader
from PIL import Image

import saas
from saas.figures import commands
from saas.kernel.context import SYSTEM
from saas.kernel.domain import Domain, Domains, Shown
from saas.kernel.runtime import wired
from saas.showcase import window
from saas.tenancy import queries
from tests.support import District


@pytest.fixture
def demo(alpha: District, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    """A demo district about which something was stated."""
    with alpha.work():
        commands.add_claim(
            measure="compounds", unit=alpha.unit("street"), stated=Decimal(25),
            source={"zh": "试点报告"}, stated_on=date(2020, 12, 31), actor=SYSTEM,
        )  # fmt: skip
    monkeypatch.setattr(
        queries, "open_demo_districts", lambda: [queries.find_by_code(alpha.tenant.code)]
    )
    window._counted.clear()
    yield alpha
    window._counted.clear()


def _page(app: Flask, browser: FlaskClient | None = None) -> str:
    answer = (browser or app.test_client()).get("/")
    assert answer.status_code == 200
    return answer.text


def test_it_says_what_it_is_under_the_name_of_the_product(app: Flask) -> None:
    page = _page(app)
    assert "社区治理，拿来就能用" in page
    assert "社区治理 1519" in page
    assert "运营台" not in page, "a visitor is no operator"
    assert "/hub/sign-in" in page


def test_the_picture_has_its_own_shape(app: Flask) -> None:
    width, height = re.findall(r'plan\.webp" width="(\d+)" height="(\d+)"', _page(app))[0]
    with Image.open(Path(saas.__file__).parent / "web/static/plan.webp") as picture:
        assert picture.size == (int(width), int(height))
    with app.test_client().get("/static/plan.webp") as answer:
        assert answer.mimetype == "image/webp"


def test_what_a_pilot_counts_stands_there_with_its_period_and_as_a_sample(
    app: Flask, demo: District
) -> None:
    page = _page(app)
    assert 'data-measure="compounds" data-counted="1" data-stated="25"' in page
    assert "alphastreet" in page
    assert "现有数" in page
    assert "示例数据" in page
    assert 'href="/d/alpha/figures"' in page
    browser = app.test_client()
    browser.get("/language/en")
    assert "as it stands now" in _page(app, browser), "in the language of who reads it"


def test_without_a_demo_it_counts_nothing_and_leads_nowhere(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "open_demo_districts", list)
    page = _page(app)
    assert "data-measure" not in page
    assert "/d/" not in page


def test_whom_to_ask_is_a_setting_and_nothing_without_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "联系我们" not in _page(app)
    told = replace(app.config["SAAS"], contact="电话 0813-2200000，hello@districts.example")
    monkeypatch.setitem(app.config, "SAAS", told)
    page = _page(app)
    assert 'href="tel:08132200000">0813-2200000<' in page
    assert 'href="mailto:hello@districts.example"' in page


def test_a_tour_and_a_trial_have_their_places(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        now = wired()
    assert {one.place for domain in now.domains for one in domain.window} == {"tour", "trial"}
    shown = Shown("tour", "later/tour.html"), Shown("trial", "later/trial.html")
    later = Domains((*now.domains, Domain("later", window=shown)))
    monkeypatch.setitem(app.extensions, "saas", replace(now, domains=later))
    drawn = DictLoader({one.template: f"the {one.place} stands here" for one in shown})
    usual = app.jinja_env.loader
    assert usual is not None
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([drawn, usual]))
    page = _page(app)
    assert "the tour stands here" in page
    assert "the trial stands here" in page
