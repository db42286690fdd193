"""One PostgreSQL database for many tests: emptied after each, made anew when a test has changed more than rows.

A copy of the template and its end take 65 ms of a test, emptying takes 5. Connections are kept as well, as a program
keeps its own from one request to the next: new ones, and what each learns of the tables, took another 20.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import psycopg
from sqlalchemy import QueuePool, make_url

from accord.infra.db import Database, metadata
from support.database import OWNER, SUPERUSER, WatchedDatabase, a_postgres_database, as_role, open_engine_of_tests

# what a test leaves as it was, or the database is made anew: tables, columns, row security, policies, rights, version
_SHAPE = """
SELECT md5(string_agg(concat_ws(' ', relname, relkind, relrowsecurity, relforcerowsecurity, relacl), ','
                      ORDER BY relname)),
       (SELECT count(*)
          FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
         WHERE relnamespace = 'public'::regnamespace),
       (SELECT md5(string_agg(concat_ws(' ', tablename, policyname, cmd, roles, qual, with_check), ',' ORDER BY 1))
          FROM pg_policies),
       (SELECT string_agg(version_num, ' ') FROM alembic_version)
  FROM pg_class WHERE relnamespace = 'public'::regnamespace
"""
_KEPT = "kept by the tests"
_END = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name"""
_EMPTY = "SET session_replication_role = replica; " + "; ".join(
    f'DELETE FROM "{table.name}"' for table in metadata.sorted_tables
)


class ReusedDatabase:
    """Gives its address to one test after the other."""

    def __init__(self, socket: str, name: str, template: str) -> None:
        self._socket, self._name, self._template = socket, name, template

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The database exists as long as this block."""
        with a_postgres_database(self._socket, self._name, self._template) as url:
            self.url = url
            self._eye = self._connect()
            self._shape = self._eye.execute(_SHAPE).fetchone()
            kept = make_url(url).update_query_dict({"application_name": _KEPT}).render_as_string(hide_password=False)
            self._program = open_engine_of_tests(kept)
            self._watching = open_engine_of_tests(as_role(kept, SUPERUSER))
            try:
                yield
            finally:
                self._watching.dispose()
                self._program.dispose()
                self._eye.close()

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database for one test; one that goes on working after it loses its connections."""
        engines = self._program, self._watching
        yield WatchedDatabase(*engines)
        if any(cast("QueuePool", engine.pool).checkedout() for engine in engines):
            self._end(f"= '{_KEPT}'")
            for engine in engines:
                engine.dispose()

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The address of an empty, migrated database, for one test."""
        yield self.url
        self._end(f"<> '{_KEPT}'")
        if self._eye.execute(_SHAPE).fetchone() == self._shape:
            self._eye.execute(_EMPTY)
        else:
            self._make_anew()

    def _end(self, which: str) -> None:
        """These write no more. Asked again and again: with a time to wait, the server itself would look only every
        100 ms whether they are gone.
        """
        while self._eye.execute(f"{_END} {which}").fetchall():
            pass

    def _make_anew(self) -> None:
        self._eye.close()
        with psycopg.connect(host=self._socket, user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{self._name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{self._name}" OWNER {OWNER} TEMPLATE "{self._template}"')
        self._eye = self._connect()

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=self._socket, user=SUPERUSER, dbname=self._name, autocommit=True)
