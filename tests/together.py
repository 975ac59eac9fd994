"""Tests that share something costly go to one worker: a running product, helm, a person's
walk. They are told by where they stand.
"""

from __future__ import annotations

import re

from xdist.scheduler import LoadScopeScheduling

_GROUPS = (
    re.compile(r"tests/(?P<group>journeys|helm)/"),
    re.compile(r"tests/test_(?P<group>front)\.py"),
    re.compile(r"tests/(?P<group>walk)/test_every_route\.py.*\[(?P<part>\w+)\]$"),
)


def group_of(nodeid: str) -> str:
    """What a test shares with others; a test that shares nothing stands for itself."""
    for pattern in _GROUPS:
        if found := pattern.match(nodeid):
            return "-".join(found.groupdict().values())
    return nodeid


#: They go through every district of the server; each test that commits leaves one more behind.
_THROUGH_ALL = re.compile(r"tests/(seals/test_keeping|tenancy/test_backups|migrations/test_rollout|"
                          r"jobs/test_worker|hosting/|doctor/)")  # fmt: skip


def early(nodeid: str) -> bool:
    """Whether a test is quicker while there are few districts."""
    return _THROUGH_ALL.match(nodeid) is not None


class Together(LoadScopeScheduling):
    """Hands out groups, those of most tests first."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
