"""Contacts of deals: the setting, who waits to become one, and who was left out."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "contact_settings",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("lead_source", sa.String(length=255), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_contact_settings_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_contact_settings_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_contact_settings")),
        sa.UniqueConstraint(
            "workspace_id", "connection_id", name=op.f("uq_contact_settings_workspace_id_connection_id")
        ),
        info={
            "tenant": True,
            "system_columns": frozenset({"workspace_id", "id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )
    op.create_table(
        "contact_left_out",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=18), nullable=False),
        sa.Column("contact_id", sa.String(length=18), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_contact_left_out_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["plan.workspace_id", "plan.id"],
            name=op.f("fk_contact_left_out_workspace_id_plan_id_plan"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_contact_left_out_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_contact_left_out")),
        sa.UniqueConstraint(
            "workspace_id", "plan_id", "contact_id", name=op.f("uq_contact_left_out_workspace_id_plan_id_contact_id")
        ),
        info={
            "tenant": True,
            "system_columns": frozenset({"workspace_id", "id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )
    with op.batch_alter_table("contact_left_out", schema=None) as batch_op:
        batch_op.create_index("ix_contact_left_out_connection", ["workspace_id", "connection_id", "id"], unique=False)

    op.create_table(
        "contact_wish",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("plan_member_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=18), nullable=False),
        sa.Column("contact_key", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_contact_wish_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["plan.workspace_id", "plan.id"],
            name=op.f("fk_contact_wish_workspace_id_plan_id_plan"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_contact_wish_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_contact_wish")),
        sa.UniqueConstraint("workspace_id", "plan_member_id", name=op.f("uq_contact_wish_workspace_id_plan_member_id")),
        info={
            "tenant": True,
            "system_columns": frozenset({"workspace_id", "id"}),
            "system_deletes": False,
            "append_only": False,
        },
    )
    with op.batch_alter_table("contact_wish", schema=None) as batch_op:
        batch_op.create_index("ix_contact_wish_key", ["workspace_id", "connection_id", "contact_key"], unique=False)
        batch_op.create_index("ix_contact_wish_plan", ["workspace_id", "plan_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("contact_wish", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_wish_plan")
        batch_op.drop_index("ix_contact_wish_key")

    op.drop_table("contact_wish")
    with op.batch_alter_table("contact_left_out", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_left_out_connection")

    op.drop_table("contact_left_out")
    op.drop_table("contact_settings")
