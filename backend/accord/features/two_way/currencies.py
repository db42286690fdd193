"""The currency of an org with one alone: what the org says of it comes before what an admin has named."""

from collections.abc import Callable

from accord.core.ids import ConnectionId
from accord.features.two_way import store
from accord.features.two_way.model import Settings
from accord.infra.db import WorkspaceSession

# None: the org has not said it yet, or has several
CurrencyOf = Callable[[WorkspaceSession, ConnectionId], str | None]


def settings_in(session: WorkspaceSession, connection_id: ConnectionId, currency_of: CurrencyOf) -> Settings:
    """The settings as they hold in this org."""
    return store.load_settings(session, connection_id).in_org(currency_of(session, connection_id))
