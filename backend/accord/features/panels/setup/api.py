"""The panel's settings over HTTP, for admins (A13 to A34)."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.panels.setup.model import PanelSettings
from accord.features.panels.setup.schemas import (
    FieldChoicesSchema,
    FieldsOfSchema,
    NewSetupSchema,
    PanelSettingsSchema,
    RuleChoicesSchema,
    choice_json,
    rule_choices_json,
    settings_json,
    setup_of,
)
from accord.features.panels.setup.service import PanelSetups
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def panel_settings_blueprint(setups: PanelSetups) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "panel_settings", __name__, url_prefix="/api/v1/settings/panel", description="How the panel is set up"
    )

    @blueprint.route("")
    class PanelSettingsView(MethodView):
        @blueprint.doc(operationId="getPanelSettings")
        @blueprint.response(200, PanelSettingsSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """The tabs, rows, labels and rules, and which rows went bad. The ETag names this version."""
            return _tagged(setups.load(identity()))

        @blueprint.doc(operationId="putPanelSettings", parameters=[IF_MATCH])
        @blueprint.arguments(NewSetupSchema)
        @blueprint.response(200, PanelSettingsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces the set-up as a whole; every row is checked against the org first."""
            return _tagged(setups.save(identity(), setup_of(given, version=if_match())))

    @blueprint.route("/fields")
    class PanelFields(MethodView):
        @blueprint.doc(operationId="getPanelFields")
        @blueprint.arguments(FieldsOfSchema, location="query")
        @blueprint.response(200, FieldChoicesSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, str]) -> dict[str, Any]:
            """The fields of the Opportunity or the Account for a picker, and why some cannot be chosen."""
            choices = setups.fields(identity(), given["sobject"], over=given["over"])
            return {"sobject": given["sobject"], "fields": [choice_json(choice) for choice in choices]}

    @blueprint.route("/rule-choices")
    class PanelRuleChoices(MethodView):
        @blueprint.doc(operationId="getPanelRuleChoices")
        @blueprint.response(200, RuleChoicesSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """The record types and stages that a tab's rule may name."""
            return rule_choices_json(setups.rule_choices(identity()))

    return blueprint


def _tagged(settings: PanelSettings) -> Tagged:
    # the check of the night is no new version: it must not refuse an admin's change
    return tagged(settings_json(settings), settings.setup.version)
