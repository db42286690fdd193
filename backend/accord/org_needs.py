"""What the integration owner must be allowed by the present settings of all features, for the doctor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId, WorkspaceId
from accord.core.needs import Need
from accord.features.activities.needs import needs as activity_needs
from accord.features.activities.setup import ActivitySetup
from accord.features.automation.needs import needs as flow_needs
from accord.features.messages.store import load_settings as load_message_settings
from accord.features.notifications.needs import needs as bell_needs
from accord.features.panels.model import Layout
from accord.features.panels.needs import needs as panel_needs
from accord.infra.db import Database


@dataclass(frozen=True, slots=True)
class OrgNeeds:
    """`others` are those of deals and of synced fields, which their own parts tell."""

    database: Database
    activity: ActivitySetup
    layout_for: Callable[[Identity], Layout]
    others: Sequence[Callable[[Identity], Sequence[Need]]]

    def __call__(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> Sequence[Need]:
        admin = Identity(workspace_id, connection_id, Role.ADMIN)
        with self.database.reading(workspace_id) as session:
            rings = load_message_settings(session, connection_id).rings
        return (
            *activity_needs(self.activity.load(admin)),
            *(need for needs in self.others for need in needs(admin)),
            *flow_needs(),
            *bell_needs(rings=rings),
            *panel_needs(self.layout_for(admin)),
        )
