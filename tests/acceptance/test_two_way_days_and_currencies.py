"""Days that pass no time zone, amounts that keep their currency (D27, W14)."""

import os
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from accord.core.money import Money
from accord.features.two_way.model import Linked, Reason
from localorg.org_options import Currency, OrgOptions
from support.activities import user_id
from support.product import INTEGRATION, Product
from support.two_way import agreed, dollars, set_up_two_way

OWNERS = {"Pacific/Kiritimati": "Pacific/Kiritimati", "Etc/GMT+12": "Pacific/Pago_Pago"}  # UTC+14, UTC-12 and -11


@pytest.fixture(params=list(OWNERS))
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The machine's own time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_a_day_stays_the_day_that_it_is_wherever_the_server_and_the_writer_live(
    one_product: Product, zone: str
) -> None:
    """D27: at any hour; the zones of the machine are the farthest that there are."""
    one_product.org.users.change(user_id(one_product, INTEGRATION), TimeZoneSidKey=OWNERS[zone])
    sides = agreed(one_product)
    for hour, day in ((0, "2027-03-01"), (11, "2027-03-02"), (23, "2027-03-03")):
        one_product.clock.now = one_product.clock.now.replace(hour=hour, minute=30)
        one_product.clock.advance(days=1)

        sides.edit_plan(end_date=date.fromisoformat(day))
        sides.deliver()
        assert sides.close_date == day
        other = day.replace("03-", "08-")
        sides.edit_deal(CloseDate=other)
        sides.turn(minutes=2)
        assert sides.end_date == other


def test_an_org_with_several_currencies_says_it_in_each_deal(one_product: Product) -> None:
    """W14: the setting is for orgs with one currency alone."""
    one_product.org.switch_on(OrgOptions(currencies=(Currency("USD"), Currency("GBP", rate=0.79))))
    set_up_two_way(one_product, org_currency="CHF")
    sides = agreed(one_product)
    assert sides.plan.value == dollars("125000.5")

    sides.edit_deal(CurrencyIsoCode="GBP")
    sides.turn(minutes=2)
    assert sides.state(Linked.AMOUNT).reason is Reason.CURRENCY_MISMATCH
    assert sides.plan.value == dollars("125000.5")

    sides.edit_plan(value=Money(Decimal(99000), "GBP"))
    sides.settle()
    sides.edit_deal(Amount=99500)
    sides.turn(minutes=2)

    assert sides.plan.value == Money(Decimal("99500.00"), "GBP")
