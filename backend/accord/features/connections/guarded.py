"""The one way in which the product writes to an org: each write asks first whether the org's brakes let it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.core.clock import Clock
from accord.core.errors import StoppedError
from accord.core.ids import ConnectionId, UserId, WorkspaceId
from accord.core.outcomes import Outcome
from accord.delivery.brakes import store as brakes
from accord.delivery.brakes.rules import decide_refusal
from accord.infra.db import Database
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

RefusalOf = Callable[[], StoppedError | None]


@dataclass(frozen=True, slots=True)
class Guard:
    """Puts gateways behind the brakes of their connection."""

    database: Database
    clock: Clock

    def over(
        self, gateway: Gateway, workspace_id: WorkspaceId, connection_id: ConnectionId, *, own_edit: bool
    ) -> Gateway:
        """`own_edit`: the login of a person who is here and does it himself."""

        def refusal() -> StoppedError | None:
            with self.database.reading(workspace_id) as session:
                on = brakes.load(session, connection_id, now=self.clock())
            return decide_refusal(on, own_edit=own_edit)

        return GuardedGateway(gateway, refusal)


class GuardedGateway:
    """A gateway whose writes raise StoppedError while a brake of the org forbids them. It is asked anew before each
    write, so that a brake holds in every process at once. Reads pass.
    """

    def __init__(self, gateway: Gateway, refusal: RefusalOf) -> None:
        self._gateway = gateway
        self._refusal = refusal
        self._has_written = False

    def _may_write(self) -> None:
        refusal = self._refusal()
        if refusal is not None:
            refusal.in_doubt = self._has_written
            raise refusal
        self._has_written = True

    def describe(self, sobject: str) -> SObjectDescribe:
        return self._gateway.describe(sobject)

    def picklist_values(self, sobject: str, record_type_id: str | None, field: str) -> Sequence[PicklistValue]:
        return self._gateway.picklist_values(sobject, record_type_id, field)

    def query(self, soql: Query | str) -> Sequence[Mapping[str, Any]]:
        return self._gateway.query(soql)

    def tooling(self, soql: Query) -> Sequence[Mapping[str, Any]]:
        return self._gateway.tooling(soql)

    def composite(self, parts: Sequence[Subrequest], *, all_or_none: bool) -> Sequence[Subanswer]:
        if any(part.method != "GET" for part in parts):
            self._may_write()
        return self._gateway.composite(parts, all_or_none=all_or_none)

    def upsert(self, sobject: str, external_id_field: str, rows: Sequence[UpsertRow]) -> Sequence[Outcome]:
        self._may_write()
        return self._gateway.upsert(sobject, external_id_field, rows)

    def update(self, sobject: str, rows: Sequence[UpdateRow]) -> Sequence[Outcome]:
        self._may_write()
        return self._gateway.update(sobject, rows)

    def publish(self, event: str, messages: Sequence[Mapping[str, Any]]) -> Sequence[Outcome]:
        self._may_write()
        return self._gateway.publish(event, messages)

    def act(self, action: str, inputs: Sequence[Mapping[str, Any]]) -> Sequence[Outcome]:
        self._may_write()
        return self._gateway.act(action, inputs)

    def limits(self) -> Mapping[str, Allowance]:
        return self._gateway.limits()

    def forget_describes(self) -> None:
        self._gateway.forget_describes()

    @property
    def user_id(self) -> UserId:
        return self._gateway.user_id

    @property
    def usage(self) -> Usage | None:
        return self._gateway.usage
