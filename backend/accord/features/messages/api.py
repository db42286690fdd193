"""Messages to admins over HTTP."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Identity, Role
from accord.features.messages.model import MessageSettings
from accord.features.messages.schemas import (
    MessageGroupsSchema,
    MessageSchema,
    MessageSettingsSchema,
    MessagesSchema,
    ShownMessageSettingsSchema,
    WantedMessagesSchema,
    choice_json,
    message_json,
)
from accord.features.messages.service import Messages
from accord.features.messages.setup import MessageSetup
from accord.features.messages.wishes import read_settings, values_of
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def messages_blueprint(messages: Messages, setup: MessageSetup) -> JsonBlueprint:
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

    @blueprint.route("/messages/test")
    class Test(MethodView):
        @blueprint.doc(operationId="sendTestMessage")
        @blueprint.response(201, MessageSchema)
        @access(Role.ADMIN)
        def post(self) -> dict[str, Any]:
            """A message to everybody who is told, by every way that is on. Load it again to see what arrived."""
            return message_json(messages.send_test(identity()))

    @blueprint.route("/messages/<message_id>")
    class One(MethodView):
        @blueprint.doc(operationId="getMessage")
        @blueprint.response(200, MessageSchema)
        @access(Role.ADMIN)
        def get(self, message_id: str) -> dict[str, Any]:
            """One message, and what has become of its ways."""
            return message_json(messages.find(identity(), message_id))

    @blueprint.route("/messages/<message_id>/seen")
    class Seen(MethodView):
        @blueprint.doc(operationId="seeMessage")
        @blueprint.response(204)
        @access(Role.ADMIN)
        def post(self, message_id: str) -> None:
            """An admin has read it."""
            messages.see(identity(), message_id)

    @blueprint.route("/settings/messages/groups")
    class Groups(MethodView):
        @blueprint.doc(operationId="getMessageGroups")
        @blueprint.response(200, MessageGroupsSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """The org's public groups and permission sets, which can be told instead of people. Two calls."""
            return {"groups": [{"id": one.id, "name": one.name} for one in setup.groups(identity())]}

    @blueprint.route("/settings/messages")
    class Settings(MethodView):
        @blueprint.doc(operationId="getMessageSettings")
        @blueprint.response(200, ShownMessageSettingsSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """When, by which ways and who is told. The ETag names this version."""
            return shown(identity(), setup.load(identity()))

        @blueprint.doc(operationId="putMessageSettings", parameters=[IF_MATCH])
        @blueprint.arguments(MessageSettingsSchema)
        @blueprint.response(200, ShownMessageSettingsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces the settings."""
            return shown(identity(), setup.save(identity(), read_settings(given, version=if_match())))

    def shown(caller: Identity, settings: MessageSettings) -> Tagged:
        choices = [choice_json(each) for each in setup.choices(caller)]
        return tagged({**values_of(settings), "has_mail": setup.has_mail, "choices": choices}, settings.version)

    return blueprint
