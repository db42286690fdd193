"""The known traps of simple-salesforce and requests, each closed. The names are those of the traps."""

import ast
from pathlib import Path
from unittest.mock import patch

import pytest
import requests
import simple_salesforce.api

import accord
from accord.core.errors import AuthorizationLostError, TransientError
from accord.core.outcomes import Done, Refused
from accord.salesforce.client import CallFailedError, Client, next_page_path
from accord.salesforce.describe import DescribeCache
from accord.salesforce.gateway import open_gateway
from accord.salesforce.model import AccessToken, Subrequest, UpsertRow
from accord.salesforce.soql import eq, in_, select
from accord.salesforce.transport import Adapters, HttpOptions, never_sent, open_session
from localorg.http_server import RunningServer
from localorg.tls import ensure_certificates
from support.builders import NOON, AClock
from support.scripted_org import INSTANCE, VERSIONS, Answer, ScriptedOrg, a_gateway, a_login, http_to, sf_error

DEAL = select("Id").from_("Opportunity")
NO_ROWS = Answer(body={"totalSize": 0, "done": True, "records": []})
ENDED = sf_error("INVALID_SESSION_ID", "Session expired or invalid", status=401)
TASK = [UpsertRow("7b0e6a52", {"Subject": "Call"})]
TASK_ID = "00T000000000001EAA"
OURS = {"Sforce-Call-Options": "client=Accord", "Sforce-Auto-Assign": "FALSE", "Accept-Encoding": "gzip"}


def _renewed(**changes):
    return a_login(access_token=AccessToken("00Dtoken!two"), **changes)


def test_no_timeout():
    org = ScriptedOrg(NO_ROWS)
    a_gateway(org).query(DEAL)

    assert org.asked[0].timeout == (5.0, 7.0)


def test_a_hung_org_does_not_hang_a_worker():
    with a_silent_host() as entry:
        http = HttpOptions(timeout=0.2, allowed_loopback=frozenset({entry}))
        login = a_login(instance_url=f"https://{entry}")
        gateway = open_gateway(login, http=http, describes=DescribeCache(), clock=AClock())

        with pytest.raises(TransientError):
            gateway.query(DEAL)


def test_headers_dropped_on_retry():
    org = ScriptedOrg(ENDED, NO_ROWS)
    a_gateway(org, renew=_renewed).query(DEAL)
    first, second = org.asked

    assert OURS.items() <= first.headers.items()
    assert OURS.items() <= second.headers.items()
    assert (first.headers["Authorization"], second.headers["Authorization"]) == (
        "Bearer 00Dtoken!one",
        "Bearer 00Dtoken!two",
    )


def test_the_body_of_a_write_is_sent_again_whole_after_a_renewal():
    org = ScriptedOrg(ENDED, Answer(body=[{"id": TASK_ID, "success": True, "created": True, "errors": []}]))
    outcomes = a_gateway(org, renew=_renewed).upsert("Task", "Accord_Id__c", TASK)

    assert outcomes == [Done(TASK_ID, created=True)]
    assert org.asked[0].body == org.asked[1].body


@pytest.mark.parametrize("call", ["query", "upsert", "composite", "describe"])
def test_endless_401_recursion(call):
    org, renewals = ScriptedOrg(ENDED), []

    def renew():
        renewals.append(1)
        return _renewed()

    gateway = a_gateway(org, renew=renew)
    calls = {
        "query": lambda: gateway.query(DEAL),
        "upsert": lambda: gateway.upsert("Task", "Accord_Id__c", TASK),
        "composite": lambda: gateway.composite([Subrequest("one", "GET", "limits")], all_or_none=False),
        "describe": lambda: gateway.describe("Account"),
    }
    with pytest.raises(AuthorizationLostError):
        calls[call]()

    assert (len(org.asked), len(renewals)) == (2, 1)


def test_a_ready_made_token_without_renewal_ends_after_one_call():
    org = ScriptedOrg(ENDED)
    with pytest.raises(AuthorizationLostError):
        a_gateway(org).query(DEAL)

    assert len(org.asked) == 1


