"""The tables of sign-in. Secrets lie in them sealed (or hashed), each bound to its own row."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)

from accord.infra.db import UtcDateTime, tenant_table
from accord.infra.db.tables import ID_LENGTH, belongs_to_connection

_NOT_DISCONNECTED = text("status <> 'disconnected'")

connection = tenant_table(
    "connection",
    Column("org_id", String(18), nullable=False),
    Column("label", String(255), nullable=False),
    Column("instance_url", String(255), nullable=False),
    Column("is_sandbox", Boolean, nullable=False),
    Column("status", String(20), nullable=False),
    Column("integration_username", String(255), nullable=False),
    Column("consumer_key", String(255), nullable=False),
    Column("login_url", String(255), nullable=False),
    Column("found_org_id", String(18)),
    Column("currency", String(3)),
    Column("created_at", UtcDateTime, nullable=False),
    # an org belongs to one workspace at a time, so that its id gives the tenant
    Index(
        "uq_connection_org_id",
        "org_id",
        unique=True,
        sqlite_where=_NOT_DISCONNECTED,
        postgresql_where=_NOT_DISCONNECTED,
    ),
    system_columns=frozenset({"org_id", "status"}),
)

org_certificate = tenant_table(
    "org_certificate",
    Column("pem", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("key_id", String(255), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    *belongs_to_connection(),
    UniqueConstraint("workspace_id", "connection_id", "fingerprint"),
)

credential = tenant_table(
    "credential",
    Column("purpose", String(40), nullable=False),
    Column("owner", String(ID_LENGTH), nullable=False),  # a member's id, or what tells several of a kind apart
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    *belongs_to_connection(),
    UniqueConstraint("workspace_id", "connection_id", "purpose", "owner"),
)

canvas_session = tenant_table(
    "canvas_session",
    Column("member_id", String(ID_LENGTH), nullable=False),
    Column("instance_url", String(255), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    *belongs_to_connection(),
    ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    system_columns=frozenset({"expires_at"}),
    system_deletes=True,
)

api_client = tenant_table(
    "api_client",
    Column("client_id", String(64), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    *belongs_to_connection(),
    system_columns=frozenset({"client_id"}),
)

seen_token = tenant_table(
    "seen_token",
    Column("digest", String(64), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    UniqueConstraint("workspace_id", "digest"),
    system_columns=frozenset({"expires_at"}),
    system_deletes=True,
)
