"""What a deal's row and a plan say of a linked value, in one form (D27, S5, W14)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accord.core.ids import PlanId, RecordId
from accord.core.money import Money
from accord.features.two_way.model import JudgedBy, Linked, Reason, Theirs
from accord.features.two_way.rules import to_their_clock
from accord.features.two_way.sides import read_ours, read_theirs
from accord.salesforce.model import SObjectDescribe
from accord.workspace.plans.two_way import TwoWay
from support.builders import NOON
from support.describes import a_field

LATER = NOON + timedelta(hours=1)
ROW = {
    "CloseDate": "2026-12-31",
    "Amount": Decimal("99.5"),
    "CurrencyIsoCode": "GBP",
    "HasOpportunityLineItem": True,
    "LastModifiedDate": LATER.isoformat(),
    "LastAmountChangedHistoryId": "008000000000001AAA",
}


def an_opportunity(*, has_currencies: bool = False, **facts: Any) -> SObjectDescribe:
    """As the integration owner sees it; `facts` are those of both fields."""
    fields = [a_field("CloseDate", "date", **facts), a_field("Amount", "currency", **facts)]
    fields += [a_field("CurrencyIsoCode", "picklist", length=3)] if has_currencies else []
    return SObjectDescribe("Opportunity", "Opportunity", updateable=True, fields={one.name: one for one in fields})


def theirs(linked: Linked, describe: SObjectDescribe | None = None, **facts: Any) -> Any:
    return read_theirs(describe or an_opportunity(), ROW, linked, "USD", **facts)


def test_an_amount_comes_from_products_and_a_date_never_does() -> None:
    """S5: the date of a deal with products goes both ways."""
    assert theirs(Linked.AMOUNT) == Theirs(Decimal("99.5"), LATER, "USD", is_inbound=True)
    assert theirs(Linked.CLOSE_DATE) == Theirs("2026-12-31", LATER, may_be_empty=False)


@pytest.mark.parametrize(("linked", "may_be_empty"), [(Linked.AMOUNT, True), (Linked.CLOSE_DATE, False)])
def test_what_the_describe_forbids_is_known_before_the_write(linked: Linked, may_be_empty: bool) -> None:  # noqa: FBT001
    """A close date is there always, whatever the describe says."""
    assert theirs(linked).may_be_empty is may_be_empty
    assert theirs(linked, an_opportunity(nillable=False)).may_be_empty is False
    assert (theirs(linked).is_editable, theirs(linked, an_opportunity(updateable=False)).is_editable) == (True, False)


def test_an_org_with_several_currencies_says_it_in_the_row_and_one_that_is_unknown_is_no_amount() -> None:
    assert theirs(Linked.AMOUNT, an_opportunity(has_currencies=True)).currency == "GBP"
    assert read_theirs(an_opportunity(), ROW, Linked.AMOUNT, None) is Reason.ORG_CURRENCY_UNKNOWN
    assert isinstance(read_theirs(an_opportunity(), ROW, Linked.CLOSE_DATE, None), Theirs)


def test_a_field_that_the_login_may_not_see_is_told_as_such() -> None:
    hidden = SObjectDescribe("Opportunity", "Opportunity", updateable=True, fields={})

    assert [theirs(linked, hidden) for linked in Linked] == [Reason.NOT_VISIBLE] * 2


def test_the_history_of_the_field_comes_before_the_date_of_the_record() -> None:
    """D28."""
    found = theirs(Linked.AMOUNT, changes={"008000000000001AAA": NOON})

    assert (found.changed_at, found.judged_by) == (NOON, JudgedBy.FIELD)


def test_a_value_that_salesforce_cannot_keep_is_no_empty_one() -> None:
    value = Money(Decimal(10) ** 1000, "USD")
    plan = TwoWay(PlanId("p"), RecordId("006000000000001AAA"), date(2026, 12, 31), NOON, value, NOON)
    fields = an_opportunity().fields

    assert read_ours(fields["Amount"], plan, Linked.AMOUNT) is Reason.NOT_KEPT
    assert read_ours(fields["CloseDate"], plan, Linked.CLOSE_DATE) == "2026-12-31"


def test_a_moment_of_ours_is_theirs_only_where_the_distance_of_the_clocks_is_known() -> None:
    assert to_their_clock(NOON, timedelta(hours=1)) == LATER
    assert to_their_clock(NOON, None) is None
    assert to_their_clock(None, timedelta()) is None
