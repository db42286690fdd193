"""Told what happens to plans: a deal whose plan a person took away gets no other one from a rule."""

from dataclasses import dataclass
from typing import Final

from accord.core.clock import Clock
from accord.core.ids import RecordId
from accord.features.auto_create import store
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.events import PlanEvent, PlanEventKind

_LEAVES: Final = {PlanEventKind.DEAL_DISCONNECTED, PlanEventKind.DEAL_CONNECTED}


@dataclass(frozen=True, slots=True)
class DealsThatHadPlans:
    """A listener of plans. An archived plan keeps its deal, so that there is nothing to remember of it."""

    clock: Clock

    def __call__(self, session: WorkspaceSession, *events: PlanEvent) -> None:
        for event in events:
            # a plan that is connected for the first time leaves no deal
            if event.kind in _LEAVES and event.previous is not None:
                store.note_had(session, event.connection_id, RecordId(event.previous), now=self.clock())
