"""Every write is listed with who, when, what, by which rule and login, and why not (architect-review section 2, 8).

D68: the reason of each that waits. S3: values are told to whom Salesforce shows them.
"""

import csv
import io
from datetime import date
from typing import Any

from accord.delivery.parts import CONTACTS_READ
from support.activities import an_item, fold_nothing, log
from support.contacts import DANA, a_contact, a_fresh_deal, connected, switch
from support.lightning import Lightning
from support.panel_setup import ADMIN
from support.product import RILEY, Product
from support.two_way import agreed, dollars, set_up_two_way

FIRST = "Send the revised quote with on-site training"
WRITES = "/api/v1/writes"
BOTH_WAYS = "Values that run both ways"
SYNC = "/api/v1/settings/field-sync"


def listed(product: Product, **query: Any) -> dict[str, Any]:
    answer = product.client.get(WRITES, query_string=query, headers=product.sign_in(ADMIN))
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def switch_fields_on(product: Product) -> None:
    admin = product.sign_in(ADMIN)
    loaded = product.client.get(SYNC, headers=admin)
    body = {**loaded.json, "enabled": True}
    saved = product.client.put(SYNC, json=body, headers={**admin, "If-Match": loaded.headers["ETag"]})
    assert saved.status_code == 200, saved.text


def save_next_step(product: Product, value: str) -> None:
    seen = product.record("Opportunity", product.deal())["NextStep"]
    body = {"changes": [{"key": "Opportunity.NextStep", "value": value, "seen": seen}]}
    product.client.patch(f"/api/v1/panels/{product.deal()}", json=body, headers=product.sign_in())


def everything_once(product: Product) -> None:
    """A save in the panel, a plan whose stage goes to the deal, and a Task."""
    switch_fields_on(product)
    save_next_step(product, "Call Dana")
    plan = {
        "opportunity_id": product.deal(),
        "title": "P",
        "stage_title": "Kick-off",
        "steps_total": 2,
        "steps_done": 1,
    }
    assert product.client.post("/api/v1/plans", json=plan, headers=product.sign_in()).status_code == 201
    fold_nothing(product)
    log(product, product.sign_in_flow(), an_item(product))
    product.clock.advance(seconds=10)
    product.deliver()


def one(lines: list[dict[str, Any]], rule: str) -> dict[str, Any]:
    (found,) = [line for line in lines if line["rule"] == rule]
    return found


def told_of(line: dict[str, Any], field: str) -> tuple[str | None, str | None, str]:
    (value,) = [value for value in line["values"] if value["field"] == field]
    return value["old"], value["new"], value["before"]


def test_a_task_whose_answer_was_lost_is_told_with_its_values(one_product):
    """It had arrived, and is not written again: its values are ours all the same."""
    fold_nothing(one_product)
    match = {"path": "/composite/sobjects/Task", "method": "PATCH"}
    one_product.arm(kind="reset_after", match=match, rate=1, count=1)
    log(one_product, one_product.sign_in_flow(), an_item(one_product, subjectText="Lost"))
    for _ in range(2):
        one_product.deliver()
        one_product.clock.advance(minutes=30)

    (line,) = listed(one_product)["lines"]
    assert line["fate"] == "written"
    assert told_of(line, "Subject")[1:] == ("[Accord: Comment] Lost", "not_known")


def test_writes_of_every_rule_stand_in_one_list_with_who_what_and_by_which_login(product):
    everything_once(product)
    page = listed(product)
    lines = page["lines"]
    panel, fields, task = (one(lines, rule) for rule in ("Panel", "Synced fields", "Activity as Tasks"))
    by_field = {value["field"]: value for value in fields["values"]}

    assert page["next_before"] is None
    assert [line["id"] for line in lines] == sorted((line["id"] for line in lines), reverse=True)
    assert {line["fate"] for line in (panel, fields, task)} == {"written"}
    assert panel["values"] == [
        {
            "field": "NextStep",
            "label": "Next Step",
            "old": FIRST,
            "new": "Call Dana",
            "before": "known",
            "is_hidden": False,
        }
    ]
    assert (panel["by"], panel["login"], panel["own_login"]) == ("Riley Okafor", "Riley Okafor", True)
    assert (by_field["Stage_Name__c"]["old"], by_field["Stage_Name__c"]["new"]) == (None, "Kick-off")
    assert (fields["cause"], fields["login"], fields["own_login"]) == (
        "deal_connected",
        "integration@halden.example",
        False,
    )
    assert (task["object"], task["reason"]) == ("Task", None)
    assert told_of(task, "Subject") == (None, product.tasks()[0]["Subject"], "new_record")
    told = product.client.get(f"/api/v1/deliveries/{task['reference']}", headers=product.sign_in(ADMIN)).json
    assert told["record_id"] == task["record_id"] == product.tasks()[0]["Id"]


