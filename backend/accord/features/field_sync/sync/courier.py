"""Delivery's courier for fields of plans: an intent says which plan; what is written is decided when it is sent.

Take the marks and read our data; read Salesforce where the shadow does not do; write down what is about to be written,
with the old values; send; write down what became of it. No transaction is open during a call.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Final

import structlog

from accord.core.clock import Clock
from accord.core.outcomes import Done, Outcome
from accord.delivery.couriers import Courier
from accord.delivery.model import Claim, aspect_of
from accord.features.field_sync import store as setup_store
from accord.features.field_sync.holds import store as holds
from accord.features.field_sync.model import UNCHECKED, Row, RowHealth
from accord.features.field_sync.sync import store
from accord.features.field_sync.sync.beginning import Beginning, Begun
from accord.features.field_sync.sync.jobs import Job
from accord.features.field_sync.sync.marks import Marks
from accord.features.field_sync.sync.model import FIELDS, IN_DOUBT, LoginOf, Trigger, Write
from accord.features.field_sync.sync.reading import read_fields
from accord.features.field_sync.sync.sending import Sent, paused_rows, send
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway

log = structlog.get_logger()
LOOKS: Final = 1  # calls that read, at most: the fields of all deals of a claim, where what they hold is not known


@dataclass(frozen=True, slots=True)
class FieldCourier:
    """`others` carries everything that is not about fields of plans; `login_of` names the login that writes."""

    database: Database
    clock: Clock
    beginning: Beginning
    marks: Marks
    others: Courier
    login_of: LoginOf

    def __call__(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        if aspect_of(claim.rows[0].lane) != FIELDS:
            return self.others(gateway, claim)
        with self.database.workspace(claim.workspace_id) as session:
            begun = self.beginning.begin(session, claim)
        return _Sweep(self, gateway, claim, begun).run()


class _Sweep:
    """The plans of one claim."""

    def __init__(self, courier: FieldCourier, gateway: Gateway, claim: Claim, begun: Begun) -> None:
        self._courier = courier
        self._gateway = gateway
        self._claim = claim
        self._jobs = begun.jobs
        self._by_plan = {job.plan_id: job for job in begun.jobs}
        self._rows = {row.id: row for row in begun.rows}
        self._health: dict[str, RowHealth] = dict(begun.health)
        self._check_minutes = begun.check_minutes
        self._now = courier.clock()

    def run(self) -> Sequence[Outcome]:
        for job in self._jobs:
            job.decide(self._standing())
        asked = [job for job in self._jobs if job.wants_reading(self._now, self._check_minutes)]
        if asked:
            readable = [row for row, health in self._standing() if row.facts and health.writes]
            reading = read_fields(self._gateway, readable, [job.deal_id for job in asked])
            self._pause(reading.paused)
            for job in asked:
                job.take(reading.deals.get(job.deal_id, {}), self._now)
                job.decide(self._standing())
        writes = self._write_down()
        send(self._gateway, writes, keep=self._keep)
        self._finish()
        return [job.outcome for job in self._jobs]

    def _standing(self) -> list[tuple[Row, RowHealth]]:
        return [(row, self._health.get(row.id, UNCHECKED)) for row in self._rows.values()]

    def _write_down(self) -> list[Write]:
        """Old and new values are kept before anything is sent: who dies now is asked later what he did."""
        drafts: list[Write] = []
        login = self._courier.login_of(self._claim.workspace_id, self._claim.connection_id)
        with self._session() as session:
            # of several plans that lead to one record the newest writes
            for job in sorted(self._jobs, key=lambda one: one.plan_id, reverse=True):
                for draft in job.drafts(self._rows, self._now):
                    write = replace(draft, login=login)
                    if write.record_id == job.deal_id or self._owns(session, write):
                        drafts.append(write)
                    else:
                        job.leave_to_newer(write)
            known = {write.id for job in self._jobs for write in job.unsettled}
            store.add_writes(session, self._claim.connection_id, [one for one in drafts if one.id not in known])
        return drafts

    def _owns(self, session: WorkspaceSession, write: Write) -> bool:
        return store.own(session, self._claim.connection_id, write.record_id, write.plan_id, now=self._now)

    def _keep(self, sent: Sequence[Sent]) -> None:
        jobs = []
        for one in sent:
            job = self._by_plan[one.write.plan_id]
            job.settle(one, self._now)
            jobs.append(job)
        with self._session() as session:
            narrowed = {one.write.id for one in sent if one.without}
            store.settle_writes(session, [one.settled for one in sent], narrowed=narrowed)
            self._save(session, jobs)
        self._pause(paused_rows(sent, self._rows))

    def _pause(self, rows: Mapping[str, RowHealth]) -> None:
        """These rows wait for an admin; the others go on (D63)."""
        if not rows:
            return
        self._health.update(rows)
        with self._session() as session:
            setup_store.save_health(session, self._claim.connection_id, rows, now=self._now)
        log.warning("field_sync_rows_paused", connection_id=self._claim.connection_id, rows=sorted(rows))

    def _finish(self) -> None:
        looked = [job for job in self._jobs if not job.is_over]
        for job in looked:
            job.close(self._now)
        with self._session() as session:
            store.settle_writes(session, [write for job in looked for write in job.arrived])
            self._save(session, looked)
            holds.drop(session, {job.plan_id: job.released for job in looked if job.released})
            behind = {job.plan_id: job.deal_id for job in looked if job.is_behind(self._now)}
            again = Trigger(IN_DOUBT)
            self._courier.marks.put(session, self._claim.connection_id, behind, again, now=self._now)
            runs = self._courier.beginning.runs
            for job in looked:
                if job.trigger.run_id is not None and isinstance(job.outcome, Done):
                    runs.count(session, job.trigger.run_id, has_changed=job.outcome.sent)
            runs.advance(session, self._claim.connection_id)

    def _save(self, session: WorkspaceSession, jobs: Sequence[Job]) -> None:
        known = {job.plan_id for job in jobs if job.is_stored}
        copies = {job.plan_id: job.copy for job in jobs}
        store.save_copies(session, self._claim.connection_id, list(copies.values()), known=known)
        for job in jobs:
            job.is_stored = True

    def _session(self) -> AbstractContextManager[WorkspaceSession]:
        return self._courier.database.workspace(self._claim.workspace_id)
