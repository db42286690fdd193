"""What was changed, by whom; who has pulled a brake."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "audit_line",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=20), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=True),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("undoes", sa.String(length=36), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_audit_line_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_audit_line_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_audit_line")),
        info={
            "tenant": True,
            "system_columns": frozenset({"workspace_id", "id"}),
            "system_deletes": False,
            "append_only": True,
        },
    )
    with op.batch_alter_table("audit_line", schema=None) as batch_op:
        batch_op.create_index("ix_audit_line_connection", ["workspace_id", "connection_id", "id"], unique=False)
        batch_op.create_index("ix_audit_line_subject", ["workspace_id", "connection_id", "subject", "id"], unique=False)

    with op.batch_alter_table("delivery_gate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_by", sa.String(length=36), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("delivery_gate", schema=None) as batch_op:
        batch_op.drop_column("changed_by")

    with op.batch_alter_table("audit_line", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_line_subject")
        batch_op.drop_index("ix_audit_line_connection")

    op.drop_table("audit_line")
