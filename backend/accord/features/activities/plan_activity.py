"""What happens to plans becomes activity, in the transaction in which it happens (A95 to A102)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from accord.core.flow import ActivityItem, FlowResult
from accord.core.ids import ConnectionId
from accord.features.activities.model import Kind
from accord.infra.db import WorkspaceSession
from accord.workspace.members.store import find_member
from accord.workspace.plans.elements.store import find_member as find_plan_member
from accord.workspace.plans.events import PlanEvent, PlanEventKind
from accord.workspace.plans.model import PlanMember
from accord.workspace.plans.people.rules import INVITED

KINDS: Final[Mapping[PlanEventKind, Kind]] = {
    PlanEventKind.STEP_UPDATED: Kind.STEP_UPDATED,
    PlanEventKind.STEP_COMPLETED: Kind.STEP_UPDATED,
    PlanEventKind.COMMENT_ADDED: Kind.COMMENT,
    PlanEventKind.VIEWED: Kind.CUSTOMER_VIEW,
    PlanEventKind.RESOURCE_ADDED: Kind.RESOURCE_ADDED,
    PlanEventKind.MEMBER_INVITED: Kind.MEMBER_INVITED,
    PlanEventKind.CUSTOMER_ACCEPTED: Kind.MEMBER_JOINED,
}
# what counts only when a customer does it (A97, A98, A101)
BY_CUSTOMERS: Final = frozenset({PlanEventKind.VIEWED, PlanEventKind.RESOURCE_ADDED})


class LogIn(Protocol):
    """Logs activities in a transaction that is open."""

    def __call__(
        self, session: WorkspaceSession, connection_id: ConnectionId, items: Sequence[ActivityItem], *, now: datetime
    ) -> Sequence[FlowResult]: ...


@dataclass(frozen=True, slots=True)
class PlanActivity:
    """Told by plans; the worker is woken by whoever commits."""

    log_in: LogIn

    def __call__(self, session: WorkspaceSession, *events: PlanEvent) -> None:
        for event in events:
            self._log(session, event)

    def _log(self, session: WorkspaceSession, event: PlanEvent) -> None:
        """Logs the event, if it is activity of a plan with a deal."""
        kind = KINDS.get(event.kind)
        if kind is None or event.opportunity_id is None or not _counts(event):
            return
        customer = _customer(session, event)
        item = ActivityItem(
            record_id=event.opportunity_id,
            kind=str(kind),
            subject_text=_subject(event, customer),
            description=_description(event, customer),
            occurred_at=event.at,
            actor_user_id=_user_of(session, event),
            contact_id=customer.contact_id if customer else None,
            plan_member_id=customer.id if customer else None,
            is_internal=event.is_internal,
            idempotency_key=event.id,
        )
        self.log_in(session, event.connection_id, [item], now=event.at)


def _counts(event: PlanEvent) -> bool:
    if event.kind is PlanEventKind.MEMBER_INVITED:
        # who is only added is not invited yet, and our own people are no customers (A99)
        return event.new == INVITED and not event.is_internal
    return event.actor_is_customer or event.kind not in BY_CUSTOMERS


def _customer(session: WorkspaceSession, event: PlanEvent) -> PlanMember | None:
    """The customer whom the event is about, or who did it."""
    about_him = event.kind in {PlanEventKind.MEMBER_INVITED, PlanEventKind.CUSTOMER_ACCEPTED}
    plan_member_id = event.subject_id if about_him else event.actor if event.actor_is_customer else None
    return find_plan_member(session, event.plan_id, plan_member_id) if plan_member_id else None


def _subject(event: PlanEvent, customer: PlanMember | None) -> str:
    name = (customer.name or customer.email) if customer else ""
    if event.kind is PlanEventKind.VIEWED:
        return name or "A customer"
    subject = event.subject_text or name
    return f"{subject} completed" if event.kind is PlanEventKind.STEP_COMPLETED else subject


def _description(event: PlanEvent, customer: PlanMember | None) -> str | None:
    """What was said or changed; a customer is named here, because no Task can be his."""
    by = f"{customer.name or customer.email}: " if customer and event.actor_is_customer else ""
    match event.kind:
        case PlanEventKind.STEP_UPDATED | PlanEventKind.COMMENT_ADDED | PlanEventKind.RESOURCE_ADDED:
            return f"{by}{event.new or ''}".strip() or None
        case PlanEventKind.STEP_COMPLETED:
            return f"{by}Completed on {event.new}"
        case _:
            return None


def _user_of(session: WorkspaceSession, event: PlanEvent) -> str | None:
    """The Salesforce user who did it; customers are none (A91 to A93)."""
    if event.actor is None or event.actor_is_customer:
        return None
    member = find_member(session, event.actor)
    return member.salesforce_user_id if member else None
