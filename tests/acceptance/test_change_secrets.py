"""The operator changes what an org's app and Accord know each other by, and nobody is signed out meanwhile."""

from dataclasses import replace
from pathlib import Path

import pytest

from accord.connect import change_secrets
from accord.core.errors import NotFoundError, RejectedError
from accord.features.connections.model import RefusedTokenError
from support.product import Product
from support.running_org import a_key_pair

NEW = "n" * 32


def change(product: Product, *, secret: Path | None = None, key: Path | None = None) -> str:
    product.clock.advance(seconds=1)  # which secret is the newest is told by the time
    org_id = product.connection.org_id
    return change_secrets(product.parts.connections, org_id, consumer_secret_file=secret, private_key_file=key)


def a_file(folder: Path, text: str) -> Path:
    path = folder / "given"
    path.write_text(text)
    return path


def test_both_consumer_secrets_sign_until_the_new_one_is_given_again(one_product, tmp_path):
    product, given = one_product, a_file(tmp_path, f"{NEW}\n")
    old = product.setup_app

    assert change(product, secret=given) == "Halden"
    assert product.sign_in()
    product.setup_app = replace(old, consumer_secret=NEW)
    assert product.sign_in()

    change(product, secret=given)
    assert product.sign_in()
    product.setup_app = old
    with pytest.raises(RefusedTokenError):
        product.sign_in()


def test_the_integration_owner_signs_in_with_the_new_key_and_not_with_the_one_before(one_product, tmp_path):
    product, keys = one_product, a_key_pair()
    product.setup.register(replace(product.setup_app, certificate_pem=keys.certificate_pem))

    change(product, key=a_file(tmp_path, keys.private_pem))

    connection = product.connection
    assert product.parts.connections.logins.integration_login(connection.workspace_id, connection.id)
    events = product.parts.connections.decisions.events(connection)
    assert [(event.kind, event.detail) for event in events] == [("integration_changed", "private_key")]


def test_what_cannot_be_a_secret_or_a_key_changes_nothing(one_product, tmp_path):
    product = one_product
    good = a_file(tmp_path, NEW)

    for wrong in ({}, {"secret": good, "key": good}):
        with pytest.raises(RejectedError):
            change(product, **wrong)
    with pytest.raises(NotFoundError):
        change_secrets(product.parts.connections, "00D" + "0" * 12, consumer_secret_file=good, private_key_file=None)

    assert product.sign_in()
    product.setup_app = replace(product.setup_app, consumer_secret=NEW)
    with pytest.raises(RefusedTokenError):
        product.sign_in()
