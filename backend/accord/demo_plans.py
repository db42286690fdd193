"""The plans of the demo, made through our own API: at different stages, with people, due dates and criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import requests

from accord.core.clock import system_clock
from accord.demo_setup import ADMIN_USER, TIMEOUT, open_deals, set_once, sign_in, web

CREATED, CONFLICT = 201, 409
CRITERIA = (
    {"key": "sponsor", "kind": "role", "title": "Executive sponsor"},
    {"key": "business_case", "kind": "text", "title": "Business case"},
    {"key": "security", "kind": "checkbox", "title": "Security approved"},
)
VARIABLES = [
    {"sobject": "Opportunity", "field": "Amount", "label": "Budget", "read": True, "write": True},
    {"sobject": "Opportunity", "field": "Legal_Review__c", "label": "Legal review", "read": True, "write": True},
    {"sobject": "Opportunity", "field": "Regions__c", "label": "Regions", "read": True, "write": True},
    {"sobject": "Account", "field": "Industry", "label": "Industry", "read": True, "write": False},
]
# what is saved of the first two plans below, for new ones
PLAYBOOKS = (
    {"title": "Evaluation in a laboratory", "description": "From the first samples to the order, in about five weeks."},
    {"title": "Framework agreement", "description": "For customers with several sites: audit, contract, hand-over."},
)
DONE = "done"
OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True, slots=True)
class DemoStep:
    """`due`: days from today, DONE for a completed one, None for one without a date."""

    title: str
    due: int | str | None = None
    owner: str | None = None
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """`deal`: how the deal's name begins. `met`: what the plan has for criteria, by key."""

    deal: str
    stages: Mapping[str, tuple[DemoStep, ...]]
    customer: tuple[str, str] | None = None
    met: Mapping[str, Mapping[str, Any]] | None = None
    is_draft: bool = False


def _done(*titles: str) -> tuple[DemoStep, ...]:
    return tuple(DemoStep(title, DONE) for title in titles)


PLANS = (
    DemoPlan(
        "Brightwater \N{EN DASH} 40",
        {
            "Kick-off": _done("Goals agreed", "People named", "Plan sent to everybody"),
            "Mutual evaluation": (
                *_done("Samples sent", "Samples measured"),
                DemoStep("Report on the samples", 3, OURS),
                DemoStep("Security questionnaire", 6, THEIRS),
                DemoStep("Price within {{Budget}}?", 9, OURS, is_internal=True),
                DemoStep("Decision of the laboratories", 14, THEIRS),
            ),
            "Legal and procurement": (
                DemoStep("Contract read by both sides", 21),
                DemoStep("Order number", 28),
                DemoStep("Signature", 35),
            ),
        },
        customer=("Ana Brandt", "ana.brandt@brightwater.example"),
        met={"sponsor": {"text": "Ana Brandt"}},
    ),
    DemoPlan(
        "Corvane \N{EN DASH} QC",
        {
            "Evaluation": _done("Line audited", "Reference visited", "Offer accepted in principle"),
            "Legal and procurement": (
                *_done("Framework agreement sent", "Insurance proved"),
                DemoStep("Framework agreement read", -3, THEIRS),
                DemoStep("Signature", 12, THEIRS),
            ),
            "Hand-over": (DemoStep("Dates of delivery agreed", 18, OURS),),
        },
        customer=("Jonas Keller", "j.keller@corvane.example"),
        met={
            "sponsor": {"text": "Jonas Keller"},
            "business_case": {"text": "Two hours less for each batch"},
            "security": {"is_checked": True},
        },
    ),
    DemoPlan(
        "Tideline \N{EN DASH} dissolved",
        {"Trial": (*_done("Probes sent"), DemoStep("Trial on two cages", -11, THEIRS)), "Decision": ()},
        customer=("Mia Solberg", "mia@tideline.example"),
    ),
    DemoPlan(
        "Northmere \N{EN DASH} teaching",
        {"Discovery": (DemoStep("Find out who signs"), DemoStep("Rooms measured")), "Evaluation": ()},
    ),
    DemoPlan("Corvane \N{EN DASH} pilot", {"Discovery": (DemoStep("Site visit in Basel", 8),)}, is_draft=True),
)


