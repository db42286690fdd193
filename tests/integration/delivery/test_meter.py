"""Own calls are counted in memory and written down from time to time (D67)."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from accord.core.errors import UnavailableError
from accord.core.ids import ConnectionId, OrgId, WorkspaceId
from accord.delivery.meter import CallMeter
from accord.delivery.samples import load_calls, note_calls
from accord.infra.db import Database
from accord.salesforce.model import Usage
from support.delivery import ADelivery

ORG, GONE = OrgId("00D000000000001AAA"), OrgId("00D000000000002AAA")


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


@dataclass(frozen=True, slots=True)
class Here:
    workspace_id: WorkspaceId
    id: ConnectionId


@dataclass
class Places:
    """Where orgs are found; the database is away the first time, and `meanwhile` happens."""

    here: Here
    meanwhile: Callable[[], None] | None = None

    def __call__(self, org_id: OrgId) -> Here | None:
        if self.meanwhile is not None:
            self.meanwhile()
            self.meanwhile = None
            raise ConnectionError
        return self.here if org_id == ORG else None


def own(delivery: ADelivery) -> tuple[int, int]:
    with delivery.database.reading(delivery.workspace_id) as session:
        found = load_calls(session, delivery.connection_id)
    assert found is not None
    return found.own, found.used


def test_calls_are_added_up_and_none_is_lost_while_the_database_is_away(delivery: ADelivery) -> None:
    places = Places(Here(delivery.workspace_id, delivery.connection_id))
    meter = CallMeter(delivery.database, delivery.clock, places)
    places.meanwhile = lambda: meter.note(ORG, Usage(12, 100))
    meter.note(ORG, Usage(10, 100))
    meter.note(ORG, Usage(11, 100))
    with pytest.raises(ConnectionError):
        meter.write()
    meter.note(GONE, Usage(5, 100))

    meter.write()
    assert own(delivery) == (3, 12), "what the org said last stands, though it was noted first"
    meter.write()
    meter.note(ORG, Usage(13, 100))
    meter.write()

    assert own(delivery) == (4, 13)


def test_an_org_whose_calls_cannot_be_noted_holds_up_no_other(delivery: ADelivery) -> None:
    here, failing = Here(delivery.workspace_id, delivery.connection_id), [True]

    def place_of(org_id: OrgId) -> Here:
        if org_id == GONE and failing:
            raise KeyError(org_id)
        return here

    meter = CallMeter(delivery.database, delivery.clock, place_of)
    meter.note(GONE, Usage(10, 100))
    meter.note(ORG, Usage(11, 100))

    with pytest.raises(KeyError):
        meter.write()
    assert own(delivery) == (1, 11)
    failing.clear()
    meter.write()
    assert own(delivery)[0] == 2, "what failed is noted later, and nothing twice"


def test_while_the_database_is_away_it_is_waited_for_once_and_not_for_each_org(delivery: ADelivery) -> None:
    here, asked, is_away = Here(delivery.workspace_id, delivery.connection_id), [], [True]

    def place_of(org_id: OrgId) -> Here:
        asked.append(org_id)
        if is_away:
            raise UnavailableError("The database is away.", retry_after=1)
        return here

    meter = CallMeter(delivery.database, delivery.clock, place_of)
    meter.note(GONE, Usage(10, 100))
    meter.note(ORG, Usage(11, 100))

    with pytest.raises(UnavailableError):
        meter.write()
    assert len(asked) == 1
    is_away.clear()
    meter.write()
    assert own(delivery)[0] == 2


def test_calls_of_the_last_day_count_and_older_ones_do_not(delivery: ADelivery) -> None:
    for number in (5, 7, 11):
        with delivery.database.workspace(delivery.workspace_id) as session:
            note_calls(session, delivery.connection_id, Usage(50, 100), now=delivery.clock(), own=number)
        delivery.clock.advance(hours=12)

    assert own(delivery) == (18, 50)
