"""What the settings tab's pages of privacy, support and cost are answered in a browser."""

from typing import Any

from accord.features.privacy.leaving.model import Leaving, Read
from accord.features.privacy.leaving.rules import ALWAYS, sorted_reads
from accord.features.privacy.leaving.schemas import leaving_json
from accord.features.privacy.places.model import PLACES

CHOSEN = (
    Read("Account", "Industry", "chosen in Salesforce Slideout", ("drafts",)),
    Read("Opportunity", "NextStep", "chosen in Salesforce Slideout", ("drafts",)),
    Read("Opportunity", "Accord_Status__c", "chosen in Field sync", ("synced_values", "written_values", "outbox")),
)
LEAVES = leaving_json(Leaving(sorted_reads([*ALWAYS, *CHOSEN]), PLACES, "Frankfurt, Germany"))
DANA = "dana@brightwater.example"


def _counts(**counts: int) -> list[dict[str, Any]]:
    return [
        {"place": place.name, "title": place.title, "count": counts[place.name]}
        for place in PLACES
        if place.name in counts
    ]


COUNTS = _counts(outbox=2, flow_calls=4, plans=3)
PREVIEW = {"is_person": True, "name": "Dana Moeller", "count": 9, "places": COUNTS}
RECEIPT = {"deleted": {"outbox": 2, "flow_call": 4, "plan_member": 3}, "left": 0, "places": COUNTS}


def _cost(feature: str, records: float, calls: float, storage: float, **facts: Any) -> dict[str, Any]:
    return {
        "feature": feature, "measured_days": 7.0, "records_a_day": records, "calls_a_day": calls,
        "reads_a_day": calls * 2, "is_estimated": False, "is_at_most": feature == "auto_create",
        "storage_mb_a_day": storage, "left_a_day": 28_600, "share": 0.01,
        "because": "Measured by 11,410 writes that came in during the last 7 days, waiting ones included.", **facts,
    }  # fmt: skip


COST = {
    "features": [
        _cost("activity", 1204.6, 312.4, 2.35, is_on=True),
        _cost("fields", 388.0, 41.7, 0.0, is_on=False),
        _cost("two_way", 12.3, 9.1, 0.0, is_on=True),
        _cost("auto_create", 3.0, 3.0, 0.0, is_on=False),
        _cost("events", 25.4, 25.4, 0.0, is_on=None),
    ],
    "total": _cost("all", 1242.3, 346.9, 2.35),  # of all that is not off
    "looking_calls_a_day": 2017,
    "measured_calls": 2480,
    "room": {
        "calls_a_day": {"most": 100_000, "left": 28_600},
        "events_an_hour": {"most": 50_000, "left": 49_980},
        "storage_mb": {"most": 1024, "left": 311},
        "not_known": None,
    },
}


STANDING = {
    "org_name": "Halden Instruments",
    "unwritten": 214, "waiting": 210, "parked": 4, "backfills": 0, "logins": 6, "plans": 38,
    "copies": [*_counts(outbox=1402, drafts=9, audit=117), {"place": "settings", "title": "Settings", "count": 9}],
}  # fmt: skip
USES = {
    "users": [
        {"kind": "Flow", "name": "Tell_Finance_When_Ready", "id": "301Ax0000004ABC",
         "parts": ["Opportunity.Execution_Score__c"]},
        {"kind": "Flow", "name": "Log_Customer_Visit", "id": "301Ax0000004ABD", "parts": ["AccordLogActivityAction"]},
        {"kind": "Layout", "name": "Enterprise Deal", "id": "00hAx0000004ABE",
         "parts": ["Opportunity.Accord_Status__c", "Opportunity.Accord_URL__c"]},
        {"kind": "ValidationRule", "name": "Score_Before_Closing", "id": "03dAx0000004ABF",
         "parts": ["Opportunity.Execution_Score__c"]},
    ],
    "parts": [], "is_cut_off": False, "calls": 7, "address": "https://halden.my.salesforce.com",
}  # fmt: skip
SHEETS = {
    "sheets": [
        {"sobject": "Opportunity", "fields": ["Accord_Status__c", "Accord_URL__c", "Execution_Score__c"],
         "hidden": ["Stage_Name__c"], "records": 1184, "calls": 1},
        {"sobject": "Contact", "fields": ["Accord_Id__c"], "hidden": [], "records": 62, "calls": 1},
    ]
}  # fmt: skip
SHEET_PAGE = {"csv": "Id,Accord_Status__c\r\n006Ax000001AbCdIAK,On Track\r\n", "count": 1184, "next_after": None}
DISCONNECTED = {
    "org_name": "Halden Instruments",
    "started_at": "2026-11-22T12:00:00+00:00", "finished_at": "2026-11-22T12:00:04+00:00",
    "logins": [], "logins_ended": 8, "logins_not_confirmed": 0, "unwritten": 214, "plans_deleted": False,
    "deleted": STANDING["copies"], "left": 0,
}  # fmt: skip


def answers() -> dict[str, Any]:
    """By method and path."""
    return {
        "GET /api/v1/what-leaves": LEAVES,
        "POST /api/v1/forget/preview": PREVIEW,
        "POST /api/v1/forget": RECEIPT,
        "GET /api/v1/support-bundle": "PK",
        "GET /api/v1/cost/overview": COST,
        "GET /api/v1/uninstall": STANDING,
        "GET /api/v1/uninstall/uses": USES,
        "GET /api/v1/uninstall/values": SHEETS,
        "GET /api/v1/uninstall/values/page": SHEET_PAGE,
        "POST /api/v1/uninstall": DISCONNECTED,
    }
