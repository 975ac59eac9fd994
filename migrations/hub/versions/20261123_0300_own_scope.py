"""Jobs are queued for the own scope in every part of the call.

Why: the worker enters the scope that stands in a job's arguments, and only the scope beside them
was held against the caller's role. Nor may a lock or a once-key be one of another scope: it would
keep that one's jobs waiting. A login that took no role queues nothing. Locks: none.
"""

from alembic import op

revision = "own_scope"
down_revision = "ground"
branch_labels = None
depends_on = None

_HEAD = """
CREATE OR REPLACE FUNCTION jobs.enqueue(
    task text, scope text, args jsonb, run_at timestamptz, lock_key text, once_key text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = jobs, pg_temp AS $$"""
_TAIL = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at, lock, queueing_lock)
    VALUES ('default', task, args, run_at, lock_key, once_key)
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
    RETURNING id INTO job_id;
    RETURN job_id;
END $$"""
_REFUSE = """ THEN
        RAISE insufficient_privilege USING MESSAGE = 'a job can only be queued for the own scope';
    END IF;"""
_BEFORE = f"""
DECLARE job_id bigint;
BEGIN
    IF current_setting('role') <> scope{_REFUSE}"""
_NOW = f"""
DECLARE
    job_id bigint;
    own text := current_setting('role');
BEGIN
    IF own = 'none' OR own <> scope{_REFUSE}
    IF has_schema_privilege(own, 'hub', 'USAGE') THEN
        own := 'hub';
    END IF;
    IF args->>'scope' IS DISTINCT FROM own
        OR NOT starts_with(coalesce(lock_key, own || ':'), own || ':')
        OR NOT starts_with(coalesce(once_key, own || ':'), own || ':'){_REFUSE}"""


def upgrade() -> None:
    op.execute(_HEAD + _NOW + _TAIL)


def downgrade() -> None:
    op.execute(_HEAD + _BEFORE + _TAIL)
