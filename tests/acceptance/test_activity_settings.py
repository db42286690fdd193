"""An admin turns activity on, chooses kinds, folding and texts, and sees the very Task before it is written.

A86, A94, D24, D26.
"""

from dataclasses import replace
from typing import Any

import pytest

from accord.core.identity import Identity, Role
from support.activities import an_admin, an_item, change_settings, give_personal_login, log, user_id
from support.database import ONE_ENGINE
from support.product import INTEGRATION, Product
from support.running_org import ADMIN, RILEY

ADDRESS = "/api/v1/settings/activity"


def load(product: Product) -> Any:
    return product.client.get(ADDRESS, headers=an_admin(product))


def put(product: Product, body: dict[str, Any], tag: str | None) -> Any:
    headers = {**an_admin(product), **({"If-Match": tag} if tag else {})}
    return product.client.put(ADDRESS, json=body, headers=headers)


def preview(product: Product, **sample: Any) -> dict[str, Any]:
    usual = {"record_id": product.deal(), "kind": "comment", "subject_text": "Legal asked for a redline"}
    answer = product.client.post(f"{ADDRESS}/preview", json={**usual, **sample}, headers=an_admin(product))
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def the_admin(product: Product) -> Identity:
    return Identity(product.connection.workspace_id, product.connection.id, Role.ADMIN)


def turn_off(product: Product) -> None:
    setup = product.parts.activity_setup
    setup.save(the_admin(product), replace(setup.load(the_admin(product)), enabled=False))


def test_activity_is_off_until_an_admin_turns_it_on(product: Product) -> None:
    """A86."""
    from accord.features.activities.settings_rules import DEFAULTS

    assert DEFAULTS.enabled is False
    turn_off(product)
    flow = product.sign_in_flow()
    item = an_item(product, idempotencyKey="k")
    off = log(product, flow, item).json["items"][0]
    assert (off["isSuccess"], off["outcome"]) == (True, "skipped")
    assert "An Accord admin turns it on" in off["whatToDo"]
    assert product.deliver().calls == 0

    change_settings(product, enabled=True)
    on = log(product, flow, item).json["items"][0]
    product.deliver()

    assert on["outcome"] == "queued"
    assert len(product.tasks()) == 1


def test_one_kind_can_be_off(product: Product) -> None:
    loaded = load(product)
    body = loaded.json
    for one in body["kinds"]:
        one["enabled"] = one["kind"] != "comment"
    put(product, body, loaded.headers["ETag"])
    flow = product.sign_in_flow()

    answer = log(product, flow, an_item(product), an_item(product, kind="step_updated"))
    product.deliver()

    assert [item["outcome"] for item in answer.json["items"]] == ["skipped", "queued"]
    assert [task["Subject"][:22] for task in product.tasks()] == ["[Accord: Step Updated]"]


def test_an_internal_comment_leaks_no_text(product: Product) -> None:
    """D26: excluded unless an admin wants it otherwise."""
    log(product, product.sign_in_flow(), an_item(product, subjectText="our lowest price", isInternal=True))
    product.deliver()

    assert product.tasks() == []
    assert all("lowest price" not in str(entry) for entry in product.journal())


def test_internal_items_can_be_marked_instead(product: Product) -> None:
    change_settings(product, kinds={"internal": "marked"})

    log(product, product.sign_in_flow(), an_item(product, subjectText="our plan", isInternal=True))
    product.deliver()

    assert [task["Subject"] for task in product.tasks()] == ["[Accord: Comment] (internal) our plan"]


def test_texts_follow_the_fixed_prefix(product: Product) -> None:
    """A94, D24: what is filled in is not looked at again."""
    change_settings(product, kinds={"text": "Kunde: {text}", "folded_text": "{count} mal, zuletzt {text}"})
    flow = product.sign_in_flow()

    log(product, flow, an_item(product, subjectText="{count} {0.__class__}"))
    product.deliver()
    assert [task["Subject"] for task in product.tasks()] == ["[Accord: Comment] Kunde: {count} {0.__class__}"]
    log(product, flow, an_item(product, subjectText="Ja"))
    product.deliver()

    assert [task["Subject"] for task in product.tasks()] == ["[Accord: Comment] 2 mal, zuletzt Ja"]


