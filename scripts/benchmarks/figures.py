"""The pages of figures over a hundred thousand demands in one district, in milliseconds."""

from __future__ import annotations

import time
from statistics import median

import psycopg
from psycopg import sql

from saas.kernel.db import db
from scripts.benchmarks.ground import Ground, Row, recording

DEMANDS = 100_000
_AIM, _ROUNDS = 200.0, 9
_PAGES = {
    "by unit": "/demands/figures?from=2025-12&to=2026-11&by=unit",
    "by level": "/demands/figures?from=2025-12&to=2026-11&by=level",
    "by category": "/demands/figures?from=2025-12&to=2026-11&by=category",
    "by channel": "/demands/figures?from=2025-12&to=2026-11&by=channel",
    "by month": "/demands/figures?from=2025-12&to=2026-11&by=month",
    "records of a number": "/demands/records?from=2025-12&to=2026-11&measure=resolved",
}
#: Four streets of six communities of five compounds of four courtyards.
_UNITS = """
WITH RECURSIVE shape (depth, kind, children) AS (VALUES
    (1, 'street', 4), (2, 'community', 6), (3, 'compound', 5), (4, 'courtyard', 4)),
grown (depth, path, code) AS (
    SELECT 0, path, 'bench' FROM units WHERE parent_id IS NULL
    UNION ALL
    SELECT shape.depth, path || grown.code || '_' || n || '/', grown.code || '_' || n
    FROM grown JOIN shape ON shape.depth = grown.depth + 1, generate_series(1, shape.children) n)
INSERT INTO units (code, kind, name, path, position, sample)
SELECT code, kind, jsonb_build_object('zh', code, 'en', code), path, 0, true
FROM grown JOIN shape USING (depth)
"""
_PARENTS = """
UPDATE units SET parent_id = above.id FROM units above
WHERE units.parent_id IS NULL AND above.path = regexp_replace(units.path, '[^/]+/$', '')
"""
#: A year of demands; most are resolved, few climb far. What is odd about one comes from its number.
_DEMANDS = """
INSERT INTO demands (code, submission, kind, category, unit_id, words, sample, channel, holder_id,
    level, state, last_verb, acts, filed_at, entered_at, ended_at, accepted_at, accepted_in_time,
    worked_minutes, peak, passed_up, climbed, returned, reopened, rating, filed_by_id)
SELECT 'bench' || n, 'bench-demand-' || n, leaf.kind, leaf.code, place.id,
    repeat('院门口的垃圾桶两天没有清运，请尽快处理。', 3), true,
    (ARRAY['own', 'own', 'own', 'desk', 'phone', 'patrol'])[1 + n % 6], place.id,
    (ARRAY['courtyard', 'compound', 'community', 'street', 'district'])[1 + peak],
    made.state, 'accept', 3, filed_at, filed_at,
    CASE WHEN made.state NOT IN ('waiting', 'accepted') THEN filed_at + interval '2 days' END,
    filed_at + interval '3 hours', n % 9 > 0, 30 + n * 7919 % 9000, peak,
    peak - least(peak, climbed), climbed, (n % 13 = 0)::int, (n % 29 = 0)::int,
    CASE WHEN made.state = 'confirmed' AND n % 3 > 0 THEN 1 + n * 31 % 5 END, person.id
FROM generate_series(1, COUNT) n
CROSS JOIN LATERAL (SELECT
    (ARRAY[0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4])[1 + n * 17 % 12] AS peak,
    (n % 19 = 0)::int AS climbed,
    (ARRAY['resolved', 'confirmed', 'confirmed', 'confirmed', 'confirmed', 'confirmed', 'confirmed',
        'declined', 'withdrawn', 'merged', 'waiting', 'accepted'])[1 + n * 7 % 12] AS state,
    timestamptz '2025-12-01 00:00+08' + (n * 0.0036) * interval '1 day' AS filed_at) made
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS i, count(*) OVER () AS all_
    FROM units WHERE kind = 'courtyard') place ON place.i = n % place.all_
JOIN (SELECT code, kind, row_number() OVER (ORDER BY position) - 1 AS i, count(*) OVER () AS all_
    FROM demand_categories WHERE parent IS NOT NULL) leaf ON leaf.i = n * 5 % leaf.all_
CROSS JOIN (SELECT min(id) AS id FROM people) person
"""
_CUSTODY = """
INSERT INTO custody (demand_id, number, verb, from_unit_id, to_unit_id, level, state, actor_id, at)
SELECT demands.id, act.number, act.verb, demands.unit_id, demands.holder_id, demands.level,
    demands.state, demands.filed_by_id, demands.filed_at + act.number * interval '1 hour'
FROM demands, (VALUES (1, 'file'), (2, 'accept'), (3, 'note')) act (number, verb)
WHERE demands.code LIKE 'bench%'
"""


def measure(ground: Ground) -> list[Row]:
    """Server time of each page: the whole request inside one process, the median of many."""
    fill(ground)
    return [_measure_one(ground, what, path) for what, path in _PAGES.items()]


def fill(ground: Ground, demands: int = DEMANDS) -> None:
    """Write the demands straight into the district's schema, as its owner."""
    begun = time.perf_counter()
    schema = sql.Identifier(ground.district.tenant.schema)
    with psycopg.connect(ground.settings.owner_url or "") as owner:
        owner.execute(sql.SQL("SET search_path = {}").format(schema))
        for statement in (_UNITS, _PARENTS, _DEMANDS.replace("COUNT", str(demands)), _CUSTODY):
            owner.execute(statement)  # type: ignore[call-overload]
    with psycopg.connect(ground.settings.owner_url or "", autocommit=True) as owner:
        for table in ("units", "demands", "custody"):
            owner.execute(sql.SQL("VACUUM ANALYZE {}.{}").format(schema, sql.Identifier(table)))
    print(f"  {demands} demands written in {time.perf_counter() - begun:.1f} s", flush=True)


def _measure_one(ground: Ground, what: str, path: str) -> Row:
    visitor = ground.district.client("officer")
    visitor.get(path)
    times = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        answer = visitor.get(path)
        times.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, answer.text
    with ground.app.app_context():
        engine = db.engine
    with recording(engine) as tape:
        visitor.get(path)
    took = median(times)
    name = f"figures of {DEMANDS} demands, {what}"
    sent = f"{len(tape.sent)} statements"
    return Row(name, f"{took:.0f} ms", sent, took, "≤ 200 ms", took <= _AIM)
