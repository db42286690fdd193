"""Writes the next migration from the difference between the tables in the code and the newest schema.

usage: make_migration.py NUMBER WHAT        e.g. make_migration.py 0002 expand_outbox_priority
The file is a draft: read it before committing it.
"""

import importlib
import pkgutil
import secrets
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

import accord
from accord.infra.db import Database, open_engine
from accord.infra.db.migrate import SCRIPTS, upgrade
from accord.settings import KEY_BYTES, Secret

TABLE_MODULES = {"store", "tables", "vault"}


def import_all_tables() -> None:
    for module in pkgutil.walk_packages(accord.__path__, "accord."):
        if module.name.rpartition(".")[2] in TABLE_MODULES:
            importlib.import_module(module.name)


def main(number: str, what: str) -> None:
    import_all_tables()
    with tempfile.TemporaryDirectory() as folder:
        # an empty database has nothing to seal: any key will do
        key = (("draft", Secret(secrets.token_bytes(KEY_BYTES))),)
        database = Database(open_engine(f"sqlite:///{Path(folder) / 'draft.db'}"), key)
        if any((SCRIPTS / "versions").glob("*.py")):
            upgrade(database)
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message=what.replace("_", " "), rev_id=number, autogenerate=True)
        database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
