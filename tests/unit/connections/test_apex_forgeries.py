"""S1, W16, G23: forged, stale and bent tokens of Apex; and no check of the list is there for nothing."""

import base64
import hmac
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from accord.core.identity import Role
from accord.core.ids import OrgId
from accord.features.connections import apex_jwt
from accord.features.connections.model import Certificate, NoAccessError, RefusedTokenError
from support.builders import NOON
from support.signed import (
    AUDIENCE,
    DEAL,
    HALDEN,
    OTHER,
    RILEY,
    Signer,
    a_certificate,
    a_signer,
    an_apex_token,
    apex_claims,
    raw_token,
)

NOW = int(NOON.timestamp())
HEADER = '{"alg":"RS256","typ":"JWT"}'
KNOWN = {HALDEN: [a_certificate()], OTHER: [a_certificate(a_signer("other"), org_id=OTHER)]}


@dataclass(frozen=True)
class Row:
    """A token, made when it is needed, and the check that must refuse it."""

    name: str
    refused_by: str
    make: Callable[[], str]
    certificates: Mapping[OrgId, Sequence[Certificate]] = field(default_factory=lambda: KNOWN)
    now: datetime = NOON
    seen: bool = False


def claims(**changes: object) -> Callable[[], str]:
    return lambda: an_apex_token(changes)


def made(**options: object) -> Callable[[], str]:
    return lambda: an_apex_token(**options)


def raw(header: str = HEADER, payload: str | None = None) -> Callable[[], str]:
    return lambda: raw_token(header, payload if payload is not None else json.dumps(apex_claims()))


