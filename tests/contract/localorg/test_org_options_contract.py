"""Orgs with and without several currencies, with and without person accounts."""

import pytest

from localorg.org_options import Currency, OrgOptions
from support.local_org import an_org
from support.recorded import recorded
from support.sfdx import a_field, a_permission_set

CURRENCIES = (Currency("USD"), Currency("EUR", rate=0.92), Currency("DEM", rate=1.8, active=False))


def with_currencies(**facts):
    lo = an_org(**facts)
    lo.org.switch_on(OrgOptions(currencies=CURRENCIES))
    return lo


def with_persons(**facts):
    lo = an_org(**facts)
    lo.org.switch_on(OrgOptions(person_accounts=True))
    return lo


def fields(lo, sobject, user=None):
    return {one["name"]: one for one in lo.call("GET", f"sobjects/{sobject}/describe", user=user).json()["fields"]}


def refusal(answer):
    assert answer.status_code == 400, answer.text
    return answer.json()[0]["errorCode"], answer.json()[0]["fields"]


def test_an_org_with_one_currency_knows_no_currency_fields():
    lo = an_org()

    assert "CurrencyIsoCode" not in fields(lo, "Opportunity")
    column = lo.call("GET", "query?q=SELECT CurrencyIsoCode FROM Opportunity").json()[0]
    written = lo.call("POST", "sobjects/Account", {"Name": "x", "CurrencyIsoCode": "USD"})
    table = lo.call("GET", "query?q=SELECT IsoCode FROM CurrencyType").json()[0]
    assert (column["errorCode"], table["errorCode"]) == ("INVALID_FIELD", "INVALID_TYPE")
    assert written.json()[0]["errorCode"] == "INVALID_FIELD"


def test_the_currencies_of_an_org_are_a_table_and_a_picklist():
    lo = with_currencies()

    rows = lo.salesforce().query("SELECT IsoCode, ConversionRate, IsActive, IsCorporate FROM CurrencyType")["records"]
    described = fields(lo, "Opportunity")["CurrencyIsoCode"]

    assert [(row["IsoCode"], row["IsActive"], row["IsCorporate"]) for row in rows] == [
        ("USD", True, True), ("EUR", True, False), ("DEM", False, False),
    ]  # fmt: skip
    assert (described["restrictedPicklist"], described["length"]) == (True, 3)
    assert [one["value"] for one in described["picklistValues"] if one["active"]] == ["USD", "EUR"]


def test_a_new_record_has_its_writers_currency_unless_it_is_given_another():
    lo = with_currencies()
    lo.org.users.change(lo.rep.id, DefaultCurrencyIsoCode="EUR")

    ids = [
        lo.call("POST", "sobjects/Account", values).json()["id"]
        for values in ({"Name": "x"}, {"Name": "y", "CurrencyIsoCode": "USD"})
    ]

    assert [lo.record("Account", one)["CurrencyIsoCode"] for one in ids] == ["EUR", "USD"]


@pytest.mark.parametrize("code", ["DEM", "XYZ"])
def test_an_inactive_or_unknown_currency_is_refused(code):
    lo = with_currencies()
    deal = lo.with_opportunity()

    answer = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"CurrencyIsoCode": code})

    assert refusal(answer) == ("INVALID_CURRENCY_ISO", ["CurrencyIsoCode"])


def test_a_record_in_a_currency_that_became_inactive_is_still_changed():
    lo = with_currencies()
    deal = lo.with_opportunity(CurrencyIsoCode="EUR")
    lo.org.switch_on(OrgOptions(currencies=(Currency("USD"), Currency("EUR", active=False), CURRENCIES[2])))

    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 7}).status_code == 204


def test_a_describe_asked_for_again_shows_the_new_fields():
    lo = an_org()
    stamp = lo.call("GET", "sobjects/Opportunity/describe").headers["Last-Modified"]
    lo.clock.forward(seconds=1)
    lo.org.switch_on(OrgOptions(currencies=CURRENCIES))

    again = lo.call("GET", "sobjects/Opportunity/describe", If_Modified_Since=stamp)

    assert again.status_code == 200
    assert "CurrencyIsoCode" in {one["name"] for one in again.json()["fields"]}


