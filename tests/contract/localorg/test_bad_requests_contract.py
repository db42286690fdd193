"""Whatever is sent, the answer is one of the platform's refusals, never an accident."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from localorg.app import create_app
from localorg.faults import Fault, FaultKind, FaultScript
from support.local_org import HTTPS_BASE, an_org, wsgi_session
from support.sfdx import accord_source

NAMES = [
    "attributes", "type", "records", "ids", "fields", "Name", "Id", "id", "Account", "AccountId", "Email", "allOrNone",
    "compositeRequest", "batchRequests", "url", "method", "referenceId", "body", "richInput", "httpHeaders", "LastName",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e12, 1e12) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)
PLACES = [
    ("POST", "sobjects/Contact"),
    ("PATCH", "sobjects/Contact/Email/a@b.example"),
    ("POST", "composite"),
    ("POST", "composite/batch"),
    ("POST", "composite/sobjects"),
    ("PATCH", "composite/sobjects"),
    ("PATCH", "composite/sobjects/Contact/Email"),
    ("POST", "composite/sobjects/Contact"),
]


@pytest.fixture(scope="module")
def lo():
    return an_org()


@pytest.mark.parametrize(("method", "path"), PLACES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.sampled_from(NAMES), JSON, max_size=5) | JSON)
def test_any_json_gets_an_answer_of_the_platform(lo, method, path, body):
    answer = lo.call(method, path, body)

    assert answer.status_code < 500 or answer.status_code == 501, answer.text
    if answer.status_code >= 400:
        assert {"errorCode", "message"} <= set(answer.json()[0])


@pytest.mark.parametrize("text", ["[" * 100_000, "1" * 5000, "{", '"\\ud800"', "nul", '{"Name": "\\ud800"}', "\x00"])
def test_awkward_texts_are_no_accident(lo, text):
    answer = lo.session().post(f"{HTTPS_BASE}/services/data/v67.0/sobjects/Account", data=text.encode())

    assert answer.status_code in {201, 400}


@pytest.mark.parametrize("path", ["sobjects/Account/%2e%2e%2fContact", "query?q=%00", "query?q="])
def test_awkward_addresses_are_no_accident(lo, path):
    assert lo.session().get(f"{HTTPS_BASE}/services/data/v67.0/{path}").status_code in {400, 404}


def test_the_same_key_upserted_from_many_threads_leaves_one_record(tmp_path):
    lo = an_org(metadata_dirs=[accord_source(tmp_path)], permission_sets=["Accord_Rep"])

    def write(number):
        return lo.call("PATCH", "sobjects/Task/Accord_Id__c/k", {"Subject": str(number)})

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(write, range(20)))

    assert sorted(one.status_code for one in answers) == [200] * 19 + [201]
    assert len({one.json()["id"] for one in answers}) == 1
    assert [entry.seq for entry in lo.org.journal.entries()] == list(range(1, 21))


@pytest.mark.parametrize(("kind", "written"), [(FaultKind.RESET_BEFORE, 0), (FaultKind.RESET_AFTER, 1)])
def test_a_reset_is_a_connection_error_and_the_journal_knows_what_happened(kind, written):
    lo, faults = an_org(), FaultScript()
    faults.arm(Fault(kind=kind, path="/sobjects/Account"))
    session = wsgi_session(create_app(lo.org, https_base=HTTPS_BASE, http_base=HTTPS_BASE, faults=faults))
    session.headers["Authorization"] = f"Bearer {lo.token()}"

    with pytest.raises(requests.ConnectionError):
        session.post(f"{HTTPS_BASE}/services/data/v67.0/sobjects/Account", json={"Name": "Acme"})

    assert len(lo.org.journal.entries()) == written
