"""Texts of plans name fields of the org: which, and what the check of the night found."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "variable_settings",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("sealed_rows", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_variable_settings_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_variable_settings_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_variable_settings")),
        sa.UniqueConstraint(
            "workspace_id", "connection_id", name=op.f("uq_variable_settings_workspace_id_connection_id")
        ),
        info={
            "tenant": True,
            "system_columns": frozenset({"id", "workspace_id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )
    op.create_table(
        "variable_check",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_rows", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_variable_check_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_variable_check_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_variable_check")),
        sa.UniqueConstraint("workspace_id", "connection_id", name=op.f("uq_variable_check_workspace_id_connection_id")),
        info={
            "tenant": True,
            "system_columns": frozenset({"id", "workspace_id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )


def downgrade() -> None:
    op.drop_table("variable_check")
    op.drop_table("variable_settings")
