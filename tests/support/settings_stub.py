"""The settings tab in a browser, with answers of our HTTP API that a test decides. No server is asked."""

import json
from typing import Any

from playwright.sync_api import Page, Request

from support import panel_stub as stub
from support import privacy_stub as privacy
from support.auto_create_stub import automatic_plans
from support.panel_stub import PanelStub
from support.two_way_stub import two_way_answers
from support.variables_stub import variable_answers

SETTINGS = "/api/v1/settings"


def panel_row(sobject: str, name: str, label: str, **facts: Any) -> dict[str, Any]:
    key = f"{sobject}.{name}"
    return {"key": key, "sobject": sobject, "field": name, "label": label, "status": "ok", "reason": None, **facts}


def panel_settings(**facts: Any) -> dict[str, Any]:
    rule: dict[str, Any] = {"record_types": [], "stages": []}
    rows = [
        panel_row("Opportunity", "CloseDate", "Close Date"),
        panel_row("Opportunity", "Amount", "Opportunity Amount"),
        panel_row("Opportunity", "StageName", "Opportunity Stage"),
        panel_row("Opportunity", "NextStep", "Next Steps"),
    ]
    tabs = [
        {"key": "deal", "label": "Deal", "rows": rows, "rule": rule},
        {"key": "qualification", "label": "Qualification", "rows": [], "rule": rule},
    ]
    known = {"is_default": True, "changed_at": None, "changed_by": None, "checked_at": None}
    return {"tabs": tabs, **known, **facts}


def a_field(name: str, label: str, kind: str | None, **facts: Any) -> dict[str, Any]:
    reason = None if kind else f"{label} ({name}) is a checkbox. The panel shows fields of six types."
    return {
        "field": name, "label": label, "type": kind, "salesforce_type": "string", "allowed": kind is not None,
        "reason": reason, "over": None, **facts,
    }  # fmt: skip


FIELDS = {
    "Opportunity": [
        a_field("Amount", "Amount", "currency"),
        a_field("IsPrivate", "Private", None),
        a_field("LeadSource", "Lead Source", "picklist"),
        a_field("OwnerId", "Owner", None, over="Owner"),
    ],
    "Account": [a_field("Industry", "Industry", "picklist"), a_field("NumberOfEmployees", "Employees", "number")],
}
CONNECTION = {
    "org_id": "00D000000000001EAA",
    "label": "Halden Instruments",
    "instance_url": "https://halden.my.salesforce.com",
    "is_sandbox": True,
    "status": "live",
    "integration_username": "integration@halden.example",
    "certificates": [
        {"fingerprint": "9f" * 32, "key_id": "accord-2026", "active": True, "ends_at": "2027-11-01T00:00:00Z"}
    ],
}
DATES = {"integration_login": "jwt_bearer", "secret_ends_on": None, "key_ends_on": None, "method_ends_on": None}
CLIENT = {
    "client_id": "accord-3f2c9d1b7a604e58c2d91f07",
    "role": "flow",
    "made_at": "2026-11-02T10:00:00Z",
    "active": True,
}
KINDS = {
    "step_updated": "Step Updated",
    "comment": "Comment",
    "customer_view": "Customer View",
    "resource_added": "Resource Added",
    "member_invited": "Member Invited",
    "member_joined": "Member Joined",
}


def activity_settings(**facts: Any) -> dict[str, Any]:
    kinds = [
        {
            "kind": kind, "prefix": f"[Accord: {title}]", "enabled": True, "folding": "day", "minutes": None,
            "text": "{text}", "folded_text": "{count} times", "internal": "excluded",
        }
        for kind, title in KINDS.items()
    ]  # fmt: skip
    return {"enabled": False, "owner_time_zone": "UTC", "kinds": kinds, **facts}


