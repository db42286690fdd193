"""What is to happen with contacts is put into the outbox, in the transaction in which the plan changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from accord.core.ids import ConnectionId, IntentId, RecordId, UserId, new_id
from accord.delivery.model import Intent, Priority
from accord.delivery.outbox import Outbox
from accord.delivery.parts import CONTACTS_READ
from accord.delivery.records.service import note_records
from accord.features.contacts import rules, store
from accord.features.contacts.model import CONTACT, KEY, LEAD_SOURCE, OF_DEAL, ROLE, ContactSettings, Wish
from accord.infra.db import WorkspaceSession
from accord.workspace.members.model import MemberStatus
from accord.workspace.members.store import find_member
from accord.workspace.plans.model import Plan, PlanMember

LOGIN_REASON: Final = "contacts_of_deals"
_USER_PREFIX: Final = "005"
# is told which customers of plans, by their ids, are known as which Contacts from now on; their plans are locked
OnContacts = Callable[[WorkspaceSession, ConnectionId, Mapping[str, RecordId]], None]


@dataclass(frozen=True, slots=True)
class Wishing:
    """The caller has locked the plan, and wakes the worker after the commit."""

    outbox: Outbox

    def read(self, session: WorkspaceSession, plan: Plan, *, now: datetime) -> None:
        """The contacts of the plan's deal are to be read."""
        assert plan.opportunity_id is not None, "only a connected plan has contacts to read"
        intent = Intent(
            id=IntentId(new_id(now)),
            connection_id=plan.connection_id,
            sobject=ROLE,
            external_id_field=OF_DEAL,
            external_id=plan.opportunity_id,
            fields={"plan_id": plan.id},  # what else is needed is read when its turn comes
            creates=False,
            entity=f"plan:{plan.id}",
            kind=CONTACTS_READ,
            login_reason=LOGIN_REASON,
            occurred_at=now,
            coalesces=True,
            priority=Priority.BATCH,
        )
        self._put(session, plan, [intent], now)

    def want(  # noqa: PLR0913 - each part by its name
        self,
        session: WorkspaceSession,
        plan: Plan,
        members: Sequence[PlanMember],
        settings: ContactSettings,
        *,
        now: datetime,
        priority: Priority = Priority.EVENT,
    ) -> None:
        """These customers and partners are to be Contacts with a role on the plan's deal: of one who is a Contact
        already only the role is written. Who waits already goes on waiting.
        """
        assert plan.opportunity_id is not None, "only the deal of a connected plan has contacts"
        waiting = store.load_waiting(session, plan.id)
        lacking = [one for one in members if one.contact_id is None and one.id not in waiting]
        owner = owner_of(session, plan)
        intents = [_contact(plan, one, settings, owner, now) for one in lacking]
        intents += [role_of(plan, one, one.contact_id, now) for one in members if one.contact_id is not None]
        self._put(session, plan, [replace(one, priority=priority) for one in intents], now)
        wishes = [
            Wish(new_id(now), plan.id, one.id, plan.opportunity_id, rules.key_of(plan.connection_id, one.email))
            for one in lacking
        ]
        store.add_wishes(session, plan.connection_id, wishes)

    def put_roles(
        self, session: WorkspaceSession, connection_id: ConnectionId, intents: Sequence[Intent], *, now: datetime
    ) -> None:
        """Roles of members, some of whom have become known as Contacts just now."""
        self.outbox.put(session, intents, now=now)
        deals = {one.id: RecordId(one.fields[OF_DEAL]) for one in intents}
        note_records(session, connection_id, deals, now=now)

    def _put(self, session: WorkspaceSession, plan: Plan, intents: Sequence[Intent], now: datetime) -> None:
        assert plan.opportunity_id is not None, "checked by who calls"
        self.outbox.put(session, intents, now=now)
        note_records(session, plan.connection_id, {one.id: plan.opportunity_id for one in intents}, now=now)


def owner_of(session: WorkspaceSession, plan: Plan) -> UserId | None:
    """The plan's point person, when Salesforce has proved which user he is; None: the integration owner it is."""
    person = find_member(session, plan.point_person) if plan.point_person else None
    if person is None or person.status is not MemberStatus.ACTIVE:
        return None
    return person.salesforce_user_id if person.salesforce_user_id.startswith(_USER_PREFIX) else None


def _contact(plan: Plan, member: PlanMember, settings: ContactSettings, owner: UserId | None, now: datetime) -> Intent:
    first, last = rules.split_name(member.name, member.email)
    fields = {"FirstName": first, "LastName": last, "Email": member.email.strip()}
    fields |= {LEAD_SOURCE: settings.lead_source, "OwnerId": owner}
    return Intent(
        id=IntentId(new_id(now)),
        connection_id=plan.connection_id,
        sobject=CONTACT,
        external_id_field=KEY,
        external_id=rules.key_of(plan.connection_id, member.email),
        fields={name: value for name, value in fields.items() if value is not None},
        creates=True,
        entity=f"plan_member:{member.id}",
        kind="contact_wanted",
        login_reason=LOGIN_REASON,
        occurred_at=now,
    )


def role_of(plan: Plan, member: PlanMember, contact_id: RecordId, now: datetime) -> Intent:
    """The write that gives the Contact a role on the plan's deal. Which role, people say in Salesforce."""
    assert plan.opportunity_id is not None, "only a connected plan has a deal"
    return Intent(
        id=IntentId(new_id(now)),
        connection_id=plan.connection_id,
        sobject=ROLE,
        external_id_field=KEY,
        external_id=rules.role_key_of(plan.connection_id, plan.opportunity_id, contact_id),
        fields={OF_DEAL: plan.opportunity_id, "ContactId": contact_id},
        creates=True,
        entity=f"plan_member:{member.id}",
        kind="contact_linked",
        login_reason=LOGIN_REASON,
        occurred_at=now,
    )
