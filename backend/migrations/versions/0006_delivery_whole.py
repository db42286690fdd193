"""Delivery: priorities, the fence behind an unanswered write, the org's API calls, and the age of what is over."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_READY = sa.text("state = 'ready'")
_OVER = sa.text("state IN ('done', 'folded')")


def _ready_indexes(*first: str) -> None:
    for name, columns in {
        "ix_outbox_ready": (*first, "run_at", "id"),
        "ix_outbox_ready_batch": ("batch", *first, "run_at", "id"),
    }.items():
        op.drop_index(name, "outbox")
        keys = ["workspace_id", "connection_id", *columns]
        op.create_index(name, "outbox", keys, unique=False, sqlite_where=_READY, postgresql_where=_READY)


def upgrade() -> None:
    op.create_table(
        "call_sample",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_call_sample_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_call_sample_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_call_sample")),
        sa.UniqueConstraint("workspace_id", "connection_id", "slot", name="uq_call_sample_slot"),
    )
    # rows that wait already came from events
    op.add_column("outbox", sa.Column("priority", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.add_column("outbox", sa.Column("fenced_until", sa.DateTime(timezone=True), nullable=True))
    _ready_indexes("priority")
    op.execute("UPDATE outbox SET finished_at = put_at WHERE state = 'folded'")
    op.create_index(
        "ix_outbox_over",
        "outbox",
        ["workspace_id", "connection_id", "finished_at"],
        unique=False,
        sqlite_where=_OVER,
        postgresql_where=_OVER,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_over", "outbox")
    _ready_indexes()
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("fenced_until")
        batch_op.drop_column("priority")
    op.drop_table("call_sample")
