"""Thousands of demands in a district, put there by plain SQL as its owner."""

from __future__ import annotations

from datetime import datetime

import psycopg
from psycopg import sql

#: A demand that was filed and waits at the courtyard, and its first custody row. ``serial`` keeps
#: codes apart when more are added.
_DEMANDS = """
INSERT INTO demands (code, submission, kind, category, unit_id, holder_id, level, state, last_verb,
    words, filed_by_id, filed_at, entered_at, due_at, warn_at, next_at, given_minutes, clock, acts,
    running_since, peak, ended_at)
SELECT 'b' || lpad((g + %(serial)s)::text, 15, '0'), 'bench-submission-' || (g + %(serial)s),
    'demands', 'rubbish', unit.id, unit.id, 'courtyard',
    CASE WHEN living THEN 'waiting' ELSE 'confirmed' END, CASE WHEN living THEN 'file' ELSE
    'confirm' END, 'rubbish has not been collected for ' || g || ' days', person.id,
    %(due)s - interval '1 day', %(due)s - interval '1 day', CASE WHEN living THEN %(due)s END,
    CASE WHEN living THEN %(due)s END, CASE WHEN living THEN %(due)s END, 240, 1, 1,
    CASE WHEN living THEN %(due)s - interval '1 day' END, 0,
    CASE WHEN NOT living THEN %(due)s - interval '1 hour' END
FROM generate_series(1, %(number)s) AS g
    CROSS JOIN LATERAL (SELECT g %% 100 < %(living)s AS living) AS which
    CROSS JOIN (SELECT id FROM units WHERE kind = 'courtyard' ORDER BY id LIMIT 1) AS unit
    CROSS JOIN (SELECT id FROM people WHERE login = 'resident') AS person"""
_CUSTODY = """
INSERT INTO custody (demand_id, number, verb, to_unit_id, level, state, actor_kind, actor_id, at,
    due_at)
SELECT id, 1, 'file', holder_id, level, 'waiting', 'person', filed_by_id, filed_at, due_at
FROM demands WHERE code >= 'b' || lpad((%(serial)s + 1)::text, 15, '0')
    AND code <= 'b' || lpad((%(serial)s + %(number)s)::text, 15, '0')"""


def plant(
    owner_url: str,
    schema: str,
    number: int,
    *,
    due: datetime,
    living: int = 100,
    serial: int = 0,
) -> None:
    """Put ``number`` demands into a district; ``living`` percent of them are due at ``due``."""
    values = {"number": number, "due": due, "living": living, "serial": serial}
    with psycopg.connect(owner_url) as owner:
        owner.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(schema)))
        owner.execute(_DEMANDS, values)
        owner.execute(_CUSTODY, values)
        owner.execute("ANALYZE demands, custody")
