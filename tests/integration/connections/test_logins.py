"""Whose login a call is made with, and how the secrets of logins lie in the database. S3, G27."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from accord.core.errors import AuthorizationLostError
from accord.core.identity import Role
from accord.core.ids import UserId
from accord.features.connections.model import ConnectionStatus, PersonalLogin
from accord.features.connections.tables import canvas_session, connection, credential
from accord.salesforce.model import AccessToken, LoginKind
from support.connected import a_new_connection, a_token_answer, connected, permission_sets
from support.scripted_org import Answer, sf_error
from support.signed import HALDEN, INSTANCE, OTHER, RILEY, SECRET, TOKEN, a_signed_request, a_signer, an_apex_token

NOOR = "005000000000002AAA"
OWN = "00D!own-token-of-riley"


def signed_in(at, changes=None):
    """The identity of a rep who opened the panel."""
    found = at.connections.sign_in.canvas(a_signed_request(changes))
    return at.connections.authenticate(found.short_token.token.reveal(), writes=False)


def with_own_login(at, member):
    login = PersonalLogin(UserId(member.salesforce_user_id), INSTANCE, AccessToken(OWN), AccessToken("refresh-canary"))
    at.connections.store_personal_login(at.connection, member.id, login)


def shown(login):
    return None if login is None else (login.kind, login.user_id, login.access_token.reveal(), login.instance_url)


def test_a_rep_acts_with_the_token_of_his_own_session(database):
    at = connected(database)
    at.member()

    assert shown(at.connections.logins.login_for(signed_in(at))) == (LoginKind.CANVAS, RILEY, TOKEN, INSTANCE)


def test_a_personal_login_comes_before_the_session(database):
    at = connected(database)
    with_own_login(at, at.member())

    assert shown(at.connections.logins.login_for(signed_in(at))) == (LoginKind.PERSONAL, RILEY, OWN, INSTANCE)


def test_who_has_no_login_of_his_own_gets_none(database):
    """S3: never the integration owner's."""
    at = connected(database)
    lightning = at.connections.authenticate(an_apex_token(), writes=False)
    made = at.connections.clients.make(at.connection, Role.FLOW, by=None)
    _, short = at.connections.sign_in.client(made.client_id, made.secret.reveal(), address="")
    flow = at.connections.authenticate(short.token.reveal(), writes=False)

    assert at.connections.gateway_for_caller(lightning) is None
    assert at.connections.gateway_for_caller(flow) is None
    assert at.org.asked == []


def test_a_session_ends_with_its_token(database):
    at = connected(database)
    at.member()
    caller = signed_in(at)

    at.clock.advance(minutes=15)

    assert at.connections.logins.login_for(caller) is None
    assert at.connections.sign_in.forget_expired() == 1


def test_the_session_of_one_rep_is_no_login_for_another(database):
    at = connected(database)
    at.member()
    noor = at.member(NOOR)
    stolen = signed_in(at)
    other = type(stolen)(**{**_fields(stolen), "member_id": noor.id, "salesforce_user_id": noor.salesforce_user_id})

    assert at.connections.logins.login_for(other) is None


