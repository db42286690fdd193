import pytest

from localorg.org import Org
from localorg.schema_sfdx import MetadataError
from support.local_org import an_org
from support.sfdx import (
    a_business_process,
    a_field,
    a_permission_set,
    a_record_type,
    accord_source,
    picklist_xml,
)


def described(lo, sobject, field, user=None):
    body = lo.call("GET", f"sobjects/{sobject}/describe", user=user).json()
    return next((one for one in body["fields"] if one["name"] == field), None)


def test_a_custom_field_of_the_source_is_described_as_a_deploy_would_make_it(tmp_path):
    lo = an_org(metadata_dirs=[accord_source(tmp_path)])

    field = described(lo, "Opportunity", "Accord_Id__c", lo.admin)

    assert (field["type"], field["length"], field["custom"]) == ("string", 40, True)
    assert (field["externalId"], field["unique"], field["caseSensitive"]) == (True, True, True)
    assert (field["createable"], field["updateable"], field["nillable"]) == (True, True, True)


def test_a_field_of_activity_is_a_field_of_task(tmp_path):
    lo = an_org(metadata_dirs=[accord_source(tmp_path)])

    assert described(lo, "Task", "Accord_Id__c", lo.admin)["externalId"] is True


def test_a_custom_field_is_invisible_without_a_permission_set(tmp_path):
    lo = an_org(metadata_dirs=[accord_source(tmp_path)])

    assert described(lo, "Opportunity", "Accord_Id__c") is None


def test_a_permission_set_opens_a_field_for_reading_or_for_writing(tmp_path):
    lo = an_org(metadata_dirs=[accord_source(tmp_path)], permission_sets=["Accord_Rep"])

    assert described(lo, "Opportunity", "Accord_Progress__c")["updateable"] is True
    assert described(lo, "Opportunity", "Accord_Plan_Status__c")["updateable"] is False


def test_assigning_a_permission_set_shows_at_once(tmp_path):
    lo = an_org(metadata_dirs=[accord_source(tmp_path)])
    assert described(lo, "Opportunity", "Accord_Id__c") is None

    lo.org.users.assign(lo.rep.id, "Accord_Rep")

    assert described(lo, "Opportunity", "Accord_Id__c") is not None


def test_record_type_id_is_a_field_only_where_record_types_exist(tmp_path):
    a_record_type(tmp_path, "Opportunity", "Renewal", {"StageName": ["Prospecting", "Closed Won"]})
    with_types, without = an_org(metadata_dirs=[tmp_path]), an_org()

    assert described(with_types, "Opportunity", "RecordTypeId") is not None
    assert described(without, "Opportunity", "RecordTypeId") is None


def test_a_record_type_made_later_adds_the_field():
    lo = an_org()

    lo.org.add_record_type("Opportunity", developer_name="Renewal", picklists={"StageName": ["Prospecting"]})

    assert described(lo, "Opportunity", "RecordTypeId") is not None
    rows = lo.salesforce().query("SELECT DeveloperName FROM RecordType WHERE SObjectType = 'Opportunity'")
    assert [row["DeveloperName"] for row in rows["records"]] == ["Renewal"]


def test_a_formula_field_is_read_only_for_everybody(tmp_path):
    a_field(tmp_path, "Account", "Score__c", type="Number", precision="4", scale="0", formula="1 + 1")
    lo = an_org(metadata_dirs=[tmp_path])

    field = described(lo, "Account", "Score__c", lo.admin)

    assert (field["calculated"], field["updateable"]) == (True, False)


def test_a_multi_select_keeps_its_values_in_the_order_of_the_definition(tmp_path):
    a_field(
        tmp_path, "Account", "Lines__c", type="MultiselectPicklist",
        inner=picklist_xml(["Optics", "Lasers", "Service"], restricted=True),
    )  # fmt: skip
    a_permission_set(tmp_path, "Lines", edit=["Account.Lines__c"])
    lo = an_org(metadata_dirs=[tmp_path], permission_sets=["Lines"])

    created = lo.call("POST", "sobjects/Account", {"Name": "Acme", "Lines__c": "Service;Optics;Service"}).json()

    assert lo.record("Account", created["id"])["Lines__c"] == "Optics;Service"


def test_an_unreadable_source_file_is_named(tmp_path):
    a_field(tmp_path, "Account", "Score__c", type="Summary")

    with pytest.raises(MetadataError, match=r"Score__c.field-meta.xml.*Summary"):
        Org.create(metadata_dirs=[tmp_path])


def test_an_unknown_permission_set_is_refused():
    with pytest.raises(KeyError, match="Nope"):
        an_org(permission_sets=["Nope"])


def test_the_stages_of_a_record_type_are_those_of_its_sales_process(tmp_path):
    a_business_process(tmp_path, "Opportunity", "Short", ["Qualification", "Proposal%2FPrice Quote", "Closed Won"])
    a_record_type(tmp_path, "Opportunity", "Renewal", {}, process="Short")
    lo = an_org(metadata_dirs=[tmp_path])
    renewal = next(row["Id"] for row in lo.org.records.all("RecordType"))
    values = {"Name": "x", "CloseDate": "2026-12-31", "RecordTypeId": renewal}

    allowed = lo.call("POST", "sobjects/Opportunity", {**values, "StageName": "Proposal/Price Quote"})
    refused = lo.call("POST", "sobjects/Opportunity", {**values, "StageName": "Prospecting"})

    assert (allowed.status_code, refused.json()[0]["fields"]) == (201, ["StageName"])


@pytest.mark.parametrize(
    ("sobject", "values", "allowed", "refused"),
    [
        ("Lead", {"LastName": "Ito", "Company": "Selwyn"}, "Working - Contacted", "Open - Not Contacted"),
        ("Case", {"Subject": "Broken lamp"}, "Escalated", "Working"),
    ],
)
def test_the_statuses_of_a_record_type_are_those_of_its_lead_or_support_process(
    tmp_path, sobject, values, allowed, refused
):
    a_business_process(tmp_path, sobject, "Short", [allowed, "Closed"])
    a_record_type(tmp_path, sobject, "Trade", {}, process="Short")
    lo = an_org(metadata_dirs=[tmp_path])
    values = {**values, "RecordTypeId": next(row["Id"] for row in lo.org.records.all("RecordType"))}

    answers = [lo.call("POST", f"sobjects/{sobject}", {**values, "Status": one}) for one in (allowed, refused)]

    assert (answers[0].status_code, answers[1].json()[0]["fields"]) == (201, ["Status"])


def test_a_record_type_whose_process_is_not_there_is_a_fault_of_the_source(tmp_path):
    a_record_type(tmp_path, "Opportunity", "Renewal", {}, process="Short")

    with pytest.raises(MetadataError, match="Short"):
        an_org(metadata_dirs=[tmp_path])
