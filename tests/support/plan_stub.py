"""A plan with stages and steps as our HTTP API answers it, kept in memory: enough of it for the panel in a browser."""

import copy
import re
from dataclasses import dataclass, field
from typing import Any

PLAN = "0198f2c4-0000-7000-8000-000000000001"
ROUTE = re.compile(r"/api/v1/plans/(?P<plan>[\w-]+)(?:/(?P<rest>.*))?$")
STEP = re.compile(r"steps/(?P<step>[\w-]+)$")
COMMENTS = re.compile(r"steps/(?P<step>[\w-]+)/comments$")

Answer = tuple[int, Any]

CAME = {"invited_at": "2026-11-02T09:00:00Z", "accepted_at": "2026-11-03T09:00:00Z"}
RILEY = {"id": "m-riley", "name": "Riley Okafor", "email": "riley@halden.example", "role": "user", **CAME}
ANA = {"id": "m-ana", "name": "Ana Brandt", "email": "ana@brightwater.example", "role": "customer", **CAME}
POINTS = [("criteria", 40, 2, 4, 22), ("progress", 25, 4, 10, 11), ("customers_invited", 10, 2, 3, 7)]
MORE_POINTS = [("customers_accepted", 15, 1, 3, 6), ("deal_stage", 10, None, 0, 0)]


def step(ident: str, title: str, **facts: Any) -> dict[str, Any]:
    usual = {"description": "", "key": None, "due_date": None, "is_overdue": False, "owner": None}
    done = {"is_completed": False, "completed_on": None, "is_internal": False, "version": 1}
    return {"id": ident, "title": title, **usual, **done, **facts}


def stage(ident: str, title: str, *steps: dict[str, Any], **facts: Any) -> dict[str, Any]:
    marks = {"position": 0, "is_internal": False, "is_current": False, "is_completed": False, "version": 1}
    return {"id": ident, "title": title, **marks, "steps": list(steps), **facts}


def stages() -> list[dict[str, Any]]:
    """One stage that is done, one that is under way with a late step, one to come."""
    kickoff = [
        step("s1", "Agree on the goals", is_completed=True, completed_on="2026-11-02", owner=ANA),
        step("s2", "Name the people", is_completed=True, completed_on="2026-11-06", owner=RILEY),
        step("s9", "Plan sent to everybody", is_completed=True, completed_on="2026-11-06", owner=RILEY),
    ]
    validation = [
        step("s3", "Samples measured", is_completed=True, completed_on="2026-11-13", owner=ANA),
        step("s4", "Report on the samples", due_date="2026-11-18", is_overdue=True, owner=RILEY),
        step("s5", "Security questionnaire", due_date="2026-12-04", owner=ANA),
        step("s6", "Price within the budget?", due_date="2026-12-08", owner=RILEY, is_internal=True),
    ]
    legal = [
        step("s7", "Contract read by both sides", due_date="2026-12-18"),
        step("s10", "Budget approved", due_date="2026-12-21", owner=ANA),
        step("s8", "Signature"),
    ]
    return [
        stage("g1", "Kick-off", *kickoff, is_completed=True),
        stage("g2", "Technical validation", *validation, is_current=True),
        stage("g3", "Legal and procurement", *legal),
    ]


