"""What is asked of an org about contacts, with the integration owner's login: a few queries for 200 plans."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote_plus

from accord.core.ids import RecordId, widen
from accord.features.contacts.model import CONTACT, DEAL, KEY, OF_DEAL, ROLE, DealContact, Found
from accord.salesforce.model import Gateway
from accord.salesforce.soql import any_of, in_, literal, select

PAGE: Final = 200
# a query travels in the address of the request, which has 16,384 bytes in all (REST API guide, "Status Codes", 414)
LONGEST_LIST: Final = 9_000


def read_contacts(gateway: Gateway, deals: Sequence[RecordId]) -> dict[RecordId, list[DealContact]]:
    """The contacts of these deals, by deal, in the order in which they got their roles.

    Salesforce: a role is shown to who sees the deal, also when its contact is hidden from him or deleted; only a query
    of the contacts tells (Object Reference, OpportunityContactRole).
    """
    roles = read_roles(gateway, deals)
    ids = list(dict.fromkeys(contact for _, contact in roles))
    known: dict[RecordId, DealContact] = {}
    for start in range(0, len(ids), PAGE):
        query = select("Id", "Name", "Email").from_(CONTACT).where(in_("Id", ids[start : start + PAGE]))
        for row in gateway.query(query):
            one = DealContact(RecordId(widen(row["Id"])), row["Name"] or "", row["Email"] or "")
            known[one.id] = one
    found: dict[RecordId, list[DealContact]] = {deal: [] for deal in deals}
    for deal, contact in roles:
        found[deal].append(known.get(contact) or DealContact(contact, is_seen=False))
    return found


def read_roles(gateway: Gateway, deals: Sequence[RecordId]) -> list[tuple[RecordId, RecordId]]:
    """Deal and contact of each role on these deals, the oldest role first."""
    query = select("Id", OF_DEAL, "ContactId").from_(ROLE).where(in_(OF_DEAL, deals))
    rows = gateway.query(query.ordered("CreatedDate").ordered("Id"))
    return [(_id(row[OF_DEAL]), _id(row["ContactId"])) for row in rows if row["ContactId"]]


def read_accounts(gateway: Gateway, deals: Sequence[RecordId]) -> dict[RecordId, RecordId | None]:
    """The account of each of these deals that the login sees; None: it has none. One person may be in any number."""
    found: dict[RecordId, RecordId | None] = {}
    for start in range(0, len(deals), PAGE):
        query = select("Id", "AccountId").from_(DEAL).where(in_("Id", deals[start : start + PAGE]))
        found |= {_id(row["Id"]): _id(row["AccountId"]) if row["AccountId"] else None for row in gateway.query(query)}
    return found


def read_found(gateway: Gateway, emails: Mapping[str, str]) -> list[Found]:
    """Contacts with these addresses in any case, or made under these external ids; `emails` is by external id."""
    rows = (row for part in _parts(emails) for row in gateway.query(part))
    return [_found(row) for row in rows]


def read_made(gateway: Gateway, keys: Sequence[str]) -> dict[str, RecordId]:
    """The Contacts that were made under these external ids."""
    query = select("Id", KEY).from_(CONTACT).where(in_(KEY, keys))
    return {str(row[KEY]).lower(): _id(row["Id"]) for row in gateway.query(query)}


def _parts(emails: Mapping[str, str]) -> Iterator[Any]:
    fields = select("Id", "Email", "AccountId", "CreatedDate", KEY)
    for part in _in_parts(emails):
        yield fields.from_(CONTACT).where(any_of(in_(KEY, part), in_("Email", part.values())))


def _in_parts(emails: Mapping[str, str]) -> Iterator[dict[str, str]]:
    part: dict[str, str] = {}
    length = 0
    for key, email in emails.items():
        adds = sum(len(quote_plus(f"{literal(text)}, ")) for text in (key, email))
        if part and length + adds > LONGEST_LIST:
            yield part
            part, length = {}, 0
        part[key] = email
        length += adds
    if part:
        yield part


def _found(row: Mapping[str, Any]) -> Found:
    account = _id(row["AccountId"]) if row["AccountId"] else None
    key = row[KEY].lower() if row[KEY] else None
    return Found(_id(row["Id"]), row["Email"] or "", account, str(row["CreatedDate"]), key)


def _id(text: str) -> RecordId:
    return RecordId(widen(text))