VISIT = {
    "well": False,
    "findings": [
        {"name": "sign_in", "status": "passed", "text": "The integration owner signs in.", "fix": ""},
        {
            "name": "edit_task",
            "status": "failed",
            "text": "The integration owner has no right Edit Tasks: Tasks have no object right of their own.",
            "fix": "Assign the permission set Accord_Integration to the integration owner. It grants Edit Tasks.",
        },
        {
            "name": "least_rights",
            "status": "warning",
            "text": "The integration owner is an administrator: whoever has its login has everything.",
            "fix": "Use a user with the API-only integration licence and the permission set instead.",
        },
    ],
}
OVERVIEW = {
    "counts": {"ready": 3, "waiting": 11, "in_flight": 2, "parked": 12},
    "oldest": "2026-11-22T09:12:00Z",
    "pauses": [],
    "causes": [
        {
            "code": "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "recovery": "data",
            "sobject": "Task",
            "advice": "A validation rule of the org refuses the record. Change the rule or the record, then try again.",
            "message": "Closed deals take no Tasks.",
            "field_names": ["WhatId"],
            "count": 12,
            "since": "2026-11-22T08:00:00Z",
        }
    ],
}
FORECAST = {
    "calls": {
        "used": 71_400, "allowed": 100_000, "left": 28_600, "kept_for_people": 10_000, "per_hour": 4210.0,
        "used_up_at": "2026-11-22T16:40:00Z", "stopped": ["backfill"], "seen_at": "2026-11-22T10:00:00Z",
        "own": 12_300, "own_most": 40_900,
        "stops": [{"priority": "backfill", "limit": "backfill", "at": None}],
    }
}  # fmt: skip
FLOW_CALLS = {
    "calls": [
        {
            "id": f"0198f2c4-0000-7000-8000-00000000000{number}", "at": f"2026-11-22T10:0{number}:00Z",
            "action": "logAccordActivities", "flow_name": "Customer answers", "user_id": None, "record_id": stub.DEAL,
            "reference_id": f"0198f2c4-ref{number}", "outcome": outcome, "error_code": code, "milliseconds": 31,
            "items": 1, "can_run_again": True,
        }
        for number, (outcome, code) in enumerate([("queued", None), ("refused", "INVALID_VALUE"), ("duplicate", None)])
    ]
}  # fmt: skip
PREVIEW = {
    "outcome": "written",
    "message": "",
    "task": {
        "Subject": "[Accord: Customer View] 3 times",
        "Status": "Completed",
        "WhatId": stub.DEAL,
        "ActivityDate": "2026-11-22",
        "Description": "10:01 Security questionnaire\n10:01 Security questionnaire\n10:01 Security questionnaire",
    },
    "written_by": "integration_owner",
    "reason": "no_actor_given",
}


DATA = {
    "sections": [
        {
            "key": "accord_data",
            "data": [
                {"key": "accord_url", "label": "Accord URL", "kind": "url"},
                {"key": "accord_status", "label": "Accord Status", "kind": "text"},
                {"key": "accord_progress", "label": "Accord Progress", "kind": "percent"},
            ],
        },
        {
            "key": "execution_criteria",
            "data": [
                {"key": "criterion:1", "label": "Executive sponsor", "kind": "text"},
                {"key": "criterion:2", "label": "Security review passed", "kind": "date"},
            ],
        },
    ]
}


def sync_row(datum: str, label: str, field: str, **facts: Any) -> dict[str, Any]:
    return {
        "id": f"row-{field}", "datum": datum, "datum_label": label, "path": "", "field": field, "target": field,
        "sobject": "Opportunity", "field_label": field.removesuffix("__c").replace("_", " "), "field_type": "string",
        "status": "ok", "reason": None, "since": None, **facts,
    }  # fmt: skip


