"""What the panel's page needs to know when the application shows it in a frame of its own."""

from typing import Any

from accord.core.errors import NotFoundError
from accord.core.identity import Identity
from accord.features.connections.service import Connections
from accord.workspace.members.store import find_member


def application_session(
    connections: Connections, caller: Identity, deal: str, token: str, *, origin: str
) -> dict[str, Any]:
    """As for a frame of Salesforce, but that records are opened in the org. `token` is the caller's own."""
    connection = connections.get_connection(caller.workspace_id, caller.connection_id)
    with connections.notices.database.reading(caller.workspace_id) as session:
        member = find_member(session, caller.member_id) if caller.member_id else None
    if member is None:
        raise NotFoundError("member")
    return {
        "token": token,
        "record_id": deal,
        "object_api_name": "Opportunity",
        "page": "panel",
        "user": {
            "id": member.id,
            "name": member.name,
            "locale": None,
            "time_zone": member.time_zone,
            "currency": connection.currency,
        },
        "parent_origin": origin,
        "org_url": connection.instance_url,
    }
