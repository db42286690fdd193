"""The built panel page in a browser, with answers of our HTTP API that a test decides. No server is asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Route

from accord.features.connections.page import PanelPage, panel_policy
from support.plan_stub import PlanStub, whole_plan

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "build" / "panel"
ORIGIN = "http://localhost:18000"
PARENT = "http://127.0.0.1:18100"
NONCE = "bm9uY2Utb2YtdGhlLXRlc3Q"
DEAL = "006Ax000001AbCdIAK"
DEAL_NAME = "Brightwater \N{EN DASH} 40 spectrometers"

POLICY = {"Content-Security-Policy": panel_policy(NONCE, PARENT)}

Answer = tuple[int, Any]
Handler = Callable[[Request], Answer | None]


def row(name: str, label: str, kind: str, value: str | None, **facts: Any) -> dict[str, Any]:
    """A row of the panel as the API answers it."""
    return {
        "key": f"Opportunity.{name}",
        "sobject": "Opportunity",
        "field": name,
        "record_id": DEAL,
        "label": label,
        "salesforce_label": label,
        "type": kind,
        "value": value,
        "editable": True,
        "read_only_reason": None,
        "required": False,
        "max_length": None,
        "precision": None,
        "scale": None,
        "currency": None,
        "options": None,
        "controller": None,
        **facts,
    }


STAGES = ["Prospecting", "Qualification", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost"]


RULE_CHOICES = {"record_types": [], "stages": [{"value": stage, "label": stage} for stage in STAGES]}


def default_rows() -> list[dict[str, Any]]:
    """The four rows that stand before any administrator has touched the settings (A8 to A12)."""
    return [
        row("CloseDate", "Close Date", "date", "2026-12-31", required=True),
        row("Amount", "Opportunity Amount", "currency", "125000.50", precision=18, scale=2),
        row(
            "StageName",
            "Opportunity Stage",
            "picklist",
            "Qualification",
            required=True,
            options=[{"value": stage, "label": stage} for stage in STAGES],
        ),
        row("NextStep", "Next Steps", "text", "Call the laboratory", max_length=255),
    ]


def plan(**facts: Any) -> dict[str, Any]:
    return {
        "id": "0198f2c4-0000-7000-8000-000000000001",
        "title": "Brightwater plan",
        "stage_title": "Technical validation",
        "steps_total": 10,
        "steps_done": 4,
        "progress": 40,
        "status": "On Track",
        "score": 46,
        "opportunity_id": DEAL,
        "url": None,
        **facts,
    }


def panel(rows: list[dict[str, Any]] | None = None, **facts: Any) -> dict[str, Any]:
    """A panel as GET /api/v1/panels/{id} answers it."""
    return {
        "record": {"id": DEAL, "sobject": "Opportunity", "name": DEAL_NAME},
        "saved_as": {"name": "Riley Okafor"},
        "tabs": [{"key": "deal", "label": "Deal", "rows": default_rows() if rows is None else rows}],
        "also_needed": [],
        "draft": None,
        "plan": plan(),
        "can_create_plan": False,
        **facts,
    }


def error(code: str, message: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "message": message, "field": None, "items": list(items), "reference": "req-7f3a"}


def at_field(name: str, code: str, message: str, **values: Any) -> dict[str, Any]:
    """One item of an error, about one row."""
    return {"key": f"Opportunity.{name}", "field": name, "code": code, "message": message, **values}


def session(**facts: Any) -> dict[str, Any]:
    user = {"id": "005Ax0000001RileyAAA", "name": "Riley Okafor", "locale": "en_US", "time_zone": "America/New_York"}
    return {
        "token": "first-token",
        "expires_at": "2026-11-22T12:00:00Z",
        "record_id": DEAL,
        "object_api_name": "Opportunity",
        "user": {**user, "currency": "USD"},
        "parent_origin": None,
        **facts,
    }


@dataclass
class PanelStub:
    """What the browser is answered, and what it asked."""

    page: Page
    answers: dict[str, Handler] = field(default_factory=dict)
    sent: list[tuple[str, str, Any]] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    session: dict[str, Any] = field(default_factory=session)
    playbooks: list[dict[str, Any]] = field(default_factory=list)
    plan: PlanStub = field(default_factory=lambda: PlanStub(whole_plan(plan())))

    def __post_init__(self) -> None:
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        self.page.route(f"{ORIGIN}/**", self._answer)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.complaints.append(f"{message.text} {where}".strip())

    def on(self, method: str, handler: Handler | Answer) -> None:
        """What calls of the method get: (status, JSON), or a function of the request; None leaves it unanswered."""
        self.answers[method] = handler if callable(handler) else lambda _request: handler

    def open(self) -> None:
        self.page.goto(f"{ORIGIN}/canvas")

    def saves(self) -> list[Any]:
        return [body["changes"] for method, _path, body in self.sent if method == "PATCH"]

    def html(self) -> str:
        page = PanelPage(
            template=(BUILT / "panel.html").read_text(encoding="utf-8"),
            import_map=(BUILT / "importmap.json").read_text(encoding="utf-8"),
        )
        return page.render(self.session, nonce=NONCE)

    def _answer(self, route: Route, request: Request) -> None:
        path = urlsplit(request.url).path
        if path == "/canvas":
            route.fulfill(body=self.html(), content_type="text/html", headers=POLICY)
        elif path.startswith("/panel-assets/"):
            route.fulfill(path=BUILT / path.removeprefix("/panel-assets/"))
        else:
            self._answer_api(route, request, path)

    def _answer_api(self, route: Route, request: Request, path: str) -> None:
        body = request.post_data_json if request.post_data else None
        about_plan = self.plan.answer(request.method, path, body, request.headers.get("if-match"))
        if about_plan is not None:
            status, answer_body = about_plan
            route.fulfill(status=status, json=answer_body)
            return
        if request.method == "GET" and path == "/api/v1/playbooks":
            route.fulfill(json={"playbooks": self.playbooks, "can_save": True, "next": None})
            return
        self.sent.append((request.method, path, body))
        self.tokens.append(request.headers.get("authorization"))
        handler = self.answers.get(request.method)
        if handler is None and request.method == "PUT" and path.endswith("/draft"):
            # whoever types for a while has a draft
            route.fulfill(json={"kept_at": "2026-11-22T12:00:00Z"})
            return
        answer = handler(request) if handler else (404, error("NOT_FOUND", "Not found."))
        if answer is not None:
            status, body = answer
            route.fulfill(status=status, json=body)
