"""A district is prepared by its own people before anybody else sees it.

Why: what is half built must not be public, and who brings a district in cannot fill it. Districts
that are there keep their state. Going back suspends those that were never live: nothing opens by
the way. Locks: tenants, for a moment.
"""

from alembic import op

revision = "preparing"
down_revision = "demo_clock"
branch_labels = None
depends_on = None

_BEFORE = ("requested", "provisioning", "failed")
_AFTER = ("active", "suspended", "maintenance", "closing", "archived", "deleted")


def upgrade() -> None:
    _allow((*_BEFORE, "preparing", *_AFTER))


def downgrade() -> None:
    op.execute("UPDATE hub.tenants SET state = 'suspended' WHERE state = 'preparing'")
    _allow((*_BEFORE, *_AFTER))


def _allow(states: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_tenants_state"), "tenants", schema="hub", type_="check")
    listed = ", ".join(f"'{state}'" for state in states)
    op.create_check_constraint(
        op.f("ck_tenants_state"), "tenants", f"state IN ({listed})", schema="hub"
    )
