"""What the page of Salesforce variables is answered in a browser, and the section of the panel."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Request

from support.panel_stub import row


def a_variable(sobject: str, name: str, label: str, **facts: Any) -> dict[str, Any]:
    """As the page of the settings has it."""
    usual = {"read": True, "write": False, "status": "ok", "reason": None}
    return {"key": f"{sobject}.{name}", "sobject": sobject, "field": name, "label": label, **usual, **facts}


def a_field(name: str, label: str, kind: str | None, **facts: Any) -> dict[str, Any]:
    """As the picker has it."""
    reason = None if kind else f"{label} ({name}) is a lookup. Choose a field that holds a value."
    known = {"type": kind, "salesforce_type": kind or "reference", "allowed": kind is not None, "reason": reason}
    return {"field": name, "label": label, **known, "over": None, "writable": True, **facts}


FIELDS = {
    "Opportunity": [
        a_field("Amount", "Amount", "currency"),
        a_field("Fiscal", "Fiscal Period", "text", writable=False),
        a_field("LegalAgreed__c", "Legal Agreed", "boolean"),
        a_field("OwnerId", "Owner", None),
    ],
    "Account": [a_field("Modules__c", "Modules", "multipicklist")],
}
ROWS = [a_variable("Opportunity", "CloseDate", "Go-live"), a_variable("Account", "Modules__c", "Modules", write=True)]


def variables(**facts: Any) -> dict[str, Any]:
    by = {"is_default": False, "changed_at": "2026-11-20T09:00:00Z", "changed_by": "Ada Lindqvist", "checked_at": None}
    return {"enabled": False, "rows": ROWS, **by, **facts}


def _fields(request: Request) -> dict[str, Any]:
    (sobject,) = parse_qs(urlsplit(request.url).query)["sobject"]
    return {"sobject": sobject, "fields": FIELDS[sobject]}


def variable_answers(settings: str) -> dict[str, Any]:
    """By method and path; `settings` is where the paths of settings begin."""
    return {f"GET {settings}/variables": variables(), f"GET {settings}/variables/fields": _fields}


def of_account(name: str, label: str, kind: str, value: str | None, **facts: Any) -> dict[str, Any]:
    account = {"key": f"Account.{name}", "sobject": "Account", "record_id": "001Ax000001AbCdIAK"}
    return row(name, label, kind, value, **account, **facts)


MODULES = [{"value": name, "label": name, "valid_for": None} for name in ("Billing", "Inventory", "Reports", "Service")]
WRITE_OFF = {
    "code": "WRITE_OFF",
    "message": "Your Accord admin lets this be read here and not written. Change it in Salesforce, or ask your Accord "
    "admin.",
    "since": None,
    "record_id": None,
}


def of_panel() -> list[dict[str, Any]]:
    """Variables of a deal as the panel has them."""
    locked = {"editable": False, "read_only_reason": WRITE_OFF}
    return [
        row("CloseDate", "Go-live", "date", "2026-12-31", **locked),
        row("LegalAgreed__c", "Legal agreed", "boolean", "false"),
        of_account("Modules__c", "Modules", "multipicklist", "Billing;Reports", options=MODULES),
        row("Sponsor__c", "Sponsor", "text", None, max_length=80),
    ]
