"""A district on the phone's first screen: its manifest, its sign, its worker, what may be kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask

from saas.web import built
from saas.web.offline import KEEP
from saas.web.pages import OPEN_TO_ALL, PUBLIC, Access
from tests.support import District

_OPEN = ("/", "/front", "/rooms", "/answers", "/help", "/culture", "/offline", "/track")


def _bare(app: Flask) -> Iterator[tuple[str, Access]]:
    """Every address of a district that names nothing, with what its route declared."""
    for rule in app.url_map.iter_rules():
        access: Access = vars(app.view_functions[rule.endpoint])["__saas_access__"]
        if access.plane != "hub" and not rule.arguments and "GET" in (rule.methods or ()):
            yield rule.rule, access


def test_a_district_is_put_on_the_first_screen_under_its_own_name_and_colours(
    alpha: District, beta: District
) -> None:
    made: list[dict[str, Any]] = []
    for district in (alpha, beta):
        answer = district.client().get("/manifest.webmanifest")
        assert answer.mimetype == "application/manifest+json"
        made.append(answer.get_json())
    one, other = made
    assert one["name"] == alpha.tenant.name["zh"]
    assert one["scope"] == one["start_url"] == one["id"] == f"{alpha.root}/"
    assert other["scope"] == f"{beta.root}/"
    assert one["display"] == "standalone"
    assert one["theme_color"].startswith("#")
    assert {icon["purpose"] for icon in one["icons"]} == {"any", "maskable"}
    assert all(short["url"].startswith(f"{alpha.root}/") for short in one["shortcuts"])
    assert len(one["shortcuts"]) == 4


def test_the_manifest_speaks_the_language_of_who_asks(alpha: District) -> None:
    visitor = alpha.client()
    visitor.get("/language/en")
    answer = visitor.get("/manifest.webmanifest")
    said = answer.get_json()
    assert answer.cache_control.private
    assert (said["lang"], said["name"]) == ("en", alpha.tenant.name["en"])


def test_the_sign_is_the_seal_in_the_colours_of_the_culture(alpha: District) -> None:
    visitor = alpha.client()
    said = visitor.get("/manifest.webmanifest").get_json()
    for icon in said["icons"]:
        answer = visitor.get(icon["src"].removeprefix(alpha.root))
        assert answer.mimetype == "image/svg+xml"
        assert f">{alpha.tenant.name['zh'][:1]}</text>" in answer.text.replace("\n", "")
        assert answer.text.count("<path") > 1


def test_the_worker_reaches_no_further_than_the_district_and_never_ages(alpha: District) -> None:
    answer = alpha.client().get("/worker.js")
    assert answer.data == (built.DIST / "worker.js").read_bytes()
    assert answer.mimetype == "text/javascript"
    assert "Service-Worker-Allowed" not in answer.headers
    assert "max-age=0" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


def test_pages_for_everybody_may_be_kept_and_no_other_page_may(app: Flask, alpha: District) -> None:
    visitor = app.test_client()
    for path, access in _bare(app):
        answer = visitor.get(alpha.root + path)
        kept = answer.headers.get(KEEP)
        assert kept == (OPEN_TO_ALL if access.keep and answer.status_code == 200 else None), path
        assert kept is None or access.needs == PUBLIC, path
    assert all(visitor.get(alpha.root + path).headers.get(KEEP) == OPEN_TO_ALL for path in _OPEN)


def test_the_list_of_slips_may_be_kept_as_ones_own_and_a_demand_may_not(alpha: District) -> None:
    visitor = alpha.client()
    path = "/demands/new/rubbish/courtyard_one"
    sent = visitor.post(path, form=path, words="单元门口堆了垃圾", category="rubbish",
                        unit="courtyard_one", submission="offline-offline-offline-00",
                        looked="1")  # fmt: skip
    assert sent.status_code == 302, sent.text
    assert visitor.get("/track").headers[KEEP] == "slips"
    slip = visitor.get(sent.location.removeprefix(alpha.root))
    assert slip.status_code == 200
    assert KEEP not in slip.headers
    assert visitor.get("/").headers[KEEP] == OPEN_TO_ALL
    code = sent.location.split("/demands/")[1].split("/")[0]
    steward = alpha.client("courtyard")
    for verb, reason in (("accept", ""), ("ask", "哪个单元？")):
        steward.post(f"/demands/{code}", verb=verb, reason=reason)
    for page in ("/", "/front"):
        assert code in visitor.get(page).text, "it waits for an answer"
        assert visitor.get(page).headers[KEEP] == "slips", "that page shows one's own now"
    visitor.post("/track/forget", form="/track")
    assert visitor.get("/").headers[KEEP] == OPEN_TO_ALL
    assert visitor.get("/track").headers[KEEP] == OPEN_TO_ALL


def test_a_form_that_can_wait_says_for_whom_it_was_written(alpha: District) -> None:
    path = "/demands/new/rubbish/courtyard_one"
    assert 'data-who="nobody"' in alpha.client().get(path).text
    who = alpha.people["resident"]
    assert f'data-who="{who}"' in alpha.client("resident").get(path).text
