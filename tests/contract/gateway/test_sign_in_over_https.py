"""Sign-in and calls over real HTTPS: certificates, resets, slow answers, tokens that end."""

from dataclasses import replace

import pytest
import requests

from accord.core.errors import AuthorizationLostError, TransientError
from accord.core.ids import OrgId
from accord.core.outcomes import Done, Refused
from accord.salesforce.guard import UnsafeAddressError
from accord.salesforce.model import UpsertRow
from accord.salesforce.oauth import JwtApp, fetch_user_info, jwt_login, revoke_token
from accord.salesforce.soql import eq, select
from accord.salesforce.transport import HttpOptions
from accord.settings import Secret
from localorg.faults import Fault, FaultKind
from support.org_gateway import CONNECTION, gateway_over_https, https_to, login_over_https
from support.running_org import RILEY, a_key_pair, a_running_org, an_app

INTEGRATION = "integration@halden.example"
KEYS = a_key_pair()
STRANGER = a_key_pair()
TASK = [UpsertRow("k-1", {"Subject": "Call"})]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with a_running_org(tmp_path_factory.mktemp("org")) as org:
        org.setup.register(an_app(certificate_pem=KEYS.certificate_pem, permission_sets=("Accord_Integration",)))
        yield org


@pytest.fixture(autouse=True)
def _without_faults(running):
    running.faults.clear()


def _app(running, **changes) -> JwtApp:
    app = JwtApp("3MVG9.tests", Secret(KEYS.private_pem.encode()), INTEGRATION, running.https_base)
    return replace(app, **changes)


def _sign_in(running, app=None, **options):
    clock = options.pop("clock", running.org.clock)
    return jwt_login(app or _app(running), connection_id=CONNECTION, http=https_to(running), clock=clock, **options)


def test_the_integration_owner_signs_in_and_writes(running):
    login = _sign_in(running, expected_org=OrgId(running.org.id))
    gateway = gateway_over_https(running, INTEGRATION)

    assert login.org_id == running.org.id
    assert login.user_id == running.org.users.by_username(INTEGRATION).id
    assert login.instance_url == running.https_base
    assert isinstance(gateway.upsert("Task", "Accord_Id__c", TASK)[0], Done)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": RILEY}, "USER_NOT_APPROVED"),
        ({"username": "nobody@halden.example"}, "USER_NOT_APPROVED"),
        ({"consumer_key": "3MVG9.other"}, "UNKNOWN_APP"),
        ({"private_key_pem": Secret(STRANGER.private_pem.encode())}, "INVALID_ASSERTION"),
    ],
)
def test_a_sign_in_that_the_org_refuses_has_its_advice(running, changes, code):
    with pytest.raises(AuthorizationLostError) as caught:
        _sign_in(running, _app(running, **changes))

    assert caught.value.code == code


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_wrong_is_named_in_the_advice(running, hours):
    from datetime import timedelta

    with pytest.raises(AuthorizationLostError, match="clock"):
        _sign_in(running, clock=lambda: running.org.clock() + timedelta(hours=hours))


def test_the_org_says_whose_a_token_is_until_it_is_ended(running):
    login = login_over_https(running, RILEY)
    found = fetch_user_info(login.instance_url, login.access_token, http=https_to(running))

    assert (found.user_id, found.username, found.user_type) == (login.user_id, RILEY, "STANDARD")
    assert revoke_token(login.instance_url, login.access_token, http=https_to(running))
    with pytest.raises(AuthorizationLostError):
        fetch_user_info(login.instance_url, login.access_token, http=https_to(running))


def test_a_token_that_ends_in_mid_work_is_renewed_by_a_new_assertion(running):
    renewals = []

    def renew():
        renewals.append(1)
        return _sign_in(running)

    gateway = gateway_over_https(running, INTEGRATION, renew=renew)
    gateway.query(select("Id").from_("Account").limited(1))
    running.org.sessions.expire_all(gateway.user_id)
    rows = gateway.query(select("Name").from_("Account").limited(1))

    assert (len(rows), len(renewals)) == (1, 1)


def test_an_unknown_authority_gets_no_token(running):
    entry = running.https_base.removeprefix("https://")
    without_ca = HttpOptions(timeout=5, allowed_loopback=frozenset({entry}))
    requests_before = running.counter.report()["total"]
    with pytest.raises(TransientError) as caught:
        gateway_over_https(running, RILEY, http=without_ca).query(select("Id").from_("Account"))

    assert not caught.value.in_doubt
    assert running.counter.report()["total"] == requests_before


def test_an_entry_that_the_settings_do_not_name_gets_no_call(running):
    with pytest.raises(UnsafeAddressError):
        gateway_over_https(running, RILEY, http=HttpOptions(timeout=5, ca_file=running.ca_file))


@pytest.mark.parametrize(
    ("kind", "records"), [(FaultKind.RESET_BEFORE, 0), (FaultKind.RESET_AFTER, 1)], ids=["before", "after"]
)
def test_a_reset_connection_leaves_the_write_in_doubt(running, kind, records):
    key = f"reset-{kind.value}"
    running.faults.arm(Fault(kind, path="composite/sobjects", count=1))
    gateway = gateway_over_https(running, INTEGRATION)
    (outcome,) = gateway.upsert("Task", "Accord_Id__c", [UpsertRow(key, {"Subject": "Call"})])

    assert isinstance(outcome, Refused)
    assert outcome.in_doubt
    assert len(gateway.query(select("Id").from_("Task").where(eq("Accord_Id__c", key)))) == records


def test_a_slow_answer_is_given_up_in_time_and_leaves_the_write_in_doubt(running):
    running.faults.arm(Fault(FaultKind.SLOW, path="composite/sobjects", count=1, delay_ms=3000))
    gateway = gateway_over_https(running, INTEGRATION, http=https_to(running, timeout=0.5))
    (outcome,) = gateway.upsert("Task", "Accord_Id__c", [UpsertRow("slow", {"Subject": "Call"})])

    assert outcome.in_doubt


def test_an_org_that_is_not_there_has_surely_done_nothing(running, tmp_path):
    with a_running_org(tmp_path) as other:
        login, http = login_over_https(other, RILEY), https_to(other)
    gateway = gateway_over_https(running, RILEY, http=https_to(running))

    assert gateway.query(select("Id").from_("Account").limited(1))
    with pytest.raises(TransientError, match="did not answer"):
        jwt_login(
            _app(running, login_url=login.instance_url), connection_id=CONNECTION, http=http, clock=running.org.clock
        )


def test_requests_over_one_pool_share_connections_and_nothing_else(running):
    http = https_to(running)
    users = [RILEY, INTEGRATION, RILEY]
    names = [
        gateway_over_https(running, name, http=http).query(select("Username").from_("User").where(eq("Username", name)))
        for name in users
    ]
    pool = http.adapters.loopback().poolmanager.connection_from_url(running.https_base, pool_kwargs=None)

    assert [rows[0]["Username"] for rows in names] == users
    assert isinstance(pool, requests.packages.urllib3.HTTPSConnectionPool)