def test_older_records_take_the_corporate_currency_when_it_is_switched_on():
    lo = an_org()
    deal = lo.with_opportunity()

    lo.org.switch_on(OrgOptions(currencies=CURRENCIES))

    assert lo.record("Opportunity", deal)["CurrencyIsoCode"] == "USD"


def test_products_are_sold_in_the_currency_of_their_deal():
    lo = with_currencies()
    deal = lo.with_opportunity(CurrencyIsoCode="EUR")
    book = next(lo.org.records.all("Pricebook2"))["Id"]
    with lo.org.transaction(user_id=lo.admin.id) as tx:
        product = tx.insert("Product2", {"Name": "Lamp"})
        price = {"Pricebook2Id": book, "Product2Id": product, "UnitPrice": 5}
        dollars, euros = (tx.insert("PricebookEntry", {**price, "CurrencyIsoCode": one}) for one in ("USD", "EUR"))

    values = {"OpportunityId": deal, "Quantity": 1, "UnitPrice": 5}
    wrong = lo.call("POST", "sobjects/OpportunityLineItem", {**values, "PricebookEntryId": dollars})
    right = lo.call("POST", "sobjects/OpportunityLineItem", {**values, "PricebookEntryId": euros})
    changed = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"CurrencyIsoCode": "USD"})

    assert refusal(wrong) == ("FIELD_INTEGRITY_EXCEPTION", ["PricebookEntryId"])
    assert lo.record("OpportunityLineItem", right.json()["id"])["CurrencyIsoCode"] == "EUR"
    assert refusal(changed) == ("FIELD_INTEGRITY_EXCEPTION", ["CurrencyIsoCode"])


def test_options_outlive_a_restart_and_are_never_switched_off(tmp_path):
    lo = with_currencies(data_file=tmp_path / "org.sqlite")
    deal = lo.with_opportunity(CurrencyIsoCode="EUR")
    lo.org.close()

    again = an_org(data_file=tmp_path / "org.sqlite", clock=lo.clock)

    assert again.org.options.currencies == CURRENCIES
    assert again.record("Opportunity", deal)["CurrencyIsoCode"] == "EUR"
    with pytest.raises(ValueError, match="never switched off"):
        again.org.switch_on(OrgOptions())
    again.org.close()


def test_an_org_without_person_accounts_knows_none_of_their_fields():
    lo = an_org()

    assert not {"IsPersonAccount", "PersonContactId", "PersonEmail", "LastName"} & set(fields(lo, "Account"))
    assert "IsPersonAccount" not in fields(lo, "Contact")


def test_a_person_has_a_contact_that_follows_the_account():
    lo = with_persons()
    person = lo.call(
        "POST", "sobjects/Account", {"FirstName": "Ines", "LastName": "Moreau", "PersonEmail": "ines@moreau.example"}
    ).json()["id"]
    account = lo.record("Account", person)
    contact = lo.record("Contact", account["PersonContactId"])

    lo.call("PATCH", f"sobjects/Account/{person}", {"LastName": "Moreau-Lind", "PersonMailingCity": "Lyon"})
    moved = lo.record("Contact", contact["Id"])

    assert (account["Name"], account["IsPersonAccount"]) == ("Ines Moreau", True)
    assert (contact["Email"], contact["AccountId"], contact["IsPersonAccount"]) == ("ines@moreau.example", person, True)
    assert (moved["Name"], moved["MailingAddress"]["city"]) == ("Ines Moreau-Lind", "Lyon")
    assert lo.record("Account", person)["PersonMailingAddress"]["city"] == "Lyon"


