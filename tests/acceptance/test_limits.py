"""How much one caller may ask for, and who one caller is."""

import pytest

from accord.app import create_app
from accord.infra.db import Database
from support.database import ONE_ENGINE
from support.product import a_product

FEW = 5
ME, OTHER = "203.0.113.7", "203.0.113.8"


def through_proxy(*addresses: str) -> dict[str, str]:
    return {"X-Forwarded-For": ", ".join(addresses)}


@pytest.fixture
def product(database: Database):
    with a_product(database, environ={"ACCORD_REQUESTS_PER_MINUTE": str(FEW), "ACCORD_PROXY_HOPS": "1"}) as made:
        yield made


def test_one_caller_has_one_limit_over_all_routes(product):
    riley, noor = product.sign_in(), product.sign_in("noor@halden.example")
    ways = [f"/api/v1/panels/{product.deal()}", f"/api/v1/panels/{product.deal()}/configuration", "/api/v1/plans/none"]

    statuses = [product.client.get(ways[turn % 3], headers=riley).status_code for turn in range(FEW + 1)]

    assert 429 not in statuses[:FEW]
    assert statuses[FEW] == 429
    assert product.client.get(ways[0], headers=noor).status_code == 200


@pytest.mark.parametrize("header", [{"Authorization": "Bearer nonsense"}, {}])
def test_calls_without_a_good_token_are_limited_by_address(product, header):
    def call(address: str) -> int:
        headers = {**header, **through_proxy(address)}
        return product.client.get("/api/v1/plans/x", headers=headers).status_code

    assert [call(ME) for _ in range(FEW + 1)] == [401] * FEW + [429]
    assert call(OTHER) == 401


def test_one_address_that_sends_nonsense_does_not_shut_out_who_is_signed_in_there(product):
    riley = product.sign_in()
    for _ in range(FEW + 1):
        product.client.get("/api/v1/plans/x", headers={"Authorization": "Bearer nonsense"})

    assert product.client.get(f"/api/v1/panels/{product.deal()}", headers=riley).status_code == 200


def test_a_caller_does_not_choose_his_address(product):
    """Only what our own proxy added counts: the last one."""
    calls = [
        product.client.get("/openapi.json", headers=through_proxy(f"198.51.100.{turn}", ME)).status_code
        for turn in range(FEW + 1)
    ]

    assert calls == [200] * FEW + [429]


def test_without_a_proxy_the_header_says_nothing(database):
    with a_product(database, environ={"ACCORD_REQUESTS_PER_MINUTE": str(FEW)}) as product:
        calls = [
            product.client.get("/openapi.json", headers=through_proxy(f"198.51.100.{turn}")).status_code
            for turn in range(FEW + 1)
        ]

    assert calls == [200] * FEW + [429]


@ONE_ENGINE
@pytest.mark.parametrize("way", ["/healthz", "/readyz", "/panel-assets/nothing.js"])
def test_health_and_the_files_of_the_page_are_free(product, way):
    assert 429 not in [product.client.get(way).status_code for _ in range(FEW + 2)]
    assert product.client.get("/openapi.json").status_code == 200


def test_who_guesses_a_secret_locks_out_himself_alone(database):
    with a_product(database, environ={"ACCORD_PROXY_HOPS": "1"}) as product:
        client = product.flow_client

        def ask(secret: str, address: str) -> int:
            form = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": secret}
            return product.client.post("/oauth/token", data=form, headers=through_proxy(address)).status_code

        guesses = [ask("wrong", ME) for _ in range(11)]

        assert guesses == [401] * 10 + [429]
        assert ask(client.secret.reveal(), OTHER) == 200


def test_who_asks_too_often_is_told_when_to_come_back_in_the_one_shape_of_errors(product):
    answers = [product.client.get("/openapi.json", headers=through_proxy(ME)) for _ in range(FEW + 1)]

    refused = answers[FEW]
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert set(refused.json) == {"code", "message", "field", "items", "reference"}
    assert refused.json["code"] == "TOO_MANY_REQUESTS"


def test_signing_in_has_a_limit_of_its_own_for_each_address(database):
    with a_product(database, environ={"ACCORD_SIGN_INS_PER_MINUTE": "3", "ACCORD_PROXY_HOPS": "1"}) as product:

        def sign_in(address: str):
            form = {"signed_request": "nonsense"}
            return product.client.post("/canvas", data=form, headers=through_proxy(address))

        answers = [sign_in(ME) for _ in range(4)]

        assert [answer.status_code for answer in answers] == [401] * 3 + [429]
        assert 1 <= int(answers[3].headers["Retry-After"]) <= 61
        assert answers[3].mimetype == "text/html"
        token = product.client.post("/oauth/token", data={}, headers=through_proxy(ME))
        assert (token.status_code, token.json["error"]) == (429, "invalid_client")
        assert sign_in(OTHER).status_code == 401
        assert product.client.get("/openapi.json", headers=through_proxy(ME)).status_code == 200


def test_the_processes_of_one_database_count_together(database):
    """On SQLite there is one process only."""
    environ = {"ACCORD_REQUESTS_PER_MINUTE": str(FEW), "ACCORD_PROXY_HOPS": "1"}
    with a_product(database, environ=environ) as product:
        other_process = create_app(product.parts).test_client()
        ways = [product.client, other_process]

        statuses = [
            ways[turn % 2].get("/openapi.json", headers=through_proxy(ME)).status_code for turn in range(2 * FEW)
        ]

    assert statuses.count(200) == (2 * FEW if database.dialect == "sqlite" else FEW)


def test_browsers_are_told_to_come_by_https_only(product):
    assert product.client.get("/healthz").headers["Strict-Transport-Security"] == "max-age=31536000"
