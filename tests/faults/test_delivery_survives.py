"""None lost, none doubled, none backwards: the real worker against a running org, with lost answers and kill -9.

The org's journal of committed effects is the only witness. A run in which less happened than was planned fails.
"""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accord.delivery.model import Failpoint
from localorg.server import RunningOrg
from support.delivery_crash import CrashRun, commit_late, faults_hit, lose_answers, wait_for_the_late
from support.running_org import a_running_org

pytestmark = pytest.mark.faults
KILLS = 20


@pytest.fixture(scope="module")
def shared_org(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOrg]:
    with a_running_org(tmp_path_factory.mktemp("org")) as running:
        yield running


@pytest.fixture
def org(shared_org: RunningOrg) -> Iterator[RunningOrg]:
    yield shared_org
    shared_org.faults.clear()


@pytest.mark.timeout(240)
def test_nothing_is_lost_doubled_or_turned_back(
    org: RunningOrg, database_url: str, tmp_path: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    run = CrashRun(org, database_url, tmp_path, "crash", records=700, batch_size=7)
    lose_answers(org, rate=0.05, seed=11)
    commit_late(org, rate=0.04, seed=15, count=5)
    run.kill_often(KILLS, seed=12)
    run.finish()
    wait_for_the_late(org)
    for name, number in {"intents": run.plan.size, "kills": run.kills, **faults_hit(org)}.items():
        record_testsuite_property(f"{database_url.partition(':')[0]} {name}", number)

    assert run.verdict().lost == ()
    assert run.verdict().doubled == ()
    assert run.verdict().backwards == ()
    assert run.plan.size >= 2000
    assert run.kills >= KILLS
    assert min(faults_hit(org).values()) >= 5


def test_dying_at_any_failpoint_does_no_harm(org: RunningOrg, database_url: str, tmp_path: Path) -> None:
    run = CrashRun(org, database_url, tmp_path, "failpoints", records=40, batch_size=5)
    for place in Failpoint:
        with run.life(last=run.plan.size, die_at=place, die_time=3) as life:
            assert life.ended.wait(30)

        assert life.process.returncode == -signal.SIGKILL

    run.finish()

    assert run.verdict().kept, run.verdict()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_check_notices_a_worker_that_does_not_wait_for_late_commits(
    org: RunningOrg, database_url: str, tmp_path: Path
) -> None:
    run = CrashRun(org, database_url, tmp_path, "mutant-late", records=20, batch_size=5, fence=0)
    commit_late(org, rate=0.25, seed=16, count=3)
    run.finish()
    wait_for_the_late(org)

    assert run.verdict().backwards != ()


@pytest.mark.parametrize(("courier", "harm"), [("create", "doubled"), ("acknowledge_first", "lost")])
def test_the_check_notices_a_worker_that_cheats(
    org: RunningOrg, database_url: str, tmp_path: Path, courier: str, harm: str
) -> None:
    run = CrashRun(org, database_url, tmp_path, f"mutant-{courier}", records=80, versions=1, courier=courier)
    lose_answers(org, rate=0.2, seed=13)
    run.kill_often(3, seed=14)
    run.finish()

    assert getattr(run.verdict(), harm) != ()
