"""What an admin does on both sides before the demo can be used: keys, the connection, the app in the org, plans."""

import json
import re
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from accord.core.clock import system_clock
from accord.core.errors import RejectedError
from accord.core.ids import OrgId
from accord.delivery.brakes.model import BrakeKind
from accord.delivery.brakes.service import release
from accord.features.connections.connecting import OrgSecrets, connect_org
from accord.features.connections.model import NewConnection
from accord.infra.db import Database, open_engine
from accord.infra.db.migrate import upgrade
from accord.parts import build_parts
from accord.settings import KEY_BYTES, Secret, read_settings

INTEGRATION_USER = "integration@halden.example"
ADMIN_USER = "admin@halden.example"
SETTINGS_TAB = "Accord_Settings"
EXECUTION_FIELDS = (
    *("Accord_Status__c", "Stage_Name__c", "Progress__c", "Execution_Score__c"),
    *("Customer_Invited_Num__c", "Customer_Accepted_Num__c", "Accord_Missing_Criteria__c", "Accord_URL__c"),
)
KEY_DAYS = 3650
TIMEOUT = 20


@dataclass(slots=True)
class DemoKeys:
    """Everything secret of the demo, made once. The Flow client is filled in when the org is connected."""

    session_key: str
    master_key: str
    consumer_key: str
    consumer_secret: str
    private_key_pem: str
    certificate_pem: str
    flow_client_id: str
    flow_client_secret: str
    path: Path

    @classmethod
    def load_or_make(cls, path: Path) -> "DemoKeys":
        if path.is_file():
            return cls(**json.loads(path.read_text()), path=path)
        private_key, certificate = _key_pair()
        keys = cls(
            session_key=b64encode(secrets.token_bytes(KEY_BYTES)).decode(),
            master_key=b64encode(secrets.token_bytes(KEY_BYTES)).decode(),
            consumer_key=f"3MVG9{secrets.token_urlsafe(48)}",
            consumer_secret=secrets.token_hex(32),
            private_key_pem=private_key,
            certificate_pem=certificate,
            flow_client_id="",
            flow_client_secret="",
            path=path,
        )
        keys.store()
        return keys

    def store(self) -> None:
        values = {name: value for name, value in asdict(self).items() if name != "path"}
        draft = self.path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(values, indent=1), encoding="utf-8")
        draft.rename(self.path)  # whole or not at all


def connect_demo_org(environ: Mapping[str, str], keys: DemoKeys, *, org_id: str, api_url: str) -> None:
    """Makes the workspace, its connection and its Flow client in our database, unless they are there."""
    settings = read_settings(environ)
    database = Database(open_engine(settings.database_url), settings.master_keys)
    try:
        upgrade(database)
        connections = build_parts(settings, database).connections
        present = connections.find_by_org(OrgId(org_id))
        if present is not None and keys.flow_client_id:
            return
        if present is not None:  # an earlier start was cut off before it could write down the client's secret
            connections.disconnect(present)
        new = NewConnection(
            org_id=OrgId(org_id),
            label="Halden Instruments (local org)",
            instance_url=api_url,
            is_sandbox=False,
            integration_username=INTEGRATION_USER,
            consumer_key=keys.consumer_key,
            login_url=api_url,
        )
        org_secrets = OrgSecrets(Secret(keys.consumer_secret.encode()), Secret(keys.private_key_pem.encode()))
        connection, client = connect_org(connections, "Halden Instruments", new, org_secrets, clock=system_clock)
        with database.workspace(connection.workspace_id) as session:  # nothing here is worth observing first
            release(session, connection.id, BrakeKind.OBSERVED, by=None, now=system_clock())
        keys.flow_client_id, keys.flow_client_secret = client.client_id, client.secret.reveal()
        keys.store()
    finally:
        database.close()


def register_at_org(org_url: str, accord_url: str, keys: DemoKeys) -> None:
    """What an admin sets up in the org: the connected app with its Canvas page, the credential, and a flow."""
    _post(
        f"{org_url}/_org/apps",
        {
            "name": "Accord",
            "consumer_key": keys.consumer_key,
            "consumer_secret": keys.consumer_secret,
            "certificate_pem": keys.certificate_pem,
            "canvas_url": f"{accord_url}/canvas",
            "redirect_uris": [f"{accord_url}/oauth/salesforce/callback"],
            "approved": "admin",
        },
    )
    _post(
        f"{org_url}/_org/named-credentials",
        {
            "name": "Accord_Flow",
            "base_url": accord_url,
            "token_url": f"{accord_url}/oauth/token",
            "client_id": keys.flow_client_id,
            "client_secret": keys.flow_client_secret,
        },
    )
    item = {
        "recordId": "{!$Record.Id}",
        "kind": "comment",
        "subjectText": "Customer asked for the security questionnaire",
        "description": "Written by a Flow on the record page.",
        "actorUserId": "{!$User.Id}",
        "idempotencyKey": "{!$Flow.InterviewGuid}",
    }
    _post(
        f"{org_url}/_org/flows",
        {
            "name": "Log_Accord_Comment",
            "label": "as Flow",
            "object": "Opportunity",
            "named_credential": "Accord_Flow",
            "method": "POST",
            "path": "/flow/v1/activities",
            "body": {"items": [item]},
        },
    )