def test_a_login_that_is_renewed_as_another_user_is_not_used():
    org = ScriptedOrg(ENDED, NO_ROWS)
    with pytest.raises(AuthorizationLostError):
        a_gateway(org, renew=lambda: _renewed(user_id="005000000000002AAA")).query(DEAL)

    assert len(org.asked) == 1


@pytest.mark.parametrize(
    "foreign",
    [
        "https://evil.example/x",
        "//evil.example/x",
        "@evil.example/x",
        ".evil.example/x",
        ":8080/x",
        "/services/data/v67.0/../x",
        *["/services/data/v67.0/query/01g?x=1", "/services/data/v67.0/sobjects/User", "", None, 7],
    ],
)
def test_urljoin_token_leak(foreign):
    """No text of an answer and no id makes an address: all are paths below the API of the login's own host."""
    with pytest.raises(CallFailedError):
        next_page_path(foreign)
    org = ScriptedOrg(Answer(body={"done": False, "records": [], "nextRecordsUrl": foreign}))
    with pytest.raises(TransientError):
        a_gateway(org).query(DEAL)

    assert [asked.url.startswith(f"{INSTANCE}/services/data/v67.0/query?") for asked in org.asked] == [True]


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/", "../../../evil", "@evil.example", "/limits"]
)
def test_urljoin_token_leak_by_a_part_of_a_composite_call(path):
    org = ScriptedOrg(NO_ROWS)
    with pytest.raises(ValueError):
        a_gateway(org).composite([Subrequest("one", "GET", path)], all_or_none=False)

    assert org.asked == []


def test_default_version_59():
    org = ScriptedOrg(NO_ROWS)
    a_gateway(org).query(DEAL)

    assert simple_salesforce.api.DEFAULT_API_VERSION == "59.0"
    assert org.asked[0].url.startswith(f"{INSTANCE}/services/data/v67.0/")


@pytest.mark.parametrize(
    ("offered", "used"),
    [
        (["31.0", "66.0", "65.0"], "66.0"),
        (["67.0", "68.0"], "67.0"),
        (["9.0", "100.0"], "67.0"),
        ([], "67.0"),
        (["../evil", "67", None], "67.0"),
    ],
)
def test_default_version_59_an_older_org_gets_its_own_highest_version(offered, used):
    org = ScriptedOrg(NO_ROWS, versions=Answer(body=[{"version": version} for version in offered]))
    a_gateway(org).query(DEAL)

    assert f"/services/data/v{used}/" in org.asked[0].url


@pytest.mark.parametrize(
    "answer", [Answer(404, None), Answer(200, b"<html>"), Answer(200, {"versions": []}), Answer(500)]
)
def test_default_version_59_an_org_that_does_not_list_its_versions_is_asked_with_ours(answer):
    org = ScriptedOrg(NO_ROWS, versions=answer)
    a_gateway(org).query(DEAL)

    assert "/services/data/v67.0/" in org.asked[0].url


def test_the_versions_of_an_org_are_asked_for_once():
    org, describes = ScriptedOrg(NO_ROWS), DescribeCache()
    for _ in range(3):
        a_gateway(org, describes=describes).query(DEAL)

    assert (org.versions_asked, len(org.asked)) == (1, 3)


def test_upsert_without_id():
    """simple-salesforce gives the bare status of an upsert; ours gives the record and whether it was made."""
    answers = [
        {"id": TASK_ID, "success": True, "created": True, "errors": []},
        {"id": "00T000000000002EAA", "success": True, "created": False, "errors": []},
    ]
    rows = [UpsertRow("a", {"Subject": "Call"}), UpsertRow("b", {"Subject": "Mail"})]
    outcomes = a_gateway(ScriptedOrg(Answer(body=answers))).upsert("Task", "Accord_Id__c", rows)

    assert outcomes == [Done(TASK_ID, created=True), Done("00T000000000002EAA", created=False)]


