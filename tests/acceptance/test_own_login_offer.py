"""A member is asked once, and with a reason, for a login of his own: his Tasks go out under another name (A91, A92)."""

from datetime import timedelta

from accord.features.connections.personal import store
from accord.features.connections.personal.rules import SILENCE
from support.activities import an_item
from support.activities import log as log_items
from support.own_login import MINE, START, as_apex_asks, connect_own_login, register_apex
from support.product import Product
from support.running_org import NOOR, RILEY

DISMISS = f"{MINE}/dismiss"


def log_for(product: Product, *usernames: str, **changes) -> None:
    """An activity of each of these users, in one call of a Flow."""
    product.clock.advance(seconds=1)  # the same again would be a repeat
    users = [product.org.users.by_username(name) for name in usernames]
    items = [
        an_item(product, actorUserId=user.id, subjectText=f"{user.id} {product.clock()}", **changes) for user in users
    ]
    answer = log_items(product, product.sign_in_flow(), *items)
    assert [item["isSuccess"] for item in answer.json["items"]] == [True] * len(users), answer.text


def offered(product: Product, username: str = RILEY) -> bool:
    standing = product.client.get(MINE, headers=product.sign_in(username)).json
    return bool(standing["offered"])


def dismiss(product: Product, username: str = RILEY):
    return product.client.post(DISMISS, headers=product.sign_in(username))


def test_nothing_is_offered_before_there_is_a_reason(product):
    assert not offered(product)
    assert not offered(product, NOOR)

    log_for(product, NOOR)

    assert offered(product, NOOR)
    assert not offered(product, RILEY), "the Task of somebody else is no reason"


def test_the_first_logged_activity_is_a_reason_and_stays_one(product):
    product.sign_in(NOOR)
    offered(product)

    for _ in range(3):
        log_for(product, RILEY, NOOR, RILEY)

    assert offered(product)
    assert offered(product, NOOR)


def test_what_is_not_logged_is_no_reason(one_product):
    offered(one_product)

    log_for(one_product, RILEY, dryRun=True)
    log_for(one_product, RILEY, isInternal=True)

    assert not offered(one_product)


def test_who_declines_is_left_in_peace_for_ninety_days_and_each_time_anew(product):
    offered(product)
    log_for(product, RILEY)

    answer = dismiss(product)

    assert (answer.status_code, answer.json["offered"], answer.json["connected"]) == (200, False, False)
    at = product.clock()
    log_for(product, RILEY)
    assert not offered(product)
    product.clock.now = at + SILENCE - timedelta(minutes=1)
    assert not offered(product)
    product.clock.now = at + SILENCE
    assert offered(product)
    dismiss(product)
    product.clock.advance(days=89)
    assert not offered(product)


def test_declining_is_each_members_own(one_product):
    one_product.sign_in(RILEY), one_product.sign_in(NOOR)
    log_for(one_product, RILEY, NOOR)

    dismiss(one_product, NOOR)

    assert (offered(one_product, RILEY), offered(one_product, NOOR)) == (True, False)


def test_declining_before_there_was_a_reason_counts_as_well(one_product):
    assert dismiss(one_product).status_code == 200

    log_for(one_product, RILEY)

    assert not offered(one_product)
    one_product.clock.advance(days=90)
    assert offered(one_product)


def test_who_has_a_login_of_his_own_is_not_asked(one_product):
    offered(one_product)
    log_for(one_product, RILEY)
    connect_own_login(one_product)

    assert not offered(one_product)
    log_for(one_product, RILEY)
    assert not offered(one_product)


def test_who_gives_his_login_back_is_not_asked_for_it_the_next_moment(one_product):
    headers = connect_own_login(one_product)
    log_for(one_product, RILEY)
    one_product.client.delete(MINE, headers=headers)

    log_for(one_product, RILEY)

    assert not offered(one_product)
    one_product.clock.advance(days=90)
    assert offered(one_product)


def test_a_flow_is_offered_nothing_and_declines_nothing(one_product):
    flow = one_product.sign_in_flow()

    assert one_product.client.get(MINE, headers=flow).status_code == 403
    assert one_product.client.post(DISMISS, headers=flow).status_code == 403


def test_a_rep_in_lightning_is_offered_the_same_and_can_begin_and_decline(one_product):
    product = one_product
    register_apex(product)
    product.client.get(MINE, headers=as_apex_asks(product))
    log_for(product, RILEY)

    standing = product.client.get(MINE, headers=as_apex_asks(product))
    started = product.client.post(START, json={}, headers=as_apex_asks(product))
    declined = product.client.post(DISMISS, json={}, headers=as_apex_asks(product))

    assert standing.json["offered"] is True
    assert "/services/oauth2/authorize?" in started.json["authorize_url"]
    assert declined.json["offered"] is False


def test_a_disconnected_org_leaves_nothing_of_it(one_product):
    product = one_product
    offered(product)
    log_for(product, RILEY)
    dismiss(product)
    product.parts.connections.disconnect(product.connection)

    with product.parts.database.reading(product.connection.workspace_id) as session:
        assert session.rows(store.login_offer.select()) == []
