"""Whatever happens, in whatever order: each record is made once, never goes backwards, and ends as last written."""

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accord.core.errors import RejectedError, TransientError
from accord.core.outcomes import Recovery
from accord.delivery.model import Failpoint
from accord.infra.db import Database
from support.delivery import ADelivery, once
from support.gateway import a_refusal

RECORDS = st.sampled_from("abcd")


class Died(BaseException):
    """Ends a drain where it stands, as kill -9 would."""


class History(RuleBasedStateMachine):
    """People write records, workers deliver them and die, the network loses answers, Salesforce refuses."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.delivery = ADelivery(database)
        self.versions: dict[str, int] = defaultdict(int)

    @rule(records=st.lists(RECORDS, min_size=1, max_size=4))
    def write(self, records: list[str]) -> None:
        intents = []
        for record in records:
            self.versions[record] += 1
            version = self.versions[record]
            intents.append(self.delivery.intent(record, creates=version == 1, fields={"Version": version}))
        self.delivery.put(*intents)

    @rule(batch_size=st.integers(1, 5))
    def deliver(self, batch_size: int) -> None:
        self.delivery.drain(batch_size=batch_size)

    @rule(place=st.sampled_from(Failpoint), reached=st.integers(1, 3))
    def die(self, place: Failpoint, reached: int) -> None:
        left = [reached]

        def at(failpoint: Failpoint) -> None:
            left[0] -= failpoint is place
            if not left[0]:
                raise Died

        try:
            self.delivery.drain(at=at, batch_size=2)
        except Died:
            return

    @rule(arrives=st.booleans())
    def lose_an_answer(self, *, arrives: bool) -> None:
        def lose() -> None:
            raise TransientError("no answer")

        self.delivery.org.before = (lambda: None) if arrives else once(lose)
        self.delivery.org.after = once(lose) if arrives else lambda: None
        self.delivery.drain()

    @rule(record=RECORDS, recovery=st.sampled_from([Recovery.DATA, Recovery.TRANSIENT, Recovery.QUOTA]))
    def refuse(self, record: str, recovery: Recovery) -> None:
        key = self.delivery.intent(record).external_id
        self.delivery.org.refusals[key] = a_refusal(recovery, "REFUSED")
        self.delivery.drain()
        del self.delivery.org.refusals[key]

    @rule(record=RECORDS)
    def spoil_a_call(self, record: str) -> None:
        self.delivery.org.spoilers[self.delivery.intent(record).external_id] = RejectedError("cannot be read")
        self.delivery.drain()
        self.delivery.org.spoilers.clear()

    @rule(minutes=st.sampled_from([0.1, 1, 60, 60 * 24]))
    def wait(self, minutes: float) -> None:
        self.delivery.clock.advance(minutes=minutes)

    @rule()
    def have_parked_ones_retried(self) -> None:
        with self.delivery.database.workspace(self.delivery.workspace_id) as session:
            self.delivery.view.retry(session, self.delivery.connection_id, now=self.delivery.clock())

    @invariant()
    def nothing_is_doubled_or_goes_backwards(self) -> None:
        for record in self.versions:
            effects = self.delivery.org.of(self.delivery.intent(record).external_id)
            versions: list[Any] = [effect.fields["Version"] for effect in effects]
            assert [effect.op for effect in effects].count("insert") <= 1
            assert versions == sorted(versions)

    def teardown(self) -> None:
        self.delivery.org.before = self.delivery.org.after = lambda: None
        self.delivery.clock.advance(hours=25)
        self.have_parked_ones_retried()
        self.delivery.drain_until_quiet()
        self.have_parked_ones_retried()
        self.delivery.drain_until_quiet()
        arrived = {
            record: self.delivery.org.records[self.delivery.intent(record).external_id]["Version"]
            for record in self.versions
        }
        assert arrived == dict(self.versions)


@pytest.mark.timeout(120)
def test_any_history_ends_well(database: Database) -> None:
    run_state_machine_as_test(
        lambda: History(database),
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
