"""Values that an undone run had written and that are not written again."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "field_sync_hold",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("record_id", sa.String(length=18), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_field_sync_hold_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_field_sync_hold_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_field_sync_hold")),
        sa.UniqueConstraint(
            "workspace_id", "plan_id", "row_id", name=op.f("uq_field_sync_hold_workspace_id_plan_id_row_id")
        ),
        info={
            "tenant": True,
            "system_columns": frozenset({"id", "workspace_id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )
    with op.batch_alter_table("field_sync_hold", schema=None) as batch_op:
        batch_op.create_index("ix_field_sync_hold_run", ["workspace_id", "connection_id", "run_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("field_sync_hold", schema=None) as batch_op:
        batch_op.drop_index("ix_field_sync_hold_run")

    op.drop_table("field_sync_hold")
