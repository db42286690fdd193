"""Describes, queries in pages, the UI API, limits, and what is honestly not built."""

import pytest

from localorg import rest_misc
from localorg.schema import OBJECTS_NOT_BUILT
from support.local_org import HTTPS_BASE, an_org
from support.sfdx import a_record_type


def test_the_global_describe_lists_what_the_user_may_see():
    names = {one["name"] for one in an_org().salesforce().describe()["sobjects"]}

    assert names >= {"Account", "Contact", "Opportunity", "Task", "User", "RecordType", "Organization"}


def test_an_unchanged_describe_is_answered_304():
    lo = an_org()
    first = lo.call("GET", "sobjects/Account/describe")

    again = lo.call("GET", "sobjects/Account/describe", If_Modified_Since=first.headers["Last-Modified"])
    older = lo.call("GET", "sobjects/Account/describe", If_Modified_Since="Sat, 1 Jan 2000 00:00:01 GMT")

    assert (again.status_code, again.content, older.status_code) == (304, b"", 200)


def test_a_long_answer_comes_in_batches_that_simple_salesforce_follows():
    lo = an_org()
    with lo.org.transaction(user_id=lo.rep.id) as tx:
        for number in range(450):
            tx.insert("Account", {"Name": f"A{number:03d}"})

    first = lo.call("GET", "query?q=SELECT+Name+FROM+Account", Sforce_Query_Options="batchSize=200").json()
    second = lo.session().get(HTTPS_BASE + first["nextRecordsUrl"]).json()

    assert (first["totalSize"], first["done"], len(first["records"])) == (450, False, 200)
    assert len(second["records"]) == 200
    rows = lo.salesforce().query_all("SELECT Name FROM Account ORDER BY Name")["records"]
    assert [row["Name"] for row in rows] == [f"A{number:03d}" for number in range(450)]


def a_long_answer(lo, *, resource="query", size=200):
    with lo.org.transaction(user_id=lo.rep.id) as tx:
        for number in range(450):
            tx.insert("Account", {"Name": f"A{number:03d}"})
    options = {"Sforce_Query_Options": f"batchSize={size}"}
    return lo.call("GET", f"{resource}?q=SELECT+Name+FROM+Account+ORDER+BY+Name", **options).json()


def test_a_cursor_belongs_to_its_user():
    lo = an_org()

    answer = lo.session(lo.admin).get(HTTPS_BASE + a_long_answer(lo)["nextRecordsUrl"])

    assert answer.json()[0]["errorCode"] == "INVALID_QUERY_LOCATOR"


def test_batches_follow_each_other_to_the_end_and_may_be_read_again():
    lo = an_org()
    page = a_long_answer(lo)
    names = [row["Name"] for row in page["records"]]
    second = page["nextRecordsUrl"]
    while not page["done"]:
        page = lo.session().get(HTTPS_BASE + page["nextRecordsUrl"]).json()
        names += [row["Name"] for row in page["records"]]

    assert names == [f"A{number:03d}" for number in range(450)]
    assert ("nextRecordsUrl" in page, page["totalSize"]) == (False, 450)
    assert lo.session().get(HTTPS_BASE + second).json()["records"][0]["Name"] == "A200"


def test_a_cursor_shows_what_was_there_when_it_was_opened():
    lo = an_org()
    first = a_long_answer(lo)
    with lo.org.transaction(user_id=lo.rep.id) as tx:
        for row in list(lo.org.records.all("Account")):
            tx.update("Account", row["Id"], {"Name": "changed"})

    assert lo.session().get(HTTPS_BASE + first["nextRecordsUrl"]).json()["records"][0]["Name"] == "A200"


def test_a_query_all_goes_on_in_batches_too():
    first = a_long_answer(an_org(), resource="queryAll", size=450)

    assert (len(first["records"]), first["done"]) == (450, True)


@pytest.mark.parametrize(("asked", "got"), [("1", 200), ("199", 200), ("300", 300), ("9000", 450)])
def test_the_size_of_a_batch_is_moved_into_its_bounds(asked, got):
    assert len(a_long_answer(an_org(), size=asked)["records"]) == got


def test_a_cursor_lives_for_two_days():
    lo = an_org()
    address = HTTPS_BASE + a_long_answer(lo)["nextRecordsUrl"]

    lo.clock.forward(days=2)
    alive = lo.session().get(address)
    lo.clock.forward(seconds=1)
    gone = lo.session().get(address)

    assert alive.status_code == 200
    assert (gone.status_code, gone.json()) == (
        400, [{"message": "invalid query locator", "errorCode": "INVALID_QUERY_LOCATOR"}],
    )  # fmt: skip


