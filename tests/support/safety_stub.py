"""What the settings tab's pages of safety and privacy are answered in a browser."""

from typing import Any

from support.settings_stub import CONNECTION

SAFETY = "/api/v1/safety"
STOPPED = {"since": "2026-11-22T10:04:00Z", "until": None, "by": "Ada Lindqvist"}
OBSERVED = {"since": "2026-11-22T10:00:00Z", "until": "2026-11-29T10:00:00Z", "by": None}
WAITING = {
    "count": 143,
    "calls": 4,
    "writes": [
        {"sobject": "Opportunity", "kind": "fields_after_step_completed", "creates": False, "count": 98},
        {"sobject": "Task", "kind": "step_updated", "creates": True, "count": 45},
    ],
}


def brakes(**facts: Any) -> dict[str, Any]:
    org = {"name": "Halden Instruments", "is_sandbox": False}
    free = {"stopped": None, "observed": None, "quiet": None, "under_way": 0}
    return {"org": org, **free, "waiting": {"count": 0, "calls": 0, "writes": []}, **facts}


def line(number: int, kind: str, title: str, old: Any, new: Any, **facts: Any) -> dict[str, Any]:
    """A line of the audit."""
    return {
        "id": f"line-{number}", "at": f"2026-11-22T1{number}:04:00Z", "kind": kind, "title": title, "action": "changed",
        "by": "Ada Lindqvist", "member_id": "m1", "actor": "member", "subject": "", "old": old, "new": new,
        "can_put_back": kind.startswith("settings"), "undoes": None, **facts,
    }  # fmt: skip


def _rows(*names: str) -> list[dict[str, str]]:
    return [{"sobject": "Opportunity", "field": name, "label": name} for name in names]


def _tabs(*rows: dict[str, str], label: str = "Deal") -> dict[str, Any]:
    return {"tabs": [{"label": label, "rows": list(rows), "rule": {"record_types": [], "stages": []}}]}


def _views(text: str) -> dict[str, Any]:
    return {"enabled": True, "kinds": [{"kind": "customer_view", "folding": "day", "folded_text": text}]}


OFF = {"on": False, "until": None}
LINES = [
    line(5, "brake.stopped", "Stop switch", OFF, {"on": True, "until": None}),
    line(4, "settings.activity", "Sync activity", _views("{count} times"), _views("{count} views"), action="imported"),
    line(
        3,
        "settings.panel",
        "Salesforce Slideout",
        _tabs(*_rows("CloseDate", "Amount", "NextStep")),
        _tabs(*_rows("CloseDate", "Amount", "LeadSource"), label="The deal"),
        by="Bo Castellan",
        member_id="m2",
    ),
    line(0, "brake.observed", "Observing", OFF, {"on": True, "until": OBSERVED["until"]}, by=None, actor="accord"),
]
KINDS = [
    {"kind": "settings.panel", "title": "Salesforce Slideout", "can_put_back": True},
    {"kind": "brake.stopped", "title": "Stop switch", "can_put_back": False},
]
SETTINGS_FILE = {
    "format": "accord-settings",
    "version": 1,
    "made_at": "2026-11-22T10:00:00Z",
    "org": {"name": "Halden Test", "is_sandbox": True},
    "settings": {},
}
COMPARISON = {
    "differences": [
        {
            "kind": "settings.panel",
            "title": "Salesforce Slideout",
            "changes": [
                {"path": "tabs.0.label", "old": "Deal", "new": "The deal"},
                {"path": "tabs.0.rows.3.field", "old": "NextStep", "new": "Branch__c"},
                {"path": "tabs.0.rows.3.label", "old": "Next Steps", "new": "Branch"},
            ],
        },
        {
            "kind": "settings.activity",
            "title": "Sync activity",
            "changes": [{"path": "enabled", "old": False, "new": True}],
        },
    ],
    "lacks": [
        {
            "kind": "settings.panel",
            "key": "tabs.0.rows.3",
            "field": "field",
            "message": "Opportunity has no field Branch__c here. Make it, or take the row out of the file.",
        }
    ],
    "can_apply": False,
    "ticket": "t1",
}


def _told(way: str, state: str = "done", count: int = 2, text: str = "") -> dict[str, Any]:
    return {"way": way, "state": state, "count": count, "text": text}


def message(number: int, title: str, text: str, **facts: Any) -> dict[str, Any]:
    """A message to admins."""
    return {
        "id": f"message-{number}", "cause": "many_parked", "state": "trouble", "title": title, "text": text,
        "at": "2026-11-22T10:00:00Z", "since": "2026-11-22T09:40:00Z", "until": None, "count": 1,
        "seen": False, "told": [_told("email"), _told("bell")], **facts,
    }  # fmt: skip


MESSAGES = [
    message(3, "Many writes stand still", "24 writes stand still until a person looks. See the page Errors.", count=3),
    message(2, "A certificate ends in 7 days", "Register a new one before November 29, 2026."),
    message(
        1, "The org takes writes again", "What waited goes out.", state="well", seen=True, until="2026-11-22T09:55:00Z"
    ),
]


