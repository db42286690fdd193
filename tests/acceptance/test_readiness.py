"""What a load balancer is told."""

import pytest

from accord.infra.db import Database
from accord.infra.processes.store import note_seen
from support.product import a_product

NO_WORKER = {"status": "degraded", "database": "ok", "schema": "ok", "workers": "none_seen"}


@pytest.fixture
def product(database: Database):
    with a_product(database) as made:
        yield made


def test_without_a_worker_the_web_serves_and_says_that_nothing_is_delivered(product) -> None:
    answer = product.client.get("/readyz")

    assert (answer.status_code, answer.json) == (200, NO_WORKER)


def test_with_a_worker_everything_is_ready(product) -> None:
    with product.parts.database.system() as session:
        note_seen(session, "here:1", now=product.clock(), moved_at=product.clock())

    answer = product.client.get("/readyz")

    assert (answer.status_code, answer.json["status"]) == (200, "ready")


def test_an_older_schema_takes_no_requests_and_the_process_is_well(product) -> None:
    with product.parts.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")

    assert product.client.get("/readyz").status_code == 503
    assert product.client.get("/healthz").status_code == 200
