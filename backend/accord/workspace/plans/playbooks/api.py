"""Playbooks over HTTP. Whoever may start a plan reads them; admins save, change and delete them (B1)."""

from collections.abc import Mapping
from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.core.ids import PlanId
from accord.infra.etags import IF_MATCH, Tagged, tagged, version_given
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint
from accord.infra.repeats import IDEMPOTENCY_KEY
from accord.workspace.plans.asking.api import wish
from accord.workspace.plans.playbooks.model import Shown, Source
from accord.workspace.plans.playbooks.schemas import (
    NewPlaybookSchema,
    PlaybookChangesSchema,
    PlaybookContentOfSchema,
    PlaybookPageSchema,
    PlaybookSchema,
    PlaybooksSchema,
    WholePlaybookSchema,
    page_json,
    shown_json,
    whole_json,
)
from accord.workspace.plans.playbooks.service import Playbooks


def playbooks_blueprint(playbooks: Playbooks) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "playbooks", __name__, url_prefix="/api/v1/playbooks", description="What new plans begin with"
    )

    @blueprint.route("")
    class AllPlaybooks(MethodView):
        @blueprint.doc(operationId="getPlaybooks")
        @blueprint.arguments(PlaybookPageSchema, location="query")
        @blueprint.response(200, PlaybooksSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """The playbooks in their order; who is no admin is told of those that are offered."""
            caller = identity()
            page = playbooks.page(caller, after=given["after"], limit=given["limit"])
            return page_json(page, can_save=caller.role is Role.ADMIN)

        @blueprint.doc(operationId="savePlaybook", parameters=[IDEMPOTENCY_KEY])
        @blueprint.arguments(NewPlaybookSchema)
        @blueprint.response(201, PlaybookSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> Tagged:
            """Saves what a plan has as a playbook: its stages, steps and resources, without people and values."""
            return _tagged(playbooks.save(identity(), _source(given), given, wish()), 201)

    @blueprint.route("/<playbook_id>")
    class OnePlaybook(MethodView):
        @blueprint.doc(operationId="getPlaybook")
        @blueprint.response(200, WholePlaybookSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, playbook_id: str) -> Tagged:
            """One playbook with what plans get of it."""
            shown, content = playbooks.get(identity(), playbook_id)
            return tagged(whole_json(shown, content), shown.playbook.version)

        @blueprint.doc(operationId="changePlaybook", parameters=[IF_MATCH])
        @blueprint.arguments(PlaybookChangesSchema)
        @blueprint.response(200, PlaybookSchema)
        @access(Role.ADMIN)
        def patch(self, given: dict[str, Any], playbook_id: str) -> Tagged:
            """Changes what is given of a playbook: its words, its place, and whether it is offered."""
            return _tagged(playbooks.change(identity(), playbook_id, given, version=version_given()))

        @blueprint.doc(operationId="deletePlaybook", parameters=[IF_MATCH])
        @blueprint.response(204)
        @access(Role.ADMIN)
        def delete(self, playbook_id: str) -> None:
            """Deletes a playbook that no rule names. Plans that began with it stay as they are."""
            playbooks.delete(identity(), playbook_id, version=version_given())

    @blueprint.route("/<playbook_id>/content")
    class PlaybookContent(MethodView):
        @blueprint.doc(operationId="savePlaybookAgain", parameters=[IF_MATCH])
        @blueprint.arguments(PlaybookContentOfSchema)
        @blueprint.response(200, PlaybookSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any], playbook_id: str) -> Tagged:
            """Replaces what plans get of a playbook by what a plan has now."""
            return _tagged(playbooks.save_again(identity(), playbook_id, _source(given), version=version_given()))

    return blueprint


def _source(given: Mapping[str, Any]) -> Source:
    return Source(PlanId(given["plan"]), given["start"])


def _tagged(shown: Shown, status: int = 200) -> Tagged:
    return tagged(shown_json(shown), shown.playbook.version, status=status)
