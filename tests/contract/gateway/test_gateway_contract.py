"""The gateway against an org: what it reads, writes and understands of the refusals."""

from decimal import Decimal

import pytest

from accord.core.errors import AuthorizationLostError, RejectedError
from accord.core.outcomes import Done, Recovery, Refused
from accord.salesforce.describe import DescribeCache
from accord.salesforce.errors import SalesforceUnavailableError
from accord.salesforce.model import PicklistValue, Subrequest, UpdateRow, UpsertRow
from accord.salesforce.soql import count, eq, in_, select, starts_with
from accord.salesforce.wire import query_path, record_path
from localorg.faults import Fault, FaultKind, FaultMiddleware, FaultScript
from support.local_org import an_org
from support.org_gateway import gateway_to, login_to
from support.sfdx import a_record_type, accord_source

KEY = "Accord_Id__c"


@pytest.fixture
def lo(tmp_path):
    return an_org(metadata_dirs=[accord_source(tmp_path)], permission_sets=["Accord_Rep"])


def _faulty(lo, *faults):
    script = FaultScript()
    for fault in faults:
        script.arm(fault)
    return FaultMiddleware(lo.app.wsgi_app, script)


def test_a_describe_is_this_users_own(lo):
    noor, describes = lo.user("noor@halden.example", hidden_fields=["Opportunity.Amount"]), DescribeCache()
    rileys = gateway_to(lo, describes=describes).describe("Opportunity")
    noors = gateway_to(lo, noor, describes=describes).describe("Opportunity")

    assert "Amount" not in noors.fields
    amount = rileys.fields["Amount"]
    assert (amount.type, amount.precision, amount.scale, amount.updateable) == ("currency", 18, 2, True)
    assert rileys.fields["StageName"].type == "picklist"
    assert not rileys.fields["CloseDate"].nillable
    assert rileys.fields["AccountId"].reference_to == ("Account",)


def test_a_warm_describe_costs_no_call(lo):
    describes = DescribeCache()
    for _ in range(3):
        gateway = gateway_to(lo, describes=describes)
        gateway.describe("Opportunity")
    assert gateway.usage is None  # the third gateway has asked nothing

    gateway.forget_describes()
    gateway.describe("Opportunity")
    assert gateway.usage is not None


def test_the_values_of_a_picklist_are_those_of_the_record_type(tmp_path):
    a_record_type(tmp_path, "Opportunity", "Renewal", {"StageName": ["Prospecting", "Closed Won"]})
    lo = an_org(metadata_dirs=[tmp_path])
    gateway = gateway_to(lo)
    (renewal,) = gateway.query(select("Id").from_("RecordType").where(eq("DeveloperName", "Renewal")))

    assert list(gateway.picklist_values("Opportunity", renewal["Id"], "StageName")) == [
        PicklistValue("Prospecting", "Prospecting"),
        PicklistValue("Closed Won", "Closed Won"),
    ]
    assert len(gateway.picklist_values("Opportunity", None, "StageName")) > 2


@pytest.mark.parametrize("name", ['O\'Brien & Søn \\ "x" #1 100%_+/?', "line\none", "'; DELETE", "=1", "日本"])
def test_a_record_is_found_by_any_name(lo, name):
    account = lo.with_account(name)
    lo.with_account("Another")
    query = select("Id").from_("Account")

    assert [row["Id"] for row in gateway_to(lo).query(query.where(eq("Name", name)))] == [account]
    assert [row["Id"] for row in gateway_to(lo).query(query.where(in_("Name", [name, "none"])))] == [account]
    assert [row["Id"] for row in gateway_to(lo).query(query.where(starts_with("Name", name[:-1])))] == [account]


def test_a_long_result_is_read_to_its_end(lo):
    with lo.org.transaction(user_id=lo.rep.id, client="seed") as tx:
        for number in range(2050):
            tx.insert("Task", {"Subject": f"{number:04}", "OwnerId": lo.rep.id}, enforce=False)
    rows = gateway_to(lo).query(select("Subject").from_("Task").ordered("Subject"))

    assert [row["Subject"] for row in rows] == [f"{number:04}" for number in range(2050)]