def field_sync(**facts: Any) -> dict[str, Any]:
    gone = {"code": "CRITERION_GONE", "message": "The criterion was deleted. Remove the row.", "salesforce_code": None}
    rows = [
        sync_row("accord_url", "Accord URL", "Accord_URL__c"),
        sync_row("accord_status", "Accord Status", "Accord_Status__c"),
        sync_row("criterion:9", "Pilot signed", "Pilot_Signed__c", status="bad", reason=gone),
    ]
    return {
        "enabled": True, "check_minutes": 15, "rows": rows, "is_default": False,
        "changed_at": "2026-11-22T10:00:00Z", "changed_by": "Ada", **facts,
    }  # fmt: skip


def dry_value(label: str, target: str, old: str | None, new: str | None, sentence: str = "") -> dict[str, Any]:
    return {
        "row_id": target, "datum_label": label, "target": target, "field_label": label,
        "action": "skip" if sentence else "write", "old": old, "new": new, "is_hidden": False,
        "reason": "unchanged" if sentence else None, "sentence": sentence or None,
    }  # fmt: skip


DRY_RUN = {
    "limits": "Salesforce's own rules, flows and locks can still refuse a write, and a write starts them.",
    "plans": [
        {
            "plan_id": "p1",
            "opportunity_id": stub.DEAL,
            "fields": [
                dry_value("Accord URL", "Accord_URL__c", None, "https://accord.example/p1"),
                dry_value("Accord Status", "Accord_Status__c", "Not Started", "On Track"),
                dry_value("Accord Progress", "Progress__c", "40", "40", "Salesforce has this value already."),
            ],
        }
    ],
    "next": None,
    "records_to_write": 1,
    "fields_to_write": 2,
    "skipped": {"unchanged": 1},
    "calls": {"read": 1, "write": 1},
    "whole": {"plans": 1234, "calls_at_most": 14, "calls_left": 98000},
}
RUNS = {
    "runs": [
        {
            "id": "r1", "kind": "back_fill", "state": "stopped", "of_run": None, "total": 1234, "looked": 700,
            "changed": 212, "kept": 0, "held": 0, "started_at": "2026-11-22T09:30:00Z", "started_by": "Ada",
            "ended_at": None, "row_ids": None,
        }
    ]
}  # fmt: skip


LEFT_OUT = [
    {
        "plan_id": "p1",
        "opportunity_id": stub.DEAL,
        "contact_id": "003000000000001AAA",
        "reason": reason,
        "sentence": sentence,
        "since": "2026-11-22T09:40:00Z",
    }
    for reason, sentence in (
        ("no_email", "The contact has no e-mail address. Give it one in Salesforce, then look again."),
        ("same_email", "Another contact of this deal has the same e-mail address and is a member of the plan."),
    )
]


def contacts(**facts: Any) -> dict[str, Any]:
    usual = {"enabled": False, "lead_source": None, "waiting": 3, "left_out": 2, "plans": 640}
    usual |= {"reading_calls": 8, "to_read": 440 if facts.get("enabled") else 0}
    return {**usual, "is_default": False, "changed_at": None, "changed_by": None, **facts}


WROTE = {
    "at": "2026-11-22T10:04:00Z", "trigger": "step_completed", "by": "Riley Okafor", "old": "30", "new": "40",
    "sentence": "Accord wrote it after a step was completed by Riley Okafor.", "login": "integration@halden.example",
}  # fmt: skip


def why_field(ident: str, datum: str, label: str, value: str | None, **facts: Any) -> dict[str, Any]:
    known = {"is_hidden": False, "wrote": None, "reason": None, "sentence": None}
    return {
        "row_id": ident,
        "datum_label": datum,
        "target": label,
        "field_label": label,
        "value": value,
        **known,
        **facts,
    }


GONE = "The execution criterion of this row was deleted."
WHY = {
    "enabled": True,
    "waits": None,
    "fields": [
        why_field("r1", "Accord Status", "Accord Status", "On Track", wrote=WROTE),
        why_field("r2", "Pilot signed", "Pilot Signed", None, reason="criterion_gone", sentence=GONE),
        why_field("r3", "Accord Progress", "Progress", "40", wrote=WROTE),
    ],
}


