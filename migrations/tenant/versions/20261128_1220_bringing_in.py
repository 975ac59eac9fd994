"""What is chosen of a look's own place, codes of invitations that can be typed, venues that close.

Why: a look brought another place's stories unasked, invitations were addresses of 26 letters to
type, venues could neither be made nor closed, and a room opened without hours although nothing said
that it opens by appointment. Choices of today stay whole: NULL is all of it.
Locks: three short ones, for columns without a default that is computed.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "bringing_in"
down_revision = "registrations"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("culture_choices", sa.Column("taken", postgresql.JSONB(), nullable=True))
    op.add_column("sign_in_links", sa.Column("short_hash", sa.String(64), nullable=True))
    op.create_unique_constraint(
        op.f("uq_sign_in_links_short_hash"), "sign_in_links", ["short_hash"]
    )
    op.add_column("venues", sa.Column("closed_at", _WHEN, nullable=True))
    op.add_column(
        "room_templates",
        sa.Column("by_appointment", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("room_templates", "by_appointment")
    op.drop_column("venues", "closed_at")
    op.drop_constraint(op.f("uq_sign_in_links_short_hash"), "sign_in_links", type_="unique")
    op.drop_column("sign_in_links", "short_hash")
    op.drop_column("culture_choices", "taken")
