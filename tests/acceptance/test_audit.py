"""Who changed what: read, taken along as a file, and put back (D60)."""

import csv
import io

from support.activities import change_settings
from support.panel_setup import AMOUNT, NEXT, STAGE, put, tab
from support.product import Product
from support.running_org import ADMIN

AUDIT = "/api/v1/audit"


def lines(product: Product, **wanted: str) -> dict:
    answer = product.client.get(AUDIT, query_string=wanted, headers=product.sign_in(ADMIN))
    assert answer.status_code == 200, answer.text
    return answer.json


def put_back(product: Product, line: dict):
    return product.client.post(f"{AUDIT}/{line['id']}/put-back", json={}, headers=product.sign_in(ADMIN))


def two_changes(product: Product) -> None:
    admin = product.sign_in(ADMIN)
    assert put(product, admin, tab("=Deal", AMOUNT)).status_code == 200
    assert put(product, admin, tab("Deal", AMOUNT, STAGE), version='"1"').status_code == 200


def test_each_change_of_settings_is_a_line_with_who_what_old_and_new(product):
    two_changes(product)
    change_settings(product, owner_time_zone="Europe/London")
    product.client.post("/api/v1/safety/stop", json={}, headers=product.sign_in(ADMIN))
    first = lines(product, limit="2")
    rest = lines(product, before=first["next_before"])
    found = [*first["lines"], *rest["lines"]]

    assert [line["kind"] for line in found] == [
        "brake.stopped", "settings.activity", "settings.panel", "settings.panel", "settings.activity"
    ]  # fmt: skip
    panel = found[2]
    assert panel["by"]
    assert (panel["actor"], panel["action"], panel["title"]) == (
        "member",
        "changed",
        "Salesforce Slideout",
    )
    assert [row["field"] for row in panel["new"]["tabs"][0]["rows"]] == ["Amount", "StageName"]
    assert [row["field"] for row in panel["old"]["tabs"][0]["rows"]] == ["Amount"]
    assert (found[-1]["actor"], found[-1]["by"]) == ("operator", None), "it was set up before anybody came"
    assert len(lines(product, kind="settings.panel")["lines"]) == 2
    assert lines(product, member_id="0190")["lines"] == []


def test_a_setting_is_put_back_from_its_line_unless_somebody_has_changed_it_since(product):
    two_changes(product)
    last, first = lines(product, kind="settings.panel")["lines"]

    refused = put_back(product, first)
    done = put_back(product, last)

    assert (refused.status_code, refused.json["code"]) == (412, "CHANGED_MEANWHILE")
    assert "has changed Salesforce Slideout since" in refused.json["message"]
    assert (done.status_code, done.json["line"]["action"], done.json["line"]["undoes"]) == (200, "put_back", last["id"])
    shown = product.client.get("/api/v1/settings/panel", headers=product.sign_in(ADMIN)).json
    assert [row["field"] for row in shown["tabs"][0]["rows"]] == ["Amount"]
    assert put_back(product, done.json["line"]).status_code == 200, "and put back again"


def test_what_the_org_does_not_take_any_more_is_not_put_back(product):
    admin = product.sign_in(ADMIN)
    put(product, admin, tab("Deal", AMOUNT, NEXT))
    put(product, admin, tab("Deal", AMOUNT), version='"1"')
    product.change_org("Opportunity", "NextStep")
    product.clock.advance(minutes=20)

    answer = put_back(product, lines(product, kind="settings.panel")["lines"][0])

    assert (answer.status_code, answer.json["items"][0]["field"]) == (422, "field")
    assert "NextStep" in answer.json["items"][0]["message"]


def test_a_line_that_is_about_no_settings_says_so_and_a_strange_one_is_not_found(product):
    admin = product.sign_in(ADMIN)
    product.client.post("/api/v1/safety/stop", json={}, headers=admin)

    answer = put_back(product, lines(product)["lines"][0])

    assert (answer.status_code, answer.json["code"]) == (409, "NOT_PUT_BACK")
    assert put_back(product, {"id": "nothing"}).status_code == 404
    assert product.client.get(AUDIT, headers=product.sign_in()).status_code == 403


def test_the_file_for_a_spreadsheet_holds_no_formula(product):
    two_changes(product)
    answer = product.client.get(f"{AUDIT}.csv?kind=settings.panel", headers=product.sign_in(ADMIN))
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))

    assert answer.mimetype == "text/csv"
    assert [row["kind"] for row in rows] == ["settings.panel", "settings.panel"]
    assert '"label": "=Deal"' in rows[1]["new"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_settings_move_to_another_org_whole_or_not_at_all(product):
    two_changes(product)
    admin = product.sign_in(ADMIN)
    file = product.client.get("/api/v1/settings-file", headers=admin).json
    lines_before = len(lines(product)["lines"])
    change_settings(product, owner_time_zone="Europe/London")
    put(product, admin, tab("Other", NEXT), version='"2"')
    admin = product.sign_in(ADMIN)

    def send(path: str, **more):
        return product.client.post(f"/api/v1/settings-file/{path}", json={"file": file, **more}, headers=admin)

    found = send("check").json
    assert {each["kind"] for each in found["differences"]} == {"settings.panel", "settings.activity"}
    assert (found["lacks"], found["can_apply"]) == ([], True)
    assert {"path": "owner_time_zone", "old": "Europe/London", "new": "UTC"} in found["differences"][1]["changes"]

    product.change_org("Opportunity", "StageName")
    product.clock.advance(minutes=20)
    admin = product.sign_in(ADMIN)
    lacking = send("check").json
    assert [lack["field"] for lack in lacking["lacks"]] == ["field"]
    assert "StageName" in lacking["lacks"][0]["message"]
    assert send("apply", ticket=lacking["ticket"]).status_code == 422
    assert send("apply", ticket="old").status_code == 412
    assert len(lines(product)["lines"]) == lines_before + 2, "nothing was half applied"

    file["settings"]["settings.panel"]["tabs"][0]["rows"].pop()
    ticket = send("check").json["ticket"]
    assert send("apply", ticket=ticket).json == {"applied": ["settings.panel", "settings.activity"]}
    assert send("check").json["differences"] == []
    assert [line["action"] for line in lines(product, limit="2")["lines"]] == ["imported", "imported"]
    file["settings"]["settings.later"] = {}
    assert "no settings of that kind" in send("check").json["lacks"][0]["message"]
