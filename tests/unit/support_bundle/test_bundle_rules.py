"""What may stand in a support bundle."""

import io
import json
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.features.support.rules import masked, zip_of
from support.builders import NOON

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
