"""Whom a bearer token stands for: Apex, a member, an application. S1, W16, W17."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from accord.core.errors import NotAllowedError
from accord.core.identity import Role
from accord.core.ids import OrgId
from accord.features.connections.model import ConnectionStatus, NoAccessError, RefusedTokenError
from accord.features.connections.tables import seen_token
from accord.workspace.members.model import MemberStatus
from accord.workspace.members.store import set_status
from support.connected import a_new_connection, connected
from support.signed import HALDEN, OTHER, RILEY, a_signed_request, a_signer, an_apex_token


def refused_by(at, token, *, writes=True):
    with pytest.raises(RefusedTokenError) as refused:
        at.connections.authenticate(token, writes=writes)
    return refused.value.check


def test_a_user_of_the_org_is_made_a_member_on_the_spot(database):
    at = connected(database)

    caller = at.connections.authenticate(an_apex_token(), writes=False)

    assert (caller.workspace_id, caller.connection_id) == (at.workspace_id, at.connection.id)
    assert (caller.role, caller.salesforce_user_id, caller.session_id) == (Role.USER, RILEY, None)
    assert caller.member_id == at.find_member().id
    assert at.org.asked == []


def test_the_orgs_newest_word_says_who_is_an_admin(database):
    at = connected(database)
    roles = []
    for permissions in (["Accord_User"], ["Accord_Admin"], ["Accord_User"]):
        caller = at.connections.authenticate(an_apex_token({"permissions": permissions}), writes=False)
        roles.append((caller.role, at.find_member().role))

    assert roles == [(Role.USER,) * 2, (Role.ADMIN,) * 2, (Role.USER,) * 2]


def test_a_member_without_a_name_gets_it_from_his_first_signed_request(database, tmp_path):
    at = connected(database, assets=tmp_path)
    at.connections.authenticate(an_apex_token({"name": ..., "email": ..., "zoneinfo": ...}), writes=False)
    nameless = at.find_member()

    at.connections.sign_in.canvas(a_signed_request())

    assert (nameless.name, at.find_member().name, at.find_member().time_zone) == ("", "Riley Okafor", "Europe/Oslo")
    assert at.org.asked == []


def test_a_user_without_our_permission_becomes_no_member(database):
    at = connected(database)

    with pytest.raises(NoAccessError):
        at.connections.authenticate(an_apex_token({"permissions": []}), writes=False)

    assert at.find_member() is None


def test_a_token_changes_something_once_and_reads_until_it_ends(database):
    at = connected(database)
    token = an_apex_token()

    at.connections.authenticate(token, writes=True)

    assert refused_by(at, token) == "first_use"
    assert at.connections.authenticate(token, writes=False).role is Role.USER
    at.clock.advance(seconds=200)
    assert refused_by(at, token, writes=False) == "expiry"


def test_a_token_is_good_for_one_change_in_a_crowd(database):
    at = connected(database)
    token = an_apex_token()

    def send(client):
        return client.post("/api/v1/things", json={}, headers={"Authorization": f"Bearer {token}"}).status_code

    clients = [at.client() for _ in range(8)]  # applications are not made in a crowd: Python 3.11 fails to compile then
    with ThreadPoolExecutor(8) as crowd:
        assert sorted(crowd.map(send, clients)) == [200] + [401] * 7


@pytest.mark.parametrize("org_id", [HALDEN, OTHER, "00D000000000009EAA"])
def test_a_foreign_certificate_opens_no_org_known_or_unknown(database, org_id):
    """S2: nothing is registered on the word of a token."""
    at = connected(database)
    other = at.connections.create_workspace("Other")
    at.connections.create_connection(other, a_new_connection(org_id=OTHER))

    check = refused_by(at, an_apex_token({"iss": org_id}, signer=a_signer("stranger")))

    assert check in {"known_org", "signature"}


def test_a_certificate_of_one_org_never_speaks_for_another(database):
    at = connected(database)
    other = at.connections.create_workspace("Other")
    connection = at.connections.create_connection(other, a_new_connection(org_id=OTHER))
    at.connections.decisions.register_certificate(connection, a_signer("other").certificate_pem, key_id="k", by=None)

    assert refused_by(at, an_apex_token(signer=a_signer("other"))) == "signature"
    assert refused_by(at, an_apex_token({"iss": OTHER})) == "signature"
    assert (
        at.connections.authenticate(an_apex_token({"iss": OTHER}, signer=a_signer("other")), writes=False).workspace_id
        == other
    )


def test_a_retired_certificate_is_refused_until_it_is_registered_again(database):
    at = connected(database)
    at.connections.decisions.retire_certificate(at.connection, a_signer().fingerprint, by=None)

    assert refused_by(at, an_apex_token()) == "certificate_in_use"

    at.connections.decisions.register_certificate(
        at.connection, a_signer().certificate_pem, key_id="Accord_JWT", by=None
    )
    assert at.connections.authenticate(an_apex_token({"jti": "next"}), writes=True).role is Role.USER


@pytest.mark.parametrize("status", [ConnectionStatus.FROZEN, ConnectionStatus.DISCONNECTED])
def test_an_org_on_hold_has_no_callers(database, status):
    """G28."""
    at = connected(database)
    at.connections.set_status(at.connection, status)

    with pytest.raises((NotAllowedError, RefusedTokenError)):
        at.connections.authenticate(an_apex_token(), writes=False)


def test_a_blocked_member_stays_blocked_whatever_his_org_says(database):
    at = connected(database)
    member = at.member()
    with database.workspace(at.workspace_id) as session:
        set_status(session, member.id, MemberStatus.BLOCKED)

    with pytest.raises(NoAccessError):
        at.connections.authenticate(an_apex_token({"permissions": ["Accord_Admin"]}), writes=False)


def test_a_client_acts_as_no_member_and_ends_when_it_is_retired(database):
    at = connected(database)
    made = at.connections.clients.make(at.connection, Role.FLOW, by=None)
    _, short = at.connections.sign_in.client(made.client_id, made.secret.reveal(), address="192.0.2.1")

    caller = at.connections.authenticate(short.token.reveal(), writes=True)
    at.connections.clients.end(at.connection, made.client_id, by=None)

    assert (caller.role, caller.member_id, caller.connection_id) == (Role.FLOW, None, at.connection.id)
    assert refused_by(at, short.token.reveal()) == "short_token_client"


def test_used_proofs_are_forgotten_after_a_day(database):
    at = connected(database)
    at.connections.authenticate(an_apex_token(), writes=True)

    assert at.connections.sign_in.forget_expired() == 0
    at.clock.advance(hours=24)
    assert at.connections.sign_in.forget_expired() == 1
    with database.reading(at.workspace_id) as session:
        assert session.first(select(func.count()).select_from(seen_token))[0] == 0


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "Bearer", "null", "é", "a" * 100_000])
def test_a_text_that_is_no_token_is_refused(database, token):
    assert refused_by(connected(database), token)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain", ""])
def test_no_change_is_taken_from_a_form(database, method, kind):
    """What a strange page can send without asking first is never taken for a change (CSRF)."""
    at = connected(database)
    headers = {"Authorization": f"Bearer {an_apex_token()}", "Content-Type": kind}

    answer = at.client().open("/api/v1/things", method=method, data=b"a=1", headers=headers)

    assert (answer.status_code, answer.json["code"]) == (415, "NOT_JSON")


def test_a_change_without_a_body_needs_no_type(database):
    at = connected(database)

    assert (
        at.client().delete("/api/v1/things", headers={"Authorization": f"Bearer {an_apex_token()}"}).status_code == 200
    )


def test_an_org_id_is_found_without_its_workspace_and_leads_to_its_own(database):
    at = connected(database)

    assert at.connections.sign_in.find_connection(OrgId(HALDEN)) == at.connection
    assert at.connections.sign_in.find_connection(OrgId(OTHER)) is None