@dataclass(frozen=True, slots=True)
class _Api:
    url: str
    token: str

    def send(self, method: str, path: str, body: Any = None, version: int | None = None) -> requests.Response:
        """The answer. Raises requests.HTTPError, but not for what is there already."""
        headers = {"Authorization": f"Bearer {self.token}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        answer = web().request(method, f"{self.url}{path}", json=body, headers=headers, timeout=TIMEOUT)
        if answer.status_code != CONFLICT:
            answer.raise_for_status()
        return answer


def set_up_plans(org_url: str, accord_url: str) -> str:
    """Criteria and field sync as an admin, plans as the rep, and at last activity. Gives the id of the deal to open.

    What is there from an earlier start stays as it is.
    """
    deals = open_deals(org_url)
    first = next(str(deal["Id"]) for deal in deals if deal["Name"].startswith(PLANS[0].deal))
    admin = _Api(accord_url, sign_in(org_url, accord_url, first, username=ADMIN_USER))
    rep = _Api(accord_url, sign_in(org_url, accord_url, first))
    known = {one["key"] for one in admin.send("GET", "/api/v1/criteria").json()["criteria"]}
    for criterion in CRITERIA:
        if criterion["key"] not in known:
            admin.send("POST", "/api/v1/criteria", criterion)
    set_once(accord_url, admin.token, "field-sync", {"enabled": True})
    set_once(accord_url, admin.token, "variables", {"enabled": True, "rows": VARIABLES})
    today = system_clock().date()
    planned = {one["opportunity_id"] for one in rep.send("GET", "/api/v1/plans").json()["plans"]}
    for plan in PLANS:
        deal = next((one for one in deals if one["Name"].startswith(plan.deal)), None)
        if deal is not None and deal["Id"] not in planned:
            _make(rep, plan, deal, today)
    _save_playbooks(admin, deals, today)
    set_once(accord_url, admin.token, "activity", {"enabled": True})  # last, so that making the plans makes no Tasks
    return first


def _save_playbooks(admin: _Api, deals: Sequence[Mapping[str, Any]], today: date) -> None:
    known = {one["title"] for one in admin.send("GET", "/api/v1/playbooks").json()["playbooks"]}
    plans = {one["opportunity_id"]: one["id"] for one in admin.send("GET", "/api/v1/plans").json()["plans"]}
    for words, plan in zip(PLAYBOOKS, PLANS, strict=False):
        deal = next((one["Id"] for one in deals if one["Name"].startswith(plan.deal)), None)
        if words["title"] not in known and deal in plans:
            body = {**words, "plan": plans[deal], "start": today.isoformat()}
            admin.send("POST", "/api/v1/playbooks", body)


def _make(rep: _Api, plan: DemoPlan, deal: Mapping[str, Any], today: date) -> None:
    stages = [{"title": title, "steps": [_step(one, today) for one in steps]} for title, steps in plan.stages.items()]
    facts = {"opportunity_id": deal["Id"], "title": f"{deal['Name']} plan", "stages": stages}
    made = rep.send("POST", "/api/v1/plans", {**facts, "is_draft": plan.is_draft})
    if made.status_code != CREATED:
        return
    whole = made.json()
    address = f"/api/v1/plans/{whole['id']}"
    rep.send("PUT", f"{address}/following")
    invited = {OURS: {"role": "user", "member_id": whole["point_person"]}}
    if plan.customer is not None:
        name, email = plan.customer
        invited[THEIRS] = {"role": "customer", "name": name, "email": email}
    for person in invited.values():
        whole = rep.send("POST", f"{address}/members", person).json()
    owners = {OURS if one["role"] == "user" else THEIRS: one["id"] for one in whole["members"]}
    wanted = [step for steps in plan.stages.values() for step in steps]
    for step, known in zip(wanted, (one for stage in whole["stages"] for one in stage["steps"]), strict=True):
        if step.owner in owners:
            owner = {"owner_id": owners[step.owner]}
            rep.send("PATCH", f"{address}/steps/{known['id']}", owner, version=known["version"])
    for criterion in tuple(whole["criteria"]):
        value = (plan.met or {}).get(criterion["key"])
        if value is not None:
            whole = rep.send("PUT", f"{address}/criteria/{criterion['id']}", value, version=whole["version"]).json()


def _step(step: DemoStep, today: date) -> dict[str, Any]:
    is_done = step.due == DONE
    due = today + timedelta(days=step.due) if isinstance(step.due, int) else None
    facts = {"title": step.title, "is_internal": step.is_internal, "is_completed": is_done}
    return {**facts, "due_date": due.isoformat() if due else None}
