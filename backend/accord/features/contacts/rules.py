"""Decisions about contacts: values in, values out. Two people are the same when their e-mail addresses are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from typing import Final

from accord.core.ids import ConnectionId, RecordId, external_id
from accord.core.text import is_clean
from accord.features.contacts.model import DealContact, Found, LeftOut, Wish
from accord.workspace.plans.model import PlanMember
from accord.workspace.plans.people.rules import MOST_PEOPLE, email_problems
from accord.workspace.plans.rules import TITLE_LENGTH

# Salesforce: Object Reference, Contact
LONGEST_FIRST: Final = 40
LONGEST_LAST: Final = 80
LONGEST_EMAIL: Final = 80
PLANS_A_PAGE: Final = 200

SENTENCES: Final[Mapping[LeftOut, str]] = {
    LeftOut.NO_EMAIL: "The contact has no e-mail address. Give it one in Salesforce, then look again.",
    LeftOut.EMAIL_UNUSABLE: "Accord cannot use the e-mail address. Correct it in Salesforce, then look again.",
    LeftOut.SAME_EMAIL: "Another contact of this deal has the same e-mail address and is a member of the plan.",
    LeftOut.OWN_PERSON: "The e-mail address is that of one of your own people, who takes part in the plan already.",
    LeftOut.NOT_VISIBLE: (
        "The contact was deleted, or the integration owner may not see it. Take its role from the deal or share it, "
        "then look again."
    ),
    LeftOut.PLAN_FULL: f"The plan has {MOST_PEOPLE} members; it takes no more.",
}


def reading_calls(plans: int) -> int:
    """How many calls reading the contacts of so many plans takes: their roles and their contacts, page by page. Of a
    page with more than 200 contacts each 200 more take another.
    """
    return 2 * ceil(plans / PLANS_A_PAGE)


def address_of(email: str) -> str:
    """What of an e-mail address tells people apart: capitals and space around it do not."""
    return email.strip().casefold()


def key_of(connection_id: ConnectionId, email: str) -> str:
    """The external id of the Contact with this address, however many plans have it."""
    return external_id(connection_id, "contact", address_of(email))


def role_key_of(connection_id: ConnectionId, deal: RecordId, contact: RecordId) -> str:
    return external_id(connection_id, "contact role", f"{deal}|{contact}")


@dataclass(frozen=True, slots=True)
class Pull:
    """What the contacts of a deal mean for the members of its plan.

    `known`: by member's id the contact that he is; `new`: who becomes a member; `left_out`: who does not.
    """

    new: Sequence[DealContact] = ()
    known: Mapping[str, RecordId] = field(default_factory=dict)
    left_out: Mapping[RecordId, LeftOut] = field(default_factory=dict)


def decide_pull(contacts: Iterable[DealContact], members: Sequence[PlanMember]) -> Pull:
    """The contacts in the order of their roles: of two with one address the first is the member.

    Who is known as a contact of the deal stays that contact, whatever its address is now.
    """
    contacts = {each.id: each for each in contacts}.values()
    customers = [one for one in members if one.is_customer]
    by_contact = {one.contact_id: one for one in customers if one.contact_id is not None}
    known = {by_contact[one.id].id: one.id for one in contacts if one.id in by_contact}
    by_address = {address_of(one.email): one for one in reversed(members)}
    taken = {address_of(one.email) for one in members if one.id in known}
    new: list[DealContact] = []
    left_out: dict[RecordId, LeftOut] = {}
    for one in contacts:
        if one.id in by_contact and known[by_contact[one.id].id] == one.id:
            continue
        address = address_of(one.email)
        member = by_address.get(address)
        reason = _why_left_out(one, member, is_taken=address in taken)
        if reason is None and member is None and len(members) + len(new) >= MOST_PEOPLE:
            reason = LeftOut.PLAN_FULL
        if reason is not None:
            left_out[one.id] = reason
            continue
        taken.add(address)
        if member is None:
            new.append(one)
        else:
            known[member.id] = one.id
    return Pull(new, known, left_out)


def _why_left_out(one: DealContact, member: PlanMember | None, *, is_taken: bool) -> LeftOut | None:
    if not one.is_seen:
        return LeftOut.NOT_VISIBLE
    if not one.email.strip():
        return LeftOut.NO_EMAIL
    if any(email_problems("email", one.email.strip())):
        return LeftOut.EMAIL_UNUSABLE
    if is_taken:
        return LeftOut.SAME_EMAIL
    return LeftOut.OWN_PERSON if member is not None and not member.is_customer else None


def member_name(name: str) -> str:
    """A contact's name as a member's, which is never too long; empty where it cannot be kept."""
    plain = " ".join(name.split())[:TITLE_LENGTH].strip()
    return plain if is_clean(plain) else ""


def split_name(name: str, email: str) -> tuple[str | None, str]:
    """First and last name for Salesforce, where a Contact must have a last one.

    "Dana Maria Voss" and "Voss, Dana Maria" are Dana Maria and Voss; a single word is the last name; without a name it
    is what stands before the @ of the address. Each is cut to what its field takes.
    """
    before, comma, after = (" ".join(part.split()) for part in name.partition(","))
    if comma and before and after:
        first, last = after, before
    else:
        words = name.replace(",", " ").split()
        first, last = " ".join(words[:-1]), words[-1] if words else email.strip().partition("@")[0]
    return first[:LONGEST_FIRST].strip() or None, last[:LONGEST_LAST].strip()


def choose(found: Iterable[Found], account_id: RecordId | None) -> Found | None:
    """Which of the Contacts with the address (or made for it) is the one: one of the deal's account before any other;
    of several the oldest, and of those made in the same second the one with the lowest id.
    """
    return min(found, key=lambda one: (one.account_id != account_id or account_id is None, _age(one)), default=None)


def _age(one: Found) -> tuple[str, str]:
    return one.created_at, one.id


def candidates(found: Iterable[Found], email: str, key: str) -> list[Found]:
    """Those that have the address, or that were made for it."""
    address = address_of(email)
    return [one for one in found if one.key == key or address_of(one.email) == address]


@dataclass(frozen=True, slots=True)
class Make:
    """There is no such Contact: one is made on this account."""

    account_id: RecordId


class CannotMake(StrEnum):
    """Why no Contact can be made."""

    DEAL_NOT_THERE = "DEAL_NOT_THERE"
    NO_ACCOUNT = "DEAL_HAS_NO_ACCOUNT"
    EMAIL_TOO_LONG = "EMAIL_TOO_LONG"


ADVICE: Final[Mapping[CannotMake, tuple[str, str]]] = {
    CannotMake.DEAL_NOT_THERE: (
        "The plan's deal was deleted, or the integration owner may not see it.",
        "Restore or share the deal, then retry.",
    ),
    CannotMake.NO_ACCOUNT: (
        "The plan's deal has no account, and a Contact is made on the account of its deal.",
        "Give the deal an account in Salesforce, then retry.",
    ),
    CannotMake.EMAIL_TOO_LONG: (
        f"The member's e-mail address has more than the {LONGEST_EMAIL} characters that a Contact takes.",
        "Remove the member from the plan, and add him with a shorter address.",
    ),
}

Decision = Mapping[str, RecordId] | Make | CannotMake


def decide_contact(
    wishes: Sequence[Wish], email: str, found: Iterable[Found], accounts: Mapping[RecordId, RecordId | None]
) -> Decision:
    """For the wishes of one address: by wish the Contact that there is, or that one is made.

    `accounts` has the account of each deal that the login sees. The oldest wish says on which account one is made.
    """
    wishes = sorted(wishes, key=lambda one: one.id)
    key = wishes[0].key
    same = candidates(found, email, key)
    if _older_than_ours(same, key):  # ours is the second one, and waits to be merged: a later plan does not take it up
        same = [one for one in same if one.key != key]
    chosen = {one.id: choose(same, accounts.get(one.opportunity_id)) for one in wishes}
    if same:
        return {wish: one.id for wish, one in chosen.items() if one is not None}
    if len(email.strip()) > LONGEST_EMAIL:
        return CannotMake.EMAIL_TOO_LONG
    seen = [accounts[one.opportunity_id] for one in wishes if one.opportunity_id in accounts]
    if not seen:
        return CannotMake.DEAL_NOT_THERE
    account = next((one for one in seen if one is not None), None)
    return CannotMake.NO_ACCOUNT if account is None else Make(account)


def decide_overtaken(
    wishes: Sequence[Wish], email: str, found: Iterable[Found], accounts: Mapping[RecordId, RecordId | None]
) -> dict[str, RecordId]:
    """After a Contact was made: by wish the older one with this address that another hand has made meanwhile. Empty
    where there is none; one that came later is somebody else's second.
    """
    key = wishes[0].key
    older = _older_than_ours(candidates(found, email, key), key)
    chosen = {one.id: choose(older, accounts.get(one.opportunity_id)) for one in wishes}
    return {wish: one.id for wish, one in chosen.items() if one is not None}


def _older_than_ours(same: Iterable[Found], key: str) -> list[Found]:
    """Those of other hands that were there when ours was made; none where we made none."""
    same = list(same)
    ours = next((one for one in same if one.key == key), None)
    return [one for one in same if ours and one.key != key and one.created_at <= ours.created_at]