def segment(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def unsigned(algorithm: str = "none") -> str:
    header, payload = json.dumps({"alg": algorithm}), json.dumps(apex_claims())
    return f"{segment(header.encode())}.{segment(payload.encode())}."


def signed_with_the_certificate_as_secret() -> str:
    """HS256, with the public certificate for a secret: everybody has that."""
    body = ".".join(segment(text.encode()) for text in ('{"alg":"HS256"}', json.dumps(apex_claims())))
    mac = hmac.digest(a_signer().certificate_pem.encode(), body.encode(), "sha256")
    return f"{body}.{segment(mac)}"


def swapped_claims() -> str:
    header, _, signature = an_apex_token().split(".")
    return f"{header}.{segment(json.dumps(apex_claims({'permissions': ['Accord_Admin']})).encode())}.{signature}"


def bent_signature() -> str:
    token = an_apex_token()
    at = len(token) - 20
    return token[:at] + ("B" if token[at] == "A" else "A") + token[at + 1 :]


def weak() -> Signer:
    return a_signer("weak", bits=1024)


def short_key() -> str:
    return raw_token(HEADER, json.dumps(apex_claims()), signer=weak())


ROWS = (
    Row("nine kilobytes", "size", claims(padding="x" * 9000)),
    Row("empty", "form", lambda: ""),
    Row("two segments", "form", lambda: an_apex_token().rpartition(".")[0]),
    Row("five segments", "form", lambda: f"{an_apex_token()}.x.y"),
    Row("unsigned, alg none", "form", unsigned),
    Row("padded signature", "form", lambda: f"{an_apex_token()}=="),
    Row("blank behind it", "form", lambda: f"{an_apex_token()} "),
    Row("header is a list", "json", raw("[]")),
    Row("claims are a text", "json", raw(payload='"x"')),
    Row("claims with NaN", "json", raw(payload='{"exp": NaN}')),
    Row("claims nested without end", "json", raw(payload="[" * 3000)),
    Row("alg None with a signature", "algorithm", raw('{"alg":"None"}')),
    Row("HS256 with the certificate for a secret", "algorithm", signed_with_the_certificate_as_secret),
    Row("RS512", "algorithm", made(algorithm="RS512")),
    Row("PS256", "algorithm", made(algorithm="PS256")),
    Row("alg in small letters", "algorithm", raw('{"alg":"rs256"}')),
    Row("no alg", "algorithm", raw('{"typ":"JWT"}')),
    Row("alg is a list", "algorithm", raw('{"alg":["RS256"]}')),
    Row("unknown org", "known_org", claims(iss="00D00000000000ZEA2")),
    Row("no issuer", "known_org", claims(iss=...)),
    Row("a list of issuers", "known_org", raw(payload=json.dumps({**apex_claims(), "iss": [HALDEN, OTHER]}))),
    Row("issuer and more", "known_org", claims(iss=f"{HALDEN}' OR 1=1")),
    Row("kid of nothing", "key_id", made(header={"kid": "another"})),
    Row("kid is a path", "key_id", made(header={"kid": "../../etc/passwd"})),
    Row("kid is an address", "key_id", made(header={"kid": "https://evil.example/keys"})),
    Row("kid is a number", "key_id", raw('{"alg":"RS256","kid":7}')),
    Row("key of 1024 bits", "key_size", short_key, {HALDEN: [a_certificate(weak())]}),
    Row("key of a stranger", "signature", lambda: an_apex_token(signer=a_signer("stranger"))),
    Row("key of another org", "signature", lambda: an_apex_token(signer=a_signer("other"))),
    Row("another org's name, our key", "signature", claims(iss=OTHER)),
    Row("key in the header", "signature", lambda: an_apex_token(signer=a_signer("stranger"), header={"jku": "https://e"})),
    Row("swapped claims", "signature", swapped_claims),
    Row("bent signature", "signature", bent_signature),
    Row("unknown critical header", "signature", raw('{"alg":"RS256","crit":["x"],"x":1}')),
    Row("retired certificate", "certificate_in_use", made(), {HALDEN: [a_certificate(active=False)]}),
    Row("certificate is over", "certificate_dates", made(signer=a_signer("over", valid_days=1, begins_in_days=-9)),
        {HALDEN: [a_certificate(a_signer("over", valid_days=1, begins_in_days=-9))]}),
    Row("certificate begins tomorrow", "certificate_dates", made(signer=a_signer("early", begins_in_days=1)),
        {HALDEN: [a_certificate(a_signer("early", begins_in_days=1))]}),
    Row("certificate of another org", "org_of_certificate", made(), {HALDEN: [a_certificate(org_id=OTHER)]}),
    Row("sub twice", "duplicate_keys",
        raw(payload=json.dumps(apex_claims()).replace('"sub":', '"sub": "005000000000009AAA", "sub":'))),
    Row("null character", "clean_text", claims(name="Riley\0")),
    Row("no exp", "required_claims", claims(exp=...)),
    Row("no iat", "required_claims", claims(iat=...)),
    Row("no sub", "required_claims", claims(sub=...)),
    Row("no aud", "required_claims", claims(aud=...)),
    Row("no jti", "required_claims", claims(jti=...)),
    Row("sub is a number", "required_claims", raw(payload=json.dumps({**apex_claims(), "sub": 5}))),
    Row("exp is a text", "whole_numbers", claims(exp=str(NOW + 60))),
    Row("exp is a fraction", "whole_numbers", claims(exp=NOW + 60.5)),
    Row("iat is true", "whole_numbers", claims(iat=True)),
    Row("nbf is null", "whole_numbers", claims(nbf=None)),
    Row("for somebody else", "audience", claims(aud="https://other.example")),
    Row("a list of audiences", "audience", claims(aud=[AUDIENCE, "https://other.example"])),
    Row("audience with a slash", "audience", claims(aud=f"{AUDIENCE}/")),
    Row("expired", "expiry", claims(), now=NOON + timedelta(seconds=150)),
    Row("expired long ago", "expiry", claims(iat=0, exp=100)),
    Row("exp beyond every calendar", "expiry", claims(exp=10**18)),
    Row("not yet valid", "not_before", claims(nbf=NOW + 60)),
    Row("issued in the future", "issued_at", claims(iat=NOW + 60)),
    Row("lives ten years", "lifetime", claims(exp=NOW + 10 * 365 * 86400)),
    Row("lives a second too long", "lifetime", claims(exp=NOW + 301)),
    Row("sub is a user name", "subject", claims(sub="riley@halden.example")),
    Row("sub is a contact", "subject", claims(sub="003000000000001AAA")),
    Row("no user type", "user_type", claims(user_type=...)),
    Row("customer", "user_type", claims(user_type="CspLitePortal")),
    Row("partner", "user_type", claims(user_type="PowerPartner")),
    Row("guest", "user_type", claims(user_type="Guest")),
    Row("record is no id", "record_id", claims(rid="006' OR 1=1")),
    Row("record is null", "record_id", claims(rid=None)),
    Row("a list of records", "record_id", claims(rid=["006000000000001AAA"])),
    Row("empty jti", "token_id", claims(jti="")),
    Row("endless jti", "token_id", claims(jti="x" * 300)),
    Row("used before", "first_use", claims(), seen=True),
)  # fmt: skip


def verify(row: Row, *, without: str | None = None, writes: bool = True):
    world = apex_jwt.ApexWorld(
        now=row.now,
        audience=AUDIENCE,
        writes=writes,
        certificates_of=lambda org_id: row.certificates.get(org_id, ()),
        first_use=lambda _org_id, _proof: not row.seen,
    )
    return apex_jwt.verify(row.make(), world, checks=[check for check in apex_jwt.CHECKS if check.name != without])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_forged_token_is_refused_by_the_check_that_is_meant_for_it(row):
    with pytest.raises(RefusedTokenError) as refused:
        verify(row)

    assert refused.value.check == row.refused_by


# without these the token is refused all the same, by a later check: they keep work away from strangers, or stand twice
GUARDS = {"json", "algorithm", "known_org"}


@pytest.mark.parametrize("check", [check.name for check in apex_jwt.CHECKS])
def test_no_check_can_be_left_out(check):
    aimed = [row for row in ROWS if row.refused_by == check]

    outcomes = [outcome_without(row, check) for row in aimed]

    assert aimed
    assert check not in outcomes
    assert check in GUARDS or "accepted" in outcomes


def outcome_without(row: Row, check: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyJWT warns of the short key that the check would have kept from it
        try:
            verify(row, without=check)
        except RefusedTokenError as refused:
            return refused.check
    return "accepted"


def good(make: Callable[[], str], **changes: object) -> Row:
    return Row("good", "", make, **changes)


def test_a_good_token_tells_who_and_as_what():
    found = verify(good(claims()))

    assert (found.org_id, found.user_id, found.role) == (HALDEN, RILEY, Role.USER)
    assert (found.person.name, found.person.email) == ("Riley Okafor", "riley@halden.example")


@pytest.mark.parametrize(("given", "record_id"), [(..., None), (DEAL, DEAL), (DEAL[:15], DEAL)])
def test_a_token_names_the_one_record_that_its_user_may_see(given, record_id):
    assert verify(good(claims(rid=given))).record_id == record_id


@pytest.mark.parametrize(
    ("said", "seen", "edited"),
    [
        (
            {"visible_fields": ["Amount", "CloseDate"], "editable_fields": ["Amount"]},
            ["Amount", "CloseDate"],
            ["Amount"],
        ),
        ({"visible_fields": ["Amount"]}, ["Amount"], []),
        ({"visible_fields": "Amount", "editable_fields": None}, [], []),
        ({"visible_fields": [["Amount"], 1, {}], "editable_fields": []}, [], []),
        ({}, [], []),
    ],
)
def test_a_token_says_what_its_user_may_do_with_fields_of_the_one_record(said, seen, edited):
    """S3: nothing is proved by what is not said, or not in this form."""
    found = verify(good(claims(rid=DEAL, **said)))

    assert (sorted(found.visible_fields), sorted(found.editable_fields)) == (seen, edited)


@pytest.mark.parametrize("permissions", [["Accord_Admin"], ["Accord_User", "Accord_Admin"]])
def test_the_custom_permission_makes_an_admin(permissions):
    """W17."""
    assert verify(good(claims(permissions=permissions))).role is Role.ADMIN


@pytest.mark.parametrize(
    ("said", "currency"), [("NOK", "NOK"), (..., None), (None, None), ("nok", None), ("NOKK", None)]
)
def test_an_org_with_one_currency_says_it(said, currency):
    assert verify(good(claims(currency=said))).currency == currency


@pytest.mark.parametrize("permissions", [[], ["Something_Else"], "Accord_Admin", None, [["Accord_Admin"]], ...])
def test_a_user_without_our_permissions_is_told_whom_to_ask(permissions):
    with pytest.raises(NoAccessError, match="permission set Accord Rep"):
        verify(good(claims(permissions=permissions)))


@pytest.mark.parametrize(
    ("make", "now"),
    [
        (claims(), NOON + timedelta(seconds=149)),
        (claims(iat=NOW + 30), NOON),
        (claims(exp=NOW + 300), NOON),
        (claims(nbf=NOW), NOON),
        (claims(sub=RILEY[:15], iss=HALDEN[:15]), NOON),
        (claims(user_type="STANDARD"), NOON),
        (made(header={"kid": "Accord_JWT"}), NOON),
    ],
)
def test_what_apex_may_send_is_taken(make, now):
    assert verify(good(make, now=now)).user_id == RILEY


def test_all_certificates_in_use_are_tried_when_the_token_names_none():
    """W16: Apex cannot always set `kid`."""
    many = {HALDEN: [a_certificate(a_signer("other"), key_id="first"), a_certificate(key_id="second")]}

    assert verify(good(claims(), certificates=many)).user_id == RILEY


def test_a_key_that_was_certified_again_is_good_by_its_newer_certificate():
    renewed = {HALDEN: [a_certificate(active=False, key_id="old"), a_certificate(key_id="new")]}

    assert verify(good(claims(), certificates=renewed)).user_id == RILEY


def test_a_token_that_was_used_may_still_read():
    assert verify(good(claims(), seen=True), writes=False).user_id == RILEY
