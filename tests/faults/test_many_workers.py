"""Several worker processes on one PostgreSQL, one of them killed again and again: none lost, none doubled, none
backwards. The org's journal of committed effects is the only witness; a run in which less happened than planned fails.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.database import a_postgres_database
from support.delivery_crash import CrashRun, faults_hit, lose_answers
from support.running_org import a_running_org

pytestmark = pytest.mark.faults
WORKERS, KILLS, RECORDS = 3, 6, 400
ENOUGH_KILLS = 4  # a worker may have ended by itself before its turn came


@pytest.fixture
def postgres_url(postgres_socket: str, postgres_template: str) -> Iterator[str]:
    with a_postgres_database(postgres_socket, "many_workers", postgres_template) as url:
        yield url


@pytest.mark.timeout(400)
def test_killing_one_of_several_workers_loses_doubles_and_turns_back_nothing(
    postgres_url: str, tmp_path: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    with a_running_org(tmp_path) as org:
        run = CrashRun(org, postgres_url, tmp_path, "many", records=RECORDS, batch_size=2, parallel=2 * WORKERS)
        lose_answers(org, rate=0.05, seed=21)
        run.put_all()
        run.kill_some_of_many(WORKERS, KILLS, seed=22)
        hits = faults_hit(org)
        for name, number in {"intents": run.plan.size, "kills": run.kills, **hits}.items():
            record_testsuite_property(f"{WORKERS} workers {name}", number)

        assert run.verdict().kept, run.verdict()
        assert run.kills >= ENOUGH_KILLS
        assert min(hits.values()) >= 3