def test_values_that_run_both_ways_tell_what_the_deal_had(product):
    set_up_two_way(product)
    sides = agreed(product)
    was = sides.close_date
    sides.edit_plan(end_date=date(2027, 3, 31), value=dollars("80000.50"))
    waiting = [line for line in listed(product)["lines"] if line["rule"] == BOTH_WAYS]
    sides.deliver()
    found = {value["field"]: value for line in listed(product, record=sides.deal)["lines"] for value in line["values"]}

    assert [line["values"] for line in waiting] == [[], []], "what is not written yet is not told as if it were"
    assert {name: (one["old"], one["new"], one["before"]) for name, one in found.items()} == {
        "CloseDate": (was, "2027-03-31", "known"),
        "Amount": ("125000.50", "80000.50", "known"),
    }


def test_a_value_that_runs_both_ways_is_told_though_its_answer_was_lost(one_product):
    set_up_two_way(one_product)
    sides = agreed(one_product)
    match = {"path": "/composite/sobjects", "method": "PATCH"}
    one_product.arm(kind="reset_after", match=match, rate=1, count=1)
    sides.edit_plan(value=dollars("80000.50"))
    sides.deliver()
    one_product.clock.advance(minutes=30)
    sides.settle()

    written = one(listed(one_product, record=sides.deal)["lines"], BOTH_WAYS)
    assert told_of(written, "Amount") == (None, "80000.50", "not_known")


def test_contacts_and_their_roles_tell_what_they_were_made_with_and_no_more_than_was_written(product):
    switch(product)
    room = connected(product, deal=a_fresh_deal(product))
    a_contact(product, "kim@brightwater.example")
    for email in (DANA, "kim@brightwater.example"):
        room.invite(email, "Dana Voss")
        room.deliver()
        room.deliver()
    contacts = [line for line in listed(product)["lines"] if line["object"] == "Contact"]
    (role, *_) = [line for line in listed(product)["lines"] if line["object"] == "OpportunityContactRole"]
    assert all(line["cause"] != CONTACTS_READ for line in listed(product)["lines"]), "what was only read is no write"
    made = next(line for line in contacts if line["record_id"] == room.contact()["Id"])
    used = next(line for line in contacts if line["record_id"] != room.contact()["Id"])

    assert told_of(made, "LastName") == (None, "Voss", "new_record")
    assert told_of(made, "AccountId") == (None, room.contact()["AccountId"], "new_record")
    assert used["values"] == [], "a Contact that was there was only used"
    assert told_of(role, "OpportunityId") == (None, room.deal, "new_record")


def test_a_repeat_on_a_task_says_that_nobody_looked_before(product):
    for _ in range(2):
        log(
            product,
            product.sign_in_flow(),
            an_item(product, kind="customer_view", occurredAt=product.clock().isoformat()),
        )
        product.clock.advance(seconds=10)
        product.deliver()
    repeat, first = (line for line in listed(product)["lines"] if line["object"] == "Task")

    assert told_of(first, "Subject")[2] == "new_record"
    assert told_of(repeat, "Subject") == (None, product.tasks()[0]["Subject"], "not_known")
    assert {value["field"] for value in repeat["values"]} == {"Subject", "Description"}


