from sqlalchemy import String, column, select, table
from sqlalchemy.dialects import postgresql, sqlite

from support.database import CompiledStatements, compiled_statements, open_database


def test_the_databases_of_all_tests_compile_a_statement_once(tmp_path):
    schema = table("sqlite_master", column("name", String), column("sql", String))
    known = len(compiled_statements)
    for name in ("1.db", "2.db", "1.db"):
        database = open_database(f"sqlite:///{tmp_path / name}")
        with database.engine.connect() as connection:
            assert connection.execute(select(schema.c.name).where(schema.c.sql == "x")).all() == []
        database.close()
    assert len(compiled_statements) == known + 1


def test_each_engine_has_its_own_sql():
    compiled = CompiledStatements()
    compiled[sqlite.dialect(), "statement"] = "for SQLite"
    assert compiled.get((sqlite.dialect(), "statement")) == "for SQLite"
    assert compiled.get((postgresql.dialect(), "statement")) is None
    assert compiled.get((sqlite.dialect(), "another")) is None
