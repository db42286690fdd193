"""Row-level security on PostgreSQL: the wall between workspaces once more, in the database itself.

Each tenant table has the same policies, made from its own declaration (`tenant_table`). A transaction says what it is
by a setting that ends with it: a workspace session names its workspace, a system session says so, and so does a
release, which counts for the owner of the tables alone. A transaction that says nothing sees no row.

Superusers and roles with BYPASSRLS pass every policy, so no program may work as one.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Table, text

from accord.core.errors import MisconfiguredError

SCOPE = text("SELECT set_config(:name, :value, true)")
WORKSPACE = "accord.workspace"
SESSION = "accord.session"
SYSTEM = "system"
RELEASE = "release"

_OWN = f"workspace_id = current_setting('{WORKSPACE}', true)"
_IS_SYSTEM = f"current_setting('{SESSION}', true) = '{SYSTEM}'"
_IS_RELEASE = f"current_setting('{SESSION}', true) = '{RELEASE}'"
# a policy that is there by its name is left alone: one whose words change needs another name
_WORKSPACE_ROWS = "workspace_rows"
_POLICIES = {
    _WORKSPACE_ROWS: f"FOR ALL USING ({_OWN}) WITH CHECK ({_OWN})",
    "system_reads": f"FOR SELECT USING ({_IS_SYSTEM})",
    "release_rows": f"FOR ALL TO CURRENT_USER USING ({_IS_RELEASE}) WITH CHECK ({_IS_RELEASE})",
}
_SYSTEM_DELETES = {
    "system_deletes": f"FOR DELETE USING ({_IS_SYSTEM})",
    # what is locked before it is deleted counts as changed; a change itself is refused
    "system_locks": f"FOR UPDATE USING ({_IS_SYSTEM}) WITH CHECK (false)",
}

# a tenant table by its looks: its key is (workspace_id, id)
_TENANT_TABLES = text(
    """
    SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
           pg_get_userbyid(c.relowner) = current_user AS is_own,
           ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
    FROM pg_class c
    JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
      AND (SELECT array_agg(a.attname::text ORDER BY a.attname::text) FROM pg_attribute a
           WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey)) = ARRAY['id', 'workspace_id']
    ORDER BY c.relname
    """
)
_ROLE = text("SELECT rolname, rolsuper OR rolbypassrls AS passes FROM pg_roles WHERE rolname = current_user")


def secure_tables(connection: Connection, tables: Iterable[Table]) -> None:
    """Gives every tenant table among `tables` its policies; what is in place stays untouched and unlocked.

    Raises RuntimeError when the database has a tenant table that `tables` does not name: the module that declares it
    was not imported.
    """
    declared = {table.name: table for table in tables if table.info.get("tenant")}
    present = {row.name: row for row in connection.execute(_TENANT_TABLES)}
    unknown = sorted(present.keys() - declared.keys())
    if unknown:
        raise RuntimeError(f"tenant tables that nobody declared: {', '.join(unknown)}")
    for name in sorted(present.keys() & declared.keys()):
        wanted = _POLICIES | (_SYSTEM_DELETES if declared[name].info["system_deletes"] else {})
        found = present[name]
        quoted = connection.dialect.identifier_preparer.quote(name)
        for policy in sorted(set(found.policies) - wanted.keys()):
            connection.exec_driver_sql(f"DROP POLICY {policy} ON {quoted}")
        for policy in sorted(wanted.keys() - set(found.policies)):
            connection.exec_driver_sql(f"CREATE POLICY {policy} ON {quoted} {wanted[policy]}")
        if not found.forced:
            connection.exec_driver_sql(f"ALTER TABLE {quoted} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")


def find_open_tables(connection: Connection) -> Sequence[str]:
    """The tenant tables that row-level security does not cover, by name. Policies add up, so an unknown one counts."""
    known = _POLICIES.keys() | _SYSTEM_DELETES.keys()
    return [
        row.name
        for row in connection.execute(_TENANT_TABLES)
        if not row.forced or _WORKSPACE_ROWS not in row.policies or not known >= set(row.policies)
    ]


def require_row_security(connection: Connection) -> bool:
    """Raises MisconfiguredError when this connection's role could pass the policies, or a tenant table has none.

    True when the role owns the tables: the policies hold for it too, but it could take them away.
    """
    role = connection.execute(_ROLE).one()
    if role.passes:
        raise MisconfiguredError(
            f"The role {role.rolname} of DATABASE_URL is a superuser or has BYPASSRLS, so row-level security would not "
            "hold for it. Name a plain role there; docs/operate.md says which roles there are."
        )
    uncovered = find_open_tables(connection)
    if uncovered:
        raise MisconfiguredError(
            f"Row-level security is missing on {', '.join(uncovered)}. Run `accord release` as the owner of the tables."
        )
    return any(row.is_own for row in connection.execute(_TENANT_TABLES))


def admit(connection: Connection, role: str, tables: Iterable[Table]) -> None:
    """Lets the program's role work with `tables`, under their policies, and read which schema it finds."""
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(sorted(quote(table.name) for table in tables))
    connection.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {names} TO {quote(role)}")
    connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {quote(role)}")
