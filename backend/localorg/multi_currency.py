"""More than one currency: CurrencyType, and CurrencyIsoCode on the records that hold amounts.

Object Reference, CurrencyType and "Frequently Occurring Fields". Dated exchange rates are not built.
"""

from typing import TYPE_CHECKING, Any

from localorg.org_options import OrgOptions
from localorg.schema import Schema, SObject, StandardFacts

if TYPE_CHECKING:
    from localorg.transaction import Transaction

FIELD = "CurrencyIsoCode"
HOLDERS = (
    "Account", "Case", "Contact", "Event", "Lead", "Opportunity", "OpportunityContactRole", "OpportunityLineItem",
    "PricebookEntry", "Product2", "Task", "User",
)  # fmt: skip
_SYSTEM = ("Id", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp")


def extend(schema: Schema, facts: StandardFacts, options: OrgOptions) -> Schema:
    """The schema with the fields and the object that only an org with several currencies has."""
    if not options.currencies:
        return schema
    schema = schema.with_object(_currency_type(schema, facts))
    for sobject in list(schema.objects.values()):
        if sobject.name in HOLDERS or sobject.facts["custom"]:
            names = (FIELD, f"Default{FIELD}") if sobject.name == "User" else (FIELD,)
            fields = [facts.field(_code(name, sobject, options)) for name in names]
            schema = schema.with_object(sobject.with_fields(fields))
    return schema


def ensure_rows(tx: "Transaction", options: OrgOptions) -> None:
    """A row per currency. Records that had none get the corporate currency, as when the feature is switched on."""
    if not options.currencies:
        return
    known = {row["IsoCode"]: row["Id"] for row in tx.org.records.all("CurrencyType")}
    for place, one in enumerate(options.currencies):
        values = {
            "IsoCode": one.iso_code, "ConversionRate": one.rate, "DecimalPlaces": one.decimal_places,
            "IsActive": one.active, "IsCorporate": place == 0,
        }  # fmt: skip
        if one.iso_code in known:
            tx.update("CurrencyType", known[one.iso_code], values, enforce=False)
        else:
            tx.insert("CurrencyType", values, enforce=False)
    corporate = options.currencies[0].iso_code
    for sobject in tx.org.schema.objects.values():
        names = [name for name in (FIELD, f"Default{FIELD}") if name in sobject.fields]
        for row in tx.org.records.all(sobject.name, with_deleted=True) if names else ():
            missing = {name: corporate for name in names if row.get(name) is None}
            if missing:
                tx.put(sobject.name, row["Id"], {**row, **missing})


def default(tx: "Transaction") -> str:
    """Salesforce: a new record has its writer's currency, unless it is given another."""
    user = tx.org.records.find("User", tx.user_id) or {}
    return str(user.get(f"Default{FIELD}") or tx.org.options.currencies[0].iso_code)


def _code(name: str, sobject: SObject, options: OrgOptions) -> dict[str, Any]:
    values = [
        {"active": one.active, "defaultValue": False, "label": one.iso_code, "validFor": None, "value": one.iso_code}
        for one in options.currencies
    ]
    label = f"{sobject.label} Currency" if name == FIELD else "Default Currency ISO Code"
    return {
        "name": name, "label": label, "type": "picklist", "length": 3, "byteLength": 9, "restrictedPicklist": True,
        "nillable": True, "defaultedOnCreate": True, "permissionable": False, "picklist": values,
    }  # fmt: skip


def _currency_type(schema: Schema, facts: StandardFacts) -> SObject:
    standard = schema.get("OpportunityStage")
    locked: dict[str, Any] = {"createable": False, "updateable": False, "permissionable": False, "nillable": False}
    own = [
        facts.field({"name": name, "label": label, "type": kind, **locked, **more})
        for name, label, kind, more in (
            ("IsoCode", "Currency ISO Code", "picklist", {"length": 3, "byteLength": 9}),
            ("ConversionRate", "Conversion Rate", "double", {"precision": 18, "scale": 6}),
            ("DecimalPlaces", "Decimal Places", "int", {"digits": 1}),
            ("IsActive", "Active", "boolean", {}),
            ("IsCorporate", "Corporate Currency", "boolean", {}),
        )
    ]
    described = {
        **standard.facts, "name": "CurrencyType", "label": "Currency Type", "labelPlural": "Currency Type",
        "keyPrefix": "01L",
    }  # fmt: skip
    kept = {name: standard.fields[name] for name in _SYSTEM}
    return SObject("CurrencyType", described, kept).with_fields(own)
