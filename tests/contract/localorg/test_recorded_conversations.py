"""Whole recorded conversations of a real client with a real org, replayed: the same statuses and shapes, in order."""

import json

import pytest

from support.local_org import HTTPS_BASE, an_org
from support.recorded import recorded, shape

pytestmark = pytest.mark.recorded

UPSERTS = "cumulusci/tasks/bulkdata/tests/cassettes/TestUpsert."
HTTP = "cumulusci/utils/http/tests/cassettes/"
COUNTS = "cumulusci/utils/salesforce/tests/cassettes/"
CONVERSATIONS = [
    f"{UPSERTS}test_upsert__rest.yaml",
    f"{UPSERTS}test_simple_upsert__rest.yaml",
    f"{UPSERTS}test_upsert_complex_external_id_field__rest.yaml",
    f"{UPSERTS}test_upsert_complex_external_id_field_rest__duplicate_error.yaml",
    f"{HTTP}TestCompositeParallelSalesforce.test_composite_parallel_salesforce.yaml",
    f"{HTTP}TestCompositeParallelSalesforce.test_errors.yaml",
    f"{HTTP}TestCompositeParallelSalesforce.test_reference_ids.yaml",
]


def conversations():
    found = {}
    for one in recorded("cumulusci_interactions.json"):
        found.setdefault(one["source"], []).append(one)
    return found


def learn_ids(ids, theirs, ours):
    """Which of our ids stands for which recorded one, from two answers to the same write."""
    if isinstance(theirs, list) and isinstance(ours, list):
        for one, other in zip(theirs, ours, strict=False):
            learn_ids(ids, one, other)
    elif isinstance(theirs, dict) and isinstance(ours, dict) and theirs.get("id") and ours.get("id"):
        ids[theirs["id"]] = ours["id"]


def rewritten(value, ids):
    text = json.dumps(value).replace("/vxx.0/", "/v67.0/")
    for theirs, ours in ids.items():
        text = text.replace(theirs, ours)
    return json.loads(text)


@pytest.mark.parametrize("source", CONVERSATIONS)
def test_a_recorded_conversation_is_answered_in_the_same_shape(source):
    lo, ids, compared = an_org(), {}, 0
    session = lo.session(lo.admin)
    for one in conversations()[source]:
        # Counts lag behind on the platform and cassettes leave out what went through the Bulk API.
        if "/services/data/" not in one["uri"] or "recordCount" in one["uri"] or one["status"] >= 500:
            continue
        uri = rewritten(one["uri"], ids).replace("https://orgname.my.salesforce.com", HTTPS_BASE)
        body = None if one["request_body"] is None else rewritten(one["request_body"], ids)
        answer = session.request(one["method"], uri, json=body)

        assert answer.status_code == one["status"], answer.text
        assert answer.headers["Content-Type"] == one["content_type"]
        learn_ids(ids, one["body"], answer.json())
        theirs, ours = one["body"], answer.json()
        if isinstance(theirs, dict) and "records" in theirs:
            # A client's cassette keeps queries of several stages: the kinds of records agree, not their number.
            theirs, ours = {**theirs, "records": theirs["records"][:1]}, {**ours, "records": ours["records"][:1]}
            if not theirs["records"] or not ours["records"]:
                continue
        assert shape(ours) == shape(theirs), one["uri"]
        compared += 1
    assert compared


def test_a_recorded_organization_record_has_our_fields():
    lo = an_org()
    ours = lo.call("GET", f"sobjects/Organization/{lo.org.id}").json()
    described = {field["name"] for field in recorded("soqlMetadata/Organization.json")["fields"]}

    assert set(ours) == described | {"attributes"}
    assert set(ours["Address"]) == {
        "city", "country", "geocodeAccuracy", "latitude", "longitude", "postalCode", "state", "street",
    }  # fmt: skip


def test_recorded_counts_and_aggregates_have_our_shape():
    lo = an_org()
    lo.with_account()
    counted = {one["uri"].rpartition("/")[2]: one["body"] for one in recorded("cumulusci_interactions.json")}

    count = lo.call("GET", "limits/recordCount?sObjects=Account").json()
    aggregate = lo.call("GET", "query?q=select+count(Id)+from+Account").json()

    assert set(count["sObjects"][0]) == set(counted["recordCount?sObjects=Account"]["sObjects"][0])
    assert aggregate["records"][0] == {"attributes": {"type": "AggregateResult"}, "expr0": 1}
