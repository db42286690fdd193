"""The REST API of the org as a Flask blueprint: signs the caller in, makes a Call of the request, answers its Reply."""

import functools
import json
import uuid
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from localorg import (
    describe,
    errors,
    notifications,
    replication,
    rest_collections,
    rest_composite,
    rest_misc,
    rest_query,
    rest_rows,
    tooling,
    ui_api,
)
from localorg.calls import Call, Reply, Route, parse_target, route, version_is_served
from localorg.duplicate_rules import HEADER, DuplicateOptions
from localorg.errors import RefusedError, SeveralRecordsError
from localorg.faults import RECORD_FAULTS
from localorg.org import Org, Session

JSON_TYPE = "application/json;charset=UTF-8"
_METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE", "HEAD")

ROUTES: tuple[Route, ...] = (
    route("sobjects", GET=describe.global_describe),
    route("sobjects/<object>", GET=describe.object_summary, POST=rest_rows.create),
    route("sobjects/<object>/describe", GET=describe.describe_object),
    route("sobjects/<object>/updated", GET=replication.updated),
    route("sobjects/<object>/deleted", GET=replication.deleted),
    route("sobjects/<object>/<id>", GET=rest_rows.read, PATCH=rest_rows.change, DELETE=rest_rows.remove),
    route(
        "sobjects/<object>/<key>/<value>",
        GET=rest_rows.read_by_key,
        PATCH=rest_rows.write_by_key,
        DELETE=rest_rows.remove_by_key,
    ),
    route("query", GET=rest_query.first_page),
    route("query/<cursor>", GET=rest_query.next_page),
    route("queryAll", GET=rest_query.first_page_with_deleted),
    route("queryAll/<cursor>", GET=rest_query.next_page),
    route(
        "composite/sobjects",
        POST=rest_collections.create,
        PATCH=rest_collections.change,
        DELETE=rest_collections.remove,
    ),
    route("composite/sobjects/<object>", GET=rest_collections.read, POST=rest_collections.read),
    route("composite/sobjects/<object>/<key>", PATCH=rest_collections.write_by_key),
    route("actions/standard/customNotificationAction", POST=notifications.send),
    route("tooling/query", GET=tooling.query),
    route("limits", GET=rest_misc.limits),
    route("limits/recordCount", GET=rest_misc.record_counts),
    *ui_api.ROUTES,
)


def dispatch(call: Call) -> Reply:
    """The answer to a call; what is refused becomes an answer too, and the caller undoes what it wrote."""
    outer = call.tx.duplicates
    call.tx.duplicates = DuplicateOptions.of_header(call.headers.get(HEADER, ""), version=call.version)
    try:
        return _handled(call)
    except RefusedError as error:
        return Reply(error.status, [one.as_row_error() for one in error.problems])
    except SeveralRecordsError as error:
        return Reply(300, [f"{call.root}/sobjects/{error.sobject}/{record_id}" for record_id in error.ids])
    finally:
        call.tx.duplicates = outer


def _handled(call: Call) -> Reply:
    if not call.path:
        return rest_misc.resources(call)
    if call.path == ("composite",) and call.method == "POST":
        return rest_composite.composite(call, dispatch)
    if call.path == ("composite", "batch") and call.method == "POST":
        return rest_composite.batch(call, dispatch)
    method = "GET" if call.method == "HEAD" else call.method
    allowed: set[str] = set()
    for one in ROUTES:
        values = one.match(call.path)
        if values is None:
            continue
        handler = one.handlers.get(method)
        if handler is not None:
            return handler(call, *values)
        allowed.update(one.handlers)
    path = "/".join(call.path)
    if any(path == known or path.startswith(f"{known}/") for known in rest_misc.RESOURCES_NOT_BUILT):
        raise errors.not_built(f"the resource {path}")
    if allowed and call.path[0] != "ui-api":
        raise errors.method_not_allowed(call.method, allowed)
    if call.path[0] in {"sobjects", "ui-api"}:
        raise errors.not_built(f"the resource {path}")
    raise errors.not_found()