def test_the_list_is_read_page_by_page_and_for_one_record(product):
    everything_once(product)
    whole = listed(product)["lines"]
    read, before = [], None
    while True:
        page = listed(product, limit=1, **({"before": before} if before else {}))
        read += page["lines"]
        before = page["next_before"]
        if before is None:
            break

    assert read == whole
    deal = listed(product, record=product.deal())["lines"]
    first = listed(product, record=product.deal(), limit=1)
    assert [*first["lines"], *listed(product, record=product.deal(), before=first["next_before"])["lines"]] == deal
    task = product.tasks()[0]["Id"]
    assert [line["object"] for line in listed(product, record=task)["lines"]] == ["Task"]
    of_deal = listed(product, record=product.deal()[:15])["lines"]
    assert {"Panel", "Synced fields", "Activity as Tasks"} <= {line["rule"] for line in of_deal}
    assert listed(product, record="001000000000001AAA")["lines"] == []


def test_what_waits_and_what_was_refused_say_why(product):
    switch_fields_on(product)
    product.refuse_deals("NextStep = 'No'", "Say yes.", field="NextStep")
    save_next_step(product, "No")
    product.client.post("/api/v1/safety/stop", json={}, headers=product.sign_in(ADMIN))
    log(product, product.sign_in_flow(), an_item(product))
    lines = listed(product)["lines"]
    refused, waits = one(lines, "Panel"), one(lines, "Activity as Tasks")

    assert (refused["fate"], refused["reason"]) == ("not_written", "Salesforce refused the value.")
    assert waits["fate"] == "waiting"
    assert "stopped everything" in waits["reason"]


def test_who_may_not_see_a_value_in_salesforce_is_not_told_it_here(product):
    riley = product.org.users.by_username(RILEY)
    product.org.users.assign(riley.id, "Accord_Admin")  # and no administrator of Salesforce, who sees every field
    everything_once(product)
    product.org.users.change(riley.id, _hidden_fields=["Opportunity.NextStep"])
    answer = product.client.get(WRITES, headers=product.sign_in(RILEY))
    assert answer.status_code == 200, answer.text
    lines = answer.json["lines"]
    panel, fields = one(lines, "Panel"), one(lines, "Synced fields")
    file = product.client.get(f"{WRITES}.csv", headers=product.sign_in(RILEY)).text

    unseen = {"field": "NextStep", "label": None, "old": None, "new": None, "before": "known", "is_hidden": True}
    assert panel["values"] == [unseen]
    assert {value["is_hidden"] for value in fields["values"]} == {False}
    assert "Call Dana" not in file
    assert "Kick-off" in file


def test_without_a_login_of_his_own_an_admin_is_told_no_value(product):
    everything_once(product)
    answer = product.client.get(
        WRITES, headers=Lightning(product, ADMIN).headers(None, {"permissions": ["Accord_Admin"]})
    )
    assert answer.status_code == 200, answer.text
    lines = answer.json["lines"]

    assert answer.json["has_login"] is False
    assert {value["is_hidden"] for line in lines for value in line["values"]} == {True}
    assert "Call Dana" not in answer.text


def test_a_file_has_a_row_for_each_value_of_all_pages(product, monkeypatch):
    everything_once(product)
    text = product.client.get(f"{WRITES}.csv?record={product.deal()}", headers=product.sign_in(ADMIN)).text
    with monkeypatch.context() as patch:
        patch.setattr("accord.features.writes.service.MOST_ON_A_PAGE", 1)
        assert product.client.get(f"{WRITES}.csv?record={product.deal()}", headers=product.sign_in(ADMIN)).text == text
    rows = list(csv.DictReader(io.StringIO(text)))
    (panel,) = [row for row in rows if row["rule"] == "Panel"]

    assert (panel["field"], panel["old"], panel["new"]) == ("NextStep", FIRST, "Call Dana")
    assert (panel["record"], panel["fate"], panel["by"]) == (product.deal(), "written", "Riley Okafor")
    assert {row["field"] for row in rows if row["rule"] == "Synced fields"} >= {"Stage_Name__c", "Accord_URL__c"}


def test_only_admins_read_it_and_what_is_no_id_is_told_so(product):
    assert product.client.get(WRITES, headers=product.sign_in()).status_code == 403
    wrong = product.client.get(f"{WRITES}?record=Brightwater", headers=product.sign_in(ADMIN))

    assert (wrong.status_code, wrong.json["items"][0]["field"]) == (422, "record")
    assert "15 or 18 letters" in wrong.json["items"][0]["message"]
