"""The Task fits the org it is written to: its closed status (W4) and its contact (W6, D25)."""

from typing import Any

from accord.core.ids import IntentId, external_id
from accord.delivery.model import State
from accord.delivery.outbox import Outbox
from accord.delivery.service import Delivery, Explanation
from support.activities import an_item, explanation, give_personal_login, log, user_id
from support.product import INTEGRATION, Product
from support.running_org import RILEY


def these_close(product: Product, *names: str) -> None:
    """The statuses that close a Task in this org."""
    with product.org.setup() as tx:
        for row in list(product.org.records.all("TaskStatus")):
            tx.update("TaskStatus", row["Id"], {"IsClosed": row["ApiName"] in names}, enforce=False)


def test_an_org_with_another_closed_status_gets_that_and_the_row_says_which(product: Product) -> None:
    these_close(product, "Deferred")

    answer = log(product, product.sign_in_flow(), an_item(product))
    product.deliver()

    assert [(task["Status"], task["IsClosed"]) for task in product.tasks()] == [("Deferred", True)]
    assert explanation(product, answer).note == "Status is 'Deferred'."


def test_completed_is_preferred_where_it_closes(product: Product) -> None:
    these_close(product, "Not Started", "Completed")

    log(product, product.sign_in_flow(), an_item(product))
    product.deliver()

    assert [task["Status"] for task in product.tasks()] == ["Completed"]


def test_the_status_is_asked_for_once_and_not_for_each_task(product: Product) -> None:
    flow = product.sign_in_flow()
    log(product, flow, an_item(product))
    product.deliver()
    before = product.calls()

    for number in range(3):
        log(product, flow, an_item(product, kind="step_updated", recordId=a_deal(product, number)))
        product.deliver()

    assert product.calls() - before == 3


def a_deal(product: Product, number: int) -> str:
    return str(sorted(row["Id"] for row in product.org.records.all("Opportunity"))[number])


def a_contact(product: Product) -> str:
    return str(next(iter(product.org.records.all("Contact")))["Id"])


def hide(product: Product, contact: str, *usernames: str) -> None:
    with product.org.transaction(user_id=user_id(product, INTEGRATION), client="admin") as tx:
        hidden = [user_id(product, name) for name in usernames]
        tx.update("Contact", contact, {"_hidden_from": hidden}, enforce=False)


def the_link(product: Product, answer: Any) -> Explanation:
    reference = answer.json["items"][0]["referenceId"]
    intent_id = IntentId(external_id(product.connection.id, "contact of task", reference))
    with product.parts.database.reading(product.connection.workspace_id) as session:
        return Delivery(Outbox(product.parts.drain.outbox.sealer)).explain(session, intent_id, now=product.clock())


def test_a_contact_that_is_there_is_named_at_once(product: Product) -> None:
    log(product, product.sign_in_flow(), an_item(product, contactId=a_contact(product)))

    assert product.deliver().done == 1

    assert [task["WhoId"] for task in product.tasks()] == [a_contact(product)]


def test_a_contact_that_appears_later_is_linked_then_and_the_task_is_one(product: Product) -> None:
    contact = a_contact(product)
    hide(product, contact, INTEGRATION)
    answer = log(product, product.sign_in_flow(), an_item(product, contactId=contact))
    product.deliver()
    assert [task["WhoId"] for task in product.tasks()] == [None]
    assert "it is linked when it appears" in (explanation(product, answer).note or "")
    assert the_link(product, answer).code == "CONTACT_NOT_THERE"

    product.clock.advance(minutes=5)
    product.deliver()
    hide(product, contact)
    product.clock.advance(hours=6)
    product.deliver()

    assert [task["WhoId"] for task in product.tasks()] == [contact]
    assert the_link(product, answer).state is State.DONE


def test_a_contact_that_never_appears_is_given_to_a_person_after_two_weeks(product: Product) -> None:
    contact = a_contact(product)
    hide(product, contact, INTEGRATION)
    answer = log(product, product.sign_in_flow(), an_item(product, contactId=contact))
    for _ in range(70):
        product.deliver()
        product.clock.advance(hours=6)

    assert the_link(product, answer).state is State.PARKED
    assert len(product.tasks()) == 1


def test_a_lost_answer_loses_no_link_and_doubles_no_task(product: Product) -> None:
    """The first try went out without the contact, and nobody knows: the second one finds the Task and links it."""
    contact = a_contact(product)
    hide(product, contact, INTEGRATION)
    flow = product.sign_in_flow()
    log(product, flow, an_item(product, kind="step_updated"))
    product.deliver()
    log(product, flow, an_item(product, contactId=contact))
    product.arm(kind="reset_after", match={"method": "PATCH", "path": "composite/sobjects"}, count=1)
    product.deliver()
    hide(product, contact)

    product.clock.advance(minutes=1)
    product.deliver()

    linked = [task["WhoId"] for task in product.tasks() if "Comment" in task["Subject"]]
    assert linked == [contact]


def test_what_a_person_named_in_the_meantime_stays(product: Product) -> None:
    contacts = [str(row["Id"]) for row in product.org.records.all("Contact")]
    hide(product, contacts[0], INTEGRATION)
    log(product, product.sign_in_flow(), an_item(product, contactId=contacts[0]))
    product.deliver()
    (task,) = product.tasks()
    product.change_in_salesforce("Task", task["Id"], WhoId=contacts[1])
    hide(product, contacts[0])

    product.clock.advance(hours=6)
    product.deliver()

    assert [task["WhoId"] for task in product.tasks()] == [contacts[1]]


def test_the_actors_own_task_is_linked_by_his_own_login(product: Product) -> None:
    """W1."""
    give_personal_login(product, RILEY)
    contact = a_contact(product)
    hide(product, contact, RILEY)
    log(product, product.sign_in_flow(), an_item(product, contactId=contact, actorUserId=user_id(product, RILEY)))
    product.deliver()
    hide(product, contact)

    product.clock.advance(hours=6)
    product.deliver()

    (task,) = product.tasks()
    assert (task["WhoId"], task["OwnerId"], task["LastModifiedById"]) == (contact, *[user_id(product, RILEY)] * 2)