@pytest.mark.parametrize("key", ["", " ", " a", "a ", "x" * 256])
def test_upsert_without_an_external_id_would_be_an_insert(key):
    org = ScriptedOrg(NO_ROWS)
    with pytest.raises(ValueError):
        a_gateway(org).upsert("Task", "Accord_Id__c", [UpsertRow(key, {})])

    assert org.asked == []


def test_format_soql():
    """`format_soql` writes {x:s} and {x:literal} raw and makes `IN ()`: nothing of the product names it."""
    sources = [file.read_text() for file in Path(accord.__file__).parent.rglob("*.py")]

    assert not any(isinstance(node, ast.Name | ast.Attribute) and "format_soql" in ast.unparse(node)
                   for source in sources for node in ast.walk(ast.parse(source)))  # fmt: skip
    assert ScriptedOrg(NO_ROWS).asked == list(a_gateway(ScriptedOrg(NO_ROWS)).query(DEAL.where(in_("Id", []))))


def test_format_soql_in_of_nothing_costs_no_call():
    org = ScriptedOrg(NO_ROWS)

    assert a_gateway(org).query(DEAL.where(eq("Name", "x"), in_("Id", []))) == ()
    assert (org.asked, org.versions_asked) == ([], 0)


def test_shared_client():
    """Two gateways share nothing but open connections: no session, no header, no cookie, no token."""
    org = ScriptedOrg(Answer(body={"done": True, "records": []}, headers={"Set-Cookie": "sid=secret; Path=/"}))
    for token in ("one", "two", "one"):
        a_gateway(org, login=a_login(access_token=AccessToken(token))).query(DEAL)

    assert [asked.headers["Authorization"] for asked in org.asked] == ["Bearer one", "Bearer two", "Bearer one"]
    assert not any("Cookie" in asked.headers for asked in org.asked)


def test_shared_client_a_closed_session_leaves_the_connections_of_others():
    adapters = Adapters()
    http = HttpOptions(timeout=1, adapters=adapters)
    with open_session(http):
        pass

    with patch.object(adapters.public(), "close", side_effect=AssertionError):  # the pool is shared by all sessions
        open_session(http).close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("place", ["https://evil.example/", "http://169.254.169.254/", f"{INSTANCE}/other"])
def test_redirects(status, place):
    org = ScriptedOrg(Answer(status, None, {"Location": place}), NO_ROWS)
    with pytest.raises(AuthorizationLostError):
        a_gateway(org).query(DEAL)

    assert len(org.asked) == 1


@pytest.mark.parametrize(
    "problem",
    [requests.ReadTimeout("x"), requests.ConnectionError("reset"), requests.exceptions.ChunkedEncodingError("x")],
)
def test_retries_by_themselves_a_lost_answer_is_asked_for_once(problem):
    org = ScriptedOrg(problem)
    (outcome,) = a_gateway(org).upsert("Task", "Accord_Id__c", TASK)

    assert isinstance(outcome, Refused)
    assert outcome.in_doubt
    assert len(org.asked) == 1
    assert all(adapter.max_retries.total == 0 for adapter in (Adapters().public(), Adapters().loopback()))


def _only_tls(_environ, start_response):
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(LISTED)))]
    start_response("200 OK", [*headers, ("Set-Cookie", "BrowserId=secret; Path=/; Secure")])
    return [LISTED]


LISTED = str(VERSIONS).replace("'", '"').replace('Summer "26', "Summer 26").encode()


@pytest.fixture
def tls_host(tmp_path):
    certificates = ensure_certificates(tmp_path, now=NOON)
    server = RunningServer(_only_tls, host="127.0.0.1", port=0, tls=certificates.server_context())
    server.start()
    yield f"localhost:{server.port}", certificates.ca_file
    server.stop()


def test_shared_client_no_cookie_of_an_org_is_kept(tls_host):
    entry, ca_file = tls_host
    session = open_session(HttpOptions(timeout=5, allowed_loopback=frozenset({entry}), ca_file=ca_file))
    first, second = (session.get(f"https://{entry}/") for _ in range(2))

    assert "BrowserId" in first.headers["Set-Cookie"]
    assert "Cookie" not in second.request.headers


