"""An admin sets the panel up (A13 to A34, D7, D8), and what a rep then sees."""

from dataclasses import replace

import pytest

from accord.core.errors import OutdatedError
from accord.features.panels.model import TabSpec
from accord.features.panels.setup import store
from accord.features.panels.setup.model import Setup
from support.database import ONE_ENGINE
from support.panel_setup import ADMIN, AMOUNT, NEXT, NOTES, SETTINGS, STAGE, lightning_admin, put, tab, tabs_of
from support.product import INTEGRATION, RILEY, a_product


@pytest.fixture
def admin(product):
    return product.sign_in(ADMIN)


def test_before_any_admin_the_settings_show_the_default_with_an_empty_second_tab(product, admin):
    """A8 to A12, A30."""
    answer = product.client.get(SETTINGS, headers=admin)

    assert answer.headers["ETag"] == '"0"'
    assert answer.json["is_default"]
    assert [(one["key"], one["label"], len(one["rows"])) for one in answer.json["tabs"]] == [
        ("deal", "Deal", 4),
        ("qualification", "Qualification", 0),
    ]
    assert {row["status"] for one in answer.json["tabs"] for row in one["rows"]} == {"unchecked"}
    assert [label for label, _ in tabs_of(product, product.sign_in())] == ["Deal"]


def test_what_was_loaded_can_be_sent_back_as_it_is_and_another_name_is_refused(product, admin):
    loaded = product.client.get(SETTINGS, headers=admin)
    tagged = {**admin, "If-Match": loaded.headers["ETag"]}

    refused = product.client.put(SETTINGS, json={**loaded.json, "colour": "red"}, headers=tagged)
    saved = product.client.put(SETTINGS, json=loaded.json, headers=tagged)

    assert (refused.status_code, refused.json["items"][0]["field"]) == (422, "colour")
    assert (saved.status_code, saved.headers["ETag"]) == (200, '"1"')
    assert [len(one["rows"]) for one in saved.json["tabs"]] == [4, 0]


def test_rows_labels_order_and_both_tab_names_are_the_admins_to_choose(product, admin):
    """A13, A24 to A26, A28 to A33."""
    saved = put(product, admin, tab(" Money ", NEXT, AMOUNT), tab("Fit", NOTES))

    assert (saved.status_code, saved.headers["ETag"]) == (200, '"1"')
    assert (saved.json["changed_by"], saved.json["is_default"]) == ("Ada Lindqvist", False)
    assert {row["status"] for one in saved.json["tabs"] for row in one["rows"]} == {"ok"}
    assert tabs_of(product, product.sign_in()) == [("Money", ["Next step", "Amount"]), ("Fit", ["Notes"])]
    configured = product.client.get(f"/api/v1/panels/{product.deal()}/configuration", headers=admin)
    assert [[row["key"] for row in one["rows"]] for one in configured.json["tabs"]] == [
        ["Opportunity.NextStep", "Opportunity.Amount"],
        ["Opportunity.Description"],
    ]


def test_a_second_tab_is_shown_only_while_it_has_rows(product, admin):
    """A29, A30."""
    put(product, admin, tab("Deal", AMOUNT), tab("Qualification"))

    assert tabs_of(product, product.sign_in()) == [("Deal", ["Amount"])]


def test_each_org_has_its_own_panel(product, admin, database):
    put(product, admin, tab("Ours", AMOUNT))

    with a_product(database) as theirs:
        assert [label for label, _ in tabs_of(theirs, theirs.sign_in())] == ["Deal"]


def test_using_the_panel_is_for_everybody_and_setting_it_up_for_admins(product):
    """A34."""
    rep = product.sign_in(RILEY)

    answers = [
        product.client.get(SETTINGS, headers=rep),
        put(product, rep, tab("Mine", AMOUNT)),
        product.client.get(f"{SETTINGS}/fields?sobject=Account", headers=rep),
        product.client.get(f"{SETTINGS}/rule-choices", headers=rep),
    ]

    assert [(one.status_code, one.json["code"]) for one in answers] == [(403, "NOT_ALLOWED")] * 4


def test_nobody_overwrites_settings_that_he_has_not_seen(product, admin):
    missing = put(product, admin, tab("Deal", AMOUNT), version=None)
    first = put(product, admin, tab("First", AMOUNT))
    second = put(product, admin, tab("Second", AMOUNT))

    assert (missing.status_code, missing.json["code"]) == (428, "VERSION_NEEDED")
    assert (second.status_code, second.json["code"]) == (412, "CHANGED_MEANWHILE")
    assert "Ada Lindqvist has changed these settings" in second.json["message"]
    assert set(second.json) == {"code", "message", "field", "items", "reference"}
    assert tabs_of(product, product.sign_in())[0][0] == "First"
    assert put(product, admin, tab("Second", AMOUNT), version=f"W/{first.headers['ETag']}").status_code == 200


