"""Who is told of what concerns him alone, by Salesforce's bell: unless admins have switched that off."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.core.ids import ConnectionId
from accord.core.notifications import Notification, PersonalNotice
from accord.features.messages import store
from accord.features.messages.ways.telling import Ring
from accord.infra.db import WorkspaceSession
from accord.workspace.members.store import load_members


def tells_concerned(session: WorkspaceSession, connection_id: ConnectionId) -> bool:
    """Whether people are told by bell what concerns them alone."""
    return store.load_settings(session, connection_id).tell_concerned


@dataclass(frozen=True, slots=True)
class Concerned:
    ring: Ring

    def __call__(self, session: WorkspaceSession, connection_id: ConnectionId, notification: Notification) -> None:
        """Told once for each key."""
        if tells_concerned(session, connection_id):
            self.ring(session, connection_id, notification)

    def tell_members(
        self, session: WorkspaceSession, connection_id: ConnectionId, notices: Sequence[PersonalNotice]
    ) -> None:
        people = {each.id: each for each in load_members(session, connection_id, [each.member_id for each in notices])}
        for notice in notices:
            if notice.member_id in people:
                users = (people[notice.member_id].salesforce_user_id,)
                self(session, connection_id, Notification(notice.key, notice.title, notice.text, users))