def rest_blueprint(org: Org) -> Blueprint:
    """Everything under /services/data. The list of versions needs no login, the rest a live session."""
    blueprint = Blueprint("rest", __name__)

    def everything(rest: str) -> Response:  # noqa: ARG001 - the raw request line is read instead
        return _respond(org)

    def version_list() -> Response:
        return _response(Reply(body=rest_misc.versions()), usage=None, at=org.clock())

    add = functools.partial(blueprint.add_url_rule, merge_slashes=False, strict_slashes=False)
    add("/services/data", view_func=version_list, endpoint="versions", methods=["GET"])
    add("/services/data/", view_func=version_list, endpoint="versions_slash", methods=["GET"])
    add("/services/data/<path:rest>", view_func=everything, endpoint="everything", methods=_METHODS)
    return blueprint


def _respond(org: Org) -> Response:
    within_limit = org.usage.count()
    usage = org.usage.header()
    try:
        session = _session(org)
        if not within_limit:
            raise errors.request_limit()
        call_parts = _read_request()
    except RefusedError as error:
        return _response(
            Reply(error.status, [one.as_row_error() for one in error.problems]), usage=usage, at=org.clock()
        )
    request_id = request.headers.get("X-Request-Id") or uuid.uuid4().hex
    client = _named_client() or session.client
    record_fault = request.environ.get(RECORD_FAULTS)

    def run(seconds_left: float) -> Reply:
        with org.transaction(user_id=session.user_id, client=client, request_id=request_id) as tx:
            tx.waits_for_locks = seconds_left > 0
            tx.record_fault = record_fault or tx.record_fault
            reply = dispatch(Call(tx=tx, **call_parts))
            if reply.status >= 300:
                tx.rollback()
            return reply

    return _response(org.locks.run(run), usage=usage, at=org.clock())


def _session(org: Org) -> Session:
    """The caller. Salesforce takes `Bearer` and the older `OAuth` before the token."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    session = org.sessions.find(token.strip()) if scheme.lower() in {"bearer", "oauth"} else None
    user = org.users.by_id(session.user_id) if session else None
    if session is None or user is None or not user.is_active:
        raise errors.invalid_session()
    if not user.api_enabled:
        raise errors.api_disabled()
    return session


def _read_request() -> dict[str, Any]:
    # The raw line of the server, because an encoded slash of an external id is no separator of the path.
    raw = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or request.path
    target = parse_target(f"{raw.partition('?')[0]}?{request.query_string.decode()}")
    if target is None or not version_is_served(target.version):
        raise errors.not_found()
    text = request.get_data(as_text=True)
    try:
        body = json.loads(text) if text.strip() else None
    except json.JSONDecodeError as error:
        place = f"[line:{error.lineno}, column:{error.colno}]"
        raise errors.json_error(f"Unexpected character in the JSON of the request: {error.msg} at {place}") from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or lists inside lists without end.
        raise errors.json_error("The JSON of the request cannot be read at [line:1, column:1]") from error
    override = target.query.get("_HttpMethod") if request.method == "POST" else None
    return {
        "method": (override or request.method).upper(),
        "version": target.version,
        "path": target.path,
        "query": target.query,
        "headers": {name.lower(): value for name, value in request.headers.items()},
        "body": body,
        "base": request.host_url.rstrip("/"),
    }


def _named_client() -> str:
    """`client=` of Sforce-Call-Options."""
    for part in request.headers.get("Sforce-Call-Options", "").split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "client":
            return value.strip()
    return ""


def _response(reply: Reply, *, usage: str | None, at: datetime) -> Response:
    empty = reply.status in {204, 304}
    content = (
        b"" if empty else json.dumps(reply.body, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    )
    response = Response(content, status=reply.status, content_type=JSON_TYPE)
    if empty:
        response.headers.pop("Content-Type", None)
    response.headers.update(reply.headers)
    response.date = at  # the org's clock, not that of the machine
    if usage is not None:
        response.headers["Sforce-Limit-Info"] = usage
    return response
