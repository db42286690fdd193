"""An org's leaving is cut off again and again, before a commit and after one, and ends the same."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from accord.delivery.foregone.model import Foregone
from accord.delivery.foregone.store import note_foregone
from accord.delivery.parts import Part
from accord.features.connections.model import Connection
from accord.features.uninstall import store
from accord.features.uninstall.rules import count_confirmed
from accord.infra.db import Database
from support.copies import use_the_deal
from support.own_login import connect_own_login
from support.product import Product, a_product
from support.running_org import ADMIN, NOOR

pytestmark = pytest.mark.faults


class KilledError(Exception):
    """The process is gone."""


@pytest.fixture
def product(database: Database) -> Iterator[Product]:
    with a_product(database) as made:
        yield made


@contextmanager
def killed_at(patch: pytest.MonkeyPatch, number: int, *, after_commit: bool) -> Iterator[None]:
    """The writing transaction of this number is the last: it is lost, or its commit was the last thing done."""
    opened, done = Database.workspace, 0

    @contextmanager
    def workspace(self, workspace_id):
        nonlocal done
        done += 1
        with opened(self, workspace_id) as session:
            yield session
            if done == number and not after_commit:
                raise KilledError
        if done == number:
            raise KilledError

    with patch.context() as patched:
        patched.setattr(Database, "workspace", workspace)
        yield


def test_leaving_that_is_killed_half_way_ends_the_same_when_it_is_called_again(product, monkeypatch):
    monkeypatch.setattr(store, "BATCH", 4)
    use_the_deal(product)
    for username in (ADMIN, NOOR):
        connect_own_login(product, username)
    uninstall, org = product.parts.safeguards.uninstall, product.connection
    with product.parts.database.reading(org.workspace_id) as session:
        before = dict(store.count_copies(session, org.id, plans_too=False))
    kills = 0
    for life in range(200):
        try:
            with killed_at(monkeypatch, 1 + life % 6, after_commit=life % 4 < 3):
                receipt = leave(product, org)
        except KilledError:
            kills += 1
            continue
        break
    ends = [one.whose for one in receipt.logins]

    assert kills > 10
    assert (receipt.left, ends.count("member"), count_confirmed(receipt)[1]) == (0, 2, 0)
    went_by_itself = {"credential", "canvas_session", "login_attempt", "login_offer", "personal_login", "connect_link"}
    counted = {name: number for name, number in before.items() if name not in went_by_itself}
    assert {name: receipt.deleted[name] for name in counted} == counted | {"audit_line": counted["audit_line"] + 2}
    assert leave(product, org) == receipt, "once more changes nothing"
    assert uninstall.finish_all() == 0


def test_what_somebody_stores_after_the_last_sweep_goes_too(product, monkeypatch):
    """A process that had asked before the org left, and whose row is there when all was found empty."""
    opened, sweep, org = Database.workspace, store.delete_some, product.connection
    steps: list[str] = []

    def delete_some(*given, **more):
        found = sweep(*given, **more)
        steps.extend([] if found or steps else ["swept"])
        return found

    @contextmanager
    def workspace(self, workspace_id):
        if steps == ["swept"]:
            steps.append("stored")
            with opened(self, workspace_id) as late:
                note_foregone(late, org.id, [Foregone(Part.ACTIVITY, "late", product.clock())])
        with opened(self, workspace_id) as session:
            yield session

    use_the_deal(product)
    with product.parts.database.reading(org.workspace_id) as session:
        known = store.count_copies(session, org.id, plans_too=False).get("foregone_write", 0)
    monkeypatch.setattr(store, "delete_some", delete_some)
    monkeypatch.setattr(Database, "workspace", workspace)
    receipt = leave(product, org)

    assert steps == ["swept", "stored"]
    assert (receipt.left, receipt.deleted["foregone_write"]) == (0, known + 1)


def test_what_was_cut_off_is_finished_by_the_chore(product, monkeypatch):
    use_the_deal(product)
    with pytest.raises(KilledError), killed_at(monkeypatch, 4, after_commit=True):
        leave(product, product.connection)
    assert product.parts.safeguards.uninstall.receipts()[0].receipt.finished_at is None

    assert product.parts.chores["leaving_finished"]() == 1
    (kept,) = product.parts.safeguards.uninstall.receipts()
    assert kept.receipt.finished_at is not None
    assert kept.receipt.left == 0


def leave(product: Product, org: Connection):
    return product.parts.safeguards.uninstall.carry_out(org, delete_plans=False, by=None)