def add_settings_tab(org_url: str) -> None:
    """The settings tab as a Canvas app: the parameter tells our page which of its two faces is wanted."""
    tab = {"name": SETTINGS_TAB, "label": "Accord Settings", "parameters": {"page": "settings"}}
    _post(f"{org_url}/_org/tabs", tab)


def set_once(accord_url: str, admin_token: str, setting: str, changes: Mapping[str, Any]) -> None:
    """What an admin does once, such as turning on what is off until somebody wants it. A later change of his stays."""
    address = f"{accord_url}/api/v1/settings/{setting}"
    headers = {"Authorization": f"Bearer {admin_token}"}
    known = web().get(address, headers=headers, timeout=TIMEOUT)
    known.raise_for_status()
    if known.headers["ETag"] != '"0"':
        return
    headers["If-Match"] = known.headers["ETag"]
    web().put(address, json={**known.json(), **changes}, headers=headers, timeout=TIMEOUT).raise_for_status()


def set_layout(org_url: str) -> None:
    """The fields of plans stand on the record page under a title of their own, as an admin puts them there (A59)."""
    section = {"object": "Opportunity", "name": "Accord Execution Data", "fields": list(EXECUTION_FIELDS)}
    _post(f"{org_url}/_org/sections", section)


def demo_token(org_url: str, accord_url: str, username: str) -> str:
    """A token of ours for somebody of the running demo, good for 15 minutes. Raises RejectedError."""
    try:
        _post(f"{org_url}/_org/tokens", {"username": username})  # the page takes a name that nobody has for the first
        return sign_in(org_url, accord_url, str(open_deals(org_url)[0]["Id"]), username=username)
    except (requests.RequestException, KeyError, AssertionError):
        raise RejectedError(
            f"No token for {username}. Is the demo running, on the ports of PORT and ORG_PORT, and may this user open"
            " the panel?"
        ) from None


def open_deals(org_url: str) -> list[dict[str, Any]]:
    """The org's open deals as the rep sees them, by name."""
    login = web().post(f"{org_url}/_org/tokens", json={"username": "riley@halden.example"}, timeout=TIMEOUT).json()
    query = "SELECT Id, Name FROM Opportunity WHERE IsClosed = false ORDER BY Name"
    answer = (
        web()
        .get(
            f"{org_url}/services/data/v67.0/query",
            params={"q": query},
            headers={"Authorization": f"Bearer {login['access_token']}"},
            timeout=TIMEOUT,
        )
        .json()
    )
    found: list[dict[str, Any]] = answer["records"]
    return found


def sign_in(org_url: str, accord_url: str, deal_id: str, *, username: str = "") -> str:
    """Signs in as the record page does: a signed request of the org, posted to our Canvas address.

    Without a name it is the user whom the page shows first.
    """
    browser = web()
    if username:
        shown = {"username": username}
        browser.post(f"{org_url}/lightning/viewing-as", data=shown, timeout=TIMEOUT, allow_redirects=False)
    canvas = browser.post(f"{org_url}/lightning/r/Opportunity/{deal_id}/canvas", timeout=TIMEOUT).json()
    page = web().post(f"{accord_url}/canvas", data={"signed_request": canvas["signed_request"]}, timeout=TIMEOUT)
    page.raise_for_status()
    found = re.search(r'id="accord-session"[^>]*>(.*?)</script>', page.text, re.DOTALL)
    assert found is not None
    session: dict[str, Any] = json.loads(found[1])
    return str(session["token"])


def web() -> requests.Session:
    """Straight to this machine, past any proxy of the surroundings."""
    session = requests.Session()
    session.trust_env = False
    return session


def _post(url: str, body: Mapping[str, Any]) -> None:
    web().post(url, json=body, timeout=TIMEOUT).raise_for_status()


def _key_pair() -> tuple[str, str]:
    """A private key and its certificate, as an admin would make them for the org's app."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Accord demo")])
    now = system_clock()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=KEY_DAYS))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode()
