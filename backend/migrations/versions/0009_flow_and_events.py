"""What a Flow may ask, events in and out, and where the integration owner lives."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "event_inbox",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("event_uuid", sa.String(length=36), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("error_code", sa.String(length=120), nullable=True),
        sa.Column("reference_id", sa.String(length=36), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_event_inbox_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_event_inbox_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_event_inbox")),
        sa.UniqueConstraint(
            "workspace_id",
            "connection_id",
            "event_uuid",
            name=op.f("uq_event_inbox_workspace_id_connection_id_event_uuid"),
        ),
    )
    with op.batch_alter_table("event_inbox", schema=None) as batch_op:
        batch_op.create_index("ix_event_inbox_request", ["workspace_id", "connection_id", "request_id"], unique=False)

    op.create_table(
        "owner_zone",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_owner_zone_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_owner_zone_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_owner_zone")),
        sa.UniqueConstraint("workspace_id", "connection_id", name=op.f("uq_owner_zone_workspace_id_connection_id")),
    )
    op.create_table(
        "record_intent",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("record_id", sa.String(length=18), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_record_intent_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_record_intent_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_record_intent")),
    )
    with op.batch_alter_table("record_intent", schema=None) as batch_op:
        batch_op.create_index("ix_record_intent_record", ["workspace_id", "connection_id", "record_id"], unique=False)

    with op.batch_alter_table("flow_call", schema=None) as batch_op:
        batch_op.add_column(sa.Column("user_id", sa.String(length=18), nullable=True))
        batch_op.add_column(sa.Column("sealed_request", sa.LargeBinary(), nullable=True))
        batch_op.create_index("ix_flow_call_reference", ["workspace_id", "connection_id", "reference_id"], unique=False)

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("creation_key", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("creation_key")

    with op.batch_alter_table("flow_call", schema=None) as batch_op:
        batch_op.drop_index("ix_flow_call_reference")
        batch_op.drop_column("sealed_request")
        batch_op.drop_column("user_id")

    with op.batch_alter_table("record_intent", schema=None) as batch_op:
        batch_op.drop_index("ix_record_intent_record")

    op.drop_table("record_intent")
    op.drop_table("owner_zone")
    with op.batch_alter_table("event_inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_event_inbox_request")

    op.drop_table("event_inbox")
