"""What must be true of the whole house, whatever is built into it next."""

from __future__ import annotations

import ast
import graphlib
import re
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
import sqlalchemy as sa
from flask import Flask

from saas import domains
from saas.jobs.queue import JOBS
from saas.kernel.db import HubModel, PlaneMissing, TenantModel, hub_metadata, tenant_metadata
from saas.web.pages import PUBLIC, SIGNED_IN, undeclared_routes

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "saas").rglob("*.py"))
TABLES = [*tenant_metadata.sorted_tables, *hub_metadata.sorted_tables]


def test_every_route_declares_a_plane_and_a_permission_that_exists(app: Flask) -> None:
    assert undeclared_routes(app.view_functions) == []
    known = {PUBLIC, SIGNED_IN, *domains.DOMAINS.permissions}
    for endpoint, view in app.view_functions.items():
        access = vars(view)["__saas_access__"]
        assert access.needs in known, endpoint
        assert access.plane in {"hub", "tenant", "any"}, endpoint


def test_a_route_without_a_declaration_stops_the_start(app: Flask) -> None:
    assert undeclared_routes({**app.view_functions, "secret": lambda: ""}) == ["secret"]


def test_a_table_without_a_plane_is_refused() -> None:
    from saas.kernel.db import _Planed

    with pytest.raises(PlaneMissing):
        type("Lost", (_Planed,), {"__tablename__": "lost"})


def test_every_model_says_its_plane() -> None:
    mapped = {mapper.class_ for mapper in TenantModel.registry.mappers}
    assert mapped
    for model in mapped:
        assert issubclass(model, HubModel | TenantModel), model


def test_every_job_says_its_plane() -> None:
    assert JOBS
    assert {job.plane for job in JOBS.values()} <= {"hub", "tenant"}


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_table_can_be_sharded_by_schema(table: sa.Table) -> None:
    """Citus: keys, bigint identities, no foreign key out of the schema, no triggers, no joins."""
    assert table.primary_key.columns, "no primary key"
    for column in table.columns:
        if column.identity is not None:
            assert isinstance(column.type, sa.BigInteger), column
        for key in column.foreign_keys:
            assert key.column.table.schema == table.schema, f"{column} leaves its schema"
    for constraint in table.constraints:
        assert constraint.name, f"{table} has a constraint without a name"


def test_no_trigger_and_no_extension_is_asked_for() -> None:
    for file in [*(ROOT / "migrations" / "tenant").rglob("*.py"), *CODE]:
        text = file.read_text().upper()
        assert "CREATE TRIGGER" not in text, file
        assert "CREATE EXTENSION" not in text, file


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("file", CODE, ids=lambda f: str(f.relative_to(ROOT)))
def test_files_and_functions_stay_small_and_tell_what_they_promise(file: Path) -> None:
    text = file.read_text()
    tree = ast.parse(text)
    assert len(text.splitlines()) <= 400, "longer than 400 lines: make it a folder"
    assert ast.get_docstring(tree), "no docstring"
    for function in _functions(tree):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= 40, f"{function.name} has {length} lines"
        hidden = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
        assert not hidden, f"{function.name} hides an import"
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent, "does not tell what it promises"


def test_no_two_files_need_each_other() -> None:
    """Also not for their types alone: what both name belongs into a third."""
    house = grimp.build_graph("saas", cache_dir=None)
    needs = {name: house.find_modules_directly_imported_by(name) for name in house.modules}
    try:
        graphlib.TopologicalSorter(needs).prepare()
    except graphlib.CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_no_chinese_in_code_or_templates() -> None:
    """Chinese words are data or translation: in the catalogue, in tenants/, never in code."""
    files = [*CODE, *(ROOT / "saas").rglob("*.html")]
    loud = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        if "node_modules" not in file.parts
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if any("\u4e00" <= c <= "\u9fff" for c in _without_comment(file, line))
    ]
    assert [place for place in loud if not place.startswith(_MAY_SPEAK)] == []


#: The name of the language itself, examples in docstrings, the law's own terms, and how days of
#: the week are written.
_MAY_SPEAK = ("saas/kernel/", "saas/web/", "saas/packages/", "saas/rooms/schemas/",
              "saas/rooms/rules/spoken.py", "saas/onboarding/schemas.py", "saas/accounts/rules.py",
              "saas/cli/", "saas/onboarding/workbook/rules/divisions.py")  # fmt: skip


def _without_comment(file: Path, line: str) -> str:
    return line.split("#")[0] if file.suffix == ".py" else line.split("{#")[0]


def test_no_two_tests_make_a_district_of_one_code() -> None:
    """It stays on the server of its worker: which of the two fails is a matter of luck."""
    made = [
        code
        for file in sorted((ROOT / "tests").rglob("*.py"))
        for code in re.findall(r'bring_up\(\w+, "([\w-]+)"', file.read_text())
    ]
    assert made
    assert sorted(made) == sorted({*made})
