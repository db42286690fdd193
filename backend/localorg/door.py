"""The local org's own door, `/_org/**`: set-up, faults, journal and counters for people and programs on this machine.

It hands out logins, so it answers this machine only: the caller's address and the host name he used must both be
loopback (a name that was made to point here by somebody's DNS is refused), and a page of another origin is refused.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Request, Response, jsonify, request

from localorg.counter import RequestCounter
from localorg.door_conditions import condition_routes
from localorg.door_input import posted_object as _json
from localorg.door_input import whole_number as _whole_number
from localorg.faults import Fault, FaultScript
from localorg.org import Org
from localorg.record_door import record_rules
from localorg.rules import rule_from_json
from localorg.setup import (
    LOOPBACK_HOSTS,
    CanvasTab,
    ConnectedApp,
    Flow,
    NamedCredential,
    OrgSetup,
    PageSection,
    parse,
)
from localorg.soql import NotBuilt, SoqlError
from localorg.viewers import find_administrator

_Answer = Response | tuple[Response, int]


@dataclass(slots=True)
class DoorSettings:
    """What the door can change beside the org itself, and the files it can point to."""

    https_base: str
    http_base: str
    ca_file: Path | None = None
    issued_at_null: bool = field(default=False)
    """Whether signed requests carry `"issuedAt": null`, as real ones are said to."""


def refusal_of_strangers(call: Request) -> str | None:
    """Why a call that changes this org or reads its secrets is not from this machine's own user; None when it is."""
    if call.remote_addr not in LOOPBACK_HOSTS:
        return "Only this machine may use this address."
    if _hostname(f"//{call.host}") not in LOOPBACK_HOSTS:
        return "Use localhost or 127.0.0.1 in the address."
    origin = call.headers.get("Origin")
    if origin is not None and origin != f"{call.scheme}://{call.host}":
        return "Pages of other addresses may not use this address."
    return None


def door_blueprint(
    org: Org, setup: OrgSetup, *, faults: FaultScript, counter: RequestCounter, settings: DoorSettings
) -> Blueprint:
    door = _Door(org, setup, faults, counter, settings)
    routes = Blueprint("door", __name__, url_prefix="/_org")
    routes.before_request(_only_this_machine)
    routes.register_error_handler(ValueError, _wrong_input)
    rules: list[tuple[str, str, Callable[[], _Answer]]] = [
        ("GET", "/", door.describe),
        ("POST", "/apps", door.register_app),
        ("POST", "/named-credentials", door.register_credential),
        ("POST", "/flows", door.register_flow),
        ("POST", "/tabs", door.register_tab),
        ("POST", "/sections", door.register_section),
        ("POST", "/rules", door.add_rule),
        ("DELETE", "/rules", door.remove_rules),
        ("POST", "/tokens", door.issue_token),
        ("POST", "/sessions/expire", door.expire_sessions),
        ("GET", "/refreshes", door.refreshes),
        ("POST", "/canvas", door.set_canvas),
        ("GET", "/journal", door.journal),
        ("GET", "/requests", door.requests),
        ("POST", "/faults", door.arm_fault),
        ("GET", "/faults", door.list_faults),
        ("DELETE", "/faults", door.clear_faults),
        ("GET", "/ca.pem", door.authority),
        *record_rules(org),
        *condition_routes(org),
    ]
    for method, path, view in rules:
        routes.add_url_rule(path, endpoint=f"{method} {path}".replace(".", "_"), view_func=view, methods=[method])
    return routes


