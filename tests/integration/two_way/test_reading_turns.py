"""One reader's turn at an org: when it waits, what it asks for, and what it leaves to another (W18)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from accord.core.errors import AccordError
from accord.core.ids import PlanId, RecordId
from accord.core.troubles import Cause
from accord.delivery.samples import note_calls
from accord.features.two_way import store
from accord.features.two_way.following import deals_of
from accord.features.two_way.model import Linked, Reason
from accord.features.two_way.reading import store as positions
from accord.features.two_way.reading.meeting import Meeting
from accord.features.two_way.reading.model import Position
from accord.features.two_way.reading.rules import HEARD_WITHIN, decide_silent
from accord.features.two_way.reading.service import LEASE, OVERLAP, TOO_FAR, Reader
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway, Usage
from accord.salesforce.replication import Listed, Span
from accord.workspace.plans.two_way import load_two_way
from support.builders import NOON
from support.database import ONE_ENGINE
from support.plan_rooms import World, a_world
from support.plans import DEAL

OTHER = RecordId("006000000000099AAA")


@dataclass
class Org:
    """Keeps what it was asked: an org's log of changes, those who read its deals, and those who hear of others."""

    world: World
    changed_ids: tuple[RecordId, ...] = ()
    late_ids: tuple[RecordId, ...] = ()  # what only a second look at the same span tells
    gone_ids: tuple[RecordId, ...] = ()
    currency: str | None = "USD"
    lag: timedelta = timedelta()  # how far what it tells lies behind what it is asked
    told_gone: list[RecordId] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    pages: list[Mapping[PlanId, RecordId]] = field(default_factory=list)
    may_back_fill: list[bool] = field(default_factory=list)
    told: list[RecordId] = field(default_factory=list)
    missed_since: list[datetime] = field(default_factory=list)
    while_reading: Callable[[], None] = lambda: None
    ahead: timedelta = timedelta()
    usage: Usage | None = None

    def updated(self, _sobject: str, span: Span) -> Listed:
        is_again = any(span.start < known.end for known in self.spans)
        self.spans.append(span)
        return Listed(self.changed_ids + (self.late_ids if is_again else ()), span.end - self.lag)

    def deleted(self, _sobject: str, span: Span) -> Listed:
        return Listed(self.gone_ids, span.end - self.lag)

    def currency_of(self, *_of: Any) -> str | None:
        return self.currency

    def ensure(self, session: WorkspaceSession, connection_id: Any, ids: Sequence[PlanId]) -> dict[PlanId, RecordId]:
        deals = deals_of(load_two_way(session, connection_id, ids).values())
        store.ensure(session, connection_id, deals, now=self.world.clock())
        return deals

    def read(self, _workspace: Any, _connection: Any, _org: Any, deals: Mapping[PlanId, RecordId]) -> list[Any]:
        self.pages.append(deals)
        with self.world.database.workspace(self.world.home.workspace_id) as session:
            states = store.load(session, deals, lock=True).values()
            store.save(session, [replace(one, state=replace(one.state, is_due=False)) for one in states])
        self.while_reading()
        return []

    def hurry_locked(self, *_of: Any) -> None: ...
    def is_listening(self, *_of: Any) -> bool:
        return False

    is_due = is_listening

    def read_due(self, *_of: Any, may_back_fill: bool) -> int:
        self.may_back_fill.append(may_back_fill)
        return 0

    def changed(self, _workspace: Any, _connection: Any, _log: Any, deals: Sequence[RecordId]) -> int:
        self.told += deals
        return len(deals)

    def gone(self, _workspace: Any, _connection: Any, deals: Sequence[RecordId]) -> None:
        self.told_gone += deals

    def missed(self, _workspace: Any, _connection: Any, since: datetime) -> None:
        self.missed_since.append(since)

    def uses(self, percent: int) -> None:
        with self.world.database.workspace(self.world.home.workspace_id) as session:
            note_calls(session, self.world.home.connection.id, Usage(percent, 100), now=self.world.clock())

    @property
    def reader(self) -> Reader:
        stands_for = cast("Any", self)
        return Reader(
            self.world.database,
            self.world.clock,
            connections=list,
            gateway_for=lambda *_of: cast("Gateway", None),
            change_log_for=lambda *_of: stands_for,
            meeting=cast("Meeting", self),
            on_deals_read=lambda *_of, **_facts: None,
            others=stands_for,
        )

    def turn(self, *, after: timedelta = timedelta(minutes=1)) -> None:
        self.world.clock.now += after
        self.reader.read(self.world.home.workspace_id, self.world.home.connection.id)

    def troubles(self) -> list[Cause]:
        return [one.cause for one in self.reader.troubles(self.world.home.workspace_id, self.world.home.connection.id)]

    def another_takes_it(self) -> bool:
        now, home = self.world.clock(), self.world.home
        with self.world.database.workspace(home.workspace_id) as session:
            return positions.take(session, home.connection.id, "another", now=now, until=now + LEASE) is not None

    def position(self) -> Position:
        with self.world.database.reading(self.world.home.workspace_id) as session:
            return positions.load(session, self.world.home.connection.id)


