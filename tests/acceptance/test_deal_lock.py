"""The lock of connected deals, and what Salesforce itself does with them (A111 to A115, D31, S6)."""

from typing import Any

from accord.core.audit import LineFilter
from accord.core.ids import RecordId
from accord.features.field_sync.model import Row, Setup
from accord.infra.audit.store import load_lines
from accord.workspace.plans.model import NewPlan
from localorg import merging, undelete
from support.activities import an_admin, the_deals, user_id
from support.product import INTEGRATION, Product
from support.running_org import ADMIN
from support.two_way import Sides, agreed, an_admin_of

LOCK = "/api/v1/settings/deal-lock"


def set_lock(product: Product, *, allow_modifying: bool) -> Any:
    admin = an_admin(product)
    known = product.client.get(LOCK, headers=admin)
    headers = {**admin, "If-Match": known.headers["ETag"]}
    return product.client.put(LOCK, json={"allow_modifying": allow_modifying}, headers=headers)


def followed(product: Product) -> list[tuple[str, Any]]:
    """What the audit says of deals, the oldest first."""
    connection = product.connection
    with product.parts.database.reading(connection.workspace_id) as session:
        found = load_lines(session, connection.id, LineFilter(kind="deal.followed"), most=50)
    return [(line.entry.new["what"], line.entry.new.get("account_id")) for line in reversed(found.lines)]


def as_org_admin(sides: Sides) -> Any:
    product = sides.product
    return product.org.transaction(user_id=user_id(product, ADMIN), client="somebody")


def turn_twice(sides: Sides) -> None:
    """What the reading set going gathers for some seconds, and is written."""
    sides.turn(minutes=6)
    sides.turn()


def test_the_lock_is_off_until_an_admin_sets_it_and_the_audit_says_who(product: Product) -> None:
    """A111."""
    shown = product.client.get(LOCK, headers=an_admin(product))
    assert (shown.json["allow_modifying"], shown.json["is_default"]) == (True, True)

    saved = set_lock(product, allow_modifying=False)

    assert (saved.status_code, saved.json["allow_modifying"]) == (200, False)
    outdated = product.client.put(
        LOCK, json={"allow_modifying": True}, headers={**an_admin(product), "If-Match": shown.headers["ETag"]}
    )
    assert outdated.status_code == 412


def test_a_deleted_and_restored_deal_is_followed_and_keeps_its_plan(product: Product) -> None:
    """S6: the connection stays as it is, with the lock on as well."""
    sides = agreed(product)
    set_lock(product, allow_modifying=False)
    with as_org_admin(sides) as tx:
        tx.delete("Opportunity", sides.deal)
    sides.turn(minutes=6)
    sides.turn(minutes=6)
    assert followed(product) == [("deal_deleted", None)]

    with as_org_admin(sides) as tx:
        undelete.restore(tx, sides.deal)
    sides.turn(minutes=2)

    assert followed(product) == [("deal_deleted", None), ("deal_undeleted", None)]
    assert sides.plan.opportunity_id == sides.deal
    sides.edit_deal(CloseDate="2027-05-31")
    sides.turn(minutes=2)
    assert sides.end_date == "2027-05-31"


def test_a_deal_that_has_left_the_recycle_bin_is_followed_too(one_product: Product) -> None:
    """S6: the list of deletions does not name it any more; it is missed when all deals are read."""
    sides = agreed(one_product)
    with as_org_admin(sides) as tx:
        tx.delete("Opportunity", sides.deal)
    for _ in range(2):
        sides.turn(minutes=16 * 24 * 60)

    assert followed(one_product) == [("deal_gone", None)]


def test_a_deal_that_is_hidden_and_shown_again_was_not_undeleted(product: Product) -> None:
    sides = agreed(product)
    for hidden_from in ([user_id(product, INTEGRATION)], []):
        with product.org.setup() as tx:
            row = product.org.records.find("Opportunity", sides.deal)
            assert row is not None
            tx.put("Opportunity", sides.deal, {**row, "_hidden_from": hidden_from})
        sides.turn(minutes=25 * 60)

    assert followed(product) == [("deal_gone", None), ("deal_found", None)]


def test_a_merge_is_told_from_a_person_who_moves_the_deal(one_product: Product) -> None:
    """D31, S6: an account that lost a merge names its master; nothing else tells the two apart."""
    sides = agreed(one_product)
    with as_org_admin(sides) as tx:
        master = tx.insert("Account", {"Name": "Brightwater Group"})
        other = tx.insert("Account", {"Name": "Somebody else"})
        merging.merge(tx, master, [one_product.deal_account()])
    sides.turn(minutes=2)

    sides.edit_deal(AccountId=other)
    sides.turn(minutes=2)

    assert followed(one_product) == [("account_merged", master), ("account_changed", other)]


