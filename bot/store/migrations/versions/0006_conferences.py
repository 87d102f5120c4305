"""Conferences from idea to follow-up: who comes, roles, the sheet, notes, series and calendars."""

import sqlalchemy as sa
from alembic import op

from bot.store.models import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OF_A_DATE = "kind IN ('conference.reminder', 'conference.begun')"
"""What is planned for the date of a conference says for which date."""


def upgrade() -> None:
    _make()
    op.execute(f"UPDATE occurrence SET subject = subject || '.0' WHERE {OF_A_DATE}")
    op.execute(
        "INSERT INTO participant (id, conference, member, state) "
        "SELECT conference.id || '.' || vote.member, conference.id, vote.member, "
        "CASE vote.value WHEN 'yes' THEN 'coming' WHEN 'maybe' THEN 'maybe' ELSE 'absent' END "
        "FROM conference JOIN vote ON vote.conference = conference.id AND vote.number = conference.decided "
        "WHERE conference.state = 'decided'"
    )


def _make() -> None:
    op.create_table(
        "feed",
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("member", name=op.f("pk_feed")),
        sa.UniqueConstraint("token", name=op.f("uq_feed_token")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("theme", sa.LargeBinary(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposer", sa.String(), nullable=False),
        sa.Column("exceptions", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_table(
        "conferencerole",
        sa.Column("conference", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("offered", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["conference"], ["conference.id"], name=op.f("fk_conferencerole_conference")),
        sa.PrimaryKeyConstraint("conference", "role", name=op.f("pk_conferencerole")),
    )
    with op.batch_alter_table("conferencerole", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conferencerole_member"), ["member"], unique=False)

    op.create_table(
        "meetingnote",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.String(), server_default="", nullable=False),
        sa.Column("holder", sa.String(), server_default="", nullable=False),
        sa.Column("opens_on", sa.String(), server_default="", nullable=False),
        sa.Column("closes_on", sa.String(), server_default="", nullable=False),
        sa.Column("state", sa.String(), server_default="open", nullable=False),
        sa.ForeignKeyConstraint(["conference"], ["conference.id"], name=op.f("fk_meetingnote_conference")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetingnote")),
    )
    with op.batch_alter_table("meetingnote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetingnote_conference"), ["conference"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetingnote_holder"), ["holder"], unique=False)

    op.create_table(
        "participant",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conference", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attended", sa.String(), server_default="", nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["conference"], ["conference.id"], name=op.f("fk_participant_conference")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("conference", "member", name="uq_participant_conference"),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_conference"), ["conference"], unique=False)
        batch_op.create_index(batch_op.f("ix_participant_member"), ["member"], unique=False)

    op.create_table(
        "sheet",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conference", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["conference"], ["conference.id"], name=op.f("fk_sheet_conference")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint("conference", name=op.f("uq_sheet_conference")),
    )
    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), server_default="case", nullable=False))
        batch_op.add_column(sa.Column("audience", sa.String(), server_default="places", nullable=False))
        batch_op.add_column(sa.Column("code_token", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("hidden", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("minimum", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("capacity", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("required", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("online", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("place", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("closes_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("shown_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("series", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("began_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("asks_later", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.create_index(batch_op.f("ix_conference_series"), ["series"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_conference_code_token"), ["code_token"])

    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("minutes", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.execute(f"UPDATE occurrence SET subject = replace(subject, '.0', '') WHERE {OF_A_DATE}")
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_column("minutes")

    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_conference_code_token"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_conference_series"))
        batch_op.drop_column("asks_later")
        batch_op.drop_column("began_at")
        batch_op.drop_column("series")
        batch_op.drop_column("sequence")
        batch_op.drop_column("shown_at")
        batch_op.drop_column("closes_at")
        batch_op.drop_column("place")
        batch_op.drop_column("online")
        batch_op.drop_column("required")
        batch_op.drop_column("capacity")
        batch_op.drop_column("minimum")
        batch_op.drop_column("hidden")
        batch_op.drop_column("code_token")
        batch_op.drop_column("audience")
        batch_op.drop_column("kind")

    op.drop_table("sheet")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_member"))
        batch_op.drop_index(batch_op.f("ix_participant_conference"))

    op.drop_table("participant")
    with op.batch_alter_table("meetingnote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetingnote_holder"))
        batch_op.drop_index(batch_op.f("ix_meetingnote_conference"))

    op.drop_table("meetingnote")
    with op.batch_alter_table("conferencerole", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conferencerole_member"))

    op.drop_table("conferencerole")
    op.drop_table("series")
    op.drop_table("feed")
