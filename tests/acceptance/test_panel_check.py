"""The check of every night (D8): rows that went bad are told to the admin before a rep meets them."""

from datetime import timedelta

import pytest

from accord.core.ids import UserId
from accord.features.connections.model import ConnectionStatus, PersonalLogin
from accord.salesforce.model import AccessToken
from accord.workspace.members.store import find_by_user
from support.database import ONE_ENGINE
from support.panel_setup import ADMIN, AMOUNT, INDUSTRY, NEXT, SETTINGS, put, tab
from support.product import INTEGRATION, Product

ROWS = (AMOUNT, NEXT, INDUSTRY)


@pytest.fixture
def admin(product):
    """An admin with a stored login of his own has set the panel up."""
    headers = product.sign_in(ADMIN)
    user_id = UserId(product.org.users.by_username(ADMIN).id)
    connection = product.connection
    with product.parts.database.reading(connection.workspace_id) as session:
        member = find_by_user(session, connection.id, user_id)
    token = AccessToken(product.org.sessions.issue(user_id, client="Accord"))
    login = PersonalLogin(user_id, connection.instance_url, token, refresh_token=None)
    product.parts.connections.store_personal_login(connection, member.id, login)
    assert put(product, headers, tab("Deal", *ROWS)).status_code == 200
    return headers


def night_falls(product: Product) -> int:
    product.clock.advance(days=1)
    return product.parts.panel_setups.night.check_all()


def health(product: Product, admin_name: str = ADMIN) -> dict[str, tuple[str, str | None]]:
    answer = product.client.get(SETTINGS, headers=product.sign_in(admin_name))
    rows = [row for one in answer.json["tabs"] for row in one["rows"]]
    return {row["key"]: (row["status"], row["reason"] and row["reason"]["code"]) for row in rows}


def panel_rows(product: Product) -> dict:
    answer = product.client.get(f"/api/v1/panels/{product.deal()}", headers=product.sign_in())
    assert answer.status_code == 200, answer.text
    return {row["key"]: row for one in answer.json["tabs"] for row in one["rows"]}


def test_a_night_without_changes_finds_every_row_in_order(product, admin):
    assert night_falls(product) == 1

    assert set(health(product).values()) == {("ok", None)}
    settings = product.client.get(SETTINGS, headers=product.sign_in(ADMIN))
    assert settings.json["checked_at"].startswith(product.clock().date().isoformat())
    assert settings.headers["ETag"] == '"1"', "a check is no new version: it refuses no admin's change"


@ONE_ENGINE
@pytest.mark.parametrize(
    ("change", "code", "locked"),
    [
        ({}, "FIELD_GONE", "FIELD_GONE"),
        ({"type": "boolean"}, "TYPE_NOT_ALLOWED", "TYPE_NOT_ALLOWED"),
        ({"calculated": True, "updateable": False}, "NO_EDIT_RIGHT", "FORMULA"),
        ({"updateable": False}, "NO_EDIT_RIGHT", "NO_EDIT_RIGHT"),
        ({"length": 1300}, "TYPE_NOT_ALLOWED", "TYPE_NOT_ALLOWED"),
    ],
)
def test_a_row_that_went_bad_is_told_to_the_admin_and_locked_for_the_rep(product, admin, change, code, locked):
    product.change_org("Opportunity", "NextStep", **change)

    night_falls(product)
    rows = panel_rows(product)

    assert health(product) == {
        "Opportunity.Amount": ("ok", None),
        "Opportunity.NextStep": ("bad", code),
        "Account.Industry": ("ok", None),
    }
    assert rows["Opportunity.NextStep"]["read_only_reason"]["code"] == locked
    assert rows["Opportunity.NextStep"]["read_only_reason"]["message"]
    assert rows["Opportunity.Amount"]["editable"]
    told = product.client.get(f"/api/v1/panels/{product.deal()}/configuration", headers=product.sign_in()).json["tabs"]
    reasons = {row["key"]: (row["reason"] or {}).get("code") for one in told for row in one["rows"] if row["reason"]}
    assert reasons == (
        {"Opportunity.NextStep": code} if code == "FIELD_GONE" else {}
    )  # for Lightning, which cannot know


def test_a_check_asks_salesforce_and_not_a_describe_that_is_kept(product, admin):
    product.change_org("Opportunity", "NextStep")

    product.parts.panel_setups.night.check(product.connection.workspace_id, product.connection.id)

    assert health(product)["Opportunity.NextStep"] == ("bad", "FIELD_GONE")


def test_the_reason_stays_night_after_night_until_the_field_is_back(product, admin):
    facts = dict(product.org.schema.objects["Opportunity"].fields["NextStep"].facts)
    product.change_org("Opportunity", "NextStep", updateable=False)
    night_falls(product)
    night_falls(product)
    still = health(product)["Opportunity.NextStep"]

    product.change_org("Opportunity", "NextStep", **facts)
    night_falls(product)

    assert still == ("bad", "NO_EDIT_RIGHT")
    assert health(product)["Opportunity.NextStep"] == ("ok", None)


def test_a_picklist_that_offers_nothing_any_more_is_told(product, admin):
    product.change_org("Account", "Industry", picklistValues=[])

    night_falls(product)

    assert health(product)["Account.Industry"] == ("bad", "NO_VALUES")


