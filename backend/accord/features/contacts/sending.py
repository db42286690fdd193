"""Carries Contacts and their roles on deals: looks first, writes what is not there, and looks again where in doubt."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from accord.core.clock import Clock
from accord.core.ids import PlanId, RecordId
from accord.core.outcomes import Done, Outcome, Recovery, Refused, Told
from accord.delivery.couriers import carry, tell
from accord.delivery.model import Claim, ClaimedRow
from accord.features.contacts import reading, rules, store
from accord.features.contacts.model import CONTACT, KEY, OF_DEAL, ROLE, Wish
from accord.features.contacts.rules import CannotMake, Make
from accord.features.contacts.wishing import OnContacts, Wishing, role_of
from accord.infra.db import Database
from accord.salesforce.model import Gateway, UpsertRow
from accord.workspace.plans.elements.store import load_named, save_member
from accord.workspace.plans.store import load as load_plans

EXISTING: Final = "Salesforce has a Contact with this e-mail address: it is used."
TWO_MADE: Final = (
    "Somebody has made a Contact with this e-mail address at the same moment: it is used. Merge the one that Accord "
    "has made with it in Salesforce."
)
OWNED_BY_US: Final = "It belongs to the integration owner: no user of Salesforce is known for the plan's point person."
HAD_ROLE: Final = "The Contact has a role on the deal already."
HAD_ARRIVED: Final = "An earlier try had arrived."
OVERTAKEN: Final = "Not written: it is not wanted any more."
_DUPLICATE: Final = (
    "A duplicate rule of the org took the member for a Contact that is there. If it is he, give that Contact his "
    "e-mail address; if not, let the rule pass for the integration owner. Then retry."
)
_NOT_SEEN: Final = Refused(
    Recovery.TRANSIENT,
    "CONTACT_NOT_SEEN",
    "The Contact was made, and the integration owner does not see it.",
    "Give the integration owner the right to see all Contacts. Accord looks again by itself for 14 days.",
)
Resolved = Mapping[str, RecordId]  # by wish


@dataclass(frozen=True, slots=True)
class Sending:
    database: Database
    clock: Clock
    wishing: Wishing
    on_contacts: OnContacts

    def carry_contacts(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        """Each row is about one address; what is wanted of it stands in its wishes, of one plan or of many."""
        keys = [row.external_id for row in claim.rows]
        with self.database.reading(claim.workspace_id) as session:
            wishes = store.load_wishes(session, claim.connection_id, keys)
            members = load_named(session, [one.plan_member_id for one in wishes])
        wanted: dict[str, list[Wish]] = defaultdict(list)
        for wish in wishes:
            if wish.plan_member_id in members:
                wanted[wish.key].append(wish)
        emails = {key: members[found[0].plan_member_id].email.strip() for key, found in wanted.items()}
        accounts = reading.read_accounts(gateway, sorted({one.opportunity_id for one in wishes}))
        found = reading.read_found(gateway, emails)
        decisions = {key: rules.decide_contact(wanted[key], email, found, accounts) for key, email in emails.items()}
        outcomes: dict[str, Outcome] = {key: _not_made(decision) for key, decision in decisions.items()}
        outcomes |= _make(gateway, [row for row in claim.rows if row.external_id in decisions], decisions)
        # between our look and our write somebody may have made one too: no write takes a condition
        made = {
            key: done for key, done in outcomes.items() if isinstance(done, Done) and isinstance(decisions[key], Make)
        }
        again = reading.read_found(gateway, {key: emails[key] for key in made})
        for key, done in made.items():
            older = rules.decide_overtaken(wanted[key], emails[key], again, accounts)
            if older:
                decisions[key], outcomes[key] = older, replace(done, note=TWO_MADE)
        self._follow(claim, _resolved(wanted, decisions, outcomes))
        left = [row for row in claim.rows if row.external_id not in outcomes and "LastName" not in row.fields]
        if left:  # what was held back of a Contact that was made
            answers = tell(left, carry(gateway, replace(claim, rows=tuple(left))))
            outcomes.update(zip((row.external_id for row in left), answers, strict=True))
        return [outcomes.get(row.external_id) or _over(row) for row in claim.rows]

    def _follow(self, claim: Claim, resolved: Resolved) -> None:
        """The members are known as Contacts from now on, and get their roles. A second time there is nothing to do."""
        if not resolved:
            return
        now, keys = self.clock(), [row.external_id for row in claim.rows]
        with self.database.reading(claim.workspace_id) as session:
            plan_ids = {one.plan_id for one in store.load_wishes(session, claim.connection_id, keys)}
        with self.database.workspace(claim.workspace_id) as session:
            plans = load_plans(session, claim.connection_id, _sorted(plan_ids), lock=True)
            wishes = [
                one
                for one in store.load_wishes(session, claim.connection_id, keys)
                if one.id in resolved and one.plan_id in plans
            ]
            members = load_named(session, [one.plan_member_id for one in wishes])
            roles, known = [], {}
            for wish in wishes:
                member, contact = members.get(wish.plan_member_id), resolved[wish.id]
                if member is not None:
                    save_member(session, replace(member, contact_id=contact))
                    known[member.id] = contact
                    roles.append(role_of(plans[wish.plan_id], member, contact, now))
            self.on_contacts(session, claim.connection_id, known)
            self.wishing.put_roles(session, claim.connection_id, roles, now=now)
            store.delete_wishes(session, [one.id for one in wishes])

    def carry_roles(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        """A role that is there, be it by our hand or another's, is not made again."""
        pairs = {row.id: (RecordId(row.fields[OF_DEAL]), RecordId(row.fields["ContactId"])) for row in claim.rows}
        deals = sorted({deal for deal, _ in pairs.values()})
        there = set(reading.read_roles(gateway, deals))
        had = Done(None, created=False, note=HAD_ROLE, sent=False)
        outcomes: dict[str, Outcome] = {row.id: had for row in claim.rows if pairs[row.id] in there}
        due = [row for row in claim.rows if row.id not in outcomes]
        if due:
            rows = [UpsertRow(row.external_id, row.fields) for row in due]
            answers = _in_one_piece(gateway.upsert(ROLE, KEY, rows), {OF_DEAL, "ContactId"})
            outcomes.update(zip((row.id for row in due), tell(due, answers), strict=True))
            if any(_may_be_there(outcomes[row.id]) for row in due):
                # an earlier try may have been committed after we looked; an update may not name the deal again
                there = set(reading.read_roles(gateway, deals))
                outcomes |= {row.id: had for row in due if _may_be_there(outcomes[row.id]) and pairs[row.id] in there}
        return [outcomes[row.id] for row in claim.rows]


