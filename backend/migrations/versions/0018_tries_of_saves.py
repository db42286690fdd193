"""What became of each save of the panel; writes of fields are found by their record."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "panel_try",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("record_id", sa.String(length=18), nullable=False),
        sa.Column("field", sa.String(length=255), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("texts", sa.LargeBinary(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_panel_try_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_panel_try_workspace_id_member_id_member"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_panel_try_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_panel_try")),
        info={
            "tenant": True,
            "system_columns": frozenset({"id", "tried_at", "workspace_id"}),
            "system_deletes": True,
            "append_only": False,
        },
    )
    with op.batch_alter_table("panel_try", schema=None) as batch_op:
        batch_op.create_index(
            "ix_panel_try_record", ["workspace_id", "connection_id", "record_id", "field", "tried_at"], unique=False
        )
        batch_op.create_index("ix_panel_try_tried_at", ["tried_at"], unique=False)

    with op.batch_alter_table("field_sync_write", schema=None) as batch_op:
        batch_op.create_index(
            "ix_field_sync_write_record", ["workspace_id", "connection_id", "record_id", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("field_sync_write", schema=None) as batch_op:
        batch_op.drop_index("ix_field_sync_write_record")

    with op.batch_alter_table("panel_try", schema=None) as batch_op:
        batch_op.drop_index("ix_panel_try_tried_at")
        batch_op.drop_index("ix_panel_try_record")

    op.drop_table("panel_try")
