"""The ground of the hub: tenants, hosts, events, operators, and the queue of jobs.

Why: the control plane stands in two schemas that no district's role can enter. Jobs come in through
one function, which takes the scope from the caller's role, so that nobody queues work for another.
"""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = "ground"
down_revision = None
branch_labels = None
depends_on = None

_ENQUEUE = """
CREATE FUNCTION jobs.enqueue(
    task text, scope text, args jsonb, run_at timestamptz, lock_key text, once_key text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = jobs, pg_temp AS $$
DECLARE job_id bigint;
BEGIN
    IF current_setting('role') <> scope THEN
        RAISE insufficient_privilege USING MESSAGE = 'a job can only be queued for the own scope';
    END IF;
    INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at, lock, queueing_lock)
    VALUES ('default', task, args, run_at, lock_key, once_key)
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
    RETURNING id INTO job_id;
    RETURN job_id;
END $$"""


def upgrade() -> None:
    op.create_table(
        "operators",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("session_epoch", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operators")),
        sa.UniqueConstraint("login", name=op.f("uq_operators_login")),
        schema="hub",
    )
    op.create_table(
        "tenants",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("schema_name", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("package", sa.String(length=60), nullable=False),
        sa.Column("look", sa.String(length=60), nullable=False),
        sa.Column("official_code", sa.String(length=12), nullable=True),
        sa.Column("revision", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("seed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("kind IN ('standard', 'trial', 'demo')", name=op.f("ck_tenants_kind")),
        sa.CheckConstraint(
            "state IN ('requested', 'provisioning', 'failed', 'active', 'suspended', 'maintenance', 'closing', 'archived', 'deleted')",
            name=op.f("ck_tenants_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants")),
        sa.UniqueConstraint("code", name=op.f("uq_tenants_code")),
        sa.UniqueConstraint("schema_name", name=op.f("uq_tenants_schema_name")),
        schema="hub",
    )
    op.create_index(op.f("ix_tenants_state"), "tenants", ["state"], unique=False, schema="hub")
    op.create_table(
        "tries",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tries")),
        sa.UniqueConstraint("key", name=op.f("uq_tries_key")),
        schema="hub",
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["hub.tenants.id"], name=op.f("fk_hosts_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosts")),
        sa.UniqueConstraint("host", name=op.f("uq_hosts_host")),
        schema="hub",
    )
    op.create_index(op.f("ix_hosts_tenant_id"), "hosts", ["tenant_id"], unique=False, schema="hub")
    op.create_table(
        "provisioning_steps",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["hub.tenants.id"], name=op.f("fk_provisioning_steps_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provisioning_steps")),
        sa.UniqueConstraint("tenant_id", "step", name=op.f("uq_provisioning_steps_tenant_id_step")),
        schema="hub",
    )
    op.create_table(
        "tenant_events",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=True),
        sa.Column("after", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["hub.tenants.id"], name=op.f("fk_tenant_events_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant_events")),
        schema="hub",
    )
    op.create_index(
        op.f("ix_tenant_events_tenant_id"),
        "tenant_events",
        ["tenant_id"],
        unique=False,
        schema="hub",
    )

    op.execute("CREATE SCHEMA IF NOT EXISTS jobs")
    op.execute("SET LOCAL search_path = jobs")
    # The driver's own cursor: the script holds percent signs that are no placeholders.
    op.get_bind().connection.cursor().execute(SchemaManager.get_schema())
    op.execute("SET LOCAL search_path = hub")
    op.execute(_ENQUEUE)
    op.execute("REVOKE ALL ON FUNCTION jobs.enqueue FROM PUBLIC")


def downgrade() -> None:
    op.execute("DROP SCHEMA jobs CASCADE")
    op.drop_index(op.f("ix_tenant_events_tenant_id"), table_name="tenant_events", schema="hub")
    op.drop_table("tenant_events", schema="hub")
    op.drop_table("provisioning_steps", schema="hub")
    op.drop_index(op.f("ix_hosts_tenant_id"), table_name="hosts", schema="hub")
    op.drop_table("hosts", schema="hub")
    op.drop_table("tries", schema="hub")
    op.drop_index(op.f("ix_tenants_state"), table_name="tenants", schema="hub")
    op.drop_table("tenants", schema="hub")
    op.drop_table("operators", schema="hub")
