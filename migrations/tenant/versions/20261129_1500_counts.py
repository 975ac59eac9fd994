"""A count takes nothing away any more: what is missing, a second person writes off.

Why: somebody alone could count goods down and so get by the second person that a loss asks for. A
count downwards of before stays in its book as it was written: the rule holds for new rows.
Locks: goods_moves, for a moment.
"""

from alembic import op

revision = "counts"
down_revision = "goods"
branch_labels = None
depends_on = None

_BEFORE = (
    "(number = 1) = (verb = 'in') AND CASE WHEN verb = 'in' THEN amount > 0"
    " WHEN verb IN ('out', 'off') THEN amount < 0 WHEN verb = 'keep' THEN amount = 0"
    " WHEN verb = 'void' THEN after = 0 "
)


def upgrade() -> None:
    _way("WHEN verb = 'count' THEN amount >= 0 OR at < TIMESTAMPTZ '2026-11-30 00:00+00' END")


def downgrade() -> None:
    _way("ELSE true END")


def _way(end: str) -> None:
    name = op.f("ck_goods_moves_way")
    op.drop_constraint(name, "goods_moves", type_="check")
    op.create_check_constraint(name, "goods_moves", _BEFORE + end)
