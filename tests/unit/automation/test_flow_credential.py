"""The package's way for External Services: a credential without a secret, to where tokens are given (S1)."""

from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from accord.features.automation.events.model import BY_EVENT, SAME_AS, RequestAction

PLATFORM = Path(__file__).parents[3] / "force-app" / "main" / "platform"
DOCS = Path(__file__).parents[3] / "docs"
NAMES = {"m": "http://soap.sforce.com/2006/04/metadata"}


def parsed(name: str) -> Element:
    root: Element = ElementTree.parse(PLATFORM / name).getroot()
    return root


def parameters(root: Element, of: str) -> dict[str, str]:
    return {
        one.findtext("m:parameterType", "", NAMES): one.findtext("m:parameterValue", "", NAMES)
        for one in root.iterfind(f"m:{of}", NAMES)
    }


def test_flows_sign_in_by_client_credentials_and_no_secret_is_in_the_package():
    found = parameters(
        parsed("externalCredentials/Accord_Flow.externalCredential-meta.xml"), "externalCredentialParameters"
    )

    assert found == {
        "AuthProtocolVariant": "ClientCredentialsClientSecret",
        "AuthProviderUrl": "https://accord.example.com/oauth/token",
        "NamedPrincipal": "",
    }


def test_the_platform_sends_what_the_credential_yields():
    root = parsed("namedCredentials/Accord_Flow.namedCredential-meta.xml")

    assert root.findtext("m:generateAuthorizationHeader", "", NAMES) == "true"
    assert root.findtext("m:namedCredentialParameters/m:externalCredential", "", NAMES) == "Accord_Flow"


def test_only_a_permission_set_of_its_own_gives_the_credential():
    given = {
        path.name.split(".")[0]
        for path in (PLATFORM / "permissionsets").iterdir()
        if "Accord_Flow-Accord" in path.read_text()
    }

    assert given == {"Accord_Flow"}


def test_whatever_an_event_may_ask_can_be_run_again_from_the_log():
    assert set(SAME_AS) == {f"{BY_EVENT}{action}" for action in RequestAction}
    assert "also of a call that came by an event" in (DOCS / "flow.md").read_text()
