"""The limits of requests: how many a minute, and for whom."""

from typing import Any, Final

from flask import Flask, g, request
from flask_limiter import Limiter, RequestLimit

from accord.core.clock import Clock
from accord.core.errors import TooManyRequestsError
from accord.core.identity import Identity
from accord.infra.http import rule_of
from accord.infra.limits.counters import Counters
from accord.infra.limits.storage import SCHEME

DOCUMENTS: Final = frozenset({"openapi_json", "flow_json"})
FREE: Final = frozenset({"healthz", "readyz", "panel_asset"})


def limit_requests(app: Flask, counters: Counters, clock: Clock, *, calls: int, sign_ins: int) -> None:
    """Limits requests a minute: `sign_ins` of one address to the ways in, which are the public routes, and `calls` of
    one caller to everything else. A caller is a member, an integration, or an address that is not signed in.

    Health and the page's files are free of it: a monitor or an office behind one address would use it up.
    """

    def is_sign_in() -> bool:
        is_public = rule_of(app, request.endpoint or "", request.method) == "public"
        return is_public and request.endpoint not in DOCUMENTS

    def caller() -> str:
        found: Identity | None = g.get("identity")
        if found is None:
            return f"{'sign-in' if is_sign_in() else 'stranger'}|{request.remote_addr}"
        return f"{found.workspace_id}|{found.member_id or found.role}"

    def allowed() -> str:
        return f"{sign_ins if is_sign_in() else calls} per minute"

    def refuse(limit: RequestLimit) -> None:
        raise TooManyRequestsError(
            "Too many requests in a short time. Wait until the minute is over and try again.",
            retry_after=limit.reset_at - clock().timestamp(),
        )

    storage_options: dict[str, Any] = {"counters": counters, "clock": clock}
    limiter = Limiter(
        caller,
        app=app,
        application_limits=[allowed],
        storage_uri=f"{SCHEME}://",
        storage_options=storage_options,
        on_breach=refuse,
    )
    limiter.request_filter(lambda: request.endpoint in FREE)
