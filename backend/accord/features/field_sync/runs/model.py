"""Runs: back-fills and the taking back of one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.core.ids import ConnectionId, MemberId, PlanId


class RunKind(StrEnum):
    BACK_FILL = "back_fill"
    UNDO = "undo"


class RunState(StrEnum):
    RUNNING = "running"
    STOPPED = "stopped"  # a person may let it go on
    DONE = "done"  # everything was looked at; what Salesforce refused waits like any other delivery


@dataclass(frozen=True, slots=True)
class Run:
    """`total` plans (or writes that are taken back) when it began; `looked` at so far, `changed` of them; `kept`: taken
    back in part or not at all, because somebody changed the values since. `cursor`: the last one that was queued.
    `row_ids`: the rows that a back-fill is about; None: all there are.
    """

    id: str
    connection_id: ConnectionId
    kind: RunKind
    state: RunState
    total: int
    started_at: datetime
    started_by: MemberId | None = None
    of_run: str | None = None
    cursor: str | None = None
    looked: int = 0
    changed: int = 0
    kept: int = 0
    ended_at: datetime | None = None
    row_ids: tuple[str, ...] | None = None

    @property
    def last_plan(self) -> PlanId | None:
        return PlanId(self.cursor) if self.cursor else None
