"""What the actor's own login may not write, the integration owner writes once, and the row says why (A93, W1, W3)."""

from collections.abc import Callable

import pytest

from accord.delivery.model import State
from accord.features.connections.model import ConnectionStatus
from support.activities import an_item, explanation, give_personal_login, log, user_id
from support.product import INTEGRATION, Product
from support.running_org import RILEY


def hide_the_deal(product: Product) -> None:
    with product.org.transaction(user_id=user_id(product, INTEGRATION), client="admin") as tx:
        tx.update("Opportunity", product.deal(), {"_hidden_from": [user_id(product, RILEY)]}, enforce=False)


def take_the_api(product: Product) -> None:
    product.org.users.change(user_id(product, RILEY), _api_enabled=False)


def end_the_session(product: Product) -> None:
    product.org.sessions.expire_all(user_id(product, RILEY))


def deactivate(product: Product) -> None:
    product.org.users.change(user_id(product, RILEY), IsActive=False)


HARMS = [
    (hide_the_deal, "actor_has_no_right_on_the_record"),
    (take_the_api, "actor_without_api_enabled"),
    (end_the_session, "personal_login_lost"),
    (deactivate, "personal_login_lost"),
]


@pytest.mark.parametrize(("harm", "reason"), HARMS)
def test_the_integration_owner_writes_and_owns_what_the_actors_login_cannot(
    product: Product, harm: Callable[[Product], None], reason: str
) -> None:
    give_personal_login(product, RILEY)
    flow = product.sign_in_flow()
    answer = log(product, flow, an_item(product, actorUserId=user_id(product, RILEY)))
    harm(product)

    report = product.deliver()

    (task,) = product.tasks()
    owner = user_id(product, INTEGRATION)
    assert (task["OwnerId"], task["CreatedById"]) == (owner, owner)
    row = explanation(product, answer)
    assert (row.state, row.login_member_id, row.login_reason) == (State.DONE, None, reason)
    assert report.parked == 0


def test_a_connection_on_hold_changes_no_author(product: Product) -> None:
    give_personal_login(product, RILEY)
    answer = log(product, product.sign_in_flow(), an_item(product, actorUserId=user_id(product, RILEY)))
    connections = product.parts.connections
    connections.set_status(product.connection, ConnectionStatus.FROZEN)
    product.deliver()

    row = explanation(product, answer)
    assert (row.state, row.login_reason) == (State.READY, "actor_has_personal_connection")
    assert row.login_member_id is not None
    assert product.tasks() == []


def test_the_fallback_happens_once(product: Product) -> None:
    """What the owner is refused as well is parked with the owner's words, and nothing goes round in circles."""
    give_personal_login(product, RILEY)
    answer = log(product, product.sign_in_flow(), an_item(product, actorUserId=user_id(product, RILEY)))
    everybody = [user_id(product, RILEY), user_id(product, INTEGRATION)]
    with product.org.transaction(user_id=user_id(product, INTEGRATION), client="admin") as tx:
        tx.update("Opportunity", product.deal(), {"_hidden_from": everybody}, enforce=False)

    report = product.deliver()

    row = explanation(product, answer)
    assert (report.parked, report.calls, product.tasks()) == (1, 2, [])
    assert (row.state, row.login_reason) == (State.PARKED, "actor_has_no_right_on_the_record")
    assert [each.code for each in row.tries] == ["INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"] * 2


def test_a_rule_of_the_org_is_no_reason_to_change_the_author(product: Product) -> None:
    from localorg.rules import ValidationRule

    give_personal_login(product, RILEY)
    product.org.rules.add(ValidationRule("no", "Task", "Subject != ''", "Not now."))
    answer = log(product, product.sign_in_flow(), an_item(product, actorUserId=user_id(product, RILEY)))

    product.deliver()

    row = explanation(product, answer)
    assert (row.state, row.login_reason) == (State.PARKED, "actor_has_personal_connection")


def test_a_task_whose_answer_was_lost_is_not_made_again_by_the_owner(product: Product) -> None:
    """W1: the actor's login made it, its answer was lost, and then the login was."""
    give_personal_login(product, RILEY)
    flow = product.sign_in_flow()
    log(product, flow, an_item(product, kind="step_updated"))  # so that the owner is signed in
    product.deliver()
    answer = log(product, flow, an_item(product, subjectText="Signed", actorUserId=user_id(product, RILEY)))
    product.arm(kind="reset_after", match={"method": "PATCH", "path": "composite/sobjects"}, count=1)
    product.deliver()
    product.clock.advance(minutes=1)
    end_the_session(product)

    product.deliver()

    (task,) = [task for task in product.tasks() if task["Subject"].endswith("Signed")]
    assert task["CreatedById"] == user_id(product, RILEY)
    assert explanation(product, answer).state is State.DONE


def test_a_new_sign_in_puts_the_actors_name_on_his_tasks_again(product: Product) -> None:
    give_personal_login(product, RILEY)
    flow = product.sign_in_flow()
    riley = user_id(product, RILEY)
    end_the_session(product)
    log(product, flow, an_item(product, kind="step_updated", actorUserId=riley))
    product.deliver()

    give_personal_login(product, RILEY)
    answer = log(product, flow, an_item(product, actorUserId=riley))
    product.deliver()

    assert explanation(product, answer).login_reason == "actor_has_personal_connection"
    assert sorted(task["OwnerId"] == riley for task in product.tasks()) == [False, True]
