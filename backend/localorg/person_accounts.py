"""Person accounts: an Account that is a person has a Contact of its own, which is written through the Account alone.

Recorded: describe of Account in an org with person accounts (CumulusCI). Turning a business into a person, and merges
of persons, are not built.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from localorg import errors
from localorg.errors import Code, Problem, RefusedError
from localorg.ids import MASTER_RECORD_TYPE
from localorg.org_options import OrgOptions
from localorg.records import Row
from localorg.schema import Field, Schema, SObject, StandardFacts

if TYPE_CHECKING:
    from localorg.transaction import Transaction

RECORD_TYPE = "PersonAccount"
NAME_PARTS = ("LastName", "FirstName", "Salutation")
_SHARED = ("Phone", "Fax", "Description", "OwnerId")
_CONTACTS_OWN = frozenset({"AccountId", "ReportsToId", "Name", "RecordTypeId", "Jigsaw", *NAME_PARTS, *_SHARED})


def extend(schema: Schema, facts: StandardFacts, options: OrgOptions) -> Schema:
    """The schema with the fields that only an org with person accounts has."""
    if not options.person_accounts:
        return schema
    account, contact = schema.get("Account"), schema.get("Contact")
    flag = facts.field(
        {"name": "IsPersonAccount", "label": "Is Person Account", "type": "boolean", "createable": False,
         "updateable": False, "permissionable": False, "nillable": False, "defaultValue": False,
         "defaultedOnCreate": True, "sortable": True, "groupable": True}
    )  # fmt: skip
    link = facts.field(
        {"name": "PersonContactId", "label": "Contact ID", "type": "reference", "createable": False,
         "updateable": False, "permissionable": False, "referenceTo": ["Contact"],
         "relationshipName": "PersonContact"}
    )  # fmt: skip
    name = Field({**account.fields["Name"].facts, "nillable": True})
    persons = [_on_account(one) for one in contact.fields.values() if _is_the_persons(one)]
    schema = schema.with_object(account.with_fields([name, *persons, link, flag]))
    return schema.with_object(contact.with_fields([flag]))


def contact_field(name: str) -> str | None:
    """The Contact field behind an Account field of a person: Email for PersonEmail, Level__c for Level__pc."""
    if name.endswith("__pc"):
        return f"{name.removesuffix('__pc')}__c"
    if name in NAME_PARTS:
        return name
    return name.removeprefix("Person") if name.startswith("Person") and name != "PersonContactId" else None


def ensure_rows(tx: "Transaction", options: OrgOptions) -> None:
    """The record type of persons. Salesforce: switching the feature on makes one."""
    if not options.person_accounts or any(row["IsPersonType"] for row in tx.org.records.all("RecordType")):
        return
    values = {"SobjectType": "Account", "DeveloperName": RECORD_TYPE, "Name": "Person Account", "IsActive": True,
              "IsPersonType": True}  # fmt: skip
    tx.insert("RecordType", values, enforce=False)


def derive(tx: "Transaction", row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:
    """Decides whether an account is a person, and names it. An account has either a Name or the parts of one."""
    if not tx.org.options.person_accounts:
        return
    types = {one["Id"]: one for one in tx.org.records.all("RecordType") if one["IsPersonType"]}
    if before is None and given.get("LastName") is not None and given.get("RecordTypeId") is None:
        row["RecordTypeId"] = next(iter(types))
    is_person = (row.get("RecordTypeId") or MASTER_RECORD_TYPE) in types
    if before is not None and bool(before.get("IsPersonAccount")) != is_person:
        raise errors.not_built("a change between business and person accounts")
    row["IsPersonAccount"] = is_person
    wrong = [name for name in given if (name == "Name" if is_person else _is_person_field(name))]
    if wrong and any(given[name] is not None for name in wrong):
        raise RefusedError(errors.not_writable(wrong))
    needed = "LastName" if is_person else "Name"
    if row.get(needed) is None:
        raise RefusedError(errors.required_missing([needed]))
    if is_person:
        row["Name"] = " ".join(part for part in (row.get("FirstName"), row["LastName"]) if part)


def after_account(tx: "Transaction", before: Row | None, row: Row | None) -> None:
    """The person's Contact is made and kept by the platform itself."""
    if row is None or not row.get("IsPersonAccount"):
        return
    account = tx.org.schema.get("Account")
    values = {name: row.get(name) for name in _SHARED}
    for name in account.fields:
        source = contact_field(name)
        if source is not None and not account.fields[name].compound:
            values[source] = row.get(name)
    if before is None:
        contact_id = tx.insert("Contact", {**values, "AccountId": row["Id"], "IsPersonAccount": True}, enforce=False)
        tx.put("Account", row["Id"], {**row, "PersonContactId": contact_id})
    else:
        tx.update("Contact", row["PersonContactId"], values, enforce=False)


def refuse_contact(sobject: SObject, row: Row) -> None:
    """Raises RefusedError for the Contact of a person, which only its Account may change."""
    if sobject.name == "Contact" and row.get("IsPersonAccount"):
        raise RefusedError(Problem(Code.INVALID_PERSON_ACCOUNT_OPERATION, "cannot reference person contact"))


def _is_the_persons(field: Field) -> bool:
    shown = field.createable or field.compound or field.name.startswith("LastCU")
    return field.name in NAME_PARTS or (shown and field.name not in _CONTACTS_OWN)


def _is_person_field(name: str) -> bool:
    return contact_field(name) is not None


def _on_account(field: Field) -> Field:
    """A Contact field as the Account shows it."""
    facts: dict[str, Any] = {**field.facts, "unique": False, "externalId": False, "idLookup": False}
    if field.name in NAME_PARTS:
        facts |= {"nillable": True, "extraTypeInfo": "switchablepersonname", "nameField": True}
        return Field(facts)
    name = f"{field.name.removesuffix('__c')}__pc" if field.custom else f"Person{field.name}"
    compound = facts["compoundFieldName"]
    relationship = facts["relationshipName"]
    facts["name"] = name
    facts["compoundFieldName"] = f"Person{compound}" if compound else compound
    facts["relationshipName"] = f"Person{relationship}" if relationship and not field.custom else relationship
    if field.custom and relationship:
        facts["relationshipName"] = f"{relationship.removesuffix('__r')}__pr"
    return Field(facts)
