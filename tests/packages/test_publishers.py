"""Whose packages are trusted is a setting, checked when the process starts."""

from __future__ import annotations

import pytest

from saas.packages.archive import new_key, read_key
from saas.settings import BadSettings, Settings

SECRET = "x" * 40
NEEDED = {"SAAS_DATABASE_URL": "postgresql://x/y", "SAAS_SECRET_KEY": SECRET,
          "SAAS_MASTER_KEY": SECRET}  # fmt: skip
ONE, TWO = read_key(new_key()).public, read_key(new_key()).public


def test_publishers_are_named_by_their_keys() -> None:
    found = Settings.from_env({**NEEDED, "SAAS_PUBLISHERS": f"{ONE} Longjing Street;{TWO} 宜宾"})
    assert found.known_publishers == {ONE: "Longjing Street", TWO: "宜宾"}
    assert Settings.from_env(NEEDED).known_publishers == {}


@pytest.mark.parametrize("text", [ONE, f"{ONE[:-4]} Short", "Longjing", f"{ONE} A; B", "~~~ A"])
def test_what_is_no_key_and_name_stops_the_start(text: str) -> None:
    with pytest.raises(BadSettings, match="SAAS_PUBLISHERS"):
        Settings.from_env({**NEEDED, "SAAS_PUBLISHERS": text})