def test_fields_follow_a_deal_to_its_next_account_and_out_of_the_recycle_bin(product: Product) -> None:
    """D18, S6: the record behind a path is another one by now, though nothing has happened to the plan."""
    sides = agreed(product)
    rows = tuple(Row("", "accord_status", "", *each) for each in (("", "Accord_Status__c"), ("Account", "Description")))
    owner, admin = (product.org.users.by_username(name) for name in (INTEGRATION, ADMIN))
    product.org.users.change(owner.id, ProfileId=product.record("User", admin.id)["ProfileId"])
    product.parts.synced_fields.setup.save(an_admin_of(product), Setup(enabled=True, rows=rows))
    sides.edit_plan(title="Go-live in May")
    sides.turn()

    def shown() -> list[Any]:
        deal = product.record("Opportunity", sides.deal)
        return [deal["Accord_Status__c"], product.record("Account", deal["AccountId"])["Description"]]

    assert shown() == ["Not Started", "Not Started"]
    with as_org_admin(sides) as tx:
        master = tx.insert("Account", {"Name": "Brightwater Group"})
        other = tx.insert("Account", {"Name": "Somebody else"})
        merging.merge(tx, master, [product.deal_account()])
    turn_twice(sides)
    merged = shown()
    sides.edit_deal(AccountId=other)
    turn_twice(sides)
    assert [merged, shown()] == [["Not Started", "Not Started"]] * 2

    with as_org_admin(sides) as tx:
        tx.delete("Opportunity", sides.deal)
    sides.turn(minutes=6)
    with as_org_admin(sides) as tx:
        undelete.restore(tx, sides.deal)
        tx.update("Opportunity", sides.deal, {"Accord_Status__c": "Restored"})
    turn_twice(sides)
    assert shown() == ["Not Started", "Not Started"]


def test_a_locked_deal_is_changed_and_taken_away_by_nobody(product: Product) -> None:
    """A112, A113, A115: admins, reps and the application alike, and the server says why."""
    sides = agreed(product)
    other = next(deal for deal in the_deals(product) if deal != sides.deal)
    assert set_lock(product, allow_modifying=False).status_code == 200
    address = f"/api/v1/plans/{sides.plan_id}/deal"

    for headers in (an_admin(product), product.sign_in()):
        whole = product.client.get(f"/api/v1/plans/{sides.plan_id}", headers=headers)
        versioned = {**headers, "If-Match": whole.headers["ETag"]}
        changed = product.client.put(address, json={"opportunity_id": other}, headers=versioned)
        taken = product.client.delete(address, headers=versioned)
        assert (changed.status_code, changed.json["code"]) == (403, "DEAL_LOCKED")
        assert (taken.status_code, taken.json["code"]) == (403, "DEAL_LOCKED")

    assert sides.plan.opportunity_id == sides.deal


def test_the_first_deal_is_still_given_while_the_lock_is_on(one_product: Product) -> None:
    """A114; and from then on it stays."""
    set_lock(one_product, allow_modifying=False)
    first, second = the_deals(one_product)[:2]
    caller = an_admin_of(one_product)
    plan_id = one_product.parts.plans.connect(caller, NewPlan(None, "Go-live")).plan.id
    address, admin = f"/api/v1/plans/{plan_id}/deal", an_admin(one_product)

    codes = []
    for deal in (first, second):
        whole = one_product.client.get(f"/api/v1/plans/{plan_id}", headers=admin)
        headers = {**admin, "If-Match": whole.headers["ETag"]}
        codes.append(one_product.client.put(address, json={"opportunity_id": deal}, headers=headers).status_code)

    assert codes == [200, 403]


def test_with_the_lock_off_a_deal_is_changed_and_its_values_begin_anew(one_product: Product) -> None:
    sides = agreed(one_product)
    other = next(deal for deal in the_deals(one_product) if deal != sides.deal)
    admin = an_admin(one_product)
    whole = one_product.client.get(f"/api/v1/plans/{sides.plan_id}", headers=admin)

    changed = one_product.client.put(
        f"/api/v1/plans/{sides.plan_id}/deal",
        json={"opportunity_id": other},
        headers={**admin, "If-Match": whole.headers["ETag"]},
    )
    sides.turn(minutes=2)

    assert changed.status_code == 200
    assert sides.end_date == Sides(one_product, sides.plan_id, RecordId(other)).close_date