@pytest.mark.parametrize("changed_before", [False, True])
def test_of_two_admins_who_save_in_the_same_moment_the_second_is_told(product, admin, database, changed_before):
    """The other one commits between the look and the write."""
    if changed_before:
        put(product, admin, tab("Deal", AMOUNT))
    setups, connection = product.parts.panel_setups, product.connection
    caller = product.parts.connections.authenticate(admin["Authorization"].split()[1], writes=True)
    present = setups.load(caller).setup

    def somebody_is_faster(identity):
        with database.workspace(connection.workspace_id) as session:
            theirs = Setup((TabSpec("deal", "Theirs", ()),), present.version)
            assert store.SETTINGS.save(session, connection.id, theirs, by=None, at=product.clock())
        return setups.gateway_for(identity)

    with pytest.raises(OutdatedError):
        replace(setups, gateway_for=somebody_is_faster).save(caller, present)

    assert setups.load(caller).setup.tabs[0].label == "Theirs"


@ONE_ENGINE
@pytest.mark.parametrize(
    ("tabs", "where", "words"),
    [
        ([tab("Deal", {**AMOUNT, "field": "IsPrivate"})], "tabs.0.rows.0 field", "is a checkbox. The panel shows"),
        ([tab("Deal", {**AMOUNT, "field": "OwnerId"})], "tabs.0.rows.0 field", "is a lookup"),
        ([tab("Deal", {**AMOUNT, "field": "Probability"})], "tabs.0.rows.0 field", "is a percentage"),
        ([tab("Deal", {**AMOUNT, "field": "Nope__c"})], "tabs.0.rows.0 field", "no field Opportunity.Nope__c"),
        ([tab("Deal", AMOUNT), tab("Fit", AMOUNT)], "tabs.1.rows.0 field", "is in the panel already"),
        ([tab("Deal", AMOUNT), tab("deal", NEXT)], "tabs.1 label", "different names"),
        ([tab("  ", AMOUNT)], "tabs.0 label", "1 to 40 characters"),
        ([tab("De\0al", AMOUNT)], "tabs.0 label", "control characters"),
        ([tab("De\ud800al", AMOUNT)], "tabs.0 label", "control characters"),
        ([tab("Deal", {**AMOUNT, "field": "Am\ud800ount"})], "tabs.0.rows.0 field", "no field Opportunity.Am"),
        ([tab("Deal", {**AMOUNT, "field": "Am\0ount"})], "tabs.0.rows.0 field", "no field Opportunity.Am"),
        ([tab("Deal", AMOUNT, stages=["\ud800"])], "tabs.0 rule", "The stage"),
        ([tab("Deal", {**AMOUNT, "label": "x" * 81})], "tabs.0.rows.0 label", "1 to 80 characters"),
        ([tab("A", AMOUNT), tab("B"), tab("C")], "tabs tabs", "one tab or two"),
        ([], "tabs tabs", "one tab or two"),
        ([tab("Deal", AMOUNT, stages=["Dreaming"])], "tabs.0 rule", "The stage Dreaming is not one of"),
        ([tab("Deal", AMOUNT, record_types=["nonsense"])], "tabs.0 rule", "The record type nonsense is not"),
    ],
)
def test_what_cannot_be_shown_is_refused_at_its_row_with_the_reason(product, admin, tabs, where, words):
    """A14, A33."""
    refused = put(product, admin, *tabs)

    (item,) = refused.json["items"]
    assert refused.status_code == 422
    assert f"{item['key']} {item['field']}" == where
    assert words in item["message"]
    assert product.client.get(SETTINGS, headers=admin).headers["ETag"] == '"0"'


@ONE_ENGINE
@pytest.mark.parametrize(
    "body",
    [{}, {"tabs": [{"label": "x"}]}, {"tabs": [tab("x", {**AMOUNT, "sobject": "User"})]}, {"tabs": [], "more": 1}],
)
def test_a_body_of_another_shape_is_refused(product, admin, body):
    answer = product.client.put(SETTINGS, json=body, headers={**admin, "If-Match": '"0"'})

    assert (answer.status_code, answer.json["code"]) == (422, "INVALID_VALUE")