@ONE_ENGINE
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "{name}"}, "kinds.step_updated.text"),
        ({"text": "{text"}, "kinds.step_updated.text"),
        ({"text": "   "}, "kinds.step_updated.text"),
        ({"folded_text": "many"}, "kinds.step_updated.folded_text"),
        ({"folding": "minutes"}, "kinds.step_updated.minutes"),
        ({"minutes": 5}, "kinds.step_updated.minutes"),
    ],
)
def test_settings_that_mean_nothing_are_refused_by_name(product: Product, changes: dict[str, Any], field: str) -> None:
    loaded = load(product)
    body = loaded.json
    body["kinds"] = [{**one, **changes} if one["kind"] == "step_updated" else one for one in body["kinds"]]

    answer = put(product, body, loaded.headers["ETag"])

    assert (answer.status_code, [item["field"] for item in answer.json["items"]]) == (422, [field])
    assert load(product).headers["ETag"] == loaded.headers["ETag"]


@ONE_ENGINE
@pytest.mark.parametrize("change", [{"owner_time_zone": "Mars/Phobos"}, {"kinds": []}, {"enabled": None}, {"x": 1}])
def test_settings_of_another_shape_are_refused(product: Product, change: dict[str, Any]) -> None:
    loaded = load(product)

    assert put(product, {**loaded.json, **change}, loaded.headers["ETag"]).status_code == 422


def test_nobody_overwrites_what_he_has_not_seen(product: Product) -> None:
    loaded = load(product)
    body, tag = loaded.json, loaded.headers["ETag"]

    assert put(product, body, None).status_code == 428
    first = put(product, body, tag)
    second = put(product, body, tag)

    assert (first.status_code, second.status_code, second.json["code"]) == (200, 412, "CHANGED_MEANWHILE")
    assert first.headers["ETag"] == load(product).headers["ETag"] != tag
    assert put(product, body, '"nonsense"').status_code == 412


def test_a_rep_sees_and_changes_no_settings(product: Product) -> None:
    rep = product.sign_in(RILEY)

    for method, address in [("GET", ADDRESS), ("PUT", ADDRESS), ("POST", f"{ADDRESS}/preview")]:
        assert product.client.open(address, method=method, json={}, headers=rep).status_code == 403


@ONE_ENGINE
@pytest.mark.parametrize("sample", [{}, {"description": "Clause 7"}, {"kind": "customer_view", "subject_text": "Seen"}])
def test_the_preview_is_the_very_task(product: Product, sample: dict[str, Any]) -> None:
    """D24: field by field what is written then, and nothing is written by looking."""
    give_personal_login(product, RILEY)
    if "kind" not in sample:
        sample = {**sample, "actor_user_id": user_id(product, RILEY)}
    shown = preview(product, **sample)
    assert product.tasks() == []

    names = {"subject_text": "subjectText", "actor_user_id": "actorUserId"}
    log(product, product.sign_in_flow(), an_item(product, **{names.get(name, name): sample[name] for name in sample}))
    product.deliver()

    (task,) = product.tasks()
    written = {**task, "ActivityDate": str(task["ActivityDate"])[:10]}
    assert shown["outcome"] == "written"
    assert {name: written[name] for name in shown["task"]} == shown["task"]
    owner = RILEY if shown["written_by"] == "actor" else INTEGRATION
    assert task["OwnerId"] == user_id(product, owner)


def test_the_preview_shows_unsaved_settings_and_many_repeats(product: Product) -> None:
    body = load(product).json
    body["kinds"] = [{**one, "folded_text": "{count} looks"} for one in body["kinds"]]

    shown = preview(product, kind="customer_view", times=20, settings=body)

    assert shown["task"]["Subject"] == "[Accord: Customer View] 20 looks"
    assert load(product).json["kinds"][2]["folded_text"] == "{count} views"


def test_the_preview_says_why_nothing_would_be_written(product: Product) -> None:
    internal, wrong = preview(product, is_internal=True), preview(product, kind="singing")

    assert (internal["outcome"], internal["task"]) == ("skipped", None)
    assert internal["message"].startswith("Internal")
    assert (wrong["outcome"], wrong["task"]) == ("refused", None)


def test_the_preview_has_the_closed_status_of_the_org(product: Product) -> None:
    """W4."""
    with product.org.setup() as tx:
        for row in list(product.org.records.all("TaskStatus")):
            tx.update("TaskStatus", row["Id"], {"IsClosed": row["ApiName"] == "Deferred"}, enforce=False)

    assert preview(product)["task"]["Status"] == "Deferred"
    assert user_id(product, ADMIN)
