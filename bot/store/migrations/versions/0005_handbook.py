"""The handbook: the centre's own editions, what people say of entries, and what they add."""

import sqlalchemy as sa
from alembic import op

from bot.store.models import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dailyline",
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("sent_on", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("member", name=op.f("pk_dailyline")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_state"), ["state"], unique=False)

    op.create_table(
        "gap",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
    )
    op.create_table(
        "opinion",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("token", name=op.f("uq_opinion_token")),
    )
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_entry"), ["entry"], unique=False)

    op.create_table(
        "peernote",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("withdrawal", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peernote")),
    )
    with op.batch_alter_table("peernote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_peernote_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_peernote_withdrawal"), ["withdrawal"], unique=False)

    op.create_table(
        "passage",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["edition.id"], name=op.f("fk_passage_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
    )
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passage_edition"), ["edition"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passage_edition"))

    op.drop_table("passage")
    with op.batch_alter_table("peernote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_peernote_withdrawal"))
        batch_op.drop_index(batch_op.f("ix_peernote_state"))

    op.drop_table("peernote")
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opinion_entry"))

    op.drop_table("opinion")
    op.drop_table("gap")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_state"))

    op.drop_table("edition")
    op.drop_table("dailyline")
