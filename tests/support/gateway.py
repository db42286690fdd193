"""A gateway over an org in memory: a few records, a journal of what was really done, and faults on demand."""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accord.core.errors import AccordError
from accord.core.ids import ConnectionId, MemberId, RecordId, UserId, WorkspaceId, widen
from accord.core.outcomes import Done, Outcome, Recovery, Refused
from accord.salesforce.model import (
    Allowance,
    Gateway,
    PicklistValue,
    SObjectDescribe,
    Subanswer,
    Subrequest,
    UpdateRow,
    UpsertRow,
    Usage,
)
from accord.salesforce.soql import Query


@dataclass(frozen=True, slots=True)
class Effect:
    """One committed change."""

    op: str
    external_id: str
    fields: Mapping[str, Any]
    login: MemberId | None


@dataclass
class MemoryOrg:
    """Records by external id. `before` and `after` are called around each write, and may raise what a network would;
    `refusals` are of one record, a record of `spoilers` fails every call that it is in.
    """

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    journal: list[Effect] = field(default_factory=list)
    calls: list[tuple[str, int]] = field(default_factory=list)
    refusals: dict[str, Refused] = field(default_factory=dict)
    spoilers: dict[str, Exception] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None
    usage: Usage | None = None
    lost_logins: dict[MemberId | None, AccordError] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def gateway_for(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, member_id: MemberId | None
    ) -> Gateway:
        if member_id in self.lost_logins:
            raise self.lost_logins[member_id]
        return MemoryGateway(self, member_id)

    def writes(self) -> list[tuple[str, int]]:
        return [call for call in self.calls if call[0] != "query"]

    def count(self, call: str, rows: int) -> None:
        with self._lock:
            self.calls.append((call, rows))

    def write(self, op: str, external_id: str, fields: Mapping[str, Any], login: MemberId | None) -> Outcome:
        if external_id in self.refusals:
            return self.refusals[external_id]
        with self._lock:
            known = self.records.get(external_id)
            created = known is None
            if known is None:
                known = {"Id": widen(f"00T{len(self.records):012d}"), "Accord_Id__c": external_id}
                self.records[external_id] = known
            known.update(fields)
            self.journal.append(Effect("insert" if created else "update", external_id, dict(fields), login))
        return Done(RecordId(known["Id"]), created=created)

    def of(self, external_id: str) -> list[Effect]:
        return [effect for effect in self.journal if effect.external_id == external_id]


@dataclass
class MemoryGateway:
    """One login's gateway. It knows Tasks with one external id field, whatever it is asked for."""

    org: MemoryOrg
    login: MemberId | None

    def describe(self, sobject: str) -> SObjectDescribe:
        raise AssertionError("delivery never asks for this")

    def picklist_values(self, sobject: str, record_type_id: str | None, field: str) -> Sequence[PicklistValue]:
        raise AssertionError("delivery never asks for this")

    def composite(self, parts: Sequence[Subrequest], *, all_or_none: bool) -> Sequence[Subanswer]:
        raise AssertionError("delivery never asks for this")

    def limits(self) -> Mapping[str, Allowance]:
        raise AssertionError("delivery never asks for this")

    def forget_describes(self) -> None:
        """Nothing is kept."""

    def tooling(self, soql: Query) -> Sequence[Mapping[str, Any]]:
        self.org.count("tooling", len(str(soql)))
        return ()

    def query(self, soql: Query | str) -> Sequence[Mapping[str, Any]]:
        keys = re.findall(r"'([^']*)'", str(soql))
        self.org.count("query", len(keys))
        asked = dict.fromkeys(str(soql).removeprefix("SELECT ").partition(" FROM ")[0].split(", "))
        return [{**asked, **self.org.records[key]} for key in keys if key in self.org.records]

    def upsert(self, sobject: str, external_id_field: str, rows: Sequence[UpsertRow]) -> Sequence[Outcome]:
        self.org.count("upsert", len(rows))
        self.org.before()
        for row in rows:
            if row.external_id in self.org.spoilers:
                raise self.org.spoilers[row.external_id]
        outcomes = [self.org.write("upsert", row.external_id, row.fields, self.login) for row in rows]
        self.org.after()
        return outcomes

    def update(self, sobject: str, rows: Sequence[UpdateRow]) -> Sequence[Outcome]:
        self.org.count("update", len(rows))
        self.org.before()
        keys = {record["Id"]: key for key, record in self.org.records.items()}
        outcomes = [
            self.org.write("update", keys[row.record_id], row.fields, self.login)
            if row.record_id in keys
            else a_refusal(code="ENTITY_IS_DELETED")
            for row in rows
        ]
        self.org.after()
        return outcomes

    @property
    def user_id(self) -> UserId:
        return UserId("005000000000001AAA")

    @property
    def usage(self) -> Usage | None:
        return self.org.usage


def a_refusal(recovery: Recovery = Recovery.DATA, code: str = "STRING_TOO_LONG", *, in_doubt: bool = False) -> Refused:
    return Refused(recovery, code, f"{code} in Salesforce's words", "What to do about it.", ("Subject",), in_doubt)
