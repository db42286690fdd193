"""Variables over HTTP, for admins (D30)."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.panels.variables.model import VariablesView
from accord.features.panels.variables.schemas import (
    NewVariablesSchema,
    ObjectSchema,
    VariableChoicesSchema,
    VariablesSchema,
    settings_of,
    variable_choice_json,
    view_json,
)
from accord.features.panels.variables.service import Variables
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def variables_blueprint(variables: Variables) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "variables", __name__, url_prefix="/api/v1/settings/variables", description="Fields that texts of plans name"
    )

    @blueprint.route("")
    class VariablesAsSet(MethodView):
        @blueprint.doc(operationId="getVariables")
        @blueprint.response(200, VariablesSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """'Allow fields from Salesforce to be used as variables', and which. The ETag names this version."""
            return _tagged(variables.load(identity()))

        @blueprint.doc(operationId="putVariables", parameters=[IF_MATCH])
        @blueprint.arguments(NewVariablesSchema)
        @blueprint.response(200, VariablesSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces them as a whole; every row is checked against the org first."""
            return _tagged(variables.save(identity(), settings_of(given, version=if_match())))

    @blueprint.route("/fields")
    class VariableFields(MethodView):
        @blueprint.doc(operationId="getVariableFields")
        @blueprint.arguments(ObjectSchema, location="query")
        @blueprint.response(200, VariableChoicesSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, str]) -> dict[str, Any]:
            """The fields of the Opportunity or the Account for a picker, and why some cannot be chosen."""
            choices = variables.fields(identity(), given["sobject"])
            return {"sobject": given["sobject"], "fields": [variable_choice_json(choice) for choice in choices]}

    return blueprint


def _tagged(view: VariablesView) -> Tagged:
    # the check of the night is no new version: it must not refuse an admin's change
    return tagged(view_json(view), view.settings.version)
