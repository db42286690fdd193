"""When an org is not read, or not read anew: a closed login, and a refusal that is no gap."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from accord.core.errors import Problem, RejectedError
from accord.core.ids import MemberId
from accord.delivery.gates import close_login
from accord.delivery.model import Cause
from accord.features.two_way.model import Linked
from accord.features.two_way.reading import store as positions
from support.activities import the_deals
from support.database import ONE_ENGINE
from support.product import a_product
from support.two_way import Sides, agreed, set_up_two_way


@pytest.fixture
def sides(database: Any) -> Any:
    with a_product(database) as product:
        set_up_two_way(product)
        yield agreed(product)


def is_read_though_closed(sides: Sides, member_id: MemberId | None) -> bool:
    """Whether a change of the deal arrives while that login has to wait."""
    product, connection = sides.product, sides.product.connection
    with product.parts.database.workspace(connection.workspace_id) as session:
        cause = Cause("INVALID_SESSION_ID", "Sign in again.", product.clock() + timedelta(hours=1))
        close_login(session, connection.id, member_id, cause, now=product.clock())
    sides.edit_deal(CloseDate="2027-06-30")
    sides.turn(minutes=2)
    return sides.end_date == "2027-06-30"


@ONE_ENGINE
def test_a_members_closed_login_holds_up_no_reading_and_the_owners_does(sides: Sides) -> None:
    """The org is read with the integration owner's login."""
    assert is_read_though_closed(sides, MemberId("m"))
    sides.edit_deal(CloseDate="2027-01-31")
    sides.turn(minutes=2)
    assert not is_read_though_closed(sides, None)


@ONE_ENGINE
def test_a_refusal_that_is_no_gap_is_told_and_the_position_stays(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the org tells no more is closed by reading all: a right that is missing is not."""
    product, reader = sides.product, sides.product.parts.deal_links.reader
    place = (product.connection.workspace_id, product.connection.id)

    def refuse(*_args: Any) -> Any:
        words = "The login may not see Opportunities."
        raise RejectedError(words, problems=(Problem("INSUFFICIENT_ACCESS", words),))

    def covered() -> Any:
        with product.parts.database.reading(place[0]) as session:
            return positions.load(session, place[1]).covered_until

    before = covered()
    monkeypatch.setattr(type(reader.change_log_for(*place)), "updated", refuse)
    product.clock.advance(minutes=2)
    with pytest.raises(RejectedError, match="may not see"):
        reader.read(*place)

    assert covered() == before


def read_while(sides: Sides, monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """One turn, in which `act` happens between the question for the deal and what is done about the answer."""
    reader, place = sides.product.parts.deal_links.reader, sides.product.connection
    log = type(reader.change_log_for(place.workspace_id, place.id))
    ask, acts = log.query, [act]

    def answer_late(self: Any, query: Any) -> Any:
        rows = ask(self, query)
        while acts:
            acts.pop()()
        return rows

    sides.product.clock.advance(minutes=2)
    with monkeypatch.context() as patch:
        patch.setattr(log, "query", answer_late)
        reader.read(place.workspace_id, place.id)


@ONE_ENGINE
def test_what_was_read_before_our_write_arrived_takes_nothing_back(
    sides: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D29: between the question and its answer the plan was changed and written; the answer is old, and asked anew."""

    def edit() -> None:
        sides.edit_plan(end_date=date(2027, 3, 31))
        sides.deliver()

    sides.edit_deal(NextStep="Call them")
    read_while(sides, monkeypatch, edit)

    assert (sides.end_date, sides.close_date) == ("2027-03-31", "2027-03-31")
    assert sides.state(Linked.CLOSE_DATE).is_due


@ONE_ENGINE
def test_how_far_a_deal_is_counts_for_no_plan_that_has_another_by_now(
    sides: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = next(deal for deal in the_deals(sides.product) if deal != sides.deal)
    sides.edit_deal(Probability=35)
    read_while(sides, monkeypatch, lambda: sides.edit_plan(opportunity_id=other))

    assert (sides.plan.opportunity_id, sides.plan.deal_stage == 35) == (other, False)
