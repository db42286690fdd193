"""The Canvas signed request that Salesforce posts into our frame, and every check before a word of it is believed.

Wire form: base64(HMAC-SHA256(consumer secret, body)) + "." + body; the body is the base64 text of a JSON object, and
the MAC is over that text as received (Canvas Developer Guide, "Signed Request Authentication"). Nothing of the body is
parsed before the MAC fits; only org ids are looked for in it, to know which secrets to try.
"""

import hmac
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256

from accord.core.errors import RejectedError
from accord.core.ids import OrgId, RecordId, UserId
from accord.core.text import is_clean
from accord.features.connections.canvas_text import StrictJson, decode, is_one_base64, read_json, text_at, value_at
from accord.features.connections.checks import Check, run_checks
from accord.features.connections.model import CanvasRequest, CanvasSecret
from accord.features.connections.rules import currency_code, is_standard, widened
from accord.salesforce.guard import check_org_url, check_page_origin
from accord.salesforce.model import AccessToken
from accord.workspace.members.model import Person

LONGEST = 64 * 1024
SIGNATURE_BYTES = 32
OLDEST = timedelta(minutes=5)
EARLIEST = timedelta(minutes=1)
MOST_ORGS = 4  # org ids that are looked up for one request, however many stand in it

_ORG_ID = re.compile(r'"organizationId"\s*:\s*"([A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?)"')
_MILLISECONDS = re.compile(r"[0-9]{1,15}")
_FAR = 10**13  # milliseconds; beyond it a difference of times is just far off
_TOKEN = re.compile(r"[!-~]{1,8192}")  # visible ASCII: nothing in it can end a header


@dataclass(frozen=True, slots=True)
class CanvasWorld:
    """What the verifier knows of the outside. `first_use` keeps this org's request and says whether it is new."""

    now: datetime
    secrets_of: Callable[[OrgId], Sequence[CanvasSecret]] = field(repr=False)
    first_use: Callable[[OrgId, str], bool]
    allowed_loopback: Collection[str] = ()