@pytest.fixture
def org(database: Database) -> Org:
    world = a_world(database)
    world.make_plan()
    found = Org(world)
    found.turn()
    assert [list(page.values()) for page in found.pages] == [[DEAL]]
    return found


@ONE_ENGINE
@pytest.mark.parametrize(
    ("percent", "asks", "reads_all", "back_fills"),
    [(74, True, True, True), (76, True, True, False), (85, True, False, False), (95, False, False, False)],
)
def test_calls_that_are_kept_for_others_are_not_used(org, percent, asks, reads_all, back_fills):
    """D68: back-fill stops first, then the whole reading of a day, then the question what has changed."""
    org.pages.clear()
    org.spans.clear()
    org.may_back_fill.clear()
    org.world.clock.now += timedelta(hours=24)
    org.uses(percent)
    org.turn()

    assert (bool(org.spans), bool(org.pages), org.may_back_fill) == (asks, reads_all, [back_fills] if asks else [])


@ONE_ENGINE
def test_what_the_org_tells_no_more_is_read_anew(org: Org) -> None:
    """Salesforce looks back for 30 days: after a longer pause all is read, and others are told of the gap."""
    covered = org.position().covered_until
    assert covered is not None
    org.spans.clear()
    org.turn(after=TOO_FAR + timedelta(days=1))

    assert [span for span in org.spans if span.end - span.start > TOO_FAR] == []
    assert org.missed_since == [covered - OVERLAP]
    assert decide_silent(org.position(), org.world.clock()) is False


@ONE_ENGINE
def test_who_has_lost_his_turn_stores_nothing_more(org: Org) -> None:
    """He was slow, his lease ended, and another reads: the position is that one's."""

    def another_takes_it() -> None:
        org.world.clock.now += LEASE
        assert org.another_takes_it()

    before = org.position()
    org.changed_ids, org.while_reading = (DEAL,), another_takes_it
    with pytest.raises(AccordError) as refused:
        org.turn()

    assert refused.value.code == "TURN_LOST"
    assert org.position() == before
    org.while_reading = lambda: None
    org.turn(after=timedelta(minutes=1))
    assert org.position() == before, "the other one has it still"
    org.turn(after=LEASE)
    assert org.position().covered_until == org.world.clock().replace(second=0)


@ONE_ENGINE
def test_a_turn_lasts_as_long_as_its_work(org: Org) -> None:
    """Each page that is stored prolongs it: two pages of four minutes each are read by one."""
    taken: list[bool] = []

    def slowly() -> None:
        org.world.clock.now += timedelta(minutes=4)
        taken.append(org.another_takes_it())

    org.changed_ids, org.while_reading = (DEAL,), slowly
    org.turn(after=timedelta(hours=25))

    assert taken[:2] == [False, False]


@ONE_ENGINE
def test_what_was_committed_late_is_found_and_the_rest_is_told_once(org: Org) -> None:
    """W18: a change whose transaction was under way is in no list of its minute; a sweep looks again."""
    org.changed_ids, org.late_ids = (OTHER,), ()
    org.turn(after=timedelta(minutes=2))
    assert org.told == [OTHER]
    org.pages.clear()
    org.changed_ids, org.late_ids = (), (OTHER, DEAL)
    org.turn(after=timedelta(minutes=5))
    org.turn(after=timedelta(minutes=1))

    assert [list(page.values()) for page in org.pages] == [[DEAL]]
    assert org.told == [OTHER]


@ONE_ENGINE
def test_what_is_due_is_read_at_the_next_turn_and_not_at_the_next_minute(org: Org) -> None:
    """The org is asked what has changed once a minute; what we know to be read is read within seconds."""
    org.pages.clear()
    org.turn(after=timedelta(seconds=5))
    assert org.pages == []
    home = org.world.home
    with org.world.database.workspace(home.workspace_id) as session:
        store.mark_due(session, home.connection.id, [org.world.plan_id], [Linked.AMOUNT])
    org.turn(after=timedelta(seconds=5))

    assert [list(page.values()) for page in org.pages] == [[DEAL]]


