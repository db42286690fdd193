"""None lost, none doubled, none backwards: the real worker against a running org, with lost answers and kill -9.

The org's journal of committed effects is the only witness. A run in which less happened than was planned fails.
"""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accord.delivery.model import Failpoint
from localorg.server import RunningOrg
from support.database import ONE_ENGINE
from support.delivery_crash import FENCE, TIMEOUT, CrashRun, commit_late, faults_hit, lose_answers, wait_for_the_late
from support.running_org import a_running_org

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def shared_org(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOrg]:
    with a_running_org(tmp_path_factory.mktemp("org")) as running:
        yield running


@pytest.fixture
def org(shared_org: RunningOrg) -> Iterator[RunningOrg]:
    yield shared_org
    shared_org.faults.clear()


Note = Callable[[str, object], None]


@pytest.mark.timeout(400)
def test_nothing_is_lost_doubled_or_turned_back(
    org: RunningOrg, database_url: str, tmp_path: Path, record_testsuite_property: Note
) -> None:
    """Nothing commits late here, so that the fence may be short and the kills come one after the other."""
    run = CrashRun(org, database_url, tmp_path, "crash", records=1700, batch_size=40)
    lose_answers(org, rate=0.1, seed=11)
    run.kill_often(60, seed=12)
    run.finish()
    note(run, org, record_testsuite_property)

    assert run.verdict().lost == ()
    assert run.verdict().doubled == ()
    assert run.verdict().backwards == ()
    assert run.plan.size >= 5000
    assert run.kills == 60
    assert min(faults_hit(org).values()) >= 10


def test_a_late_commit_turns_nothing_back_whoever_dies(
    org: RunningOrg, database_url: str, tmp_path: Path, record_testsuite_property: Note
) -> None:
    run = CrashRun(org, database_url, tmp_path, "late", records=60, batch_size=5, fence=FENCE, timeout=TIMEOUT)
    lose_answers(org, rate=0.05, seed=17)
    commit_late(org, rate=0.3, seed=15, count=5)
    run.kill_often(4, seed=18)
    run.finish()
    wait_for_the_late(org)
    note(run, org, record_testsuite_property)

    assert run.verdict().kept, run.verdict()
    assert run.kills == 4
    assert faults_hit(org)["late_commit"] == 5


def note(run: CrashRun, org: RunningOrg, record: Note) -> None:
    """The figures of the run, for the report."""
    for name, number in {"intents": run.plan.size, "kills": run.kills, **faults_hit(org)}.items():
        record(f"{run.database_url.partition(':')[0]} {run.name} {name}", number)


def test_dying_at_any_failpoint_does_no_harm(org: RunningOrg, database_url: str, tmp_path: Path) -> None:
    run = CrashRun(org, database_url, tmp_path, "failpoints", records=40, batch_size=5)
    for place in Failpoint:
        with run.life(last=run.plan.size, die_at=place, die_time=3) as life:
            assert life.ended.wait(30)

        assert life.was_killed

    run.finish()

    assert run.verdict().kept, run.verdict()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_check_notices_a_worker_that_does_not_wait_for_late_commits(database_url: str, tmp_path: Path) -> None:
    """The first write of a record comes after its last one: it is held until everything has been delivered."""
    all_delivered = threading.Event()
    with a_running_org(tmp_path, pause=lambda _seconds: all_delivered.wait(60)) as org:
        run = CrashRun(org, database_url, tmp_path, "mutant-late", records=5, fence=0, timeout=2)
        commit_late(org, rate=1, seed=16, count=1)
        with run.life(last=1) as life:
            assert life.ended.wait(30)
        run.finish()

        assert run.verdict().kept

        seen = org.org.journal.last_seq
        all_delivered.set()
        org.org.journal.wait(seen, 30)

        assert run.verdict().backwards != ()


@ONE_ENGINE
@pytest.mark.parametrize(("courier", "harm"), [("create", "doubled"), ("acknowledge_first", "lost")])
def test_the_check_notices_a_worker_that_cheats(
    org: RunningOrg, database_url: str, tmp_path: Path, courier: str, harm: str
) -> None:
    run = CrashRun(org, database_url, tmp_path, f"mutant-{courier}", records=80, versions=1, courier=courier)
    lose_answers(org, rate=0.2, seed=13)
    run.kill_often(3, seed=14)
    run.finish()

    assert getattr(run.verdict(), harm) != ()
