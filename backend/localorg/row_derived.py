"""Values that the platform makes itself: defaults on create, and fields that follow others."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from localorg import calendar_events, multi_currency, person_accounts, products
from localorg.ids import MASTER_RECORD_TYPE
from localorg.records import Row
from localorg.row_relations import account_of
from localorg.schema import SObject
from localorg.values import moment_text

if TYPE_CHECKING:
    from localorg.transaction import Transaction

# The one closed value of the recorded Case.Status; CaseStatus itself is not built.
CLOSED_CASE = "Closed"
_ADDRESS_PARTS = ("City", "Country", "GeocodeAccuracy", "Latitude", "Longitude", "PostalCode", "State", "Street")


def defaults(tx: "Transaction", sobject: SObject, given: Mapping[str, Any]) -> Row:
    """A new row: what was given, and for everything else the field's default or null."""
    row: Row = {}
    for field in sobject.fields.values():
        if field.compound:
            continue
        if field.name in given:
            row[field.name] = given[field.name]
        elif field.type == "boolean":
            row[field.name] = bool(field.facts["defaultValue"])
        else:
            row[field.name] = _default(field.facts)
    row.update({name: value for name, value in given.items() if name.startswith("_")})
    if "OwnerId" in row and row["OwnerId"] is None:
        row["OwnerId"] = tx.user_id
    if "CurrencyIsoCode" in row and row["CurrencyIsoCode"] is None:
        row["CurrencyIsoCode"] = multi_currency.default(tx)
    if "RecordTypeId" in row and row["RecordTypeId"] is None:
        row["RecordTypeId"] = _default_record_type(tx, sobject.name)
    if sobject.name == "Task":
        row["TaskSubtype"] = row["TaskSubtype"] or "Task"
    return row


def _default(facts: Mapping[str, Any]) -> Any:
    if facts["type"] in {"picklist", "multipicklist"}:
        chosen = next((v["value"] for v in facts["picklistValues"] if v["defaultValue"] and v["active"]), None)
        return chosen or facts["defaultValue"]
    formula = facts["defaultValueFormula"]
    if formula and len(formula) > 1 and formula[0] == formula[-1] == '"':
        return formula[1:-1]
    return None


def _default_record_type(tx: "Transaction", sobject: str) -> str:
    for row in tx.org.records.all("RecordType"):
        if row["SobjectType"] == sobject and row.get("_default"):
            return str(row["Id"])
    return MASTER_RECORD_TYPE


def derive(tx: "Transaction", sobject: SObject, row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:
    """Fills the fields of `row` that follow from others. `given` is what the writer said himself."""
    derivation = _DERIVATIONS.get(sobject.name)
    if derivation is not None:
        derivation(tx, row, before=before, given=given)
    for field in sobject.compounds:
        row[field.name] = _address(sobject, row, field.name)


def _user(tx: "Transaction", row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:
    """Salesforce: the user that automation runs as has a type that nobody can choose."""
    _person(tx, row, before=before, given=given)
    if row["Id"] == tx.org.setup_user_id:
        row["UserType"] = "AutomatedProcess"


def _person(_tx: "Transaction", row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:  # noqa: ARG001
    row["Name"] = " ".join(part for part in (row.get("FirstName"), row.get("LastName")) if part)


def _case(tx: "Transaction", row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:  # noqa: ARG001
    """Salesforce: a number of its own, closed by its status, and the phone numbers of its contact."""
    if before is None:
        highest = max((int(one["CaseNumber"]) for one in tx.org.records.all("Case", with_deleted=True)), default=999)
        row["CaseNumber"] = f"{highest + 1:08d}"
    row["IsClosed"] = row.get("Status") == CLOSED_CASE
    if not row["IsClosed"]:
        row["ClosedDate"] = None
    elif before is None or not before.get("IsClosed"):
        row["ClosedDate"] = moment_text(tx.now)
    contact = tx.org.records.find("Contact", row.get("ContactId") or "") or {}
    row["AccountId"] = row.get("AccountId") or contact.get("AccountId")
    for name, source in (("Phone", "Phone"), ("Mobile", "MobilePhone"), ("Email", "Email"), ("Fax", "Fax")):
        row[f"Contact{name}"] = contact.get(source)


def _opportunity(tx: "Transaction", row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:
    """Salesforce: probability and forecast category follow the stage unless they are written with it."""
    products.check_currency(before, row)
    moved = before is None or before.get("StageName") != row.get("StageName")
    stage = next((s for s in tx.org.records.all("OpportunityStage") if s["ApiName"] == row.get("StageName")), None)
    if moved:
        if given.get("Probability") is None:
            row["Probability"] = stage["DefaultProbability"] if stage else row.get("Probability")
        if given.get("ForecastCategoryName") is None:
            row["ForecastCategoryName"] = stage["ForecastCategoryName"] if stage else row.get("ForecastCategoryName")
        row["IsClosed"] = bool(stage and stage["IsClosed"])
        row["IsWon"] = bool(stage and stage["IsWon"])
        if before is not None:
            row["LastStageChangeDate"] = moment_text(tx.now)
    names = {s["ForecastCategoryName"]: s["ForecastCategory"] for s in tx.org.records.all("OpportunityStage")}
    row["ForecastCategory"] = names.get(row.get("ForecastCategoryName"), row.get("ForecastCategory") or "Pipeline")
    amount, probability = row.get("Amount"), row.get("Probability")
    row["ExpectedRevenue"] = None if amount is None else _share(amount, probability or 0.0)
    if row.get("CloseDate"):
        close = date.fromisoformat(row["CloseDate"])
        quarter = (close.month + 2) // 3
        row.update(FiscalYear=close.year, FiscalQuarter=quarter, Fiscal=f"{close.year} {quarter}")


def _address(sobject: SObject, row: Row, name: str) -> dict[str, Any] | None:
    """A compound address is made of its parts, and null when all of them are."""
    prefix = name.removesuffix("Address")
    parts = {part: row.get(prefix + part) for part in _ADDRESS_PARTS if prefix + part in sobject.fields}
    if all(value is None for value in parts.values()):
        return None
    return {part[0].lower() + part[1:]: parts.get(part) for part in _ADDRESS_PARTS}


def _share(amount: float, percent: float) -> float:
    exact = Decimal(str(amount)) * Decimal(str(percent)) / 100
    return float(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def _task(tx: "Transaction", row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:  # noqa: ARG001
    """Salesforce: IsClosed follows TaskStatus; the account is the related record's, else the contact's."""
    closed = any(s["IsClosed"] for s in tx.org.records.all("TaskStatus") if s["ApiName"] == row.get("Status"))
    row["IsClosed"] = closed
    row["IsHighPriority"] = row.get("Priority") == "High"
    if not closed:
        row["CompletedDateTime"] = None
    elif before is None or not before.get("IsClosed"):
        row["CompletedDateTime"] = moment_text(tx.now)
    row["AccountId"] = account_of(tx, row.get("WhatId")) or account_of(tx, row.get("WhoId"))


_DERIVATIONS: dict[str, Callable[..., None]] = {
    "Account": person_accounts.derive,
    "Case": _case,
    "Contact": _person,
    "Event": calendar_events.derive,
    "Lead": _person,
    "Opportunity": _opportunity,
    "OpportunityLineItem": products.derive_line_item,
    "PricebookEntry": products.derive_entry,
    "Task": _task,
    "User": _user,
}
