"""Told what happens to plans: whose contacts are to be read, and who is to become a Contact (B1)."""

from dataclasses import dataclass
from datetime import datetime

from accord.core.clock import Clock
from accord.delivery.foregone.model import Foregone
from accord.delivery.foregone.store import note_foregone
from accord.delivery.parts import Part
from accord.features.contacts import store
from accord.features.contacts.wishing import Wishing
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.elements.store import find_member, load_members
from accord.workspace.plans.events import PlanEvent, PlanEventKind
from accord.workspace.plans.people.rules import REMOVED
from accord.workspace.plans.store import find


@dataclass(frozen=True, slots=True)
class ContactListener:
    """A listener of plans; the worker is woken by whoever commits."""

    wishing: Wishing
    clock: Clock

    def __call__(self, session: WorkspaceSession, *events: PlanEvent) -> None:
        for event in events:
            self._hear(session, event)

    def _hear(self, session: WorkspaceSession, event: PlanEvent) -> None:
        match event.kind:
            case PlanEventKind.DEAL_DISCONNECTED | PlanEventKind.ARCHIVED:
                store.forget_plan(session, event.plan_id)
            case PlanEventKind.DEAL_CONNECTED:
                self._read(session, event)
            case PlanEventKind.MEMBER_INVITED:
                self._want(session, event)
            case PlanEventKind.PLAN_UPDATED if event.new == REMOVED and event.subject_id is not None:
                store.forget_member(session, event.subject_id)

    def _read(self, session: WorkspaceSession, event: PlanEvent) -> None:
        """The members that the plan has by now are looked at when its deal's contacts are known."""
        store.forget_plan(session, event.plan_id)
        plan = find(session, event.connection_id, event.plan_id)
        if plan is None:
            return
        if store.load_settings(session, event.connection_id).enabled:
            self.wishing.read(session, plan, now=self.clock())
            return
        members = [one for one in load_members(session, event.plan_id) if one.is_customer and one.contact_id is None]
        lanes = [lane for one in members for lane in _lanes(one.id)]
        note_foregone(session, event.connection_id, [_foregone(lane, self.clock()) for lane in lanes])

    def _want(self, session: WorkspaceSession, event: PlanEvent) -> None:
        """Our own people become no contacts, and who comes from Salesforce (by nobody's hand) is one."""
        if event.opportunity_id is None or event.actor_role is None or event.subject_id is None:
            return
        settings = store.load_settings(session, event.connection_id)
        plan = find(session, event.connection_id, event.plan_id)
        member = find_member(session, event.plan_id, event.subject_id)
        if not settings.enabled:
            lanes = _lanes(event.subject_id) if member is not None and member.is_customer else ()
            note_foregone(session, event.connection_id, [_foregone(lane, self.clock()) for lane in lanes])
        elif plan is not None and member is not None and member.is_customer:
            self.wishing.want(session, plan, [member], settings, now=self.clock())


def _lanes(member_id: str) -> tuple[str, str]:
    """The Contact of a member, and his role on the deal."""
    return f"contact:{member_id}", f"role:{member_id}"


def _foregone(lane: str, at: datetime) -> Foregone:
    return Foregone(Part.CONTACTS, lane, at, creates=True)
