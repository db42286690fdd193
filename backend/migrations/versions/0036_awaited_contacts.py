"""Tasks wait for customers who are no Contacts yet."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "awaited_contact",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=18), nullable=False),
        sa.Column("plan_member_id", sa.String(length=36), nullable=False),
        sa.Column("task_key", sa.String(length=36), nullable=False),
        sa.Column("is_written", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_awaited_contact_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_awaited_contact_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_awaited_contact")),
        info={
            "tenant": True,
            "system_columns": frozenset({"id", "workspace_id", "noted_at"}),
            "system_deletes": True,
            "append_only": False,
        },
    )
    op.create_index("ix_awaited_contact_plan_member_id", "awaited_contact", ["workspace_id", "plan_member_id"])
    op.create_index("ix_awaited_contact_task_key", "awaited_contact", ["workspace_id", "connection_id", "task_key"])


def downgrade() -> None:
    op.drop_table("awaited_contact")
