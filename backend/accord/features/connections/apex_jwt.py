"""The token that Apex makes and signs with a certificate of its org, and every check before a word of it is believed.

`iss` (the org id) chooses whose certificates are tried before anything is verified; `kid` only chooses among those.
What the token says of itself (algorithm, key addresses) chooses nothing. PyJWT verifies the signature and the standard
claims; times are judged here, against the clock that was passed in.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

import jwt
from jwt.types import Options

from accord.core.ids import OrgId, RecordId, UserId
from accord.core.text import is_clean
from accord.features.connections.canvas_text import StrictJson, decode, read_json, text_at
from accord.features.connections.certificates import read_certificate
from accord.features.connections.checks import Check, run_checks
from accord.features.connections.model import ApexClaims, Certificate
from accord.features.connections.rules import currency_code, is_standard, role_of, widened
from accord.workspace.members.model import Person

LONGEST = 8 * 1024
LONGEST_LIFE = timedelta(minutes=5)
LEEWAY = timedelta(seconds=30)
ALGORITHM = "RS256"
REQUIRED = ["exp", "iat", "iss", "sub", "aud", "jti"]
TIMES = ("exp", "iat", "nbf")

_FORM = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
# times are judged by our own checks, the issuer by whose certificate fits
_SIGNATURE_ALONE: Options = {
    "verify_signature": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_iss": False,
    "verify_aud": False,
    "verify_sub": False,
    "verify_jti": False,
}


@dataclass(frozen=True, slots=True)
class ApexWorld:
    """What the verifier knows of the outside.

    `certificates_of` gives every certificate ever registered for an org, also those put out of use. `first_use` keeps a
    token's id for its org and says whether it is new; it is asked only when the call `writes`.
    """

    now: datetime
    audience: str
    writes: bool
    certificates_of: Callable[[OrgId], Sequence[Certificate]]
    first_use: Callable[[OrgId, str], bool]


class _Attempt:
    """One token on its way through the checks. What is read from it is read as mildly as can be; the checks judge."""

    def __init__(self, token: str, world: ApexWorld) -> None:
        self.token = token
        self.world = world
        self.segments = [*token.split("."), "", ""]

    @cached_property
    def header(self) -> StrictJson:
        return read_json(decode(self.segments[0]))

    @cached_property
    def claims(self) -> StrictJson:
        """Read without verifying: only `iss` is used of it before the signature is known to fit."""
        return read_json(decode(self.segments[1]))

    def text(self, claim: str) -> str:
        return text_at(self.claims.value, claim)

    def time(self, claim: str) -> datetime | None:
        """A time of the token; None when it is absent, or no number of seconds that a calendar knows."""
        try:
            return datetime.fromtimestamp(int(self.claims.value[claim]), UTC)
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            return None

    @cached_property
    def org_id(self) -> OrgId:
        return OrgId(widened(self.text("iss")))

    @cached_property
    def registered(self) -> list[Certificate]:
        """The org's certificates, those in use first (a renewed certificate can hold the same key)."""
        found = self.world.certificates_of(self.org_id) if self.org_id else ()
        return sorted(found, key=lambda each: not each.active)

    @cached_property
    def named(self) -> list[Certificate]:
        """Those that `kid` leaves; all when the token has none, because Apex cannot always set it."""
        if "kid" not in self.header.value:
            return self.registered
        return [each for each in self.registered if each.key_id == self.header.value["kid"]]

    @property
    def candidates(self) -> list[Certificate]:
        return self.named or self.registered

    @cached_property
    def signer(self) -> Certificate | None:
        return next((each for each in self.candidates if self._fits(each)), None)

    @property
    def certificate(self) -> Certificate:
        return self.signer or self.candidates[0]

    def _fits(self, certificate: Certificate) -> bool:
        key = read_certificate(certificate.pem).key
        try:
            jwt.decode(self.token, key, algorithms=[ALGORITHM], options=_SIGNATURE_ALONE)
        except (jwt.PyJWTError, RecursionError):
            return False
        return True

    def satisfies(self, options: Options) -> bool:
        """Whether the standard claims pass PyJWT's own checks of these options."""
        try:
            jwt.decode(self.token, audience=self.world.audience, options={"verify_signature": False, **options})
        except (jwt.PyJWTError, RecursionError):
            return False
        return True

    def life(self) -> timedelta:
        begin, end = self.time("iat"), self.time("exp")
        return end - begin if begin and end else timedelta()


def _whole_numbers(it: _Attempt) -> bool:
    present = [it.claims.value[name] for name in TIMES if name in it.claims.value]
    return all(type(value) is int for value in present)


