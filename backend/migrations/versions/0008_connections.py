"""Links and decisions of an org's trust, settings of a connection, and notices of what ends."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "connect_link",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=True),
        sa.Column("state_digest", sa.String(length=64), nullable=True),
        sa.Column("browser_digest", sa.String(length=64), nullable=True),
        sa.Column("sealed_proposal", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_verifier", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_proof", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_connect_link_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_connect_link_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_connect_link")),
        sa.UniqueConstraint("browser_digest", name=op.f("uq_connect_link_browser_digest")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_connect_link_code_digest")),
        sa.UniqueConstraint("state_digest", name=op.f("uq_connect_link_state_digest")),
    )
    with op.batch_alter_table("connect_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_connect_link_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "connection_settings",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("flow", sa.String(length=40), nullable=False),
        sa.Column("secret_ends_on", sa.Date(), nullable=True),
        sa.Column("key_ends_on", sa.Date(), nullable=True),
        sa.Column("method_ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_connection_settings_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_connection_settings_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_connection_settings")),
        sa.UniqueConstraint(
            "workspace_id", "connection_id", name=op.f("uq_connection_settings_workspace_id_connection_id")
        ),
    )
    op.create_table(
        "notice",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_notice_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_notice_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "workspace_id",
            "connection_id",
            "kind",
            "subject",
            name=op.f("uq_notice_workspace_id_connection_id_kind_subject"),
        ),
    )
    op.create_table(
        "trust_event",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.String(length=255), nullable=False),
        sa.Column("by_user", sa.String(length=18), nullable=True),
        sa.Column("by_member", sa.String(length=36), nullable=True),
        sa.Column("connection_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "connection_id"],
            ["connection.workspace_id", "connection.id"],
            name=op.f("fk_trust_event_workspace_id_connection_id_connection"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_trust_event_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_trust_event")),
    )
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("found_org_id", sa.String(length=18), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.drop_column("found_org_id")

    op.drop_table("trust_event")
    op.drop_table("notice")
    op.drop_table("connection_settings")
    with op.batch_alter_table("connect_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_connect_link_expires_at"))

    op.drop_table("connect_link")