def whole_plan(summary: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """All of a plan of which `summary` is known."""
    factors = [
        {"factor": name, "weight": weight, "reached": reached, "possible": possible, "points": points}
        for name, weight, reached, possible, points in [*POINTS, *MORE_POINTS]
    ]
    more = {"version": 7, "is_published": True, "is_archived": False}
    more |= {"end_date": "2026-12-31", "value": {"amount": "125000.50", "currency": "USD"}}
    people = {"point_person": None, "members": [RILEY, ANA], "stakeholders": [], "resources": [], "criteria": []}
    people |= {"following": False, "followers": 1}
    return {**summary, **more, **people, "score_factors": factors, "weights_version": 0, "stages": stages(), **facts}


def linked(name: str, **facts: Any) -> dict[str, Any]:
    """How one value stands that the plan shares with its deal."""
    usual = {"is_enabled": True, "standing": "equal", "sentence": None, "is_visible": True, "may_write": True}
    more = {"comes_from_products": False, "conflict": None, "since": None, "advice": None, "version": 1}
    return {"linked": name, **usual, **more, **facts}


def comment(ident: str, text: str, **facts: Any) -> dict[str, Any]:
    author = {"author_name": "Riley Okafor", "by_customer": False}
    return {"id": ident, "text": text, "is_internal": False, "written_at": "2026-11-19T14:05:00Z", **author, **facts}


@dataclass
class PlanStub:
    """Answers what the panel asks about its plan. A test may change the plan behind the panel's back."""

    plan: dict[str, Any]
    comments: list[dict[str, Any]] = field(default_factory=list)
    versions: list[str | None] = field(default_factory=list)
    linked: list[dict[str, Any]] = field(default_factory=lambda: [linked("close_date"), linked("amount")])

    def answer(self, method: str, path: str, body: Any, version: str | None) -> Answer | None:
        """The answer to a call about a plan; None for any other call."""
        found = ROUTE.search(path)
        if found is None:
            return None
        rest = found["rest"] or ""
        about_part = self._about_parts(method, rest, body, version)
        if about_part is not None:
            return about_part
        match method, rest:
            case ("GET", "") | ("POST", "view"):
                return self._whole()
            case "PATCH", "":
                self.plan.update(body, version=self.plan["version"] + 1)
                return self._whole()
            case "GET", "two-way":
                return 200, {"values": self.linked}
            case "POST", "two-way/close_date/decision" | "two-way/amount/decision":
                return self._decide(rest.split("/")[1], body)
            case "POST", "members":
                dates = {"invited_at": "2026-11-22T09:00:00Z", "accepted_at": None}
                return self._more("members", {"id": "m-new", **body, **dates})
            case "POST", "resources":
                return self._more("resources", {"id": "r-new", **body, "added_by_customer": False})
            case "DELETE", "deal":
                self.plan.update(opportunity_id=None, version=self.plan["version"] + 1)
                return self._whole()
        return 404, {"code": "NOT_FOUND", "message": "There is no such thing.", "items": []}

    def _about_parts(self, method: str, rest: str, body: Any, version: str | None) -> Answer | None:
        if method == "PUT" and rest.startswith("criteria/"):
            return self._set(rest.split("/")[1], body, version)
        if (method, rest) == ("PUT", "following"):
            self.plan.update(following=True, followers=self.plan["followers"] + 1)
            return self._whole()
        if COMMENTS.match(rest):
            return self._comments(method, body)
        found = STEP.match(rest)
        if found and method == "DELETE":
            for group in self.plan["stages"]:
                group["steps"] = [one for one in group["steps"] if one["id"] != found["step"]]
            return 200, self._counted()
        if found:
            return self._change(self.step(found["step"]), body, version)
        return self._add(body) if (method, rest) == ("POST", "steps") else None

    def _whole(self, status: int = 200) -> Answer:
        return status, copy.deepcopy(self.plan)

    def _more(self, name: str, new: dict[str, Any]) -> Answer:
        self.plan[name] = [*self.plan[name], new]
        return self._whole(201)

    def _set(self, criterion_id: str, body: dict[str, Any], version: str | None) -> Answer:
        """A name follows from the member whom a criterion is about."""
        self.versions.append(version)
        names = {one["id"]: one["name"] for one in self.plan["members"]}
        text = names.get(body["about_id"], body["text"])
        (known,) = (one for one in self.plan["criteria"] if one["id"] == criterion_id)
        known.update(body, text=text, is_fulfilled=bool(text or body["is_checked"]))
        self.plan["version"] += 1
        return self._whole()

    def _decide(self, name: str, body: dict[str, Any]) -> Answer:
        """Salesforce's value is the plan's at once; the plan's is on its way."""
        (known,) = (one for one in self.linked if one["linked"] == name)
        if body["choose"] == "salesforce":
            both = known["conflict"]
            self.plan["value"] = {"amount": both["salesforce"], "currency": both["currency"]}
        standing = "equal" if body["choose"] == "salesforce" else "on_its_way"
        known.update(conflict=None, standing=standing, sentence=None, since=None)
        return 200, {"values": self.linked}

    def step(self, ident: str) -> dict[str, Any]:
        return next(one for group in self.plan["stages"] for one in group["steps"] if one["id"] == ident)

    def _change(self, known: dict[str, Any], given: dict[str, Any], version: str | None) -> Answer:
        self.versions.append(version)
        if version != f'"{known["version"]}"':
            return 412, {"code": "CHANGED_MEANWHILE", "message": "Somebody changed it meanwhile.", "items": []}
        owner = given.get("owner_id")
        if "owner_id" in given:
            known["owner"] = next((one for one in self.plan["members"] if one["id"] == owner), None)
        if "position" in given:
            group = next(one["steps"] for one in self.plan["stages"] if known in one["steps"])
            group.insert(given["position"], group.pop(group.index(known)))
        words = {name: value for name, value in given.items() if name not in {"owner_id", "position"}}
        known.update(words, version=known["version"] + 1)
        if "is_completed" in given:
            known["completed_on"] = "2026-11-22" if given["is_completed"] else None
        return 200, self._counted()

    def _add(self, given: dict[str, Any]) -> Answer:
        group = next(one for one in self.plan["stages"] if one["id"] == given["stage_id"])
        owner = next((one for one in self.plan["members"] if one["id"] == given["owner_id"]), None)
        group["steps"].append(step("new", given["title"], due_date=given["due_date"], owner=owner))
        return 201, self._counted()

    def _comments(self, method: str, body: Any) -> Answer:
        if method == "GET":
            return 200, {"comments": self.comments, "next": None}
        self.comments.append(comment(f"c{len(self.comments)}", body["text"], is_internal=body["is_internal"]))
        return 201, self.comments[-1]

    def _counted(self) -> dict[str, Any]:
        steps = [one for group in self.plan["stages"] for one in group["steps"]]
        done = sum(one["is_completed"] for one in steps)
        self.plan.update(steps_done=done, steps_total=len(steps), progress=100 * done // len(steps))
        return copy.deepcopy(self.plan)
