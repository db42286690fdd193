"""The database: engines for SQLite and PostgreSQL, column types, and the two kinds of session.

`Database.workspace(id)` sees one tenant's rows and nothing else; `Database.system()` sees, of tenant tables, only the
columns that they open to it (claims, leases, schedules).
"""

from accord.infra.db.engine import open_engine
from accord.infra.db.session import Database, SystemSession, WorkspaceSession
from accord.infra.db.tables import metadata, system_table, tenant_table
from accord.infra.db.types import DecimalText, Json, UtcDateTime
from accord.infra.db.vault import SealBrokenError, SealContext, Vault
from accord.infra.db.wall import TenancyError

__all__ = [
    "Database",
    "DecimalText",
    "Json",
    "SealBrokenError",
    "SealContext",
    "SystemSession",
    "TenancyError",
    "UtcDateTime",
    "Vault",
    "WorkspaceSession",
    "metadata",
    "open_engine",
    "system_table",
    "tenant_table",
]
