"""Whoever runs the service sees whether the worker lives, what waits for it and what broke in it.

Why: a worker that was killed took every deadline with it in silence, and a job that broke twice
could stop the rescue of all others. A job that goes back to the queue gives up its claim to be the
only one of its kind that waits: another may have been queued while it ran, and the clash left it
running for ever. Why a job broke is kept beside it, as names of errors and a line of our code, never
as a text that could hold what somebody typed. Locks: the queue, for a moment.
"""

from alembic import op

revision = "pulse"
down_revision = "preparing"
branch_labels = None
depends_on = None

_SAFE = "LANGUAGE sql SECURITY DEFINER SET search_path = jobs, pg_temp"
_UP = (
    """
CREATE TABLE jobs.troubles (
    job_id bigint PRIMARY KEY REFERENCES jobs.procrastinate_jobs (id) ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason text NOT NULL
)""",
    """
CREATE FUNCTION jobs.let_go_of_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.queueing_lock := NULL;
    RETURN NEW;
END $$""",
    """
CREATE TRIGGER let_go_of_claim BEFORE UPDATE ON jobs.procrastinate_jobs FOR EACH ROW
WHEN (NEW.status = 'todo' AND OLD.status <> 'todo' AND NEW.queueing_lock IS NOT NULL)
EXECUTE FUNCTION jobs.let_go_of_claim()""",
    f"""
CREATE FUNCTION jobs.pulse(OUT workers bigint, OUT beat float8, OUT due float8) {_SAFE} STABLE AS $$
    SELECT (SELECT count(*) FROM procrastinate_workers),
        (SELECT EXTRACT(epoch FROM clock_timestamp() - max(last_heartbeat))::float8
            FROM procrastinate_workers),
        (SELECT EXTRACT(epoch FROM clock_timestamp() - min(coalesce(job.scheduled_at, event.at)))::float8
            FROM procrastinate_jobs job
            LEFT JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
            WHERE job.status = 'todo' AND coalesce(job.scheduled_at, event.at) <= clock_timestamp())
$$""",
    f"""
CREATE FUNCTION jobs.kinds() RETURNS TABLE (kind text, state text, number bigint) {_SAFE} STABLE AS $$
    SELECT task_name::text,
        CASE WHEN status = 'todo' AND scheduled_at > clock_timestamp() THEN 'later'
            ELSE status::text END, count(*)
    FROM procrastinate_jobs GROUP BY 1, 2 ORDER BY 1, 2
$$""",
    f"""
CREATE FUNCTION jobs.troubled(most integer) RETURNS TABLE (
    id bigint, kind text, scope text, state text, attempts integer, again timestamptz,
    at timestamptz, reason text
) {_SAFE} STABLE AS $$
    SELECT job.id, job.task_name::text, job.args->>'scope', job.status::text, job.attempts,
        job.scheduled_at, trouble.at, trouble.reason
    FROM procrastinate_jobs job LEFT JOIN troubles trouble ON trouble.job_id = job.id
    WHERE job.status = 'failed' OR (job.status = 'todo' AND trouble.job_id IS NOT NULL)
    ORDER BY job.status = 'failed' DESC, trouble.at DESC NULLS LAST, job.id DESC LIMIT most
$$""",
    f"""
CREATE FUNCTION jobs.again(job bigint) RETURNS TABLE (kind text, scope text) {_SAFE} AS $$
    UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = clock_timestamp()
    WHERE id = job AND status = 'failed' RETURNING task_name::text, args->>'scope'
$$""",
    f"""
CREATE FUNCTION jobs.give_up(job bigint) RETURNS TABLE (kind text, scope text) {_SAFE} AS $$
    DELETE FROM procrastinate_jobs WHERE id = job AND status = 'failed'
    RETURNING task_name::text, args->>'scope'
$$""",
)
_FUNCTIONS = ("pulse()", "kinds()", "troubled(integer)", "again(bigint)", "give_up(bigint)")


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)
    for name in _FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION jobs.{name} FROM PUBLIC")


def downgrade() -> None:
    for name in _FUNCTIONS:
        op.execute(f"DROP FUNCTION jobs.{name}")
    op.execute("DROP TRIGGER let_go_of_claim ON jobs.procrastinate_jobs")
    op.execute("DROP FUNCTION jobs.let_go_of_claim()")
    op.execute("DROP TABLE jobs.troubles")
