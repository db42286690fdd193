"""What an org makes of a value is no difference (W10): written, read back, equal."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.core.outcomes import Done
from accord.salesforce.canonical import from_json, same, to_json
from accord.salesforce.model import UpdateRow
from accord.salesforce.soql import eq, select
from support.local_org import an_org
from support.org_gateway import gateway_to
from support.sfdx import a_field, a_permission_set

MONEY = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=6)
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n"), max_size=40)
VALUES = {
    "Money__c": MONEY,
    "Number__c": MONEY,
    "Percent__c": st.decimals(min_value=-(10**6), max_value=10**6, allow_nan=False),
    "NumberOfEmployees": st.integers(0, 10**8 - 1),
    "Check__c": st.booleans(),
    "Day__c": st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    "Moment__c": st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    "Phone": TEXT,
    "Description": TEXT,
    "Choices__c": st.lists(st.sampled_from(["Wet", "Dry", " Clean room "]), max_size=4).map(";".join),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    source = tmp_path_factory.mktemp("source")
    numbers = {"precision": "18", "scale": "2"}
    a_field(source, "Account", "Money__c", type="Currency", **numbers)
    a_field(source, "Account", "Number__c", type="Number", precision="18", scale="5")
    a_field(source, "Account", "Percent__c", type="Percent", precision="16", scale="1")
    a_field(source, "Account", "Check__c", type="Checkbox", defaultValue="false")
    a_field(source, "Account", "Day__c", type="Date")
    a_field(source, "Account", "Moment__c", type="DateTime")
    values = "".join(
        f"<value><fullName>{one}</fullName><default>false</default></value>" for one in ("Wet", "Dry", "Clean room")
    )
    inner = f"<valueSet><valueSetDefinition>{values}</valueSetDefinition></valueSet>"
    a_field(source, "Account", "Choices__c", type="MultiselectPicklist", visibleLines="4", inner=inner)
    a_permission_set(source, "All", edit=[f"Account.{name}" for name in VALUES if name.endswith("__c")])
    lo = an_org(metadata_dirs=[source], permission_sets=["All"])
    return gateway_to(lo), lo.with_account()


@pytest.mark.parametrize("name", sorted(VALUES))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_value_that_was_written_is_read_back_as_the_same(world, name, data):
    gateway, account = world
    field = gateway.describe("Account").fields[name]
    value = data.draw(VALUES[name])
    (outcome,) = gateway.update("Account", [UpdateRow(account, {name: to_json(field, value)})])
    (row,) = gateway.query(select(name).from_("Account").where(eq("Id", account)))

    assert isinstance(outcome, Done)
    assert same(field, value, from_json(field, row[name]))
