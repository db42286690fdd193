from datetime import UTC, datetime
from threading import Thread

import pytest

from localorg.errors import RefusedError
from localorg.ids import looks_like_id, widen
from support.local_org import an_org


def test_an_id_is_widened_with_the_checksum_of_its_capitals():
    assert widen("0015500001QdQWa") == "0015500001QdQWaAAN"
    assert widen("0015500001QdQWaAAN") == "0015500001QdQWaAAN"
    assert widen("0065500000KQ12X") == "0065500000KQ12XAAT"


@pytest.mark.parametrize("text", ["", "006", "006xx000004TmiQ1", "../../Contact/003", None, 6])
def test_what_is_no_id_does_not_look_like_one(text):
    assert not looks_like_id(text)


def test_two_orgs_have_ids_of_their_own_with_the_platforms_prefixes():
    one, other = an_org(), an_org()
    deal = one.with_opportunity()

    assert one.org.id.startswith("00D")
    assert one.org.id != other.org.id or deal != other.with_opportunity()
    assert deal.startswith("006")
    assert len(deal) == 18


def test_a_failed_transaction_leaves_neither_rows_nor_journal_entries():
    lo = an_org()

    with pytest.raises(RuntimeError), lo.org.transaction(user_id=lo.rep.id) as tx:
        tx.insert("Account", {"Name": "Acme"})
        raise RuntimeError

    assert lo.org.records.count("Account") == 0
    assert lo.org.journal.entries() == []


def test_a_savepoint_undoes_only_what_happened_in_it():
    lo = an_org()

    with lo.org.transaction(user_id=lo.rep.id) as tx:
        kept = tx.insert("Account", {"Name": "Kept"})
        with pytest.raises(RefusedError), tx.savepoint():
            tx.insert("Account", {"Name": "Undone"})
            tx.insert("Account", {})

    assert [row["Id"] for row in lo.org.records.all("Account")] == [kept]
    assert [entry.id for entry in lo.org.journal.entries()] == [kept]


def test_a_rolled_back_update_frees_its_unique_value_again(tmp_path):
    lo = an_org()
    contact = lo.org
    with contact.transaction(user_id=lo.rep.id) as tx:
        record_id = tx.insert("Contact", {"LastName": "Okafor", "Email": "before@halden.example"})
    with pytest.raises(RuntimeError), contact.transaction(user_id=lo.rep.id) as tx:
        tx.update("Contact", record_id, {"Email": "after@halden.example"})
        raise RuntimeError

    with contact.transaction(user_id=lo.rep.id) as tx:
        again = tx.upsert("Contact", "Email", "before@halden.example", {"LastName": "Okafor"})

    assert (again.id, again.created) == (record_id, False)


def test_a_transaction_inside_another_is_a_bug():
    lo = an_org()

    with (
        lo.org.transaction(user_id=lo.rep.id),
        pytest.raises(RuntimeError, match="savepoint"),
        lo.org.transaction(user_id=lo.rep.id),
    ):
        pass


def test_the_journal_holds_who_wrote_what_and_only_what_changed():
    lo = an_org()
    deal = lo.with_opportunity(Amount=125000.5)
    before = lo.org.journal.last_seq

    with lo.org.transaction(user_id=lo.rep.id, client="panel", request_id="r-1") as tx:
        tx.update("Opportunity", deal, {"Amount": 130000, "Name": "Brightwater"})

    (entry,) = lo.org.journal.entries(after=before)
    assert (entry.user, entry.client, entry.request_id) == (lo.rep.id, "panel", "r-1")
    assert (entry.op, entry.object, entry.id) == ("update", "Opportunity", deal)
    assert (dict(entry.before), dict(entry.after)) == ({"Amount": 125000.5}, {"Amount": 130000.0})


def test_waiting_for_the_journal_ends_with_the_next_commit():
    lo = an_org()
    found = []
    waiter = Thread(target=lambda: found.extend(lo.org.journal.wait(after=0, timeout=20)))
    waiter.start()
    lo.with_account()
    waiter.join(timeout=20)

    assert [entry.object for entry in found] == ["Account"]


def test_waiting_for_the_journal_ends_with_its_timeout():
    assert an_org().org.journal.wait(after=0, timeout=0.01) == []


def test_a_restart_finds_records_journal_sessions_and_the_org_id(tmp_path):
    file = tmp_path / "org.db"
    first = an_org(data_file=file)
    deal = first.with_opportunity()
    token = first.token()
    first.org.close()

    second = an_org(data_file=file)

    assert second.org.id == first.org.id
    assert second.record("Opportunity", deal) == first.record("Opportunity", deal)
    assert second.org.journal.entries() == first.org.journal.entries()
    assert second.org.sessions.find(token).user_id == first.rep.id
    assert second.rep == first.rep
    assert second.with_opportunity() != deal


def test_a_restart_does_not_forget_a_deletion(tmp_path):
    file = tmp_path / "org.db"
    first = an_org(data_file=file)
    deal = first.with_opportunity()
    with first.org.transaction(user_id=first.rep.id) as tx:
        tx.delete("Opportunity", deal)
    first.org.close()

    second = an_org(data_file=file)

    assert second.call("GET", f"sobjects/Opportunity/{deal}").json()[0]["errorCode"] == "ENTITY_IS_DELETED"


def test_the_data_file_holds_no_token_in_the_clear(tmp_path):
    file = tmp_path / "org.db"
    lo = an_org(data_file=file)
    token = lo.token()
    lo.org.close()

    assert token.encode() not in file.read_bytes()


def test_a_session_ends_by_revocation_and_all_of_a_user_at_once():
    lo = an_org()
    one, two, other = lo.token(), lo.token(), lo.token(lo.admin)

    assert lo.org.sessions.revoke(one)
    assert lo.org.sessions.find(one) is None
    assert lo.org.sessions.expire_all(lo.rep.id) == 1
    assert lo.org.sessions.find(two) is None
    assert lo.org.sessions.find(other) is not None


def test_a_user_is_known_by_id_and_by_name_in_any_case():
    lo = an_org()

    assert lo.org.users.by_username("RILEY@halden.example") == lo.rep
    assert lo.org.users.by_id(lo.rep.id[:15]) == lo.rep
    assert lo.rep.name == "Riley Okafor"
    with pytest.raises(ValueError, match="exists"):
        lo.user("riley@halden.example")


def test_the_clock_is_the_orgs_own():
    lo = an_org()
    lo.clock.now = datetime(2027, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)

    assert lo.record("Account", lo.with_account())["CreatedDate"] == "2027-01-02T03:04:05.000+0000"
