"""Carries readings: the contacts of a deal become members of its plan, not yet invited (B1)."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import structlog

from accord.core.identity import Role
from accord.core.ids import PlanId, RecordId, new_id
from accord.core.outcomes import Done, Outcome
from accord.delivery.model import Claim, Priority
from accord.features.contacts import rules, store
from accord.features.contacts.model import DealContact
from accord.features.contacts.reading import read_contacts
from accord.features.contacts.wishing import OnContacts, Wishing
from accord.infra.db import Database
from accord.salesforce.model import Gateway
from accord.workspace.plans.changing import Actor, Change
from accord.workspace.plans.elements.store import load_members, save_member
from accord.workspace.plans.model import Plan, PlanMember
from accord.workspace.plans.people.service import add_member
from accord.workspace.plans.store import load_for_deals

log = structlog.get_logger()
ChangeOf = Callable[[Actor, PlanId], AbstractContextManager[Change]]


@dataclass(frozen=True, slots=True)
class Pulling:
    """`change_of` opens a change of a plan. Doing all of it a second time changes nothing."""

    database: Database
    wishing: Wishing
    change_of: ChangeOf
    on_contacts: OnContacts

    def carry(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        deals = [RecordId(row.external_id) for row in claim.rows]
        with self.database.reading(claim.workspace_id) as session:
            plans = load_for_deals(session, claim.connection_id, deals)
        self.pull(gateway, claim, plans)
        return [Done(None, created=False, sent=False) for _ in claim.rows]

    def pull(
        self, gateway: Gateway, claim: Claim, plans: Mapping[RecordId, Plan], *, priority: Priority = Priority.EVENT
    ) -> None:
        """These plans, by deal; `priority` is that of what is written because of it."""
        contacts = read_contacts(gateway, sorted(plans))
        for deal, plan in plans.items():
            self._pull(claim, plan.id, deal, contacts[deal], priority)

    def _pull(
        self,
        claim: Claim,
        plan_id: PlanId,
        deal: RecordId,
        contacts: Sequence[DealContact],
        priority: Priority,
    ) -> None:
        with self.change_of(Actor(claim.workspace_id, claim.connection_id, None), plan_id) as change:
            plan, session, now = change.plan, change.session, change.now
            settings = store.load_settings(session, claim.connection_id)
            if plan.opportunity_id != deal or plan.archived_at is not None or not settings.enabled:
                return
            members = load_members(session, plan_id)
            pull = rules.decide_pull(contacts, members)
            for one in members:
                if one.id in pull.known and one.contact_id != pull.known[one.id]:
                    save_member(session, replace(one, contact_id=pull.known[one.id]))
            self.on_contacts(session, claim.connection_id, pull.known)
            for contact in pull.new:
                name = rules.member_name(contact.name)
                email = contact.email.strip()
                new = PlanMember(new_id(now), plan_id, Role.CUSTOMER, name, email, contact_id=contact.id)
                add_member(change, new, is_invited=False)
            wanted = [one for one in members if one.is_customer and one.email and one.id not in pull.known]
            self.wishing.want(session, plan, wanted, settings, now=now, priority=priority)
            store.keep_left_out(session, claim.connection_id, plan_id, deal, pull.left_out, now=now)
        log.info(
            "contacts_pulled",
            connection_id=claim.connection_id,
            plan_id=plan_id,
            count=len(pull.new),
            left_out=len(pull.left_out),
        )
