"""A folded Task counts each view once, whatever dies when: logged and delivered by processes that are killed (D24)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from localorg.server import RunningOrg
from support.delivery_crash import CrashRun, lose_answers
from support.running_org import a_running_org

pytestmark = pytest.mark.faults
KILLS = 6
VIEWS = 40
COUNT = re.compile(r"\[Accord: Customer View\] (\d+) views")


@pytest.fixture
def org(tmp_path: Path) -> Iterator[RunningOrg]:
    with a_running_org(tmp_path) as running:
        yield running


def counts(org: RunningOrg, deal: str, begin: int) -> list[int]:
    """How many views the Tasks of a deal have said, in the order of the org's journal."""
    tasks = {row["Id"] for row in org.org.records.all("Task") if row["WhatId"] == deal and row["Accord_Id__c"]}
    assert len(tasks) == 1, "one Task for a deal, kind and day"
    subjects = [
        str(entry.after["Subject"])
        for entry in org.org.journal.entries(begin)
        if entry.id in tasks and "Subject" in entry.after
    ]
    return [int(found[1]) if (found := COUNT.fullmatch(subject)) else 1 for subject in subjects]


def test_each_view_is_counted_once_on_one_task(org: RunningOrg, database_url: str, tmp_path: Path) -> None:
    deals = [str(row["Id"]) for row in org.org.records.all("Opportunity")][:5]
    run = CrashRun(
        org,
        database_url,
        tmp_path,
        "folding",
        records=len(deals),
        versions=VIEWS,
        script="support.folding_worker",
        extra={"deals": deals},
    )
    lose_answers(org, rate=0.05, seed=21)
    for number in range(1, KILLS + 1):
        share = run.plan.size * number // (KILLS + 1)
        with run.life(last=share + 5, ends=False) as life:
            while life.committed < share and not life.ended.wait(0.01):
                pass  # the last of them are being logged and delivered
            run.kill(life)
    run.finish()

    assert run.kills == KILLS
    for deal in deals:
        said = counts(org, deal, run.begin)
        assert said[-1] == VIEWS
        assert said == sorted(said)
