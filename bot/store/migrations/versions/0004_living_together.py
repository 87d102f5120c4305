"""Living together: places people live in, what is said to a worry, who looks after it, and what remains."""

import sqlalchemy as sa
from alembic import op

from bot.store.models import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_at"), ["at"], unique=False)

    op.create_table(
        "duty",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", "member", name=op.f("pk_duty")),
    )
    op.create_table(
        "dweller",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("place", "member", name=op.f("pk_dweller")),
    )
    op.create_table(
        "learning",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning")),
    )
    with op.batch_alter_table("learning", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learning_state"), ["state"], unique=False)

    op.create_table(
        "monthcount",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "name", name=op.f("pk_monthcount")),
    )
    op.create_table(
        "pause",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("begins_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_pause")),
    )
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pause_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "volunteer",
        sa.Column("member", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("member", name=op.f("pk_volunteer")),
    )
    op.create_table(
        "mute",
        sa.Column("worry", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["worry"], ["worry.id"], name=op.f("fk_mute_worry")),
        sa.PrimaryKeyConstraint("worry", "token", name=op.f("pk_mute")),
    )
    op.create_table(
        "reaction",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("worry", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["worry"], ["worry.id"], name=op.f("fk_reaction_worry")),
        sa.PrimaryKeyConstraint("subject", "kind", "token", name=op.f("pk_reaction")),
    )
    with op.batch_alter_table("reaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reaction_worry"), ["worry"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("worry", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("return_address", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["worry"], ["worry.id"], name=op.f("fk_report_worry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("subject", "token", name="uq_report_subject"),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_worry"), ["worry"], unique=False)

    op.create_table(
        "review",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("worry", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["worry"], ["worry.id"], name=op.f("fk_review_worry")),
        sa.PrimaryKeyConstraint("subject", "why", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_done"), ["done"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_worry"), ["worry"], unique=False)

    op.create_table(
        "talk",
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("worry", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author_name", sa.LargeBinary(), nullable=False),
        sa.Column("other_name", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["worry"], ["worry.id"], name=op.f("fk_talk_worry")),
        sa.PrimaryKeyConstraint("answer", name=op.f("pk_talk")),
    )
    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talk_worry"), ["worry"], unique=False)

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(), server_default="open", nullable=False))
        batch_op.add_column(sa.Column("aside", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("name", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.add_column(sa.Column("worry", sa.String(), nullable=True))

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("area", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("work", sa.String(), nullable=True))

    with op.batch_alter_table("worry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("release_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("held_for", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("label", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("answered_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("asks_later", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.create_index(batch_op.f("ix_worry_release_at"), ["release_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("worry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worry_release_at"))
        batch_op.drop_column("asks_later")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("label")
        batch_op.drop_column("version")
        batch_op.drop_column("held_for")
        batch_op.drop_column("release_at")

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("work")
        batch_op.drop_column("area")

    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.drop_column("worry")

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("name")
        batch_op.drop_column("aside")
        batch_op.drop_column("state")

    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_talk_worry"))

    op.drop_table("talk")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_worry"))
        batch_op.drop_index(batch_op.f("ix_review_done"))

    op.drop_table("review")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_worry"))

    op.drop_table("report")
    with op.batch_alter_table("reaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reaction_worry"))

    op.drop_table("reaction")
    op.drop_table("mute")
    op.drop_table("volunteer")
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pause_ends_at"))

    op.drop_table("pause")
    op.drop_table("monthcount")
    with op.batch_alter_table("learning", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learning_state"))

    op.drop_table("learning")
    op.drop_table("dweller")
    op.drop_table("duty")
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_act_at"))

    op.drop_table("act")
