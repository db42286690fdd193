"""Which records may be edited, as the answers of the one call tell it (W12)."""

import pytest

from accord.core.ids import RecordId
from accord.features.panels import record
from accord.salesforce.model import Subanswer

DEAL, ACCOUNT = RecordId("006000000000001AAA"), RecordId("001000000000001AAA")
REFUSED = Subanswer("account_access", 400, [{"errorCode": "PROCESSING_HALTED", "message": "Invalid reference"}])


def told(reference: str, *access: bool) -> Subanswer:
    return Subanswer(reference, 200, {"records": [{"HasEditAccess": one} for one in access]})


@pytest.mark.parametrize(
    ("account", "editable"),
    [
        (told("account_access", True), {DEAL, ACCOUNT}),
        (told("account_access", False), {DEAL}),
        (told("account_access"), {DEAL}),
        (REFUSED, {DEAL, ACCOUNT}),  # nobody knows: the save asks Salesforce
        (None, {DEAL}),
    ],
)
def test_the_account_may_be_edited_unless_salesforce_says_otherwise(account, editable):
    answers = {"access": told("access", True)} | ({"account_access": account} if account else {})

    assert set(record._editable(answers, DEAL, ACCOUNT)) == editable


def test_a_deal_that_is_only_shared_for_reading_is_locked():
    assert set(record._editable({"access": told("access", False)}, DEAL, None)) == set()
