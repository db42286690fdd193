"""How an org leaves, and the receipt of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "uninstall",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_member", sa.String(length=36), nullable=True),
        sa.Column("deletes_plans", sa.Boolean(), nullable=False),
        sa.Column("unwritten", sa.Integer(), nullable=False),
        sa.Column("logins", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("deleted", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("copies_left", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_uninstall_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_uninstall_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_uninstall")),
        sa.UniqueConstraint("workspace_id", "connection_id", name=op.f("uq_uninstall_workspace_id_connection_id")),
        info={
            "tenant": True,
            "system_columns": frozenset({"finished_at", "workspace_id", "id", "connection_id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )


def downgrade() -> None:
    op.drop_table("uninstall")
