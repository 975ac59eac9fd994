"""Whatever a schema refuses, it says in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields

from saas.kernel.i18n import speaking
from saas.kernel.schemas import faults_in
from saas.packages.faults import Problem
from tests.support import District

#: What no field takes, or at least one of them: each validator must refuse something.
_WRONG: tuple[Any, ...] = (
    *(
        "",
        " ",
        "\u200b",
        "x" * 250_000,
        "一" * 20_000,
        "\n" * 400,
        "@ @",
        "[x]",
        -(10**12),
        10**12,
        -0.5,
    ),
    *(
        [],
        [None] * 3000,
        ["?"],
        ["一"] * 3000,
        {},
        {"?": "?"},
        {str(n): n for n in range(300)},
        "乱",
        date.max,
    ),
)
#: Names of things that are called so in Chinese too.
_NAMES = re.compile(
    r"https://(?:app|id)\.example\.cn|JSON|Excel|PNG|JPEG|SVG|CSS|https?|URL|#[0-9a-f]+|zh|en|open|closed"
)
_LETTERS = re.compile(r"[A-Za-z]{2,}")


def _schemas(of: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for one in of.__subclasses__():
        if one.__module__.startswith("saas."):
            yield one
        yield from _schemas(one)


def _fields_of(field: fields.Field[Any]) -> Iterator[fields.Field[Any]]:
    yield field
    for name in ("inner", "value_field", "key_field"):
        if isinstance(inner := getattr(field, name, None), fields.Field):
            yield from _fields_of(inner)


def _said_by(check: Any) -> Iterator[str]:
    for wrong in _WRONG:
        try:
            check(wrong)
        except ValidationError as error:
            found = faults_in(error.normalized_messages())  # type: ignore[no-untyped-call]
            said = (text for _, texts in found for text in texts)
            yield from (str(text) for text in said if not isinstance(text, Problem))
        except (TypeError, AttributeError, ValueError):
            continue


def test_every_validator_of_every_schema_refuses_in_chinese(alpha: District) -> None:
    english, silent, number = [], [], 0
    with alpha.work(), speaking("zh_Hans_CN"):
        for schema in sorted(set(_schemas()), key=lambda one: (one.__module__, one.__qualname__)):
            for name, top in schema().fields.items():
                for field in _fields_of(top):
                    checks = [*field.validators, lambda wrong, f=field: f.deserialize(wrong)]
                    for check in checks:
                        number += 1
                        texts = list(_said_by(check))
                        where = f"{schema.__module__}.{schema.__qualname__}.{name}"
                        if not texts and check is not checks[-1]:
                            silent.append(f"{where}: {check}")
                        english += [
                            f"{where}: {text}"
                            for text in dict.fromkeys(texts)
                            if _LETTERS.search(_NAMES.sub("", text))
                        ]
    assert not english, "\n".join(english)
    assert not silent, "\n".join(silent)
    assert number > 500
