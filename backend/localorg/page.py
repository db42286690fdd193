"""The org's screens: the list of opportunities and the record page with the embedded app."""

import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from localorg.canvas import Placement, View, sign, signed_request_payload
from localorg.door import DoorSettings, refusal_of_strangers
from localorg.flows import FlowRunner
from localorg.ids import looks_like_id, widen
from localorg.org import Org, User
from localorg.page_data import LAYOUTS, Reader
from localorg.page_live import changes_of_object, changes_of_record
from localorg.page_shell import message_screen, nobody_screen, protected, screen
from localorg.setup import ConnectedApp, OrgSetup
from localorg.viewers import COOKIE, current_viewer, people_of

_LIST_COLUMNS = ("AccountId", "StageName", "Amount", "CloseDate", "OwnerId")
_REACH_SECONDS = 0.5
_WAYS_BACK = ("/lightning/", "/services/oauth2/authorize?")


def page_blueprint(org: Org, setup: OrgSetup, settings: DoorSettings) -> Blueprint:
    screens = _Screens(org, setup, settings)
    routes = Blueprint(
        "page", __name__, template_folder="templates", static_folder="static", static_url_path="/lightning/static"
    )
    routes.before_request(_only_this_machine)
    routes.app_context_processor(lambda: {"canvas_tabs": setup.tabs()})
    routes.after_request(protected)
    record = "/lightning/r/<sobject>/<record_id>"
    routes.add_url_rule("/", "home", screens.home)
    routes.add_url_rule("/lightning/o/Opportunity/list", "opportunities", screens.opportunities)
    routes.add_url_rule("/lightning/o/Opportunity/changes", "list_changes", screens.list_changes)
    routes.add_url_rule("/lightning/n/<name>", "tab", screens.tab)
    routes.add_url_rule("/lightning/n/<name>/canvas", "tab_canvas", screens.tab_canvas, methods=["POST"])
    routes.add_url_rule("/lightning/viewing-as", "view_as", screens.view_as, methods=["POST"])
    routes.add_url_rule(f"{record}/view", "record", screens.record)
    routes.add_url_rule(f"{record}/changes", "record_changes", screens.record_changes)
    routes.add_url_rule(f"{record}/canvas", "canvas", screens.canvas, methods=["POST"])
    routes.add_url_rule(f"{record}/flows/<name>", "flow", screens.run_flow, methods=["POST"])
    return routes


