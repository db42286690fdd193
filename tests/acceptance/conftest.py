from collections.abc import Iterator

import pytest

from accord.infra.db import Database
from support.product import Product, a_product


@pytest.fixture
def product(database: Database) -> Iterator[Product]:
    """The whole product, on both engines."""
    with a_product(database) as made:
        yield made
