"""A2, S4, G23: forged, stale, replayed and bent signed requests; and no check of the list is there for nothing."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from accord.core.ids import OrgId
from accord.features.connections import canvas
from accord.features.connections.model import CanvasSecret, RefusedTokenError
from support.builders import NOON
from support.signed import (
    CONSUMER_KEY,
    DEAL,
    HALDEN,
    OTHER,
    OTHER_SECRET,
    RILEY,
    SECRET,
    TOKEN,
    a_canvas_body,
    a_canvas_secret,
    a_signed_request,
    milliseconds,
    signed,
)

KNOWN = {HALDEN: [a_canvas_secret()], OTHER: [a_canvas_secret(OTHER, OTHER_SECRET)]}


def never_seen(_org_id: OrgId, _proof: str) -> bool:
    return True


@dataclass(frozen=True)
class Row:
    """A request, made when it is needed, and the check that must refuse it."""

    name: str
    refused_by: str
    make: Callable[[], str]
    secrets: Mapping[OrgId, Sequence[CanvasSecret]] = field(default_factory=lambda: KNOWN)
    now: datetime = NOON
    seen: bool = False


def changed(**changes: object) -> Callable[[], str]:
    return lambda: a_signed_request({path.replace("__", "."): value for path, value in changes.items()})


def text(payload: str, **options: str) -> Callable[[], str]:
    return lambda: signed(payload.encode(), **options)


def doubled(old: str, new: str) -> Callable[[], str]:
    good = json.dumps(a_canvas_body())
    assert old in good
    return text(good.replace(old, new))


def with_signature(bend: Callable[[str], str]) -> Callable[[], str]:
    def make() -> str:
        signature, _, body = a_signed_request().partition(".")
        return f"{bend(signature)}.{body}"

    return make


def swapped_body() -> str:
    signature = a_signed_request().partition(".")[0]
    return f"{signature}.{signed(a_canvas_body({'userId': '005000000000009AAA'})).partition('.')[2]}"


def mixed_alphabets() -> str:
    """Each part is good base64, in the alphabet of the other: rightly signed as it stands."""
    for number in range(500):
        body = base64.b64encode(
            json.dumps(a_canvas_body({"context.user.fullName": f"Zoë>>>???{number}"})).encode()
        ).decode()
        signature, _, _ = signed(body, url_safe=True).partition(".")
        if set("-_") & set(signature) and set("+/") & set(body):
            return f"{signature}.{body}"
    raise AssertionError("no request with both alphabets was found")


def line_break_in_body() -> str:
    body = base64.b64encode(json.dumps(a_canvas_body()).encode()).decode()
    return signed(f"{body[:40]}\n{body[40:]}")


def other_org_first() -> str:
    """Signed with the other org's own secret, which names itself in a parameter and Halden in the context."""
    body = {"helper": {"organizationId": OTHER}, **a_canvas_body()}
    return signed(body, OTHER_SECRET)


