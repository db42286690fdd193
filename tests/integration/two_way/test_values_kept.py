"""What is kept of linked values, in a workspace of two orgs: each is asked, told and woken about its own (W18)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

import pytest

from accord.core.audit import LineFilter
from accord.core.errors import NotFoundError
from accord.core.ids import ConnectionId, PlanId, RecordId
from accord.core.mapped import MappedValue, Stands
from accord.features.two_way import store
from accord.features.two_way.listening import TwoWayListener
from accord.features.two_way.model import Conflict, Key, Linked, LinkSettings, Reason, Settings, Standing, ValueState
from accord.features.two_way.service import TwoWayValues
from accord.features.two_way.standing import LinkStandings
from accord.infra.audit.store import load_lines
from accord.infra.db import Database
from accord.mapping.merge import Agreed
from accord.workspace.plans.model import NewPlan
from accord.workspace.settings.store import Change
from support.builders import NOON
from support.delivery import a_connection
from support.plan_rooms import TWO_STAGES, World, a_world

DEAL = RecordId("006000000000001AAA")
DATE, AMOUNT = Linked.CLOSE_DATE, Linked.AMOUNT
ASKED = {"conflict": Conflict("1", "2", NOON)}


@dataclass
class TwoOrgs:
    """A plan in each of two orgs of one workspace; their deals happen to have the same id."""

    world: World
    other: ConnectionId
    mine: PlanId
    theirs: PlanId

    def session(self) -> Any:
        return self.world.database.workspace(self.world.home.workspace_id)

    @property
    def home(self) -> ConnectionId:
        return self.world.home.connection.id

    def put(self, plan_id: PlanId, **of: dict[str, Any]) -> None:
        """Both values of a plan: as given, or at rest."""
        connection_id = self.home if plan_id == self.mine else self.other
        with self.session() as session:
            store.ensure(session, connection_id, {plan_id: DEAL}, now=NOON)
            known = store.load(session, [plan_id], lock=True)
            states = {linked: ValueState(DEAL, **{"is_due": False, **of.get(linked.value, {})}) for linked in Linked}
            store.save(session, [replace(one, state=states[key.linked]) for key, one in known.items()])

    def due(self) -> set[Key]:
        with self.session() as session:
            found = store.load(session, [self.mine, self.theirs])
        return {key for key, one in found.items() if one.state.is_due}


@pytest.fixture
def orgs(database: Database) -> TwoOrgs:
    world = a_world(database)
    other = a_connection(database, world.home.workspace_id)
    mine = world.make_plan().plan.id
    caller = world.caller(connection_id=other)
    return TwoOrgs(world, other, mine, world.plans.create(caller, NewPlan(DEAL, "Theirs", TWO_STAGES)).plan.id)


def test_an_org_is_told_of_its_own_values_alone(orgs: TwoOrgs) -> None:
    frozen, apart = {"frozen_at": NOON}, {"reason": Reason.NOT_VISIBLE}
    orgs.put(orgs.mine, close_date={**ASKED, "is_due": True}, amount=apart)
    orgs.put(orgs.theirs, close_date={"is_due": True}, amount=frozen)

    with orgs.session() as session:
        assert (
            store.load_due(session, orgs.home, limit=9)
            == store.find_deals(session, orgs.home, [DEAL])
            == {orgs.mine: DEAL}
        )
        assert set(store.load_of_deals(session, orgs.home, [DEAL])) == {Key(orgs.mine, one) for one in Linked}
        assert set(store.load_of_deals(session, orgs.home, [DEAL], AMOUNT)) == {Key(orgs.mine, AMOUNT)}
        assert store.count_standings(session, orgs.other) == {
            (DATE, Standing.NOT_READ): 1,
            (AMOUNT, Standing.FROZEN): 1,
        }
        (first,) = store.load_problems(session, orgs.home, after=None, limit=1)
        (second,) = store.load_problems(session, orgs.home, after=first[1].id, limit=9)
        assert {first[0], second[0]} == {Key(orgs.mine, one) for one in Linked}
        assert [key for key, _ in store.load_problems(session, orgs.other, after=None, limit=9)] == [
            Key(orgs.theirs, AMOUNT)
        ]


def test_what_was_asked_for_its_days_is_due_of_this_org_and_this_link_alone(orgs: TwoOrgs) -> None:
    """D28: each link has days of its own."""
    for plan_id in (orgs.mine, orgs.theirs):
        orgs.put(plan_id, close_date=ASKED, amount=ASKED)

    with orgs.session() as session:
        assert store.mark_asked_long(session, orgs.home, AMOUNT, before=NOON - timedelta(seconds=1)) == 0
        assert store.mark_asked_long(session, orgs.home, AMOUNT, before=NOON) == 1
        assert store.mark_asked_long(session, orgs.home, AMOUNT, before=NOON) == 0, "it is due already"
    assert orgs.due() == {Key(orgs.mine, AMOUNT)}


def test_a_currency_that_is_known_wakes_what_has_waited_for_it_in_this_org(orgs: TwoOrgs) -> None:
    """W14: and what stays apart for another reason stays so."""
    for plan_id in (orgs.mine, orgs.theirs):
        orgs.put(plan_id, close_date={"reason": Reason.NOT_VISIBLE}, amount={"reason": Reason.ORG_CURRENCY_UNKNOWN})

    with orgs.session() as session:
        store.mark_waiting(session, orgs.home, Reason.ORG_CURRENCY_UNKNOWN)
    assert orgs.due() == {Key(orgs.mine, AMOUNT)}


def test_a_wish_to_compare_reaches_the_named_links_of_this_org(orgs: TwoOrgs) -> None:
    for plan_id in (orgs.mine, orgs.theirs):
        orgs.put(plan_id)

    with orgs.session() as session:
        store.mark_due(session, orgs.home, [orgs.mine, orgs.theirs], [DATE])
    assert orgs.due() == {Key(orgs.mine, DATE)}


def test_nobody_lets_a_value_of_another_org_go_on(orgs: TwoOrgs) -> None:
    orgs.put(orgs.theirs, close_date={"frozen_at": NOON})
    nothing = cast("Any", None)
    values = TwoWayValues(orgs.world.database, orgs.world.clock, nothing, nothing, nothing, nothing, nothing)

    with pytest.raises(NotFoundError):
        values.thaw(orgs.world.caller(), orgs.theirs, DATE)
    values.thaw(orgs.world.caller(connection_id=orgs.other), orgs.theirs, DATE)

    assert orgs.due() == {Key(orgs.theirs, DATE)}
    with orgs.session() as session:
        (line,) = load_lines(session, orgs.other, LineFilter(kind="two_way.close_date"), most=9).lines
    assert (line.entry.subject, line.entry.new) == (orgs.theirs, {"thawed": True})
    with pytest.raises(NotFoundError):
        values.thaw(orgs.world.caller(connection_id=orgs.other), orgs.theirs, DATE)


def test_how_a_value_stands_whose_link_is_off_is_told_to_no_flow(orgs: TwoOrgs) -> None:
    orgs.put(orgs.mine, close_date={"base": Agreed("2026-12-31")}, amount={"frozen_at": NOON})
    links = {**Settings().links, AMOUNT: LinkSettings(enabled=False)}
    with orgs.session() as session:
        store.SETTINGS.change(session, orgs.home, Change(Settings(links), None, NOON))
        found = LinkStandings().load(session, orgs.home, {orgs.mine: DEAL})

    assert found == {orgs.mine: [MappedValue(Stands.EQUAL)]}


def test_nothing_of_a_plan_that_was_archived_is_linked(orgs: TwoOrgs) -> None:
    orgs.put(orgs.mine)
    orgs.world.listeners = (TwoWayListener(cast("Any", None), orgs.world.clock),)
    orgs.world.change_plan(is_archived=True)

    with orgs.session() as session:
        assert store.load(session, [orgs.mine]) == {}