def test_a_count_has_no_rows(lo):
    lo.with_account()

    assert gateway_to(lo).query(count().from_("Account")) == []


def test_an_amount_comes_and_goes_exactly_and_nothing_else_is_written(lo):
    deal = lo.with_opportunity(Amount=125000.5)
    gateway = gateway_to(lo)
    (before,) = gateway.query(select("Amount").from_("Opportunity").where(eq("Id", deal)))
    seq = lo.org.journal.last_seq
    (outcome,) = gateway.update("Opportunity", [UpdateRow(deal, {"Amount": Decimal("130000.07")})])

    assert before["Amount"] == Decimal("125000.5")
    assert outcome == Done(deal, created=False)
    (entry,) = lo.org.journal.entries(seq)
    assert entry.user == lo.rep.id
    assert set(entry.after) == {"Amount"}


def test_an_upsert_makes_a_record_once(lo):
    rows = [UpsertRow("k-1", {"Subject": "Call"}), UpsertRow("k-2", {"Subject": "Mail"})]
    first = gateway_to(lo).upsert("Task", KEY, rows)
    second = gateway_to(lo).upsert("Task", KEY, rows)

    assert [outcome.created for outcome in first] == [True, True]
    assert [outcome.created for outcome in second] == [False, False]
    assert [outcome.record_id for outcome in first] == [outcome.record_id for outcome in second]
    assert lo.org.records.count("Task") == 2


def test_a_repeat_after_a_lost_answer_makes_no_second_record(lo):
    app = _faulty(lo, Fault(FaultKind.RESET_AFTER, path="composite/sobjects", count=1))
    gateway = gateway_to(lo, app=app)
    (lost,) = gateway.upsert("Task", KEY, [UpsertRow("k-1", {"Subject": "Call"})])
    (found,) = gateway.upsert("Task", KEY, [UpsertRow("k-1", {"Subject": "Call"})])

    assert isinstance(lost, Refused)
    assert (lost.in_doubt, lost.recovery) == (True, Recovery.TRANSIENT)
    assert isinstance(found, Done)
    assert not found.created
    assert lo.org.records.count("Task") == 1


def test_an_org_in_maintenance_has_surely_written_nothing(lo):
    app = _faulty(lo, Fault(FaultKind.UNAVAILABLE, path="composite/sobjects", count=1))
    with pytest.raises(SalesforceUnavailableError) as caught:
        gateway_to(lo, app=app).upsert("Task", KEY, [UpsertRow("k-1", {"Subject": "Call"})])

    assert not caught.value.in_doubt
    assert lo.org.records.count("Task") == 0


def test_w1_a_key_on_a_record_that_this_login_cannot_see_is_a_success(lo):
    noor = lo.user("noor@halden.example", permission_sets=["Accord_Rep"])
    lo.with_task(Accord_Id__c="k-1", _hidden_from=[noor.id])
    (outcome,) = gateway_to(lo, noor).upsert("Task", KEY, [UpsertRow("k-1", {"Subject": "Call"})])

    assert outcome == Done(None, created=False)
    assert lo.org.records.count("Task") == 1


def test_one_bad_row_does_not_hold_up_its_neighbours(lo):
    rows = [
        UpsertRow("k-1", {"Subject": "x" * 256}),
        UpsertRow("k-2", {"Subject": "Mail"}),
        UpsertRow("k-3", {"Subject": "Call", "WhatId": "006000000000001AAA"}),
        UpsertRow("k-4", {"Subject": "Call", "Nonsense__c": 1}),
    ]
    outcomes = gateway_to(lo).upsert("Task", KEY, rows)

    assert [type(outcome) for outcome in outcomes] == [Refused, Done, Refused, Refused]
    assert (outcomes[0].code, outcomes[0].fields, outcomes[0].recovery) == (
        "STRING_TOO_LONG",
        ("Subject",),
        Recovery.DATA,
    )
    assert outcomes[2].recovery is Recovery.DATA
    assert (outcomes[3].code, outcomes[3].recovery) == ("INVALID_FIELD", Recovery.SCHEMA)


