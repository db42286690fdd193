"""An admin sets how many calls Accord may make; our own calls are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "call_budget_settings",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("own_share", sa.Integer(), nullable=False),
        sa.Column("kept_for_people", sa.Integer(), nullable=False),
        sa.Column("backfill_stops_at", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_call_budget_settings_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_call_budget_settings_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_call_budget_settings")),
        sa.UniqueConstraint(
            "workspace_id", "connection_id", name=op.f("uq_call_budget_settings_workspace_id_connection_id")
        ),
        info={
            "tenant": True,
            "system_columns": frozenset({"id", "workspace_id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )
    with op.batch_alter_table("call_sample", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_calls", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("call_sample", schema=None) as batch_op:
        batch_op.drop_column("own_calls")

    op.drop_table("call_budget_settings")
