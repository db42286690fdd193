"""What looking for changes in an org costs it."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Final

from accord.core.identity import Identity
from accord.features.two_way.reading import store
from accord.features.two_way.reading.service import MINUTE, PAGE, SWEEP, WHOLE
from accord.infra.db import Database

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Looking:
    database: Database

    def calls_a_day(self, caller: Identity) -> int:
        """At most, while nothing changes: each minute, twice a sweep, and a whole reading by pages. Nothing while no
        plan has a deal.
        """
        with self.database.reading(caller.workspace_id) as session:
            connected = store.count_connected(session, caller.connection_id)
        return DAY // MINUTE + 2 * (DAY // SWEEP) + ceil(connected / PAGE) * (DAY // WHOLE) if connected else 0