def _sorted(plan_ids: set[PlanId]) -> list[PlanId]:
    return sorted(plan_ids)


def _over(row: ClaimedRow) -> Done:
    """Nobody waits for it: an earlier try had come to its end, or what was wanted is not wanted any more."""
    return Done(row.record_id, created=False, note=HAD_ARRIVED if row.in_doubt else OVERTAKEN, sent=False)


def _may_be_there(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.recovery is not Recovery.AUTH and not outcome.in_doubt


def _not_made(decision: rules.Decision) -> Outcome:
    if isinstance(decision, CannotMake):
        message, advice = rules.ADVICE[decision]
        return Refused(Recovery.DATA, decision.value, message, advice)
    if isinstance(decision, Make):
        return _NOT_SEEN  # until it is made
    return Done(min(decision.values()), created=False, note=EXISTING, sent=False)


def _in_one_piece(answers: Sequence[Outcome], needed: Collection[str]) -> Sequence[Outcome]:
    """A record is not written without one of these fields, as it would be where a refusal names a field (D63).

    A refusal of the whole call stays one object for all rows.
    """
    names = {name.lower() for name in needed}
    refused = {id(each): each for each in answers if isinstance(each, Refused)}
    kept = {
        key: replace(each, fields=()) for key, each in refused.items() if names & {one.lower() for one in each.fields}
    }
    return [kept.get(id(each), each) for each in answers]


def _make(gateway: Gateway, rows: Sequence[ClaimedRow], decisions: Mapping[str, rules.Decision]) -> dict[str, Outcome]:
    due = [(row, made) for row in rows if isinstance(made := decisions[row.external_id], Make)]
    if not due:
        return {}
    upserts = [UpsertRow(row.external_id, _fields(row, made)) for row, made in due]
    answers = _in_one_piece(gateway.upsert(CONTACT, KEY, upserts), {"LastName", "Email", "AccountId"})
    hidden = [
        row.external_id
        for (row, _), answer in zip(due, answers, strict=True)
        if isinstance(answer, Done) and answer.record_id is None
    ]
    made_before = reading.read_made(gateway, hidden)
    return {
        row.external_id: _told(row, made, answer, made_before.get(row.external_id))
        for (row, made), answer in zip(due, answers, strict=True)
    }


def _fields(row: ClaimedRow, made: Make) -> Mapping[str, Any]:
    return {**row.fields, "AccountId": made.account_id}


def _told(row: ClaimedRow, made: Make, answer: Outcome, made_before: RecordId | None) -> Outcome:
    if isinstance(answer, Refused):
        return replace(answer, advice=_DUPLICATE) if answer.code == "DUPLICATES_DETECTED" else answer
    if isinstance(answer, Done):
        record_id = answer.record_id or made_before
        owned_by_us = "OwnerId" not in row.fields and row.held is None
        note = OWNED_BY_US if owned_by_us else None
        told = Told(_fields(row, made))
        return _NOT_SEEN if record_id is None else replace(answer, record_id=record_id, note=note, told=told)
    return answer


def _resolved(
    wanted: Mapping[str, Sequence[Wish]], decisions: Mapping[str, rules.Decision], outcomes: Mapping[str, Outcome]
) -> dict[str, RecordId]:
    found: dict[str, RecordId] = {}
    for key, wishes in wanted.items():
        decision, outcome = decisions[key], outcomes[key]
        if not isinstance(decision, Make | CannotMake):
            found |= decision
        elif isinstance(outcome, Done) and outcome.record_id is not None:
            found |= dict.fromkeys((one.id for one in wishes), outcome.record_id)
    return found
