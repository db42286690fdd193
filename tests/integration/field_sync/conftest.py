from collections.abc import Iterator

import pytest

from accord.infra.db import Database
from support.field_sync import SyncWorld
from support.product import a_product


@pytest.fixture
def world(database: Database) -> Iterator[SyncWorld]:
    """Field sync with the local org, on both engines."""
    with a_product(database) as product:
        yield SyncWorld(product)
