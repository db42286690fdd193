"""The version of the list of an org's criteria; a list that is there has its first."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

# the id of a connection is as good as any for the one row that it gets
FIRST_VERSIONS = """
INSERT INTO criteria_settings (workspace_id, id, connection_id, version, changed_at)
SELECT workspace_id, connection_id, connection_id, 1, CURRENT_TIMESTAMP
FROM criterion WHERE deleted_at IS NULL GROUP BY workspace_id, connection_id
"""


def upgrade() -> None:
    op.create_table(
        "criteria_settings",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_criteria_settings_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_criteria_settings_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_criteria_settings")),
        sa.UniqueConstraint(
            "workspace_id", "connection_id", name=op.f("uq_criteria_settings_workspace_id_connection_id")
        ),
        info={
            "tenant": True,
            "system_columns": frozenset({"workspace_id", "id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )
    op.execute(FIRST_VERSIONS)


def downgrade() -> None:
    op.drop_table("criteria_settings")
