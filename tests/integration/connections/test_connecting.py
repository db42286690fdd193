"""Setting an org up: one workspace an org, checked fields, rotation of secrets."""

from dataclasses import replace

import pytest

from accord.core.errors import ConflictError, NotFoundError, RejectedError
from accord.core.ids import ConnectionId
from accord.features.connections.model import ConnectionStatus, RefusedTokenError
from support.connected import a_new_connection, connected
from support.signed import HALDEN, a_signed_request, a_signer

NEW_SECRET = "the-next-consumer-secret"


def test_an_org_belongs_to_one_workspace_at_a_time(database):
    at = connected(database)
    other = at.connections.create_workspace("Other")

    for workspace_id in (at.workspace_id, other):
        with pytest.raises(ConflictError) as taken:
            at.connections.create_connection(workspace_id, a_new_connection(org_id=HALDEN[:15]))
        assert taken.value.code == "ORG_TAKEN"

    at.connections.set_status(at.connection, ConnectionStatus.FROZEN)
    with pytest.raises(ConflictError):
        at.connections.create_connection(other, a_new_connection())

    at.connections.set_status(at.connection, ConnectionStatus.DISCONNECTED)
    assert at.connections.create_connection(other, a_new_connection()).workspace_id == other


def test_a_connection_comes_back_as_it_was_made(database):
    at = connected(database)

    assert at.connections.get_connection(at.workspace_id, at.connection.id) == at.connection
    assert at.connections.load_connections(at.workspace_id) == [at.connection]


def test_another_workspace_does_not_see_it(database):
    at = connected(database)
    other = at.connections.create_workspace("Other")
    foreign = replace(at.connection, workspace_id=other)

    assert at.connections.load_connections(other) == []
    for ask in (
        lambda: at.connections.get_connection(other, at.connection.id),
        lambda: at.connections.get_connection(at.workspace_id, ConnectionId("nothing")),
        lambda: at.connections.decisions.retire_certificate(foreign, a_signer().fingerprint, by=None),
    ):
        with pytest.raises(NotFoundError):
            ask()


def test_a_frozen_org_comes_back_when_an_admin_confirms_it(database):
    at = connected(database)
    at.member()
    at.connections.set_status(at.connection, ConnectionStatus.FROZEN)
    at.connections.set_status(at.connection, ConnectionStatus.LIVE)

    assert at.connections.sign_in.canvas(a_signed_request()).member == at.find_member()


def refused_by(at, **options):
    with pytest.raises(RefusedTokenError) as refused:
        at.connections.sign_in.canvas(a_signed_request(**options))
    return refused.value.check


def test_while_a_secret_is_rotated_both_sign_and_afterwards_one(database):
    at = connected(database)
    at.member()
    old = {"context.environment": {"n": 1}}

    at.connections.set_canvas_secret(at.connection, NEW_SECRET, keep_old=True)
    at.connections.sign_in.canvas(a_signed_request(secret=NEW_SECRET))
    at.connections.sign_in.canvas(a_signed_request(old))

    at.connections.set_canvas_secret(at.connection, NEW_SECRET)
    assert refused_by(at, changes={"context.environment": {"n": 2}}) == "signature"


def test_never_more_than_two_secrets_sign(database):
    at = connected(database)
    for number in range(3):
        at.clock.advance(seconds=1)
        at.connections.set_canvas_secret(at.connection, f"{NEW_SECRET}-{number}", keep_old=True)

    found = [found.secret.value.decode() for found in at.connections._safe.canvas_secrets(at.connection)]

    assert found == [f"{NEW_SECRET}-2", f"{NEW_SECRET}-1"]


@pytest.mark.parametrize("secret", ["", "short", "   " * 20])
def test_a_secret_that_is_none_is_refused(database, secret):
    with pytest.raises(RejectedError):
        at = connected(database)
        at.connections.set_canvas_secret(at.connection, secret)


def test_an_org_without_a_secret_lets_nobody_in(database):
    at = connected(database, org_id=HALDEN)
    for row in at.connections._safe.canvas_secrets(at.connection):
        assert row.org_id == HALDEN
    at.connections.set_status(at.connection, ConnectionStatus.DISCONNECTED)

    assert refused_by(at) == "known_org"


@pytest.mark.parametrize("key_id", ["", "x" * 256])
def test_a_key_id_that_cannot_be_kept_is_refused(database, key_id):
    at = connected(database)

    with pytest.raises(RejectedError):
        at.connections.decisions.register_certificate(at.connection, a_signer().certificate_pem, key_id=key_id, by=None)


def test_a_weak_certificate_is_refused_before_it_is_kept(database):
    at = connected(database)

    with pytest.raises(RejectedError, match="1024 bits"):
        at.connections.decisions.register_certificate(
            at.connection, a_signer("weak", bits=1024).certificate_pem, key_id="k", by=None
        )
