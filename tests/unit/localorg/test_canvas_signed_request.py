"""Signed requests of the local org, checked by the plain arithmetic of the platform's guide (A3, A4)."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from localorg.canvas import Placement, View, sign, signed_request_payload
from localorg.org import Org
from localorg.org_options import Currency, OrgOptions
from localorg.setup import ConnectedApp
from support.running_org import an_app

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def an_org() -> Org:
    return Org.create(clock=lambda: NOON)


def a_payload(org: Org, *, app: ConnectedApp | None = None, issued_at: datetime | None = NOON) -> dict[str, Any]:
    user = org.users.add(username="rep@example.org", first_name="Mina", last_name="Sørlie", locale="no_NO")
    view = View(
        app=app or an_app(canvas_url="http://localhost:8000/canvas"),
        user=user,
        access_token="00D!token",
        instance_url="https://localhost:8143",
        placement=Placement(
            page_origin="http://127.0.0.1:8100",
            location_url="http://127.0.0.1:8100/lightning/r/Opportunity/006000000000001AAA/view",
            record_id="006000000000001AAA",
            object_api_name="Opportunity",
        ),
        issued_at=issued_at,
    )
    return signed_request_payload(org, view)


def test_the_signature_is_the_hmac_of_the_encoded_payload() -> None:
    signature, _, payload = sign({"userId": "005"}, consumer_secret="s3cret").partition(".")

    expected = hmac.new(b"s3cret", payload.encode(), hashlib.sha256).digest()
    assert base64.b64decode(signature, validate=True) == expected


def test_the_payload_is_standard_base64_of_the_json() -> None:
    _, _, payload = sign({"name": "Sørlie ???>>>"}, consumer_secret="s").partition(".")

    assert json.loads(base64.b64decode(payload, validate=True)) == {"name": "Sørlie ???>>>"}


def test_one_period_parts_signature_and_payload() -> None:
    assert sign({"version": "67.0"}, consumer_secret="s").count(".") == 1


def test_the_org_says_its_one_currency_or_that_it_has_several() -> None:
    only = a_payload(an_org())["context"]["organization"]
    assert (only["multicurrencyEnabled"], only["currencyIsoCode"]) == (False, "USD")

    org = an_org()
    org.switch_on(OrgOptions(currencies=(Currency("NOK"), Currency("EUR"))))
    several = a_payload(org)["context"]["organization"]
    assert (several["multicurrencyEnabled"], several["currencyIsoCode"]) == (True, "NOK")


def test_the_viewing_user_and_his_own_token_are_inside() -> None:
    org = an_org()
    payload = a_payload(org)

    user = org.users.by_username("rep@example.org")
    assert user is not None
    assert payload["userId"] == payload["context"]["user"]["userId"] == user.id
    assert payload["context"]["user"]["fullName"] == "Mina Sørlie"
    assert payload["client"]["oauthToken"] == "00D!token"


def test_the_record_is_named_in_the_parameters_only() -> None:
    environment = a_payload(an_org())["context"]["environment"]

    assert environment["parameters"] == {"recordId": "006000000000001AAA", "objectApiName": "Opportunity"}
    assert environment["record"] == {}


def test_the_target_origin_is_the_page_that_embeds() -> None:
    client = a_payload(an_org())["client"]

    assert (client["targetOrigin"], client["instanceUrl"]) == ("http://127.0.0.1:8100", "https://localhost:8143")


def test_the_organization_is_the_org_itself() -> None:
    org = an_org()

    assert a_payload(org)["context"]["organization"]["organizationId"] == org.id


def test_issued_at_is_milliseconds_or_null() -> None:
    assert a_payload(an_org())["issuedAt"] == 1_795_176_000_000
    assert a_payload(an_org(), issued_at=None)["issuedAt"] is None


def test_the_algorithm_is_named_as_the_platform_names_it() -> None:
    assert a_payload(an_org())["algorithm"] == "HMACSHA256"


def test_links_are_relative_and_carry_a_version() -> None:
    links = a_payload(an_org())["context"]["links"]

    assert links["restUrl"] == "/services/data/v67.0/"
    assert links["queryUrl"] == "/services/data/v67.0/query/"


def test_no_secret_of_the_app_is_in_the_payload() -> None:
    payload = a_payload(an_org(), app=an_app(consumer_secret="never-tell", canvas_url="http://localhost:1/c"))

    assert "never-tell" not in json.dumps(payload)