def test_a_login_that_has_never_seen_a_field_does_not_call_it_gone(product):
    """The integration owner has no access to most fields, and looks where no admin has left a login."""
    product.sign_in(ADMIN)
    owner = product.org.users.by_username(INTEGRATION)
    product.org.users.change(owner.id, _hidden_fields=["Opportunity.NextStep"])

    night_falls(product)
    first = health(product)
    assert put(product, product.sign_in(ADMIN), tab("Deal", *ROWS)).status_code == 200
    night_falls(product)

    assert first["Opportunity.NextStep"] == ("unchecked", None)
    assert "bad" not in {status for status, _ in first.values()}
    assert set(health(product).values()) == {("ok", None)}


def test_every_org_is_checked_once_a_night_and_a_failure_waits_for_the_next_look(product, admin):
    first = night_falls(product)
    again = product.parts.panel_setups.night.check_all()
    product.clock.advance(days=1)
    product.arm(kind="unavailable", match={"path": "/services/.*"}, rate=1)
    failed = product.parts.panel_setups.night.check_all()
    product.faults.clear()
    product.clock.advance(hours=1)

    assert (first, again, failed, product.parts.panel_setups.night.check_all()) == (1, 0, 0, 1)


def test_an_org_on_hold_is_not_checked(product, admin):
    product.parts.connections.set_status(product.connection, ConnectionStatus.FROZEN)

    assert night_falls(product) == 0


def test_an_admin_whose_login_has_ended_is_stood_in_for_by_the_integration_owner(product, admin):
    product.org.sessions.expire_all(product.org.users.by_username(ADMIN).id)

    assert night_falls(product) == 1


def test_a_setup_that_changes_during_the_check_keeps_what_its_own_save_found(product, admin):
    product.change_org("Opportunity", "NextStep")
    setups, connection = product.parts.panel_setups, product.connection
    from dataclasses import replace

    def admin_is_busy(*where):
        product.sign_in(ADMIN)
        put(product, product.sign_in(ADMIN), tab("Deal", AMOUNT), version='"1"')
        return setups.stored_gateway(*where)

    checked = replace(setups, stored_gateway=admin_is_busy).night.check(connection.workspace_id, connection.id)

    assert not checked
    assert health(product) == {"Opportunity.Amount": ("ok", None)}


def told(product: Product) -> list[tuple[str, str, str]]:
    product.parts.safeguards.messages.look_at_all()
    headers = product.sign_in(ADMIN)
    found = product.client.get("/api/v1/messages", headers=headers).json["messages"]
    return [(one["cause"], one["state"], one["text"]) for one in found if one["cause"] == "panel_rows_bad"]


@ONE_ENGINE
def test_a_row_that_went_bad_is_told_to_admins_before_a_rep_meets_it_and_when_it_is_well_again(product, admin):
    night_falls(product)
    assert told(product) == []
    product.change_org("Opportunity", "NextStep")

    night_falls(product)

    ((_, state, text),) = told(product)
    assert state == "trouble"
    assert text.startswith("Next step: Salesforce does not know Opportunity.NextStep any more")
    assert put(product, product.sign_in(ADMIN), tab("Deal", AMOUNT), version='"1"').status_code == 200
    assert [state for _, state, _ in told(product)] == ["well", "trouble"]


def test_the_night_begins_at_two_oclock_utc(product, admin):
    at_noon = product.clock().replace(hour=12)
    product.clock.advance(seconds=(at_noon - product.clock()).total_seconds() % timedelta(days=1).total_seconds())
    product.parts.panel_setups.night.check(product.connection.workspace_id, product.connection.id)

    product.clock.advance(hours=13)
    before_two = product.parts.panel_setups.night.check_all()
    product.clock.advance(hours=2)

    assert (before_two, product.parts.panel_setups.night.check_all()) == (0, 1)


def test_a_row_that_went_bad_holds_up_no_other_change_and_stays_marked(product, admin):
    """A31: an admin renames a tab while a field is gone; what is gone is told by the answer."""
    product.change_org("Opportunity", "NextStep")
    product.clock.advance(minutes=16)  # the describe is kept for a quarter of an hour

    saved = put(product, product.sign_in(ADMIN), tab("Money", *ROWS), version='"1"')

    rows = {row["key"]: row for row in saved.json["tabs"][0]["rows"]}
    assert (saved.status_code, saved.json["tabs"][0]["label"]) == (200, "Money")
    assert (rows["Opportunity.NextStep"]["status"], rows["Opportunity.NextStep"]["reason"]["code"]) == (
        "bad",
        "FIELD_GONE",
    )


@ONE_ENGINE
def test_where_the_org_lists_states_by_now_an_old_row_of_text_is_flagged_and_a_new_one_refused(product, admin):
    """W8: a rep would meet FIELD_INTEGRITY_EXCEPTION."""
    state, country = (
        {"sobject": "Account", "field": name, "label": name} for name in ("BillingState", "ShippingCountry")
    )
    assert put(product, admin, tab("Deal", state), version='"1"').status_code == 200
    product.org.use_state_and_country_picklists()

    night_falls(product)
    refused = put(product, product.sign_in(ADMIN), tab("Deal", state, country), version='"2"')

    assert health(product) == {"Account.BillingState": ("bad", "TAKES_CODES")}
    assert [one["key"] for one in refused.json["items"]] == ["tabs.0.rows.1"]
    assert "ShippingCountryCode" in refused.json["items"][0]["message"]
