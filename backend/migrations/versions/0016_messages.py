"""Messages to admins, what is watched for them, and their settings."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_message_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_message_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_message")),
        info={
            "tenant": True,
            "system_columns": frozenset({"at", "id", "workspace_id"}),
            "system_deletes": True,
            "append_only": False,
        },
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_at", ["at"], unique=False)
        batch_op.create_index("ix_message_connection", ["workspace_id", "connection_id", "id"], unique=False)

    op.create_table(
        "message_settings",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parked_more_than", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_message_settings_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_message_settings_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_message_settings")),
        sa.UniqueConstraint(
            "workspace_id", "connection_id", name=op.f("uq_message_settings_workspace_id_connection_id")
        ),
        info={
            "tenant": True,
            "system_columns": frozenset({"id", "workspace_id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )
    op.create_table(
        "watched_cause",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_watched_cause_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_watched_cause_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_watched_cause")),
        sa.UniqueConstraint("workspace_id", "connection_id", "cause", "subject", name="uq_watched_cause_cause"),
        info={
            "tenant": True,
            "system_columns": frozenset({"id", "workspace_id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )


def downgrade() -> None:
    op.drop_table("watched_cause")
    op.drop_table("message_settings")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_connection")
        batch_op.drop_index("ix_message_at")

    op.drop_table("message")
