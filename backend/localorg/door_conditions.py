"""The part of the door that sets what a real org does by itself: held records, allowances, lost logins, automations."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, jsonify

from localorg.automations import automation_from_json
from localorg.door_input import posted_object, whole_number
from localorg.duplicate_rules import duplicate_rule_from_json
from localorg.ids import looks_like_id
from localorg.org import Org
from localorg.soql import NotBuilt, SoqlError
from localorg.tooling import PREFIXES, Component

Answer = Response | tuple[Response, int]
_A_DAY_IN_SECONDS = 86_400


def condition_routes(org: Org) -> list[tuple[str, str, Callable[[], Answer]]]:
    """Method, path and view of each."""
    door = _Conditions(org)
    return [
        ("POST", "/locks", door.hold),
        ("DELETE", "/locks", door.release),
        ("POST", "/limits", door.set_limits),
        ("POST", "/logins/revoke", door.revoke),
        ("POST", "/automations", door.add_automation),
        ("DELETE", "/automations", door.remove_automations),
        ("POST", "/duplicate-rules", door.add_duplicate_rule),
        ("DELETE", "/duplicate-rules", door.remove_duplicate_rules),
        ("GET", "/events", door.events),
        ("POST", "/dependencies", door.use),
    ]


class _Conditions:
    def __init__(self, org: Org) -> None:
        self._org = org

    def hold(self) -> Answer:
        """{"ids": [...], "seconds": 30}: these records are held by somebody for so long. {"wait_seconds": 10}: so long
        a write waits for a record before it is refused.
        """
        body = _known(posted_object(), "ids", "seconds", "wait_seconds")
        wait = _number(body, "wait_seconds", default=self._org.locks.wait_seconds, most=600)
        ids = body.get("ids") or []
        if not isinstance(ids, list) or not all(looks_like_id(one) for one in ids):
            raise ValueError('"ids" is a list of record ids.')
        held = timedelta(seconds=_number(body, "seconds", default=30, most=_A_DAY_IN_SECONDS))
        self._org.locks.wait_seconds = wait
        self._org.locks.hold(ids, until=self._org.clock() + held)
        return Response(status=204)

    def release(self) -> Answer:
        self._org.locks.release()
        return Response(status=204)

    def use(self) -> Answer:
        """{"user": {"kind": "Flow", "name": "Deal_Won"}, "part": {"kind": "CustomField", "name": "Opportunity.X__c"}}:
        the one uses the other from now on.
        """
        body = _known(posted_object(), "user", "part")
        self._org.tooling.use(_component(body, "user"), _component(body, "part"))
        return Response(status=204)

    def set_limits(self) -> Answer:
        """{"daily_api_requests": n, "header_lag_seconds": s, "hourly_events": n}: what is not named stays as it is."""
        body = _known(posted_object(), "daily_api_requests", "header_lag_seconds", "hourly_events")
        usage = self._org.usage
        calls = int(_number(body, "daily_api_requests", default=usage.limit, most=10**9))
        lag = _number(body, "header_lag_seconds", default=usage.lag.total_seconds(), most=_A_DAY_IN_SECONDS)
        events = int(_number(body, "hourly_events", default=self._org.events.allowance.limit, most=10**9))
        self._org.events.allowance.limit = events
        usage.limit = calls
        usage.lag = timedelta(seconds=lag)
        return Response(status=204)

    def revoke(self) -> Answer:
        """{"app": name, "username"?: ...}: the app's tokens end, those of one user or of everybody."""
        body = _known(posted_object(), "app", "username")
        app, username = body.get("app"), body.get("username")
        if not isinstance(app, str) or not app:
            raise ValueError('"app" is the name of an app.')
        user = self._org.users.by_username(str(username)) if username is not None else None
        if username is not None and user is None:
            return jsonify(error="There is no such user in this org."), 404
        self._org.grants.revoke_app(app, user_id=user.id if user else None)
        return Response(status=204)

    def add_automation(self) -> Answer:
        """See `automation_from_json`."""
        try:
            self._org.automations.add(automation_from_json(posted_object()), org=self._org)
        except (SoqlError, NotBuilt) as error:
            raise ValueError(str(error)) from error
        return Response(status=204)

    def remove_automations(self) -> Answer:
        self._org.automations.clear()
        return Response(status=204)

    def add_duplicate_rule(self) -> Answer:
        """See `duplicate_rule_from_json`."""
        self._org.duplicate_rules.add(duplicate_rule_from_json(posted_object()), org=self._org)
        return Response(status=204)

    def remove_duplicate_rules(self) -> Answer:
        self._org.duplicate_rules.clear()
        return Response(status=204)

    def events(self) -> Answer:
        """The published events beyond ?after=seq."""
        return jsonify([one.as_json() for one in self._org.events.after(whole_number("after"))])


def _known(body: dict[str, Any], *names: str) -> dict[str, Any]:
    unknown = sorted(set(body) - set(names))
    if unknown:
        raise ValueError(f"Unknown: {', '.join(unknown)}. Known: {', '.join(names)}.")
    return body


def _number(body: dict[str, Any], name: str, *, default: float, most: float) -> float:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ValueError(f'"{name}" is a number from 0 to {most:g}.')
    return value


def _component(body: dict[str, Any], side: str) -> Component:
    found = body.get(side)
    if not (isinstance(found, dict) and found.get("kind") in PREFIXES and isinstance(found.get("name"), str)):
        raise ValueError(f'"{side}" has a "kind" ({", ".join(PREFIXES)}) and a "name".')
    return Component(found["kind"], found["name"])