class _Door:
    def __init__(
        self, org: Org, setup: OrgSetup, faults: FaultScript, counter: RequestCounter, settings: DoorSettings
    ) -> None:
        self._org = org
        self._setup = setup
        self._faults = faults
        self._counter = counter
        self._settings = settings

    def describe(self) -> _Answer:
        """What a launcher needs to know about the running org; no secrets."""
        return jsonify(
            organization_id=self._org.id,
            instance_url=self._settings.https_base,
            http_url=self._settings.http_base,
            ca_file=str(self._settings.ca_file) if self._settings.ca_file else None,
            apps=[app.name for app in self._setup.apps()],
        )

    def register_app(self) -> _Answer:
        self._setup.register(parse(ConnectedApp, _json()))
        return Response(status=204)

    def register_credential(self) -> _Answer:
        self._setup.register(parse(NamedCredential, _json()))
        return Response(status=204)

    def register_flow(self) -> _Answer:
        self._setup.register(parse(Flow, _json()))
        return Response(status=204)

    def register_tab(self) -> _Answer:
        self._setup.register(parse(CanvasTab, _json()))
        return Response(status=204)

    def register_section(self) -> _Answer:
        self._setup.register(parse(PageSection, _json()))
        return Response(status=204)

    def add_rule(self) -> _Answer:
        """A validation rule: {"name", "object", "condition", "message", "field"?, "active"?}."""
        try:
            self._org.add_validation_rule(rule_from_json(_json()))
        except (SoqlError, NotBuilt) as error:
            raise ValueError(str(error)) from error
        return Response(status=204)

    def remove_rules(self) -> _Answer:
        for rule in self._org.rules.all():
            self._org.rules.remove(rule.name)
        return Response(status=204)

    def issue_token(self) -> _Answer:
        """A login without a password: {"username": ...}, the administrator without a name."""
        username = str(_json().get("username") or "")
        user = self._org.users.by_username(username) if username else find_administrator(self._org)
        if user is None or not user.is_active:
            return jsonify(error=f"There is no active user {username or 'with administrator rights'} in this org."), 404
        return jsonify(
            instance_url=self._settings.https_base,
            http_url=self._settings.http_base,
            access_token=self._org.sessions.issue(user.id, client="localorg token"),
            ca_file=str(self._settings.ca_file) if self._settings.ca_file else None,
            username=user.username,
            user_id=user.id,
            organization_id=self._org.id,
        )

    def expire_sessions(self) -> _Answer:
        """Ends the sessions of {"username": ...}: its tokens answer INVALID_SESSION_ID from now on."""
        user = self._org.users.by_username(str(_json().get("username", "")))
        if user is None:
            return jsonify(error="There is no such user in this org."), 404
        self._org.sessions.expire_all(user.id)
        return Response(status=204)

    def refreshes(self) -> _Answer:
        """How many refresh tokens were answered, and how many came a second time after they had been rotated."""
        return jsonify(asdict(self._org.grants.counts))

    def set_canvas(self) -> _Answer:
        wanted = _json().get("issued_at")
        if wanted not in {"null", "number"}:
            raise ValueError('"issued_at" is "null" or "number".')
        self._settings.issued_at_null = wanted == "null"
        return Response(status=204)

    def journal(self) -> _Answer:
        entries = self._org.journal.entries(after=_whole_number("after"))

        def lines() -> Iterator[str]:
            for entry in entries:
                yield json.dumps(entry.as_json(), ensure_ascii=False, default=str) + "\n"

        return Response(lines(), content_type="application/x-ndjson; charset=utf-8")

    def requests(self) -> _Answer:
        return jsonify(self._counter.report(since=_whole_number("since")))

    def arm_fault(self) -> _Answer:
        return jsonify(id=self._faults.arm(Fault.from_json(_json()))), 201

    def list_faults(self) -> _Answer:
        return jsonify(self._faults.report())

    def clear_faults(self) -> _Answer:
        self._faults.clear()
        return Response(status=204)

    def authority(self) -> _Answer:
        if self._settings.ca_file is None:
            return jsonify(error="This org runs without certificates."), 404
        return Response(self._settings.ca_file.read_bytes(), content_type="application/x-pem-file")


def _only_this_machine() -> _Answer | None:
    reason = refusal_of_strangers(request)
    return (jsonify(error=reason), 403) if reason else None


def _wrong_input(problem: ValueError) -> _Answer:
    return jsonify(error=str(problem)), 400


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
