"""What may stand in a support bundle."""

import io
import json
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.features.support.rules import by_code, fingerprint, masked, zip_of
from accord.salesforce.model import SObjectDescribe
from support.builders import NOON
from support.describes import a_field

TEXTS = st.text("xyz", min_size=9)
WORDS = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["label", "text"]), inner),
    max_leaves=9,
)


@settings(deadline=None)
@given(WORDS)
def test_no_word_of_a_person_gets_through(values):
    found = json.dumps(masked(values))

    assert not any(text * 3 in found for text in "xyz")


def test_api_names_numbers_and_choices_stay():
    values = {"rows": [{"sobject": "Opportunity", "field": "Amount", "label": "Secret"}], "version": 3, "enabled": True}

    assert masked(values) == {
        "rows": [{"sobject": "Opportunity", "field": "Amount", "label": "<6 characters>"}],
        "version": 3,
        "enabled": True,
    }


def test_the_zip_holds_each_part_as_json():
    with zipfile.ZipFile(io.BytesIO(zip_of({"a": {"at": NOON}, "b": []}, NOON))) as bundle:
        assert bundle.namelist() == ["a.json", "b.json"]
        assert json.loads(bundle.read("a.json")) == {"at": "2026-11-22 12:00:00+00:00"}


def printed(label: str = "Amount", *, updateable: bool = True, sobject: str = "Opportunity") -> str:
    field = a_field("Amount", "currency", label=label, updateable=updateable)
    described = SObjectDescribe(name=sobject, label=label, updateable=True, fields={"Amount": field})
    return str(fingerprint(described)["sha256"])


def test_a_fingerprint_changes_with_a_right_and_not_with_the_customers_words():
    assert printed() == printed("How much")
    assert len({printed(), printed(updateable=False), printed(sobject="Account")}) == 3


def test_errors_stand_under_their_codes_the_newest_first():
    found = by_code([{"code": "B", "at": 3}, {"code": "A", "at": 2}, {"code": "B", "at": 1}])

    assert {code: [one["at"] for one in errors] for code, errors in found.items()} == {"B": [3, 1], "A": [2]}
    assert list(found) == ["B", "A"]