class _Screens:
    def __init__(self, org: Org, setup: OrgSetup, settings: DoorSettings) -> None:
        self._org = org
        self._setup = setup
        self._settings = settings
        self._flows = FlowRunner(setup, clock=org.clock, publish=self._publish)
        self._tokens: dict[tuple[str, str], str] = {}

    def home(self) -> BaseResponse:
        return redirect(url_for("page.opportunities"))

    def opportunities(self) -> BaseResponse:
        viewer = current_viewer(self._org)
        if viewer is None:
            return nobody_screen(self._org)
        after = self._org.journal.last_seq
        found = Reader(self._org, viewer).list_records("Opportunity", _LIST_COLUMNS)
        columns, rows = found or ((), [])
        heads = [{"label": "Opportunity Name", "kind": "text"}]
        heads += [{"label": column.label, "kind": column.value.kind} for column in columns]
        reason = "" if rows else "There are none in this org yet."
        if found is None:
            reason = f"{viewer.name} may not see them."
        return screen(
            self._org,
            viewer,
            "list.html",
            tab="Opportunity",
            columns=heads,
            rows=rows,
            empty_reason=reason,
            after=after,
        )

    def list_changes(self) -> BaseResponse:
        return changes_of_object(self._org, "Opportunity")

    def view_as(self) -> BaseResponse:
        """Changes the user of this browser and goes back to where he was."""
        back = request.form.get("back", "")
        answer = redirect(back if back.startswith(_WAYS_BACK) else url_for("page.opportunities"), code=303)
        username = request.form.get("username", "")
        if any(user.username == username for user in people_of(self._org)):
            answer.set_cookie(COOKIE, username, httponly=True, samesite="Lax")
        return answer

    def record(self, sobject: str, record_id: str) -> BaseResponse:
        viewer = current_viewer(self._org)
        if viewer is None:
            return nobody_screen(self._org)
        view = Reader(self._org, viewer).find_record(sobject, _wide(record_id), self._setup.sections_of(sobject))
        if view is None:
            return self._no_such_record(viewer, sobject)
        app = self._setup.find_canvas_app()
        return screen(
            self._org,
            viewer,
            "record.html",
            tab=sobject,
            record=view,
            viewer_name=viewer.name,
            flows=self._setup.flows_of(sobject),
            panel={"title": app.name if app else "Embedded app"},
        )

    def record_changes(self, sobject: str, record_id: str) -> BaseResponse:
        if sobject not in LAYOUTS:
            return Response(status=404)
        return changes_of_record(self._org, _wide(record_id))

    def canvas(self, sobject: str, record_id: str) -> BaseResponse:
        """What the frame is to be filled with: JSON with `state` and, when it is "ready", `url` and `signed_request`.

        Each call makes a fresh signed request, as the platform does for every opening and reload of the app.
        """
        viewer, wide_id = current_viewer(self._org), _wide(record_id)
        if viewer is None or Reader(self._org, viewer).find_record(sobject, wide_id) is None:
            return jsonify(state="missing", message="There is no such record.")
        return self._opened(
            viewer,
            Placement(
                page_origin=_origin(),
                location_url=f"{_origin()}/lightning/r/{sobject}/{wide_id}/view",
                record_id=wide_id,
                object_api_name=sobject,
            ),
        )

    def tab(self, name: str) -> BaseResponse:
        """A tab's page, which is filled by the app."""
        viewer, tab = current_viewer(self._org), self._setup.find_tab(name)
        if viewer is None:
            return nobody_screen(self._org)
        if tab is None:
            text = "It is not set up in this org, or under another name."
            return message_screen(self._org, title="There is no such tab", text=text, status=404)
        return screen(self._org, viewer, "tab.html", tab=tab.name, label=tab.label)

    def tab_canvas(self, name: str) -> BaseResponse:
        """As `canvas`, for a tab: no record, and the parameters of the tab."""
        viewer, tab = current_viewer(self._org), self._setup.find_tab(name)
        if viewer is None or tab is None:
            return jsonify(state="missing", message="There is no such tab.")
        place = Placement(_origin(), f"{_origin()}/lightning/n/{tab.name}", parameters=tab.parameters)
        return self._opened(viewer, place)

    def _opened(self, viewer: User, placement: Placement) -> BaseResponse:
        app = self._setup.find_canvas_app()
        if app is None or app.canvas_url is None:
            return jsonify(state="not_set", message="No app is set up for this place yet. Waiting for one…")
        if not _answers(app.canvas_url):
            return jsonify(
                state="unreachable", message=f"{app.name} is not running at {app.canvas_url}. Waiting for it…"
            )
        if not app.approves(frozenset(viewer.permission_sets)):
            # Canvas Developer Guide: a user who has not approved the app gets a GET without a signed request
            return jsonify(state="approval", url=f"{app.canvas_url}?_sfdc_canvas_auth=user_approval_required")
        return jsonify(state="ready", url=app.canvas_url, signed_request=self._signed_request(app, viewer, placement))

    def run_flow(self, sobject: str, record_id: str, name: str) -> BaseResponse:
        viewer, flow = current_viewer(self._org), self._setup.find_flow(name)
        reader = Reader(self._org, viewer) if viewer else None
        if reader is None or viewer is None or reader.find_record(sobject, _wide(record_id)) is None:
            return make_response(jsonify(end="fault", message="There is no such record."), 404)
        if flow is None or flow.object != sobject:
            return make_response(jsonify(end="fault", message="There is no such flow."), 404)
        result = self._flows.run(
            flow,
            record=reader.facts_for_flow(sobject, _wide(record_id)),
            user=reader.facts_for_flow("User", viewer.id),
        )
        return jsonify(result.as_json())

    def _publish(self, user_id: str, event: str, values: Mapping[str, Any]) -> None:
        with self._org.transaction(user_id=user_id, client="flow") as tx:
            tx.publish_as_flow(event, values)

    def _signed_request(self, app: ConnectedApp, viewer: User, placement: Placement) -> str:
        view = View(
            app=app,
            user=viewer,
            access_token=self._token(app, viewer),
            instance_url=self._settings.https_base,
            placement=placement,
            issued_at=None if self._settings.issued_at_null else self._org.clock(),
        )
        return sign(signed_request_payload(self._org, view), consumer_secret=app.consumer_secret)

    def _token(self, app: ConnectedApp, viewer: User) -> str:
        """The user's token for the app; the same one until it ends, as the platform answers it."""
        key = (app.consumer_key, viewer.id)
        token = self._tokens.get(key)
        if token is None or self._org.sessions.find(token) is None:
            token = self._tokens[key] = self._org.sessions.issue(viewer.id, client=app.name)
        return token

    def _no_such_record(self, viewer: User, sobject: str) -> BaseResponse:
        if sobject in LAYOUTS:
            text = f"It may have been deleted, or {viewer.name} may not see it."
        else:
            text = f"This org has screens for {', '.join(LAYOUTS)} only. Everything else is there by API."
        return message_screen(self._org, title="There is no such record", text=text, status=404)


def _only_this_machine() -> BaseResponse | None:
    reason = refusal_of_strangers(request)
    return Response(reason, status=403, content_type="text/plain") if reason else None


def _origin() -> str:
    return f"{request.scheme}://{request.host}"


def _wide(record_id: str) -> str:
    return widen(record_id) if looks_like_id(record_id) else record_id


def _answers(url: str) -> bool:
    """Whether a program listens at the address; it is on this machine, so the question costs nothing."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "localhost", port), timeout=_REACH_SECONDS).close()
    except OSError:
        return False
    return True
