"""The support bundle: what helps somebody who may see nothing of the customer's."""

import platform
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from accord.core.clock import Clock
from accord.core.errors import AccordError
from accord.core.identity import Identity
from accord.core.version import VERSION
from accord.delivery.brakes import store as brakes
from accord.delivery.service import Delivery
from accord.features.support import rules, store
from accord.infra.audit import Setting
from accord.infra.db import Database, WorkspaceSession
from accord.infra.db.migrate import current_revision
from accord.salesforce.model import SObjectDescribe


class Finding(Protocol):
    """A check of the doctor; its words may name people and are left out."""

    @property
    def name(self) -> str: ...
    @property
    def status(self) -> str: ...


class Org(Protocol):
    @property
    def is_sandbox(self) -> bool: ...
    @property
    def status(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SupportBundle:
    """`visit` asks the doctor, `org_of` gives the caller's connection. `objects_of` are those that the present settings
    need, and `describe` says of one how the integration owner sees it.
    """

    database: Database
    clock: Clock
    delivery: Delivery
    settings: Sequence[Setting]
    visit: Callable[[Identity], Sequence[Finding]]
    org_of: Callable[[Identity], Org]
    objects_of: Callable[[Identity], Collection[str]]
    describe: Callable[[Identity, str], SObjectDescribe]

    def make(self, caller: Identity) -> bytes:
        """A zip of JSON files, without values, names and secrets. About ten Salesforce calls, for the doctor."""
        now, org = self.clock(), self.org_of(caller)
        files: dict[str, Any] = {
            "about": {
                "accord": VERSION,
                "schema": current_revision(self.database.engine),
                "python": platform.python_version(),
                "database": self.database.dialect,
                "made_at": now,
                "workspace_id": caller.workspace_id,
                "connection_id": caller.connection_id,
                "is_sandbox": org.is_sandbox,
                "status": str(org.status),
            },
            "settings": {each.kind: self._setting(caller, each) for each in self.settings},
            "doctor": self._doctor(caller),
            "describes": {name: self._described(caller, name) for name in sorted(set(self.objects_of(caller)))},
        }
        with self.database.reading(caller.workspace_id) as session:
            files |= self._deliveries(session, caller)
        return rules.zip_of(files, now)

    @staticmethod
    def _setting(caller: Identity, setting: Setting) -> Any:
        standing = setting.standing(caller)
        return {"version": standing.version, "values": rules.masked(standing.values)}

    def _doctor(self, caller: Identity) -> Any:
        try:
            return {finding.name: str(finding.status) for finding in self.visit(caller)}
        except AccordError as error:
            return {"not_asked": error.code}

    def _described(self, caller: Identity, sobject: str) -> Any:
        """Two orgs, or two days, are compared by it: labels are left out, for they are the customer's words."""
        try:
            return rules.fingerprint(self.describe(caller, sobject))
        except AccordError as error:
            return {"not_read": error.code}

    def _deliveries(self, session: WorkspaceSession, caller: Identity) -> dict[str, Any]:
        now, connection_id = self.clock(), caller.connection_id
        backlog = self.delivery.backlog(session, connection_id, now=now)
        forecast = self.delivery.forecast(session, connection_id, now=now)
        on = brakes.load(session, connection_id, now=now)
        told = ("code", "recovery", "sobject", "fields", "count", "since")
        return {
            "backlog": {
                "counts": {state.value: number for state, number in backlog.counts.items()},
                "oldest": backlog.oldest,
                "pauses": [
                    {"behind": gate.behind.value, "code": gate.code, "since": gate.since, "until": gate.until}
                    for gate in backlog.closed
                ],
                "parked": [
                    {name: getattr(cause, name) for name in told}
                    for cause in self.delivery.causes(session, connection_id)
                ],
            },
            "brakes": asdict(on),
            "limits": None if forecast is None else asdict(forecast),
            "errors": rules.by_code(store.load_errors(session, connection_id)),
        }