@pytest.mark.parametrize("sobject", ["Opportunity", "Account"])
def test_the_picker_tells_of_every_field_whether_it_may_be_chosen_and_why_not(product, admin, sobject):
    """A14 to A22, A25, A27."""
    answer = product.client.get(f"{SETTINGS}/fields?sobject={sobject}", headers=admin)

    fields = {one["field"]: one for one in answer.json["fields"]}
    labels = [one["label"].casefold() for one in answer.json["fields"]]
    assert labels == sorted(labels)
    assert (fields["Description"]["type"], fields["Description"]["allowed"]) == ("long_text", True)
    assert (fields["OwnerId"]["type"], fields["OwnerId"]["allowed"]) == (None, False)
    assert "is a lookup" in fields["OwnerId"]["reason"]
    assert {one["type"] for one in fields.values() if one["allowed"]} <= {
        "date", "currency", "number", "picklist", "text", "long_text"
    }  # fmt: skip
    assert all((one["reason"] is None) == one["allowed"] for one in fields.values())


def test_the_picker_knows_two_objects(product, admin):
    assert product.client.get(f"{SETTINGS}/fields?sobject=User", headers=admin).status_code == 422


def test_a_tab_with_a_rule_shows_on_the_deals_of_its_stage_alone(product, admin):
    """D7: the same user, two stages, two field sets; a save that moves the stage shows the other set at once."""
    stage = product.record("Opportunity", product.deal())["StageName"]
    put(product, admin, tab("Early", STAGE, NEXT, stages=[stage]), tab("Late", AMOUNT, stages=["Closed Won"]))
    rep = product.sign_in()
    before = tabs_of(product, rep)
    configured = product.client.get(f"/api/v1/panels/{product.deal()}/configuration", headers=rep)

    change = {"key": "Opportunity.StageName", "value": "Closed Won", "seen": stage}
    saved = product.client.patch(f"/api/v1/panels/{product.deal()}", json={"changes": [change]}, headers=rep)

    assert [one["rule"]["stages"] for one in configured.json["tabs"]] == [[stage], ["Closed Won"]]
    assert before == [("Early", ["Stage", "Next step"])]
    assert [one["label"] for one in saved.json["tabs"]] == ["Late"]
    assert tabs_of(product, rep) == [("Late", ["Amount"])]


def test_what_was_typed_into_a_tab_that_its_rule_hides_by_now_is_still_saved(product, admin):
    stage = product.record("Opportunity", product.deal())["StageName"]
    put(product, admin, tab("Early", NEXT, stages=[stage]), tab("Always", AMOUNT))
    rep = product.sign_in()
    product.change_in_salesforce("Opportunity", product.deal(), StageName="Closed Won")

    change = {"key": "Opportunity.NextStep", "value": "Send the contract", "seen": None}
    change["seen"] = product.record("Opportunity", product.deal()).get("NextStep")
    saved = product.client.patch(f"/api/v1/panels/{product.deal()}", json={"changes": [change]}, headers=rep)

    assert saved.json["saved"] == ["Opportunity.NextStep"]


def test_a_tab_with_a_rule_shows_on_the_deals_of_its_record_type_alone(product, admin):
    """D7."""
    choices = product.client.get(f"{SETTINGS}/rule-choices", headers=admin).json
    types = {one["label"]: one["value"] for one in choices["record_types"]}
    mine = product.record("Opportunity", product.deal())["RecordTypeId"]
    (other,) = set(types.values()) - {mine}
    saved = put(product, admin, tab("Mine", NEXT, record_types=[mine[:15]]), tab("Other", AMOUNT, record_types=[other]))

    assert set(types) == {"New Instruments", "Service Contract"}
    assert "Closed Won" in [one["value"] for one in choices["stages"]]
    assert saved.json["tabs"][0]["rule"] == {"record_types": [mine], "stages": []}
    assert tabs_of(product, product.sign_in()) == [("Mine", ["Next step"])]


def test_an_admin_without_a_login_of_his_own_is_checked_by_the_integration_owners(product, admin):
    """He comes from Lightning: Apex vouches for him and hands over no login. A describe holds no values (S3)."""
    headers = lightning_admin(product)
    owner = product.org.users.by_username(INTEGRATION)
    product.org.users.change(owner.id, _hidden_fields=["Opportunity.NextStep"])

    renamed = put(product, headers, tab("Money", AMOUNT, NEXT))
    unseen = put(product, headers, tab("Money", AMOUNT, NOTES), version='"1"')
    panel = product.client.get(f"/api/v1/panels/{product.deal()}", headers=headers)

    assert renamed.status_code == 200, "rows that stand there are not lost because that login does not see them"
    assert [row["status"] for row in renamed.json["tabs"][0]["rows"]] == ["ok", "unchecked"]
    assert [item["key"] for item in unseen.json["items"]] == ["tabs.0.rows.1"]
    assert "this Salesforce login may not see it" in unseen.json["items"][0]["message"]
    assert panel.json["code"] == "NO_SALESFORCE_LOGIN"
