"""Our own people follow plans."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "plan_follower",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_plan_follower_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["plan.workspace_id", "plan.id"],
            name=op.f("fk_plan_follower_workspace_id_plan_id_plan"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_plan_follower_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_plan_follower")),
        sa.UniqueConstraint(
            "workspace_id", "plan_id", "member_id", name=op.f("uq_plan_follower_workspace_id_plan_id_member_id")
        ),
        info={
            "tenant": True,
            "system_columns": frozenset({"id", "workspace_id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )


def downgrade() -> None:
    op.drop_table("plan_follower")