def _texts(it: _Attempt, claim: str) -> list[str]:
    found = it.claims.value.get(claim)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _before(moment: datetime | None, limit: datetime) -> bool:
    return moment is None or moment <= limit


_AGAIN = "Reload the page. If it comes again, tell your Salesforce admin."
_CERTIFICATE = "The org's certificate is not the one that was registered with Accord, or is out of use or out of date."
_CLOCKS = "The token's times do not fit. Reload the page."

CHECKS: tuple[Check[_Attempt], ...] = (
    Check("size", lambda it: len(it.token) <= LONGEST, _AGAIN),
    Check("form", lambda it: _FORM.fullmatch(it.token) is not None, _AGAIN),
    Check("json", lambda it: it.header.readable and it.claims.readable, _AGAIN),
    Check("algorithm", lambda it: it.header.value.get("alg") == ALGORITHM, _AGAIN),
    Check("known_org", lambda it: bool(it.registered), "This Salesforce org is not connected to Accord."),
    Check("key_id", lambda it: bool(it.named), _CERTIFICATE),
    Check("key_size", lambda it: all(read_certificate(each.pem).is_strong for each in it.candidates), _CERTIFICATE),
    Check("signature", lambda it: it.signer is not None, _CERTIFICATE),
    Check("certificate_in_use", lambda it: it.certificate.active, _CERTIFICATE),
    Check("certificate_dates", lambda it: read_certificate(it.certificate.pem).is_current(it.world.now), _CERTIFICATE),
    Check("org_of_certificate", lambda it: it.certificate.org_id == it.org_id, _CERTIFICATE),
    Check("duplicate_keys", lambda it: not (it.header.has_duplicates or it.claims.has_duplicates), _AGAIN),
    Check("clean_text", lambda it: is_clean(it.claims.value), _AGAIN),
    Check(
        "required_claims",
        lambda it: it.satisfies({"require": REQUIRED, "verify_sub": True, "verify_jti": True}),
        _AGAIN,
    ),
    Check("whole_numbers", _whole_numbers, _CLOCKS),
    Check("audience", lambda it: it.satisfies({"verify_aud": True, "strict_aud": True}), _AGAIN),
    Check("expiry", lambda it: not _before(it.time("exp"), it.world.now - LEEWAY), _CLOCKS),
    Check("not_before", lambda it: _before(it.time("nbf"), it.world.now + LEEWAY), _CLOCKS),
    Check("issued_at", lambda it: _before(it.time("iat"), it.world.now + LEEWAY), _CLOCKS),
    Check("lifetime", lambda it: it.life() <= LONGEST_LIFE, _CLOCKS),
    Check("subject", lambda it: widened(it.text("sub")).startswith("005"), _AGAIN),
    Check(
        "user_type",
        lambda it: is_standard(it.text("user_type")),
        "Accord is for the company's own Salesforce users, not for customers, partners or guests.",
    ),
    Check("record_id", lambda it: "rid" not in it.claims.value or bool(widened(it.text("rid"))), _AGAIN),
    Check("token_id", lambda it: 0 < len(it.text("jti")) <= 255, _AGAIN),
    # last, so that only a token that is good in all else is spent
    Check("first_use", lambda it: not it.world.writes or it.world.first_use(it.org_id, it.text("jti")), _AGAIN),
)


def verify(token: str, world: ApexWorld, *, checks: Sequence[Check[_Attempt]] = CHECKS) -> ApexClaims:
    """The claims, believed. Raises RefusedTokenError that names the first check it failed.

    Claims of our own: `user_type` (UserInfo.getUserType()), `permissions` (those of Accord_Admin and Accord_User that
    FeatureManagement.checkPermission grants), for the member's card `name`, `email` and `zoneinfo`, `rid`: the id of
    the one record that Apex has read in the user's own mode for this call, `visible_fields`, `editable_fields`: which
    of its fields he may see and edit there, sharing and approvals included, and `currency`: that of an org with one
    alone (UserInfo.getDefaultCurrency()). The last four may be left out; without `rid` the fields are of nothing.
    """
    attempt = _Attempt(token, world)
    run_checks(checks, attempt)
    record_id = widened(attempt.text("rid"))
    return ApexClaims(
        org_id=attempt.org_id,
        user_id=UserId(widened(attempt.text("sub"))),
        role=role_of(_texts(attempt, "permissions")),
        person=Person(name=attempt.text("name"), email=attempt.text("email"), time_zone=attempt.text("zoneinfo")),
        record_id=RecordId(record_id) if record_id else None,
        visible_fields=frozenset(_texts(attempt, "visible_fields")),
        editable_fields=frozenset(_texts(attempt, "editable_fields")),
        currency=currency_code(attempt.text("currency")),
    )