def answers() -> dict[str, Any]:
    """A set-up that is well, by method and path."""
    return {
        **privacy.answers(),
        "GET /api/v1/connection": CONNECTION,
        "GET /api/v1/connection/notices": {"notices": []},
        "GET /api/v1/connection/clients": {"clients": [CLIENT]},
        f"GET {SETTINGS}/connection": DATES,
        "GET /api/v1/deliveries": {"counts": {}, "oldest": None, "pauses": [], "causes": []},
        "GET /api/v1/deliveries/forecast": {"calls": None},
        f"GET {SETTINGS}/panel": panel_settings(),
        f"GET {SETTINGS}/panel/rule-choices": stub.RULE_CHOICES,
        f"GET {SETTINGS}/activity": activity_settings(),
        f"POST {SETTINGS}/activity/preview": PREVIEW,
        f"GET {SETTINGS}/field-sync": field_sync(),
        f"GET {SETTINGS}/field-sync/data": DATA,
        f"POST {SETTINGS}/field-sync/dry-run": DRY_RUN,
        "GET /api/v1/field-sync/runs": RUNS,
        "GET /api/v1/deals": {"deals": [{"id": stub.DEAL, "name": stub.DEAL_NAME, "has_plan": True}]},
        "GET /api/v1/plans": {"plans": [{"id": "p1"}], "next": None},
        "GET /api/v1/field-sync/plans/p1": WHY,
        **automatic_plans(SETTINGS),
        f"GET {SETTINGS}/call-budget": {"own_share": 100, "kept_for_people": 10, "backfill_stops_at": 75},
        f"GET {SETTINGS}/deal-lock": {"allow_modifying": True},
        f"GET {SETTINGS}/contacts": contacts(),
        f"GET {SETTINGS}/contacts/lead-sources": {"lead_sources": [{"value": "Web", "label": "Web"}]},
        f"GET {SETTINGS}/contacts/left-out": {"contacts": LEFT_OUT, "next_after": None},
        **two_way_answers(SETTINGS),
        **variable_answers(SETTINGS),
        f"GET {SETTINGS}/field-sync/fields": {
            "path": "",
            "fields": [
                {**a_field("Sponsor__c", "Sponsor", "text"), "sobject": "Opportunity"},
                {**a_field("IsPrivate", "Private", None), "sobject": "Opportunity"},
            ],
        },
        "GET /api/v1/connection/doctor": VISIT,
        "GET /api/v1/flow-calls": FLOW_CALLS,
    }


class SettingsStub:
    """What the tab is answered, and what it asked. An answer is JSON, (status, JSON), or a function of the request."""

    def __init__(self, page: Page, **changes: Any) -> None:
        self.page = page
        self.known = {**answers(), **changes}
        self.panel = PanelStub(page, session=stub.session(page="settings", record_id=None, object_api_name=None))
        for method in ("GET", "PUT", "POST", "PATCH", "DELETE"):
            self.panel.on(method, self._answer)

    def on(self, route: str, answer: Any) -> None:
        self.known[route] = answer

    def open(self) -> None:
        self.panel.open()

    def sent(self, method: str) -> list[tuple[str, Any]]:
        return [(path, body) for one, path, body in self.panel.sent if one == method]

    def _answer(self, request: Request) -> tuple[int, Any] | None:
        path, _, query = request.url.removeprefix(stub.ORIGIN).partition("?")
        if path == f"{SETTINGS}/panel/fields":
            sobject = "Account" if "Account" in query else "Opportunity"
            return 200, {"sobject": sobject, "fields": FIELDS[sobject]}
        found = self.known.get(f"{request.method} {path}")
        if callable(found):
            found = found(request)
        if found is None:
            return 404, stub.error("NOT_FOUND", f"No answer for {request.method} {path}.")
        return found if isinstance(found, tuple) else (200, found)


def body_of(request: Request) -> Any:
    return json.loads(request.post_data or "null")