def test_an_org_without_our_key_field_asks_for_the_package():
    lo = an_org()
    (outcome,) = gateway_to(lo).upsert("Task", KEY, [UpsertRow("k-1", {"Subject": "Call"})])

    assert outcome.recovery is Recovery.SCHEMA
    assert "Install the package" in outcome.advice
    assert lo.org.records.count("Task") == 0


def test_an_update_of_a_record_that_is_gone_is_a_refusal_of_its_row(lo):
    deal = lo.with_opportunity()
    rows = [UpdateRow("006000000000999AAA", {"Name": "x"}), UpdateRow(deal, {"Name": "Renamed"})]
    outcomes = gateway_to(lo).update("Opportunity", rows)

    assert isinstance(outcomes[0], Refused)
    assert outcomes[0].recovery is Recovery.DATA
    assert outcomes[1] == Done(deal, created=False)
    assert lo.record("Opportunity", deal)["Name"] == "Renamed"


def test_a_composite_call_writes_and_reads_in_one(lo):
    deal = lo.with_opportunity(Amount=1)
    read = select("Amount").from_("Opportunity").where(eq("Id", deal))
    answers = gateway_to(lo).composite(
        [
            Subrequest("write", "PATCH", record_path("Opportunity", deal), {"Amount": Decimal("2.50")}),
            Subrequest("read", "GET", query_path(read)),
        ],
        all_or_none=True,
    )

    assert [answer.status for answer in answers] == [204, 200]
    assert answers[1].body["records"][0]["Amount"] == Decimal("2.5")


def test_a_composite_call_of_all_or_none_keeps_the_old_values(lo):
    deal, account = lo.with_opportunity(Name="Old"), lo.with_account("Old")
    answers = gateway_to(lo).composite(
        [
            Subrequest("one", "PATCH", record_path("Account", account), {"Name": "New"}),
            Subrequest("two", "PATCH", record_path("Opportunity", deal), {"Name": None}),
        ],
        all_or_none=True,
    )

    assert answers[0].body[0]["errorCode"] == "PROCESSING_HALTED"
    assert answers[1].status == 400
    assert lo.record("Account", account)["Name"] == "Old"


def test_an_ended_session_is_renewed_once_and_the_call_goes_on(lo):
    login = login_to(lo)
    lo.org.sessions.revoke(login.access_token.reveal())
    gateway = gateway_to(lo, login, renew=lambda: login_to(lo))

    assert gateway.upsert("Task", KEY, [UpsertRow("k-1", {"Subject": "Call"})])[0].created
    assert lo.org.records.count("Task") == 1


def test_an_ended_session_without_renewal_is_a_lost_login(lo):
    login = login_to(lo)
    lo.org.sessions.revoke(login.access_token.reveal())

    with pytest.raises(AuthorizationLostError):
        gateway_to(lo, login).describe("Account")


def test_a_user_without_the_api_is_a_lost_login_with_advice(lo):
    user = lo.user("noor@halden.example", api_enabled=False)
    with pytest.raises(AuthorizationLostError, match="API Enabled"):
        gateway_to(lo, user).query(select("Id").from_("Account"))


def test_a_hidden_field_in_a_query_is_refused_in_salesforces_words(lo):
    user = lo.user("noor@halden.example", hidden_fields=["Opportunity.Amount"])
    with pytest.raises(RejectedError) as caught:
        gateway_to(lo, user).query(select("Amount").from_("Opportunity"))

    assert caught.value.problems[0].code == "INVALID_FIELD"
    assert "Amount" in caught.value.problems[0].message


def test_the_use_of_the_limit_is_known_after_a_call(lo):
    gateway = gateway_to(lo)
    gateway.query(select("Id").from_("Account"))

    assert gateway.usage is not None
    assert 0 < gateway.usage.used < gateway.usage.allowed
    assert gateway.user_id == lo.rep.id
