"""simple-salesforce, unmodified, over HTTPS with the org's own authority."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceAuthenticationFailed, SalesforceMalformedRequest

from localorg.server import RunningOrg
from support.running_org import RILEY, a_key_pair, a_running_org, a_session, a_token, an_app, record_id


class LoginHostAdapter(HTTPAdapter):
    """Carries calls of https://login.salesforce.com to this machine, as a name server would; the certificate must be
    for the name that was called.
    """

    def __init__(self, https_base: str) -> None:
        self._base = https_base
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **facts: Any) -> None:
        name = "login.salesforce.com"
        super().init_poolmanager(*arguments, server_hostname=name, assert_hostname=name, **facts)

    def send(self, request: requests.PreparedRequest, **facts: Any) -> requests.Response:
        request.url = self._base + urlsplit(str(request.url)).path
        return super().send(request, **facts)


def a_client(running: RunningOrg, username: str = RILEY) -> Salesforce:
    return Salesforce(
        instance_url=running.https_base,
        session_id=a_token(running, username),
        session=a_session(running),
        version="67.0",
    )


def a_jwt_client(running: RunningOrg, key_pem: str, **changes: Any) -> Salesforce:
    session = a_session(running)
    session.mount("https://login.salesforce.com", LoginHostAdapter(running.https_base))
    facts: Mapping[str, Any] = {"username": RILEY, "consumer_key": "3MVG9.tests", "privatekey": key_pem, **changes}
    return Salesforce(session=session, **facts)


def test_rows_are_created_read_changed_and_deleted(tmp_path: Path) -> None:
    with a_running_org(tmp_path) as running:
        client = a_client(running)
        created = client.Task.create({"Subject": "Call", "Status": "Not Started", "Priority": "Normal"})
        client.Task.update(created["id"], {"Status": "Completed"})
        read = client.Task.get(created["id"])
        client.Task.delete(created["id"])
        left = client.query("SELECT Id FROM Task WHERE Subject = 'Call'")

    assert (read["Subject"], read["Status"], left["totalSize"]) == ("Call", "Completed", 0)


def test_a_query_follows_parents(tmp_path: Path) -> None:
    with a_running_org(tmp_path) as running:
        found = a_client(running).query("SELECT Account.Name FROM Opportunity WHERE Name LIKE 'Brightwater%' LIMIT 1")

    assert found["records"][0]["Account"]["Name"] == "Brightwater Utilities"


def test_a_refusal_carries_the_platforms_code(tmp_path: Path) -> None:
    with a_running_org(tmp_path) as running:
        client = a_client(running)

        with pytest.raises(SalesforceMalformedRequest) as refused:
            client.Opportunity.update(record_id(running), {"StageName": "x" * 300})
    assert refused.value.content[0]["errorCode"]


def test_the_usage_of_the_day_is_read_from_the_header(tmp_path: Path) -> None:
    with a_running_org(tmp_path) as running:
        client = a_client(running)
        client.query("SELECT Id FROM Task LIMIT 1")

        assert client.api_usage["api-usage"].total == 100_000


def test_jwt_bearer_login_with_its_own_code_path(tmp_path: Path) -> None:
    keys = a_key_pair()
    with a_running_org(tmp_path) as running:
        running.setup.register(an_app(certificate_pem=keys.certificate_pem))
        client = a_jwt_client(running, keys.private_pem)
        session = running.org.sessions.find(client.session_id)
        user = running.org.users.by_username(RILEY)

        assert user is not None
        assert session is not None
        assert session.user_id == user.id
        assert client.query("SELECT Id FROM Opportunity LIMIT 1")["totalSize"] == 1


def test_jwt_bearer_login_of_a_stranger_is_refused_in_the_platforms_words(tmp_path: Path) -> None:
    keys = a_key_pair()
    with a_running_org(tmp_path) as running:
        running.setup.register(an_app(certificate_pem=keys.certificate_pem))

        with (
            pytest.warns(UserWarning, match="self-authorize"),  # the library knows the platform's text
            pytest.raises(SalesforceAuthenticationFailed, match="user hasn't approved this consumer"),
        ):
            a_jwt_client(running, keys.private_pem, username="nobody@halden.example")


def test_without_the_authority_the_org_is_not_trusted(tmp_path: Path) -> None:
    with a_running_org(tmp_path) as running:
        session = requests.Session()
        session.trust_env = False

        with pytest.raises(requests.exceptions.SSLError):
            session.get(f"{running.https_base}/services/data", timeout=10)