@ONE_ENGINE
def test_what_an_org_does_not_cover_yet_is_asked_for_again_and_nothing_goes_back(org: Org) -> None:
    """Salesforce: `latestDateCovered` may lie before the end of the span that was asked for."""
    first = org.position()
    assert first.covered_until is not None
    reached = []
    for after, lag in ((5, 3), (1, 10), (1, 0)):
        org.lag = timedelta(minutes=lag)
        org.turn(after=timedelta(minutes=after))
        covered = org.position().covered_until
        assert covered is not None
        reached.append((covered - first.covered_until) // timedelta(minutes=1))

    assert reached == [2, 2, 7]
    assert org.position().deleted_until == first.covered_until + timedelta(minutes=2), "looked for in the first turn"


@ONE_ENGINE
def test_the_minutes_of_an_org_are_those_of_its_own_clock(database: Database) -> None:
    """W18: here it is an hour before ours."""
    world, ahead = a_world(database), timedelta(hours=1)
    world.make_plan()
    org = Org(world, ahead=ahead)
    for number in (0, 1):
        org.turn()
        assert (org.position().covered_until, len(org.spans)) == (world.clock() + ahead, number)
    assert org.position().began_at == world.clock() + ahead - timedelta(minutes=1)


@ONE_ENGINE
def test_what_waits_for_a_currency_is_read_when_it_is_known_and_not_before(org: Org) -> None:
    """W14: until then no turn costs a call for it."""
    home = org.world.home
    with org.world.database.workspace(home.workspace_id) as session:
        known = store.load(session, [org.world.plan_id], lock=True)
        waits = {Linked.AMOUNT: Reason.ORG_CURRENCY_UNKNOWN, Linked.CLOSE_DATE: None}
        changed = [replace(one, state=replace(one.state, reason=waits[key.linked])) for key, one in known.items()]
        store.save(session, changed)
    org.pages.clear()
    org.currency = None
    org.turn()
    assert org.pages == []
    org.currency = "USD"
    org.turn()

    assert [list(page.values()) for page in org.pages] == [[DEAL]]


@ONE_ENGINE
def test_what_was_deleted_is_looked_for_and_the_rest_of_it_is_told(org: Org) -> None:
    """S6: one that is back by now is there."""
    org.pages.clear()
    org.gone_ids = (OTHER, DEAL)
    org.turn(after=timedelta(minutes=5))

    assert ([list(page.values()) for page in org.pages], org.told_gone) == ([[DEAL]], [OTHER, DEAL])


@ONE_ENGINE
def test_a_whole_reading_goes_page_by_page_and_on_where_it_was_cut_off(database: Database, monkeypatch: Any) -> None:
    """D17: what dies is not begun anew, and what was begun is not over before its last page."""
    monkeypatch.setattr("accord.features.two_way.reading.service.PAGE", 1)
    world = a_world(database)
    for world.deal in (DEAL, OTHER):
        world.make_plan()
    org = Org(world)

    def dies_at_the_second() -> None:
        if len(org.pages) > 1:
            raise KeyError("Amount")

    org.while_reading = dies_at_the_second
    with pytest.raises(KeyError):
        org.turn()
    assert (org.position().whole_after is None, org.position().whole_at) == (False, None)
    org.while_reading = lambda: None
    org.turn(after=LEASE)

    assert [list(page.values()) for page in org.pages] == [[DEAL], [OTHER], [OTHER]]
    assert (org.position().whole_after, org.position().whole_at) == (None, org.world.clock())


@ONE_ENGINE
def test_silence_is_a_trouble_only_where_there_is_a_deal_to_hear_of(database: Database) -> None:
    org = Org(a_world(database))
    assert org.troubles() == []
    org.world.make_plan()
    assert org.troubles() == [Cause.EVENTS_SILENT]
    org.turn()
    assert org.troubles() == []


@pytest.mark.parametrize(
    ("covered", "ahead", "silent"),
    [
        (None, None, True),
        (NOON - HEARD_WITHIN, None, True),
        (NOON - HEARD_WITHIN + timedelta(seconds=1), None, False),
        (NOON, HEARD_WITHIN, True),
        (NOON - HEARD_WITHIN, -timedelta(minutes=1), False),
    ],
)
def test_an_org_is_silent_that_was_not_heard_for_five_minutes_of_its_own_clock(covered, ahead, silent):
    assert decide_silent(Position(covered_until=covered, ahead=ahead), NOON) is silent


@ONE_ENGINE
def test_a_fault_of_ours_with_one_org_holds_up_no_other(org):
    """W18: whatever it is that fails there, the others are read in the same round."""
    home, before = org.world.home, len(org.spans)
    asked = []

    def listens(*_of: Any) -> bool:
        asked.append("others")
        if len(asked) == 1:
            raise KeyError("Amount")
        return False

    org.is_due = listens
    org.world.clock.now += timedelta(minutes=1)
    two = [(home.workspace_id, home.connection.id)] * 2

    replace(org.reader, connections=lambda: two).read_all()

    assert len(org.spans) == before + 1