def test_the_contact_of_a_person_is_not_written_by_itself():
    lo = with_persons()
    person = lo.call("POST", "sobjects/Account", {"LastName": "Moreau"}).json()["id"]
    contact = lo.record("Account", person)["PersonContactId"]

    answers = [
        lo.call("PATCH", f"sobjects/Contact/{contact}", {"Email": "x@y.example"}),
        lo.call("DELETE", f"sobjects/Contact/{contact}"),
    ]

    assert [refusal(one) for one in answers] == [("INVALID_PERSON_ACCOUNT_OPERATION", [])] * 2
    assert answers[0].json()[0]["message"] == "cannot reference person contact"


def test_a_person_has_no_name_to_write_and_a_business_no_last_name():
    lo = with_persons()
    person = lo.call("POST", "sobjects/Account", {"LastName": "Moreau"}).json()["id"]
    business = lo.call("POST", "sobjects/Account", {"Name": "Brightwater"}).json()["id"]

    renamed = lo.call("PATCH", f"sobjects/Account/{person}", {"Name": "x"})
    born = lo.call("PATCH", f"sobjects/Account/{business}", {"LastName": "x"})
    nobody = lo.call("POST", "sobjects/Account", {"Phone": "1"})

    assert refusal(renamed) == ("INVALID_FIELD_FOR_INSERT_UPDATE", ["Name"])
    assert refusal(born) == ("INVALID_FIELD_FOR_INSERT_UPDATE", ["LastName"])
    assert refusal(nobody) == ("REQUIRED_FIELD_MISSING", ["Name"])
    assert lo.record("Account", business)["IsPersonAccount"] is False


def test_a_person_goes_to_the_bin_with_its_contact():
    lo = with_persons()
    person = lo.call("POST", "sobjects/Account", {"LastName": "Moreau"}).json()["id"]
    contact = lo.record("Account", person)["PersonContactId"]

    assert lo.call("DELETE", f"sobjects/Account/{person}").status_code == 204
    assert lo.call("GET", f"sobjects/Contact/{contact}").json()[0]["errorCode"] == "ENTITY_IS_DELETED"


def test_custom_fields_of_contact_are_shown_as_pc_under_the_right_of_the_contact_field(tmp_path):
    a_field(tmp_path, "Contact", "Level__c")
    a_permission_set(tmp_path, "Levels", edit=["Contact.Level__c"])
    lo = with_persons(metadata_dirs=[tmp_path], permission_sets=["Levels"])
    stranger = lo.user("stranger@halden.example")

    person = lo.call("POST", "sobjects/Account", {"LastName": "Moreau", "Level__pc": "Gold"}).json()["id"]

    assert lo.record("Contact", lo.record("Account", person)["PersonContactId"])["Level__c"] == "Gold"
    assert "Level__pc" not in fields(lo, "Account", stranger)


def test_accounts_can_be_told_apart_in_queries():
    lo = with_persons()
    lo.call("POST", "sobjects/Account", {"LastName": "Moreau"})
    lo.call("POST", "sobjects/Account", {"Name": "Brightwater"})

    found = lo.salesforce().query(
        "SELECT Name, PersonContact.Name, RecordType.IsPersonType FROM Account WHERE IsPersonAccount = true"
    )["records"]

    assert [(row["PersonContact"]["Name"], row["RecordType"]["IsPersonType"]) for row in found] == [("Moreau", True)]


@pytest.mark.recorded
def test_person_fields_are_described_like_the_contact_fields_of_the_recording():
    """The recording of an org with person accounts names these fields; its facts are those of Contact."""
    ours = fields(with_persons(), "Account")
    contact = {one["name"]: one for one in recorded("describe/Contact.json")["fields"]}

    for name in ("MobilePhone", "Department", "Birthdate", "LeadSource", "MailingCity", "HomePhone"):
        mine, theirs = ours[f"Person{name}"], contact[name]
        compared = ("type", "length", "createable", "updateable", "nillable", "filterable", "picklistValues")
        assert [mine[key] for key in compared] == [theirs[key] for key in compared], name
    assert ours["LastName"]["extraTypeInfo"] == "switchablepersonname"
    assert ours["Name"]["nillable"] is True
