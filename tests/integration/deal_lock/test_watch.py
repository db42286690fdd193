"""What the org is asked of deals that were read, and what is kept of them (D31, S6)."""

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from accord.core.audit import LineFilter
from accord.core.ids import PlanId, RecordId
from accord.features.deal_lock import store
from accord.features.deal_lock.model import Followed, Watched
from accord.features.deal_lock.service import DealWatch
from accord.features.two_way.reading.model import ReadDeal
from accord.infra.audit import Entry
from accord.infra.audit.store import load_lines
from accord.infra.db import Database
from accord.salesforce.replication import ChangeLog
from support.delivery import a_connection
from support.plan_rooms import World, a_world
from support.plans import DEAL

ACCOUNT, OTHER = RecordId("001000000000001AAA"), RecordId("001000000000002AAA")
SECOND = RecordId("006000000000002AAA")


@dataclass
class Watching:
    """A plan of a deal, and an org that keeps what it was asked of its recycle bin."""

    world: World
    in_bin: list[RecordId] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def query_all(self, query: Any) -> list[dict[str, Any]]:
        if query.never:
            return []
        self.asked.append(str(query))
        return [{"Id": one} for one in self.in_bin]

    def turn(self, *read: RecordId, absent: tuple[RecordId, ...] = (), account: RecordId = ACCOUNT) -> None:
        home = self.world.home
        watch = DealWatch(self.world.database, self.world.clock, on_followed=lambda *_of, **_plans: None)
        deals = [ReadDeal(self.world.plan_id, one, account) for one in read]
        watch(home.workspace_id, home.connection.id, cast("ChangeLog", self), read=deals, absent=absent)

    def lines(self) -> list[Entry]:
        """What the audit says, the oldest first."""
        home = self.world.home
        with self.world.database.reading(home.workspace_id) as session:
            lines = load_lines(session, home.connection.id, LineFilter(kind="deal.followed"), most=9).lines
        return [line.entry for line in reversed(lines)]

    def told(self) -> list[tuple[str | None, str]]:
        return [(one.subject, one.new["what"]) for one in self.lines()]


@pytest.fixture
def watching(database: Database) -> Watching:
    world = a_world(database)
    world.make_plan()
    return Watching(world)


def test_a_deal_that_is_missed_is_asked_for_once_and_one_that_nobody_knows_never(watching: Watching) -> None:
    watching.turn(DEAL)
    assert watching.asked == []
    watching.in_bin = [DEAL]
    for _ in range(2):
        watching.turn(absent=(DEAL, SECOND))

    (asked,) = watching.asked
    assert "IsDeleted = TRUE" in asked
    assert SECOND not in asked
    assert watching.told() == [(DEAL, "deal_deleted")]


def test_of_a_plan_that_got_another_deal_that_one_is_watched(watching: Watching) -> None:
    watching.turn(DEAL)
    watching.turn(SECOND)
    watching.turn(absent=(DEAL, SECOND))

    assert watching.told() == [(SECOND, "deal_gone")]


def test_the_line_of_a_deal_that_moved_names_both_accounts(watching: Watching) -> None:
    watching.turn(DEAL)
    watching.turn(DEAL, account=OTHER)

    (line,) = watching.lines()
    assert (line.old, line.new) == ({"account_id": ACCOUNT}, {"what": "account_changed", "account_id": OTHER})


def test_deals_of_another_org_are_not_this_ones(watching: Watching) -> None:
    """Orgs that were copied from one another have records with the same ids."""
    home, database = watching.world.home, watching.world.database
    watching.turn(DEAL)
    other = a_connection(database, home.workspace_id)

    with database.reading(home.workspace_id) as session:
        assert store.load_watched(session, other, [DEAL]) == {}
        assert store.load_watched(session, home.connection.id, [DEAL]) == {
            DEAL: Watched(PlanId(watching.world.plan_id), DEAL, ACCOUNT)
        }
    watching.turn(absent=(DEAL,))
    with database.reading(home.workspace_id) as session:
        assert store.load_watched(session, home.connection.id, [DEAL])[DEAL].absence is Followed.DEAL_GONE
