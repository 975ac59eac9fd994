"""What every domain must say of itself, and that it is true."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from saas.domains import DOMAINS, RAIL
from saas.kernel.i18n import speaking
from saas.web.pages import PUBLIC, SIGNED_IN
from tests.architecture.recording import House, Untold

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "saas").rglob("*.py"))
TEMPLATES = sorted((ROOT / "saas").rglob("*.html"))
#: Words that a story has and no entry: whole queues are taken over, each demand noted in custody.
STORY_ALONE = {"demands.take_over"}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PERMISSION = re.compile(r"[a-z]+:[a-z_]+:[a-z_]+")


@pytest.fixture(scope="module")
def recordable() -> set[tuple[str, str]]:
    """Every (action, kind of thing) that the code can record."""
    return House(CODE).recordable()


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """A request, in which words can be said."""
    with app.test_request_context():
        yield


def _in_both(words: object) -> tuple[str, str]:
    with speaking("en"):
        english = str(words)
    with speaking("zh_Hans_CN"):
        return english, str(words)


def test_every_action_that_can_be_recorded_has_words_in_both_languages(
    recordable: set[tuple[str, str]], inside: None
) -> None:
    actions = {action for action, _ in recordable}
    assert len(actions) > 150
    assert actions - DOMAINS.actions.keys() == set()
    for action in actions:
        english, chinese = _in_both(DOMAINS.actions[action])
        assert english, action
        assert english != action
        assert not _CHINESE.search(english), action
        assert _CHINESE.search(chinese), action


def test_no_two_acts_on_a_demand_have_the_same_words(inside: None) -> None:
    acts = {a: _in_both(words) for a, words in DOMAINS.actions.items() if a[:8] == "demands."}
    same = {said for said, number in Counter(acts.values()).items() if number > 1}
    together = {action for action, said in acts.items() if said in same}
    assert together <= {"demands.unmerge", "demands.part"}  # one act, seen from either side


def test_nothing_is_declared_that_nobody_records(recordable: set[tuple[str, str]]) -> None:
    assert DOMAINS.actions.keys() - {action for action, _ in recordable} == STORY_ALONE
    assert DOMAINS.things.keys() == {thing for _, thing in recordable}


def test_entries_are_made_in_one_way_alone() -> None:
    for file in CODE:
        text = file.read_text()
        for node in ast.walk(ast.parse(text)) if re.search("AuditEntry|kernel.audit", text) else ():
            if isinstance(node, ast.ImportFrom) and node.module == "saas.kernel.audit":
                assert "record" not in {alias.name for alias in node.names}, file
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("AuditEntry"):
                assert file.name == "audit.py", file


def test_an_action_that_cannot_be_seen_in_the_code_is_told(tmp_path: Path) -> None:
    (tmp_path / "saas").mkdir()
    file = tmp_path / "saas" / "guess.py"
    file.write_text("def f(x, actor):\n    audit.record(x.name, 'unit', None, actor=actor)\n")
    with pytest.raises(Untold):
        House([file]).recordable()
    file.write_text(
        "def _n(verb, kind):\n    audit.record(f'a.{verb}', kind, None)\n"
        "def g(on):\n    _n('b' if on else 'c', 'd')\n    _n('e', kind='f')\n"
    )
    assert House([file]).recordable() == {("a.b", "d"), ("a.c", "d"), ("a.e", "f")}


def test_a_domain_says_its_own_actions_and_nobody_elses() -> None:
    for domain in DOMAINS:
        own = domain.name.partition(".")[0]
        for action in (*domain.audit, *(action for action, _ in domain.about)):
            assert action.partition(".")[0] == own, action
        assert {*domain.about.values()} <= DOMAINS.things.keys()


def test_nothing_is_said_twice() -> None:
    for said in (
        [domain.name for domain in DOMAINS],
        [action for domain in DOMAINS for action in domain.audit],
        [kind for domain in DOMAINS for kind in domain.things],
        [area.name for domain in DOMAINS for area in domain.permissions],
        [seed.name for domain in DOMAINS for seed in domain.seeds],
        [seed.order for domain in DOMAINS for seed in domain.seeds],
    ):
        assert max(Counter(said).values()) == 1, Counter(said).most_common(1)


def test_every_permission_has_words_in_both_languages(inside: None) -> None:
    for name in DOMAINS.permissions:
        with speaking("en"):
            english = DOMAINS.permission_words(name)
        with speaking("zh_Hans_CN"):
            chinese = DOMAINS.permission_words(name)
        assert english != name
        assert _CHINESE.search(chinese), name
        assert name.partition(":")[0] in DOMAINS.areas


def test_every_permission_that_is_asked_for_is_declared() -> None:
    declared = set(DOMAINS.permissions)
    for file in CODE:
        written = file.read_text()
        for node in ast.walk(ast.parse(written)) if _PERMISSION.search(written) else ():
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and _PERMISSION.fullmatch(text):
                assert text in declared, f"{file}: {text}"
    for file in TEMPLATES:
        for name in re.findall(r"""may\(["']([^"']+)""", file.read_text()):
            assert name in declared, f"{file}: {name}"


def test_every_place_in_the_rail_is_there_and_stands_in_a_group(app: Flask) -> None:
    for nav in DOMAINS.nav:
        view = app.view_functions[nav.endpoint]
        assert nav.needs in {PUBLIC, SIGNED_IN, *DOMAINS.permissions}, nav.endpoint
        if (nav.plane, nav.face) == ("tenant", "console"):
            assert nav.group in {group.code for group in RAIL}, nav.endpoint
        assert vars(view)["__saas_access__"].plane in {nav.plane, "any"}, nav.endpoint
    assert [nav.order for nav in DOMAINS.nav] == sorted(nav.order for nav in DOMAINS.nav)


def test_every_page_of_things_needs_what_is_declared_for_it(app: Flask) -> None:
    for kind, thing in DOMAINS.things.items():
        if thing.page:
            endpoint, needs = thing.page
            assert vars(app.view_functions[endpoint])["__saas_access__"].needs == needs, kind


def test_every_folder_with_pages_is_a_domain_of_the_list(app: Flask) -> None:
    declared = {blueprint.name for domain in DOMAINS for blueprint in domain.pages}
    declared |= {routes.name for domain in DOMAINS for routes in domain.api}
    shells = {"shell", "offline", "api", "catalogue"}
    assert {name for name in app.blueprints if name not in shells} == declared


@pytest.mark.usefixtures("inside")
def test_what_stands_open_in_the_rail_is_said_in_one_line() -> None:
    """In 13.75rem, beside its sign, in the longer language; settings are opened now and then."""
    open_ = [one for one in DOMAINS.nav if one.face == "console" and one.group != "settings"]
    with speaking("en"):
        assert [str(one.label) for one in open_ if len(str(one.label)) > 17] == []
