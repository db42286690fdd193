from collections.abc import Iterator

import pytest
from support.product import Product, a_product

from accord.infra.db import Database


@pytest.fixture
def product(database: Database) -> Iterator[Product]:
    """The whole product, on both engines."""
    with a_product(database) as made:
        yield made