ROWS = (
    Row("ten megabytes", "size", changed(context__environment__parameters={"x": "y" * 10_000_000})),
    Row("just over the limit", "size", changed(context__environment__parameters={"x": "y" * 50_000})),
    Row("nothing at all", "strict_base64", lambda: ""),
    Row("no dot", "strict_base64", lambda: a_signed_request().replace(".", "")),
    Row("signature alone", "strict_base64", lambda: a_signed_request().partition(".")[0] + "."),
    Row("line break in the body", "strict_base64", line_break_in_body),
    Row("blank before the signature", "strict_base64", with_signature(lambda found: f" {found}")),
    Row("two alphabets", "strict_base64", mixed_alphabets),
    Row("too much padding", "strict_base64", with_signature(lambda found: f"{found}===")),
    Row("null byte in the text", "strict_base64", with_signature(lambda found: f"{found}\0")),
    Row("second dot", "strict_base64", lambda: a_signed_request() + ".x"),
    Row("truncated signature", "signature_length", with_signature(lambda found: found[:20])),
    Row("longer signature", "signature_length", with_signature(lambda found: found[:40] + "AAAA" + found[40:])),
    Row("unknown org", "known_org", changed(context__organization__organizationId="00D00000000000ZEA2")),
    Row("organization context taken out", "known_org", changed(context__organization=...)),
    Row("wrong secret", "signature", lambda: a_signed_request(secret="not the secret")),
    Row("empty secret", "signature", lambda: a_signed_request(secret=""), {HALDEN: [a_canvas_secret(secret="")]}),
    Row("secret of another org", "signature", lambda: a_signed_request(secret=OTHER_SECRET)),
    Row("retired secret", "signature", lambda: a_signed_request(secret="old secret of halden")),
    Row("truncated body", "signature", lambda: a_signed_request()[:-4]),
    Row("swapped body", "signature", swapped_body),
    Row("signature bent", "signature", with_signature(lambda found: ("B" if found[0] == "A" else "A") + found[1:])),
    Row("signature of nothing", "signature", lambda: signed("").partition(".")[0] + a_signed_request()[44:]),
    Row("no JSON", "json", text(f'{{"organizationId": "{HALDEN}", oops')),
    Row("JSON list", "json", text(f'[{{"organizationId": "{HALDEN}"}}]')),
    Row("NaN", "json", text(f'{{"organizationId": "{HALDEN}", "issuedAt": NaN}}')),
    Row("endless nesting", "json", text(f'{{"organizationId": "{HALDEN}", "a": {"[" * 9000}')),
    Row("user twice", "duplicate_keys", doubled('"userId":', '"userId": "005000000000009AAA", "userId":')),
    Row("token twice, deep inside", "duplicate_keys", doubled('"oauthToken":', '"oauthToken": "x", "oauthToken":')),
    Row("null character in a name", "clean_text", changed(context__user__fullName="Riley\0Okafor")),
    Row("half a surrogate pair", "clean_text", changed(context__user__fullName="\ud800")),
    Row("no algorithm", "algorithm", changed(algorithm=...)),
    Row("algorithm none", "algorithm", changed(algorithm="none")),
    Row("algorithm HMACSHA1", "algorithm", changed(algorithm="HMACSHA1")),
    Row("algorithm in small letters", "algorithm", changed(algorithm="hmacsha256")),
    Row("issued at a word", "issued_at", changed(issuedAt="yesterday")),
    Row("issued at true", "issued_at", changed(issuedAt=True)),
    Row("issued at a list", "issued_at", changed(issuedAt=[milliseconds(NOON)])),
    Row("stale", "not_stale", changed(), now=NOON + timedelta(minutes=5, seconds=1)),
    Row("stale, as text", "not_stale", changed(issuedAt=str(milliseconds(NOON - timedelta(hours=1))))),
    Row("issued in 1970", "not_stale", changed(issuedAt=0)),
    Row("from the future", "not_early", changed(), now=NOON - timedelta(minutes=1, seconds=1)),
    Row("from a far future", "not_early", changed(issuedAt=10**400)),
    Row("one org's secret for another org", "org_of_secret", other_org_first),
    Row("another app's key", "consumer_key", changed(client__clientId="3MVG9.another")),
    Row("no user", "user_id", changed(userId=...)),
    Row("a contact as user", "user_id", changed(userId="003000000000001AAA")),
    Row("user id with a wrong ending", "user_id", changed(userId="005000000000001AAB")),
    Row("SOQL in the user id", "user_id", changed(userId="005' OR Name != '")),
    Row("no user context", "user_type", changed(context__user=...)),
    Row("customer", "user_type", changed(context__user__userType="CSPLITEPORTAL")),
    Row("partner", "user_type", changed(context__user__userType="POWERPARTNER")),
    Row("guest", "user_type", changed(context__user__userType="GUEST")),
    Row(
        "address inside our network",
        "instance_url",
        changed(client__instanceUrl="https://169.254.169.254"),
        {HALDEN: [a_canvas_secret(instance_url="https://169.254.169.254")]},
    ),
    Row("plain http", "instance_url", changed(client__instanceUrl="http://halden.my.salesforce.com")),
    Row("no address", "instance_url", changed(client__instanceUrl=...)),
    Row("a neighbour's address", "org_address", changed(client__instanceUrl="https://evil.my.salesforce.com")),
    Row("a stranger's page", "target_origin", changed(client__targetOrigin="https://evil.example")),
    Row("a policy in the origin", "target_origin", changed(client__targetOrigin="https://a.lightning.force.com *")),
    Row("no token", "token", changed(client__oauthToken=...)),
    Row("header in the token", "token", changed(client__oauthToken="00D!x\r\nX-Evil: 1")),
    Row("replayed", "first_use", changed(), seen=True),
)  # fmt: skip