def test_parents_and_children_are_read_in_one_query():
    lo = an_org()
    account = lo.with_account("Brightwater")
    deal = lo.with_opportunity(AccountId=account)
    lo.with_task("Call", WhatId=deal)

    row = lo.salesforce().query(
        "SELECT Id, Account.Name, Owner.Name, (SELECT Subject FROM Tasks) FROM Opportunity WHERE CloseDate = 2026-12-31"
    )["records"][0]

    assert (row["Account"]["Name"], row["Owner"]["Name"]) == ("Brightwater", "Riley Okafor")
    assert row["Tasks"]["records"][0]["Subject"] == "Call"


def test_picklist_values_come_by_record_type_with_what_stages_mean(tmp_path):
    a_record_type(tmp_path, "Opportunity", "Renewal", {"StageName": ["Prospecting", "Closed Won"]})
    lo = an_org(metadata_dirs=[tmp_path])
    renewal = next(row["Id"] for row in lo.org.records.all("RecordType"))
    address = "ui-api/object-info/Opportunity/picklist-values"

    by_type = lo.call("GET", f"{address}/{renewal}/StageName").json()
    by_master = lo.call("GET", f"{address}/012000000000000AAA").json()["picklistFieldValues"]["StageName"]

    assert [one["value"] for one in by_type["values"]] == ["Prospecting", "Closed Won"]
    assert len(by_master["values"]) == 10
    assert by_type["values"][1]["attributes"]["won"] is True


def test_object_info_says_type_label_required_and_rights():
    lo = an_org()
    user = lo.user("noor@halden.example", read_only_fields=["Opportunity.Amount"])

    fields = lo.call("GET", "ui-api/object-info/Opportunity", user=user).json()["fields"]

    assert (fields["Amount"]["dataType"], fields["Amount"]["label"], fields["Amount"]["updateable"]) == (
        "Currency", "Amount", False,
    )  # fmt: skip
    assert (fields["Name"]["required"], fields["NextStep"]["required"]) == (True, False)


def test_a_record_is_read_and_written_by_the_ui_api():
    lo = an_org()
    deal = lo.with_opportunity(Amount=5)
    user = lo.user("noor@halden.example", hidden_fields=["Opportunity.Amount"])

    written = lo.call("PATCH", f"ui-api/records/{deal}", {"fields": {"Amount": 6}}).json()
    optional = "fields=Opportunity.Name&optionalFields=Opportunity.Amount"
    read = lo.call("GET", f"ui-api/records/{deal}?{optional}", user=user).json()

    assert written["fields"] == {"Amount": {"displayValue": None, "value": 6.0}}
    assert set(read["fields"]) == {"Name"}


def test_the_identity_of_the_caller_is_found_from_the_resources():
    lo = an_org()

    assert lo.call("GET", "").json()["identity"] == f"{HTTPS_BASE}/id/{lo.org.id}/{lo.rep.id}"


def test_record_counts_leave_out_objects_without_records():
    lo = an_org()
    lo.with_account()

    assert lo.call("GET", "limits/recordCount?sObjects=Account,Contact").json() == {
        "sObjects": [{"count": 1, "name": "Account"}]
    }


def test_a_method_that_the_resource_does_not_take_is_405():
    answer = an_org().call("PUT", "sobjects/Account")

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (405, "METHOD_NOT_ALLOWED")


def test_an_unknown_resource_is_not_found():
    assert an_org().call("GET", "nothing/here").json()[0]["errorCode"] == "NOT_FOUND"


NOT_BUILT = [
    *(("GET", path) for path in rest_misc.RESOURCES_NOT_BUILT),
    *(("GET", f"sobjects/{name}/describe") for name in sorted(OBJECTS_NOT_BUILT)),
    # approvals can be asked for by a query alone
    *(("GET", f"query?q=SELECT+Id+FROM+{name}") for name in sorted(OBJECTS_NOT_BUILT - {"ProcessInstance"})),
    ("POST", "composite/tree/Account"),
    ("POST", "composite/graph"),
    ("GET", "query?q=SELECT+Id+FROM+Account&columns=true"),
    ("GET", "query?explain=SELECT+Id+FROM+Account"),
    ("GET", "sobjects/Account/listviews"),
    ("GET", "sobjects/Account/describe/layouts"),
    ("GET", "ui-api/layout/Opportunity"),
    ("GET", "ui-api/record-ui/006000000000001AAA"),
    ("POST", "ui-api/records"),
]


@pytest.mark.parametrize(("method", "path"), NOT_BUILT, ids=str)
def test_what_is_valid_and_not_built_says_so_itself(method, path, one_org):
    answer = one_org.call(method, path)

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (501, "LOCALORG_NOT_BUILT")


@pytest.fixture(scope="module")
def one_org():
    return an_org()