def person(number: int, name: str, missing: str | None = None, **facts: Any) -> dict[str, Any]:
    """A user of the org."""
    lacks = [{"what": "permission_set", "name": "Accord Rep", "why": missing}] if missing else []
    return {
        "user_id": f"005A{number}", "name": name, "username": f"{name.partition(' ')[0].lower()}@halden.example",
        "kind": "user", "rep": not missing, "admin": False, "flow": False, "missing": lacks, **facts,
    }  # fmt: skip


READERS = [
    {"user_id": "005A1", "name": "Ada Lindqvist", "is_admin": True},
    {"user_id": "005A2", "name": "Bo Castellan", "is_admin": True},
    {"user_id": "005A3", "name": "Riley Okafor", "is_admin": False},
]
PEOPLE = [
    person(1, "Ada Lindqvist", admin=True),
    person(2, "Bo Castellan", "Without it he sees no panel and saves nothing."),
    person(3, "Riley Okafor"),
    person(4, "Automated Process", kind="automated_process", rep=False, flow=True),
]
GIVING = {
    "gives": [{"user_id": "005A2", "name": "Bo Castellan", "permission_set": "Accord_Rep"}],
    "skips": [{"user_id": "005A3", "name": "Riley Okafor", "why": "It is there already."}],
    "ticket": "t1",
}


WRITTEN_LABELS = {
    "CloseDate": "Close Date",
    "NextStep": "Next Step",
    "Stage_Name__c": "Plan stage",
    "Progress__c": "Plan progress",
}


def write(
    number: int, rule: str, cause: str, *values: tuple[str, str | None, str | None], before: str = "known", **facts: Any
) -> Any:
    """One line of the list of writes; `values` are fields with what was and what is."""
    return {
        "id": f"write-{number}",
        "at": f"2026-11-22T15:0{number}:00+00:00",
        "object": "Opportunity",
        "record_id": "006Hd00000kQ2nAIAS",
        "values": [
            {"field": name, "old": old, "new": new, "before": before, "is_hidden": False}
            | {"label": WRITTEN_LABELS.get(name)}
            for name, old, new in values
        ],
        "fate": "written",
        "rule": rule,
        "cause": cause,
        "by": "Riley Okafor",
        "login": "integration@halden.example",
        "own_login": False,
        "reason": None,
        "reference": None,
        **facts,
    }


WRITES = {
    "lines": [
        write(6, "Values that run both ways", "two_way_close_date", ("CloseDate", "2026-12-18", "2027-01-15"), by=None),
        write(
            5, "Activity as Tasks", "step_completed", object="Task", record_id=None, fate="waiting",
            reason="The record is locked by people, most often by an approval. Accord tries again every hour.",
            reference="0193-4c1e",
        ),
        write(
            4, "Activity as Tasks", "comment", ("Subject", None, "[Accord: Comment] Legal asked for a redline"),
            ("Status", None, "Completed"), object="Task", record_id="00THd00001aB3cDMAS", before="new_record",
        ),
        write(3, "Synced fields", "step_completed", ("Stage_Name__c", "Kick-off", "Proof"), ("Progress__c", "4", "6")),
        write(2, "Panel", "saved", ("NextStep", None, "Call Dana Voss"), login="Riley Okafor", own_login=True),
        write(
            1, "Panel", "saved", ("Amount", "120000", "125000"), login="Riley Okafor", own_login=True,
            fate="not_written", reason="Somebody had changed the field in Salesforce meanwhile.",
        ),
    ],
    "next_before": None,
    "has_login": True,
}  # fmt: skip


def answers() -> dict[str, Any]:
    """An org that is observed, and everything else of these pages, by method and path."""
    return {
        "GET /api/v1/connection": {**CONNECTION, "is_sandbox": False},
        f"GET {SAFETY}": brakes(observed=OBSERVED, waiting=WAITING),
        f"POST {SAFETY}/stop": brakes(stopped=STOPPED, observed=OBSERVED, waiting=WAITING),
        "GET /api/v1/audit": {"lines": LINES, "next_before": "line-0"},
        "GET /api/v1/audit/kinds": {"kinds": KINDS},
        "GET /api/v1/audit.csv": "at,kind",
        "GET /api/v1/writes": WRITES,
        "GET /api/v1/messages": {"messages": MESSAGES},
        "GET /api/v1/settings/messages": {
            "parked_more_than": 20,
            "by_email": True,
            "by_bell": True,
            "tell_concerned": True,
            "people": ["005A1", "005A2"],
            "has_mail": True,
            "choices": READERS,
        },
        "POST /api/v1/messages/test": message(4, "A test message", "Nothing has to be done.", state="test", seen=True),
        "GET /api/v1/access": {"people": PEOPLE, "can_assign": True, "why_not": None, "more": False},
        "POST /api/v1/access/preview": GIVING,
        "GET /api/v1/settings-file": SETTINGS_FILE,
        "POST /api/v1/settings-file/check": COMPARISON,
    }
