"""The sync of contacts over HTTP, for admins."""

from typing import Any

from flask.views import MethodView

from accord.core.errors import NotFoundError
from accord.core.identity import Role
from accord.core.ids import PlanId, is_our_id
from accord.features.contacts.schemas import (
    ContactSettingsSchema,
    LeadSourcesSchema,
    LeftOutOfSchema,
    LeftOutPageSchema,
    LookAgainSchema,
    NewContactSettingsSchema,
    left_out_json,
    read_settings,
    settings_json,
)
from accord.features.contacts.setup import PAGE, ContactSetup, ContactsView
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def contact_settings_blueprint(setup: ContactSetup) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "contact_settings",
        __name__,
        url_prefix="/api/v1/settings/contacts",
        description="Contacts of deals and members of plans",
    )

    @blueprint.route("")
    class ContactSettingsView(MethodView):
        @blueprint.doc(operationId="getContactSettings")
        @blueprint.response(200, ContactSettingsSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """'Sync Salesforce Contacts', the lead source of new ones, how many wait. The ETag names this version."""
            return _tagged(setup.load(identity()))

        @blueprint.doc(operationId="putContactSettings", parameters=[IF_MATCH])
        @blueprint.arguments(NewContactSettingsSchema)
        @blueprint.response(200, ContactSettingsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces the settings as a whole. Off: nothing is asked and written from then on."""
            return _tagged(setup.save(identity(), read_settings(given, version=if_match())))

    @blueprint.route("/lead-sources")
    class ContactLeadSources(MethodView):
        @blueprint.doc(operationId="getContactLeadSources")
        @blueprint.response(200, LeadSourcesSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """The lead sources that Salesforce offers for a Contact."""
            found = setup.lead_sources(identity())
            return {"lead_sources": [{"value": one.value, "label": one.label} for one in found]}

    @blueprint.route("/left-out")
    class ContactsLeftOut(MethodView):
        @blueprint.doc(operationId="getContactsLeftOut")
        @blueprint.arguments(LeftOutOfSchema, location="query")
        @blueprint.response(200, LeftOutPageSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """Contacts of deals that did not become members, each with the reason. It shows no values (S3)."""
            return left_out_json(setup.left_out(identity(), after=given["after"]), page=PAGE)

    @blueprint.route("/look-again")
    class ContactsLookAgain(MethodView):
        @blueprint.doc(operationId="lookAgainAtContacts")
        @blueprint.arguments(LookAgainSchema)
        @blueprint.response(202, LookAgainSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Reads the contacts of a plan's deal once more."""
            if not is_our_id(given["plan_id"]):
                raise NotFoundError("plan")
            setup.look_again(identity(), PlanId(given["plan_id"]))
            return {"plan_id": given["plan_id"]}

    return blueprint


def _tagged(view: ContactsView) -> Tagged:
    return tagged(settings_json(view), view.settings.version)
