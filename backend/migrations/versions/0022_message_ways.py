"""Messages go by mail and bell, to chosen people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "message_mail",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hindrance", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_message_mail_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_message_mail_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_message_mail")),
        sa.UniqueConstraint("workspace_id", "message_id", "member_id", name="uq_message_mail_message"),
        info={
            "tenant": True,
            "system_columns": frozenset({"run_at", "state", "put_at", "id", "workspace_id"}),
            "system_deletes": True,
            "append_only": False,
        },
    )
    with op.batch_alter_table("message_mail", schema=None) as batch_op:
        batch_op.create_index("ix_message_mail_due", ["state", "run_at"], unique=False)

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("bell", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("people", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("bell_intent", sa.String(length=36), nullable=True))

    with op.batch_alter_table("message_settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_email", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("by_bell", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("tell_concerned", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(
            sa.Column("people", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True)
        )


def downgrade() -> None:
    with op.batch_alter_table("message_settings", schema=None) as batch_op:
        batch_op.drop_column("people")
        batch_op.drop_column("tell_concerned")
        batch_op.drop_column("by_bell")
        batch_op.drop_column("by_email")

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("bell_intent")
        batch_op.drop_column("people")
        batch_op.drop_column("bell")
        batch_op.drop_column("email")

    with op.batch_alter_table("message_mail", schema=None) as batch_op:
        batch_op.drop_index("ix_message_mail_due")

    op.drop_table("message_mail")
