"""The panel over HTTP."""

from collections.abc import Callable
from typing import Any

from flask.views import MethodView

from accord.core.identity import Identity, Role
from accord.features.panels.configured.schemas import ConfigurationSchema, shown_json, variable_json
from accord.features.panels.drafts.service import Drafts
from accord.features.panels.model import Change, SaveOutcome
from accord.features.panels.schemas import (
    OUTCOME_WORDS,
    AlsoSchema,
    ChangesSchema,
    DraftChangesSchema,
    FoundDraftSchema,
    KeptSchema,
    PanelSchema,
    SavedSchema,
    draft_json,
    row_json,
    tabs_json,
)
from accord.features.panels.service import Panels, deal_id_of
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint
from accord.workspace.plans.schemas import plan_json
from accord.workspace.plans.service import Plans

NameOf = Callable[[Identity], str]


def panels_blueprint(panels: Panels, drafts: Drafts, plans: Plans, plans_url: str, name_of: NameOf) -> JsonBlueprint:
    """Routes of the panel. `name_of` tells under whose name an edit will be saved."""
    blueprint = JsonBlueprint("panels", __name__, url_prefix="/api/v1/panels", description="The panel on a deal's page")

    def plan_of(record_id: str) -> dict[str, Any] | None:
        plan = plans.find_for_deal(identity(), deal_id_of(record_id))
        return plan_json(plan, plans_url, today=plans.today(identity())) if plan else None

    @blueprint.route("/<record_id>")
    class OnePanel(MethodView):
        @blueprint.doc(operationId="getPanel")
        @blueprint.arguments(AlsoSchema, location="query")
        @blueprint.response(200, PanelSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, given: dict[str, Any], record_id: str) -> dict[str, Any]:
            """The fields of a deal under the caller's own rights, and its plan."""
            draft = drafts.find(identity(), deal_id_of(record_id))
            typed = [change.key for change in draft.changes] if draft else []
            panel = panels.load(identity(), record_id, also=given["also"], typed=typed)
            plans.note_deal(identity(), panel.record_id, panel.probability)
            plan = plan_of(record_id)
            return {
                "record": {"id": panel.record_id, "sobject": "Opportunity", "name": panel.name},
                "saved_as": {"name": name_of(identity())},
                "tabs": tabs_json(panel),
                "also_needed": [row_json(row) for row in panel.also],
                "variables": [row_json(row) for row in panel.variables],
                "draft": draft_json(drafts.shown(draft, panel)),
                "plan": plan,
                "can_create_plan": plan is None,
            }

        @blueprint.doc(operationId="savePanel")
        @blueprint.arguments(ChangesSchema)
        @blueprint.response(200, SavedSchema)
        @access(Role.ADMIN, Role.USER)
        def patch(self, given: dict[str, Any], record_id: str) -> dict[str, Any]:
            """Saves edited fields with the caller's own login: all of them or none."""
            changes = [Change(**change) for change in given["changes"]]
            result = panels.save(identity(), record_id, changes, also=given["also"])
            drafts.drop_saved(identity(), deal_id_of(record_id))
            return {
                "rows": [row_json(row) for row in result.panel.rows],
                "tabs": tabs_json(result.panel),
                "variables": [row_json(row) for row in result.panel.variables],
                "saved": [key for key, outcome in result.outcomes.items() if outcome is SaveOutcome.SAVED],
                "outcomes": [
                    {"key": key, "outcome": str(outcome), "message": OUTCOME_WORDS[outcome]}
                    for key, outcome in result.outcomes.items()
                ],
            }

    @blueprint.route("/<record_id>/draft")
    class OneDraft(MethodView):
        @blueprint.doc(operationId="getPanelDraft")
        @blueprint.response(200, FoundDraftSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, record_id: str) -> dict[str, Any]:
            """What the caller has typed and not saved, of the fields that he may edit now."""
            plans.check_deal(identity(), deal_id_of(record_id))
            draft = drafts.find(identity(), deal_id_of(record_id))
            if draft is None:
                return {"draft": None}
            panel = panels.load(identity(), record_id, typed=[change.key for change in draft.changes])
            return {"draft": draft_json(drafts.shown(draft, panel))}

        @blueprint.doc(operationId="keepPanelDraft")
        @blueprint.arguments(DraftChangesSchema)
        @blueprint.response(200, KeptSchema)
        @access(Role.ADMIN, Role.USER)
        def put(self, given: dict[str, Any], record_id: str) -> dict[str, Any]:
            """Keeps what the caller has typed and not saved; a save drops it."""
            changes = [Change(**change) for change in given["changes"]]
            return {"kept_at": drafts.keep(identity(), deal_id_of(record_id), changes)}

    @blueprint.route("/<record_id>/configuration")
    class Configuration(MethodView):
        @blueprint.doc(operationId="getPanelConfiguration")
        @blueprint.response(200, ConfigurationSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, record_id: str) -> dict[str, Any]:
            """Which fields the panel shows on which deals, and the plan; no value of any Salesforce field."""
            plans.check_deal(identity(), deal_id_of(record_id))
            plan = plan_of(record_id)
            layout = panels.layout_for(identity())
            tabs = [shown_json(tab, layout.gone) for tab in layout.filled]
            stopped = panels.stop_for(identity())
            return {
                "tabs": tabs,
                "variables": [variable_json(one, layout.gone) for one in layout.read],
                "closed": list(layout.closed),
                "plan": plan,
                "can_create_plan": plan is None,
                "stopped": stopped,
            }

    return blueprint