def verify(row: Row, *, without: str | None = None):
    world = canvas.CanvasWorld(
        now=row.now,
        secrets_of=lambda org_id: row.secrets.get(org_id, ()),
        first_use=lambda _org_id, _proof: not row.seen,
    )
    return canvas.verify(row.make(), world, checks=[check for check in canvas.CHECKS if check.name != without])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_forged_request_is_refused_by_the_check_that_is_meant_for_it(row):
    with pytest.raises(RefusedTokenError) as refused:
        verify(row)

    assert refused.value.check == row.refused_by
    assert TOKEN not in str(refused.value)


# without these the request is refused all the same, by a later check: they keep work away from strangers
GUARDS = {"signature_length", "known_org", "json"}


@pytest.mark.parametrize("check", [check.name for check in canvas.CHECKS])
def test_no_check_can_be_left_out(check):
    aimed = [row for row in ROWS if row.refused_by == check]

    outcomes = [outcome_without(row, check) for row in aimed]

    assert aimed
    assert check not in outcomes
    assert check in GUARDS or "accepted" in outcomes


def outcome_without(row: Row, check: str) -> str:
    try:
        verify(row, without=check)
    except RefusedTokenError as refused:
        return refused.check
    return "accepted"


def test_a_good_request_tells_who_where_and_on_which_record():
    found = verify(Row("good", "", changed()))

    assert (found.org_id, found.user_id, found.record_id, found.object_api_name) == (HALDEN, RILEY, DEAL, "Opportunity")
    assert (found.person.name, found.person.time_zone, found.currency) == ("Riley Okafor", "Europe/Oslo", "USD")
    assert found.token.reveal() == TOKEN
    assert found.proved_fresh


@pytest.mark.parametrize(("has_several", "currency"), [(False, "EUR"), (True, None), (..., None), ("false", None)])
def test_an_org_with_one_currency_says_it(has_several, currency):
    """With several, the same place holds the currency of the user."""
    change = {"context.organization.multicurrencyEnabled": has_several}
    with_it = a_canvas_body({} if has_several is ... else change)

    assert verify(Row("good", "", lambda: signed(with_it))).org_currency == currency


@pytest.mark.parametrize(
    "change",
    [
        {"issuedAt": str(milliseconds(NOON))},
        {"issuedAt": milliseconds(NOON - timedelta(minutes=5))},
        {"issuedAt": milliseconds(NOON + timedelta(minutes=1))},
        {"client.clientId": ...},
        {"client.instanceUrl": "https://Halden.my.salesforce.com/"},
        {"userId": RILEY[:15], "context.organization.organizationId": HALDEN[:15]},
        {"context.environment": ...},
    ],
    ids=str,
)
def test_what_salesforce_may_send_is_taken(change):
    assert verify(Row("good", "", lambda: a_signed_request(change))).org_id == HALDEN


@pytest.mark.parametrize("change", [{"issuedAt": None}, {"issuedAt": ...}], ids=["null", "absent"])
def test_a_request_without_a_date_is_taken_and_must_be_proved(change):
    """S4: newer guides call the field internal and their sample has null."""
    assert not verify(Row("good", "", lambda: a_signed_request(change))).proved_fresh


@pytest.mark.parametrize("bend", [lambda found: found.rstrip("="), lambda found: found], ids=["bare", "padded"])
def test_either_alphabet_is_read_with_padding_or_without(bend):
    body = bend(
        base64.urlsafe_b64encode(json.dumps(a_canvas_body({"context.user.fullName": "??>>"})).encode()).decode()
    )

    assert verify(Row("good", "", lambda: signed(body, url_safe=True))).person.name == "??>>"


def test_the_same_signature_written_otherwise_is_the_same_proof():
    """The replay hash is over the decoded signature: padding or its spare bits make no second request of one."""
    proofs = []
    for make in (a_signed_request(), a_signed_request().replace("=.", ".", 1)):
        world = canvas.CanvasWorld(NOON, KNOWN.__getitem__, lambda _org, proof: proofs.append(proof) or True)
        canvas.verify(make, world)

    assert len(proofs) == 2
    assert len(set(proofs)) == 1


def test_two_secrets_are_good_while_one_is_rotated():
    both = {HALDEN: [a_canvas_secret(secret="the new secret"), a_canvas_secret()]}

    assert verify(Row("good", "", changed(), both)).org_id == HALDEN


def test_nothing_that_is_secret_stands_in_a_repr():
    found = verify(Row("good", "", changed()))
    shown = repr(found) + repr(a_canvas_secret()) + repr(canvas.CanvasWorld(NOON, KNOWN.__getitem__, never_seen))

    assert TOKEN not in shown
    assert SECRET not in shown
    assert CONSUMER_KEY in shown