class _Attempt:
    """One request on its way through the checks. What is read from it is read as mildly as can be; the checks judge."""

    def __init__(self, text: str, world: CanvasWorld) -> None:
        self.text = text
        self.world = world
        self.signature_text, _, self.body = text.partition(".")

    @cached_property
    def signature(self) -> bytes:
        return decode(self.signature_text)

    @cached_property
    def candidates(self) -> list[CanvasSecret]:
        """The secrets of every org that the unverified body names."""
        named = dict.fromkeys(_ORG_ID.findall(decode(self.body).decode(errors="replace")))
        orgs = dict.fromkeys(OrgId(wide) for wide in map(widened, list(named)[:MOST_ORGS]) if wide)
        return [secret for org in orgs for secret in self.world.secrets_of(org)]

    @cached_property
    def signed_with(self) -> CanvasSecret | None:
        found = None
        for candidate in self.candidates:
            mac = hmac.new(candidate.secret.value, self.body.encode(), sha256).digest()
            if candidate.secret.value and hmac.compare_digest(mac, self.signature):
                found = candidate
        return found

    @property
    def secret(self) -> CanvasSecret:
        return self.signed_with or self.candidates[0]

    @cached_property
    def json(self) -> StrictJson:
        return read_json(decode(self.body))

    def at(self, *path: str) -> str:
        return text_at(self.json.value, *path)

    @cached_property
    def org_id(self) -> OrgId:
        return OrgId(widened(self.at("context", "organization", "organizationId")))

    @cached_property
    def user_id(self) -> str:
        return widened(self.at("userId"))

    @cached_property
    def instance_url(self) -> str:
        try:
            return check_org_url(self.at("client", "instanceUrl"), allowed_loopback=self.world.allowed_loopback)
        except RejectedError:
            return ""

    @cached_property
    def target_origin(self) -> str:
        try:
            return check_page_origin(self.at("client", "targetOrigin"), allowed_loopback=self.world.allowed_loopback)
        except RejectedError:
            return ""

    @cached_property
    def issued_at(self) -> int | None:
        """Milliseconds since 1970, or None when absent, null or unreadable."""
        value = self.json.value.get("issuedAt")
        if isinstance(value, str) and _MILLISECONDS.fullmatch(value):
            return int(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def age(self) -> timedelta:
        now = int(self.world.now.timestamp() * 1000)
        age = now - (now if self.issued_at is None else self.issued_at)
        return timedelta(milliseconds=max(-_FAR, min(_FAR, age)))


_RELOAD = "Reload the page. If it comes again, tell your Salesforce admin."
_SET_UP = "Ask your Accord admin to connect this Salesforce org again: its address or its app has changed."

CHECKS: tuple[Check[_Attempt], ...] = (
    Check("size", lambda it: len(it.text) <= LONGEST, _RELOAD),
    Check("strict_base64", lambda it: is_one_base64(it.signature_text, it.body), _RELOAD),
    Check("signature_length", lambda it: len(it.signature) == SIGNATURE_BYTES, _RELOAD),
    Check("known_org", lambda it: bool(it.candidates), "This Salesforce org is not connected to Accord."),
    Check("signature", lambda it: it.signed_with is not None, _SET_UP),
    Check("json", lambda it: it.json.readable, _RELOAD),
    Check("duplicate_keys", lambda it: not it.json.has_duplicates, _RELOAD),
    Check("clean_text", lambda it: is_clean(it.json.value), _RELOAD),
    Check("algorithm", lambda it: it.json.value.get("algorithm") == "HMACSHA256", _RELOAD),
    Check("issued_at", lambda it: it.json.value.get("issuedAt") is None or it.issued_at is not None, _RELOAD),
    Check("not_stale", lambda it: it.age() <= OLDEST, "This page was opened too long ago. Reload it."),
    Check("not_early", lambda it: it.age() >= -EARLIEST, _RELOAD),
    # one org's secret must never speak for another org that the same body names
    Check("org_of_secret", lambda it: it.org_id == it.secret.org_id, _SET_UP),
    Check("consumer_key", lambda it: it.at("client", "clientId") in {"", it.secret.consumer_key}, _SET_UP),
    Check("user_id", lambda it: it.user_id.startswith("005"), _RELOAD),
    Check(
        "user_type",
        lambda it: is_standard(it.at("context", "user", "userType")),
        "Accord is for the company's own Salesforce users, not for customers, partners or guests.",
    ),
    Check("instance_url", lambda it: it.instance_url != "", _SET_UP),
    Check("org_address", lambda it: _same_address(it.at("client", "instanceUrl"), it.secret.instance_url), _SET_UP),
    Check("target_origin", lambda it: it.target_origin != "", _SET_UP),
    Check("token", lambda it: _TOKEN.fullmatch(it.at("client", "oauthToken")) is not None, _RELOAD),
    # last, so that only a request that is good in all else is spent; over the decoded bytes, because the same signature
    # can be written in several ways
    Check("first_use", lambda it: it.world.first_use(it.org_id, it.signature.hex()), _RELOAD),
)


def _same_address(url: str, known: str) -> bool:
    return url.rstrip("/").lower() == known.rstrip("/").lower()


def verify(text: str, world: CanvasWorld, *, checks: Sequence[Check[_Attempt]] = CHECKS) -> CanvasRequest:
    """The request, believed. Raises RefusedTokenError that names the first check it failed.

    A request without issuedAt comes back with `proved_fresh` False (newer guides call the field internal and their
    sample has null): its token must be shown to Salesforce once before a session is made.
    """
    attempt = _Attempt(text, world)
    run_checks(checks, attempt)
    return CanvasRequest(
        org_id=attempt.org_id,
        user_id=UserId(attempt.user_id),
        instance_url=attempt.instance_url,
        target_origin=attempt.target_origin,
        token=AccessToken(attempt.at("client", "oauthToken")),
        proved_fresh=attempt.issued_at is not None,
        person=Person(
            name=attempt.at("context", "user", "fullName"),
            email=attempt.at("context", "user", "email"),
            time_zone=attempt.at("context", "user", "timeZone"),
        ),
        locale=attempt.at("context", "user", "locale"),
        currency=_currency(attempt),
        record_id=_record_id(attempt),
        object_api_name=_object_name(attempt),
        wants_settings=attempt.at("context", "environment", "parameters", "page") == "settings",
        org_currency=_org_currency(attempt),
    )


def _currency(attempt: _Attempt) -> str:
    own = attempt.at("context", "user", "currencyISOCode")
    return own or attempt.at("context", "organization", "currencyIsoCode")


def _org_currency(attempt: _Attempt) -> str | None:
    """Canvas Developer Guide, Organization: without multiple currencies it is the org's; with them it is the user's."""
    organization = ("context", "organization")
    has_one = value_at(attempt.json.value, *organization, "multicurrencyEnabled") is False
    return currency_code(attempt.at(*organization, "currencyIsoCode")) if has_one else None


def _record_id(attempt: _Attempt) -> RecordId | None:
    """The record of the page. It is signed, not authorised: whoever edits the page sets it."""
    environment = ("context", "environment")
    text = attempt.at(*environment, "parameters", "recordId") or attempt.at(*environment, "record", "Id")
    wide = widened(text)
    return RecordId(wide) if wide else None


def _object_name(attempt: _Attempt) -> str | None:
    environment = ("context", "environment")
    name = attempt.at(*environment, "parameters", "objectApiName")
    name = name or attempt.at(*environment, "record", "attributes", "type")
    return name if re.fullmatch(r"[A-Za-z]\w{0,79}", name, re.ASCII) else None
