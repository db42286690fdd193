"""Tables are made here, so that each says whether it belongs to a tenant."""

from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, MetaData, PrimaryKeyConstraint, String, Table
from sqlalchemy.schema import SchemaItem

ID_LENGTH = 36

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def tenant_table(
    name: str,
    *items: SchemaItem,
    system_columns: frozenset[str] = frozenset(),
    system_deletes: bool = False,
    append_only: bool = False,
) -> Table:
    """A table of which every row belongs to one workspace: key (workspace_id, id).

    `system_columns` are those that a system session may see beside workspace_id and id; with `system_deletes` it may
    delete rows by them. Rows of an `append_only` table stay as they are; who deletes some says that he forgets them.
    """
    return Table(
        name,
        metadata,
        Column("workspace_id", String(ID_LENGTH), nullable=False),
        Column("id", String(ID_LENGTH), nullable=False),
        PrimaryKeyConstraint("workspace_id", "id"),
        ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        *items,
        info={
            "tenant": True,
            "system_columns": system_columns | {"workspace_id", "id"},
            "system_deletes": system_deletes,
            "append_only": append_only,
        },
    )


def system_table(name: str, *items: SchemaItem) -> Table:
    """A table that belongs to no workspace and holds no tenant's data."""
    return Table(name, metadata, *items, info={"tenant": False})


def belongs_to_connection() -> tuple[Any, ...]:
    """The columns and the composite foreign key of a row that belongs to a connection."""
    return (
        Column("connection_id", String(ID_LENGTH), nullable=False),
        ForeignKeyConstraint(["workspace_id", "connection_id"], ["connection.workspace_id", "connection.id"]),
    )


workspace = system_table(
    "workspace",
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("name", String(255), nullable=False),
)
