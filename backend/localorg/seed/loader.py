"""Loads a seed file into an org: its options, users, record types, customers, deals, products and activities.

A record is a JSON object of API field names. Five forms of text stand for something else: "user:NAME" is the id of the
user with that user name, "ref:NAME" the id of the record whose `ref` is NAME, "record_type:NAME" that of a record type,
"price_book:NAME" that of a price book, and "today+30" or "today-3" a day counted from the day of loading (nine in the
morning UTC where the field holds a time), so that a demo never grows old.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from localorg.errors import RefusedError
from localorg.org import Org, Transaction
from localorg.org_options import OrgOptions

DEMO_SEED = Path(__file__).parent / "demo.json"
COMPANY_SOURCE = Path(__file__).parent / "company"  # the demo company's own fields, as SFDX source

_RECORDS = {
    "accounts": "Account", "contacts": "Contact", "leads": "Lead", "opportunities": "Opportunity",
    "contact_roles": "OpportunityContactRole", "products": "Product2", "prices": "PricebookEntry",
    "line_items": "OpportunityLineItem", "cases": "Case", "tasks": "Task", "events": "Event",
}  # fmt: skip
_DAY = re.compile(r"today(?P<days>[+-]\d{1,4})?")
_MORNING = time(9, tzinfo=UTC)


class SeedError(Exception):
    """The seed file cannot be used; the text says where."""


def load_seed(org: Org, file: Path) -> bool:
    """True when the records were loaded, False when the org has some already. Raises SeedError.

    Nothing of it stands in the journal: a seed is how an org was found, not something that was done to it. Users and
    their permission sets are completed at each start, since a permission set may come with a later package.
    """
    seed = _read(file)
    try:
        if "options" in seed and org.options == OrgOptions():
            org.switch_on(OrgOptions.from_json(seed["options"]))
        _complete_users(org, seed.get("users", []))
        _complete_record_types(org, seed.get("record_types", []))
        if any(True for name in _RECORDS.values() for _ in org.records.all(name, with_deleted=True)):
            return False
        with org.setup() as tx:
            refs: dict[str, str] = {}
            for key, sobject in _RECORDS.items():
                for entry in seed.get(key, []):
                    _insert(tx, sobject, entry, refs)
    except RefusedError as problem:
        raise SeedError(f"{file}: {problem}") from problem
    except (KeyError, TypeError, ValueError) as problem:
        raise SeedError(f"{file}: {problem}") from problem
    return True


def _read(file: Path) -> dict[str, Any]:
    try:
        seed = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise SeedError(f"{file} cannot be read as JSON: {problem}") from problem
    known = {"options", "users", "record_types", *_RECORDS}
    if not isinstance(seed, dict) or set(seed) - known:
        raise SeedError(f"{file}: a seed is an object with {', '.join(sorted(known))}.")
    return seed


def _complete_users(org: Org, people: list[dict[str, Any]]) -> None:
    for person in people:
        wanted = [name for name in person.get("permission_sets", []) if name in org.permission_sets]
        user = org.users.by_username(person["username"])
        if user is None:
            org.users.add(**{**person, "permission_sets": wanted})
            continue
        for name in sorted(set(wanted) - user.permission_sets):
            org.users.assign(user.id, name)


def _complete_record_types(org: Org, record_types: list[dict[str, Any]]) -> None:
    known = {(row["SobjectType"], row["DeveloperName"]) for row in org.records.all("RecordType")}
    for one in record_types:
        if (one["sobject"], one["developer_name"]) not in known:
            facts = {name: value for name, value in one.items() if name != "sobject"}
            org.add_record_type(one["sobject"], **facts)


def _insert(tx: Transaction, sobject: str, entry: Mapping[str, Any], refs: dict[str, str]) -> None:
    values = {name: _meant(tx, sobject, name, value, refs) for name, value in entry.items() if name != "ref"}
    if "CreatedDate" in values:  # nothing has happened to it since
        values = {"LastModifiedDate": values["CreatedDate"], **values}
    if "OwnerId" in values:
        values = {"CreatedById": values["OwnerId"], **values}
        values = {"LastModifiedById": values["CreatedById"], **values}
    record_id = tx.insert(sobject, values, enforce=False)
    if "ref" in entry:
        refs[str(entry["ref"])] = record_id


def _meant(tx: Transaction, sobject: str, name: str, value: Any, refs: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    kind, _, rest = value.partition(":")
    match kind:
        case "ref":
            return refs[rest]
        case "user":
            return _user(tx, rest)
        case "record_type":
            return _record_type(tx, sobject, rest)
        case "price_book":
            return _price_book(tx, rest)
    day = _DAY.fullmatch(value)
    return value if day is None else _day(tx, sobject, name, int(day["days"] or 0))


def _day(tx: Transaction, sobject: str, name: str, days: int) -> str:
    date = (tx.now.astimezone(UTC) + timedelta(days=days)).date()
    field = tx.org.schema.get(sobject).find(name)
    if field is not None and field.type == "datetime":
        return datetime.combine(date, _MORNING).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
    return date.isoformat()


def _user(tx: Transaction, username: str) -> str:
    user = tx.org.users.by_username(username)
    if user is None:
        raise KeyError(f"no user {username}")
    return user.id


def _price_book(tx: Transaction, name: str) -> str:
    for row in tx.org.records.all("Pricebook2"):
        if row["Name"] == name:
            return str(row["Id"])
    raise KeyError(f"no price book {name}")


def _record_type(tx: Transaction, sobject: str, developer_name: str) -> str:
    for row in tx.org.records.all("RecordType"):
        if (row["SobjectType"], row["DeveloperName"]) == (sobject, developer_name):
            return str(row["Id"])
    raise KeyError(f"no record type {developer_name} of {sobject}")