def test_a_host_whose_certificate_is_not_trusted_has_surely_written_nothing(tls_host):
    entry, _ = tls_host
    http = HttpOptions(timeout=5, allowed_loopback=frozenset({entry}))
    with pytest.raises(requests.exceptions.SSLError) as caught:
        open_session(http).post(f"https://{entry}/")

    assert never_sent(caught.value)


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "../x", "sobjects/%2e%2e/x", "a#b"])
def test_urljoin_token_leak_by_a_path_of_ours(path):
    org = ScriptedOrg(NO_ROWS)
    client = Client(a_login(), http=http_to(org), version=lambda: "67.0")
    with pytest.raises(ValueError):
        client.call("GET", path)

    assert org.asked == []


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_requests_ca_bundle_overriding_verify(tls_host, tmp_path, monkeypatch, name):
    entry, ca_file = tls_host
    (tmp_path / "empty.pem").write_text("")
    monkeypatch.setenv(name, str(tmp_path / "empty.pem"))
    session = open_session(HttpOptions(timeout=5, allowed_loopback=frozenset({entry}), ca_file=ca_file))

    assert session.get(f"https://{entry}/").status_code == 200


def test_proxies_and_netrc_of_the_environment_are_not_used(tls_host, tmp_path, monkeypatch):
    entry, ca_file = tls_host
    (tmp_path / "netrc").write_text("machine localhost login evil password evil")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    session = open_session(HttpOptions(timeout=5, allowed_loopback=frozenset({entry}), ca_file=ca_file))
    answer = session.get(f"https://{entry}/")

    assert answer.status_code == 200
    assert "Authorization" not in answer.request.headers


def test_our_own_authority_is_trusted_for_its_entry_alone(tls_host):
    entry, ca_file = tls_host
    port = entry.rpartition(":")[2]
    session = open_session(HttpOptions(timeout=5, allowed_loopback=frozenset({entry}), ca_file=ca_file))

    with pytest.raises(requests.RequestException):  # the IP filter: 127.0.0.1 is another entry than localhost
        session.get(f"https://127.0.0.1:{port}/")
    without = open_session(HttpOptions(timeout=5, allowed_loopback=frozenset({entry})))
    with pytest.raises(requests.exceptions.SSLError):
        without.get(f"https://{entry}/")


@pytest.mark.parametrize(
    "url", ["https://localhost:1/", "https://127.0.0.1/", "https://10.0.0.1/", "https://169.254.169.254/"]
)
def test_a_name_that_leads_inside_is_not_connected_to(url):
    with pytest.raises(requests.RequestException) as caught:
        open_session(HttpOptions(timeout=1)).get(url)

    assert type(caught.value).__name__ == "InvalidIPAddress"


def test_plain_http_is_not_spoken(tls_host):
    entry, _ = tls_host
    with pytest.raises(requests.exceptions.InvalidSchema):
        open_session(HttpOptions(timeout=1, allowed_loopback=frozenset({entry}))).get(f"http://{entry}/")


def test_three_modules_import_requests_and_one_simple_salesforce():
    found = {"requests": set(), "simple_salesforce": set()}
    root = Path(accord.__file__).parent
    for file in set(root.rglob("*.py")) - set(root.glob("demo*.py")):  # the demo sets up the local org by its door
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                if name.partition(".")[0] in found:
                    found[name.partition(".")[0]].add(str(file.relative_to(root)))

    assert found["simple_salesforce"] == {"salesforce/client.py"}
    assert found["requests"] == {f"salesforce/{name}.py" for name in ("client", "oauth", "transport")}


class a_silent_host:  # noqa: N801 - a builder
    """Listens, and never says a word."""

    def __enter__(self):
        import socket

        self._socket = socket.create_server(("127.0.0.1", 0))
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_):
        self._socket.close()
