"""Messages to admins over HTTP."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.messages.model import MessageSettings
from accord.features.messages.rules import read_settings, values_of
from accord.features.messages.schemas import (
    MessageSettingsSchema,
    MessagesSchema,
    WantedMessagesSchema,
    message_json,
)
from accord.features.messages.service import Messages
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def messages_blueprint(messages: Messages) -> JsonBlueprint:
    blueprint = JsonBlueprint("messages", __name__, url_prefix="/api/v1", description="What admins have to know")

    @blueprint.route("/messages")
    class Inbox(MethodView):
        @blueprint.doc(operationId="getMessages")
        @blueprint.arguments(WantedMessagesSchema, location="query")
        @blueprint.response(200, MessagesSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """What does not work or soon will not, once a day for each cause, and when it is well; newest first."""
            found = messages.load(identity(), unseen=given["unseen"], before=given["before"], most=given["limit"])
            return {"messages": [message_json(each) for each in found]}

    @blueprint.route("/messages/<message_id>/seen")
    class Seen(MethodView):
        @blueprint.doc(operationId="seeMessage")
        @blueprint.response(204)
        @access(Role.ADMIN)
        def post(self, message_id: str) -> None:
            """An admin has read it."""
            messages.see(identity(), message_id)

    @blueprint.route("/settings/messages")
    class Settings(MethodView):
        @blueprint.doc(operationId="getMessageSettings")
        @blueprint.response(200, MessageSettingsSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """When admins are told. The ETag names this version."""
            return _tagged(messages.settings(identity()))

        @blueprint.doc(operationId="putMessageSettings", parameters=[IF_MATCH])
        @blueprint.arguments(MessageSettingsSchema)
        @blueprint.response(200, MessageSettingsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces the settings."""
            return _tagged(messages.save(identity(), read_settings(given, version=if_match())))

    return blueprint


def _tagged(settings: MessageSettings) -> Tagged:
    return tagged(values_of(settings), settings.version)