def _fields(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def test_a_member_who_is_away_acts_by_his_personal_login_alone(database):
    at = connected(database)
    member = at.member()
    signed_in(at)

    assert at.connections.logins.login_of_member(at.workspace_id, at.connection.id, member.id) is None
    with pytest.raises(AuthorizationLostError):
        at.connections.gateway_for(at.workspace_id, at.connection.id, member.id)

    with_own_login(at, member)
    login = at.connections.logins.login_of_member(at.workspace_id, at.connection.id, member.id)
    assert shown(login) == (LoginKind.PERSONAL, RILEY, OWN, INSTANCE)
    with database.reading(at.workspace_id) as session:
        assert at.connections.has_personal_login(session, member)
        assert not at.connections.has_personal_login(session, at_rest(member, NOOR))


def at_rest(member, other_id):
    return type(member)(**{**_fields(member), "id": other_id})


def test_the_integration_login_is_made_once_for_everybody(database):
    at = connected(database, a_token_answer())

    with ThreadPoolExecutor(8) as crowd:
        logins = list(
            crowd.map(lambda _n: at.connections.logins.integration_login(at.workspace_id, at.connection.id), range(8))
        )

    assert len(at.org.asked) == 1
    assert {login.access_token.reveal() for login in logins} == {"00D!integration"}
    assert logins[0].kind is LoginKind.INTEGRATION


def test_a_dead_integration_login_is_renewed_once_however_many_notice(database):
    at = connected(database, a_token_answer("00D!first"), a_token_answer("00D!second"), a_token_answer("00D!third"))
    logins = at.connections.logins
    dead = logins.integration_login(at.workspace_id, at.connection.id)

    def renew(_number):
        return logins.integration_login(at.workspace_id, at.connection.id, instead_of=dead).access_token.reveal()

    with ThreadPoolExecutor(8) as crowd:
        assert set(crowd.map(renew, range(8))) == {"00D!second"}
    assert len(at.org.asked) == 2


def test_a_gateway_of_the_owner_goes_on_with_a_renewed_login(database):
    answers = (a_token_answer("00D!first"), sf_error("INVALID_SESSION_ID", status=401), a_token_answer("00D!second"))
    at = connected(database, *answers, permission_sets("Accord_Rep"))

    rows = at.connections.gateway_for(at.workspace_id, at.connection.id, None).query("SELECT Id FROM User")

    assert len(rows) == 1
    assert at.org.asked[-1].headers["Authorization"] == "Bearer 00D!second"


def test_a_login_that_leads_to_another_org_is_refused(database):
    """A refreshed sandbox has another id."""
    at = connected(database, a_token_answer(id=f"https://login.salesforce.com/id/{OTHER}/005000000000008AAA"))

    with pytest.raises(AuthorizationLostError) as lost:
        at.connections.logins.integration_login(at.workspace_id, at.connection.id)

    assert lost.value.code == "OTHER_ORG"


def test_a_login_of_the_org_before_is_not_used_once_another_was_confirmed(database):
    """Another process has heard the administrator: this one holds a login that may well live on."""
    elsewhere = a_token_answer("00D!other", id=f"https://login.salesforce.com/id/{OTHER}/005000000000008AAA")
    at = connected(database, a_token_answer(), elsewhere)
    logins = at.connections.logins
    assert logins.integration_login(at.workspace_id, at.connection.id).org_id == HALDEN

    with database.workspace(at.workspace_id) as session:
        session.execute(update(connection).values(org_id=OTHER))

    found = logins.integration_login(at.workspace_id, at.connection.id)
    assert (found.org_id, found.access_token.reveal()) == (OTHER, "00D!other")


def test_a_refused_login_is_asked_for_again_next_time(database):
    refusal = Answer(400, {"error": "invalid_grant", "error_description": "user hasn't approved this consumer"})
    at = connected(database, refusal, a_token_answer())

    with pytest.raises(AuthorizationLostError):
        at.connections.logins.integration_login(at.workspace_id, at.connection.id)

    assert at.connections.logins.integration_login(at.workspace_id, at.connection.id)


@pytest.mark.parametrize("status", [ConnectionStatus.FROZEN, ConnectionStatus.DISCONNECTED])
def test_an_org_on_hold_gives_no_login_to_anybody(database, status):
    """G28."""
    at = connected(database, a_token_answer())
    member = at.member()
    with_own_login(at, member)
    caller = signed_in(at)
    at.connections.logins.integration_login(at.workspace_id, at.connection.id)

    at.connections.set_status(at.connection, status)

    for ask in (
        lambda: at.connections.logins.login_for(caller),
        lambda: at.connections.logins.login_of_member(at.workspace_id, at.connection.id, member.id),
        lambda: at.connections.logins.integration_login(at.workspace_id, at.connection.id),
    ):
        with pytest.raises(AuthorizationLostError):
            ask()


def test_a_disconnected_org_leaves_no_secret_behind(database):
    at = connected(database)
    with_own_login(at, at.member())
    signed_in(at)

    at.connections.set_status(at.connection, ConnectionStatus.DISCONNECTED)

    with database.reading(at.workspace_id) as session:
        assert session.rows(select(credential.c.id)) == []
        assert session.rows(select(canvas_session.c.id)) == []


def every_credential_moved(session):
    """Each personal login in the row of another member."""
    rows = session.rows(select(credential.c.id, credential.c.sealed).where(credential.c.purpose == "personal_login"))
    for row, other in zip(rows, [*rows[1:], rows[0]], strict=True):
        session.execute(update(credential).where(credential.c.id == row.id).values(sealed=other.sealed))


def every_credential_bent(session):
    for row in session.rows(select(credential.c.id, credential.c.sealed)):
        bent = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
        session.execute(update(credential).where(credential.c.id == row.id).values(sealed=bent))


@pytest.mark.parametrize("spoil", [every_credential_moved, every_credential_bent])
def test_a_login_that_was_moved_or_bent_opens_for_nobody(database, spoil):
    """G27."""
    at = connected(database)
    members = [at.member(), at.member(NOOR)]
    for member in members:
        with_own_login(at, member)

    with database.workspace(at.workspace_id) as session:
        spoil(session)

    for member in members:
        with pytest.raises(AuthorizationLostError) as lost:
            at.connections.logins.login_of_member(at.workspace_id, at.connection.id, member.id)
        assert lost.value.code == "LOGIN_UNREADABLE"


def test_a_session_token_that_was_moved_to_another_session_opens_for_nobody(database):
    """G27: even to another session of the same rep."""
    at = connected(database)
    at.member()
    first, second = signed_in(at), signed_in(at, {"context.environment": {}})
    with database.workspace(at.workspace_id) as session:
        sealed = session.first(select(canvas_session.c.sealed).where(canvas_session.c.id == first.session_id))[0]
        session.execute(update(canvas_session).where(canvas_session.c.id == second.session_id).values(sealed=sealed))

    assert at.connections.logins.login_for(first)
    with pytest.raises(AuthorizationLostError):
        at.connections.logins.login_for(second)


def test_a_secret_of_one_workspace_moved_to_another_signs_nothing(database):
    """G27: the data key is the workspace's own."""
    at = connected(database)
    other_id = at.connections.create_workspace("Other")
    other = at.connections.create_connection(other_id, a_new_connection(org_id=OTHER))
    with database.reading(at.workspace_id) as session:
        rows = session.rows(select(credential).where(credential.c.purpose == "canvas_secret"))
    moved = [{**row._mapping, "workspace_id": other_id, "connection_id": other.id} for row in rows]
    with database.engine.begin() as connection:
        connection.execute(insert(credential), moved)

    assert at.connections._safe.canvas_secrets(other) == []


def test_no_secret_lies_in_the_clear_in_the_database(database, tmp_path):
    """G26, G27."""
    at = connected(database)
    made = at.connections.clients.make(at.connection, Role.FLOW, by=None)
    with_own_login(at, at.member())
    signed_in(at)
    canaries = [SECRET, TOKEN, OWN, "refresh-canary", made.secret.reveal(), a_signer("deployment").private_pem[60:100]]

    stored = everything_stored(database)

    assert RILEY.encode() in stored
    assert [canary for canary in canaries if canary.encode() in stored] == []


def everything_stored(database):
    """The bytes of the file and of its log, or of every row."""
    if database.dialect == "sqlite":
        path = Path(database.engine.url.database)
        return b"".join(found.read_bytes() for found in path.parent.glob(f"{path.name}*"))
    from accord.infra.db import metadata

    with database.engine.connect() as connection:
        rows = [
            repr(tuple(row)).encode() for table in metadata.sorted_tables for row in connection.execute(select(table))
        ]
    return b"".join(rows)


def test_a_login_shows_in_no_repr(database):
    at = connected(database)
    with_own_login(at, at.member())
    login = at.connections.logins.login_of_member(at.workspace_id, at.connection.id, at.find_member().id)

    assert OWN not in repr(login) + str(login) + f"{login.access_token}"
