from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.infra.db import Database
from support.database import open_database
from support.product import Product, a_product


@pytest.fixture
def product(database: Database) -> Iterator[Product]:
    """The whole product, on both engines."""
    with a_product(database) as made:
        yield made


@pytest.fixture
def one_product(sqlite_template: Path, tmp_path: Path) -> Iterator[Product]:
    """The whole product on one engine, for what no database has a part in."""
    (tmp_path / "accord.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{tmp_path / 'accord.db'}")
    with a_product(database) as made:
        yield made
    database.close()
