"""What was erased stays erased; when a worry was last alive; why a letter was given up."""

import sqlalchemy as sa
from alembic import op

from bot.store.models import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tombstone",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_tombstone")),
    )
    op.create_index(op.f("ix_tombstone_erased_at"), "tombstone", ["erased_at"])
    with op.batch_alter_table("worry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("active_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("closed_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "reason")  # not in a batch: a copied table would count its letters from one again
    with op.batch_alter_table("worry", schema=None) as batch_op:
        batch_op.drop_column("closed_at")
        batch_op.drop_column("active_at")
    op.drop_index(op.f("ix_tombstone_erased_at"), table_name="tombstone")
    op.drop_table("tombstone")
