"""Bodies that are nested as deep as JSON is read."""

from __future__ import annotations

import orjson
import pytest

from saas.api.parsing import _texts


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_a_body_may_be_as_deep_as_it_can_be_read(opens: str, closes: str) -> None:
    body = orjson.loads(opens * 1000 + '"end"' + closes * 1000)
    assert "end" in list(_texts(body))
