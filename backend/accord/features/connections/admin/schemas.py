"""How a connection looks to its admins on the wire. No token, key or secret is ever in it."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from marshmallow import Schema, fields, validate

from accord.features.connections.admin.model import Overview
from accord.features.connections.doctor.model import Finding
from accord.features.connections.doctor.rules import is_well
from accord.features.connections.integration.model import ConnectionSettings
from accord.features.connections.model import IntegrationFlow
from accord.features.connections.notices.model import Notice
from accord.features.connections.notices.rules import message
from accord.features.connections.page_key import shown
from accord.features.connections.trust.model import NewLink, TrustEvent
from accord.infra.json_body import load_as

FLOWS = [flow.value for flow in IntegrationFlow]
_PAGE_KEY = (
    "Of the page that asks: an RSA key of 2048 to 4096 bits as Base64 of its SPKI bytes. With it the secret is in "
    "`sealed` alone (RSA-OAEP with SHA-256), as Base64; without it, it is said openly."
)


class ForPageSchema(Schema):
    public_key = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=2000), metadata={"description": _PAGE_KEY}
    )


class CertificateSchema(Schema):
    fingerprint = fields.String(required=True, metadata={"description": "SHA-256 in hex."})
    key_id = fields.String(required=True)
    active = fields.Boolean(required=True)
    ends_at = fields.AwareDateTime(required=True)


class ConnectionSchema(Schema):
    org_id = fields.String(required=True)
    label = fields.String(required=True)
    instance_url = fields.String(required=True)
    is_sandbox = fields.Boolean(required=True)
    status = fields.String(required=True)
    integration_username = fields.String(required=True)
    certificates = fields.List(fields.Nested(CertificateSchema), required=True)


class LinkSchema(Schema):
    address = fields.String(required=True)
    code = fields.String(required=True, allow_none=True, metadata={"description": "Shown this once; good for an hour."})
    sealed = fields.String(
        required=True, allow_none=True, metadata={"description": "The code, for the page that sent a key."}
    )
    expires_at = fields.AwareDateTime(required=True)


class EventSchema(Schema):
    kind = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    detail = fields.String(required=True)
    by_user = fields.String(required=True, allow_none=True, metadata={"description": "A Salesforce user's id."})
    by_member = fields.String(required=True, allow_none=True)
    by_name = fields.String(required=True, allow_none=True, metadata={"description": "What the member is called."})


class EventsSchema(Schema):
    events = fields.List(fields.Nested(EventSchema), required=True)


class FindingSchema(Schema):
    name = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "passed, warning, failed or unknown."})
    text = fields.String(required=True)
    fix = fields.String(required=True)


class VisitSchema(Schema):
    well = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)


class NoticeSchema(Schema):
    kind = fields.String(required=True)
    subject = fields.String(required=True)
    ends_at = fields.AwareDateTime(required=True)
    days = fields.Integer(required=True, metadata={"description": "The warning reached: 30, 7, 1, or 0: it is over."})
    since = fields.AwareDateTime(required=True)
    message = fields.String(required=True)


class NoticesSchema(Schema):
    notices = fields.List(fields.Nested(NoticeSchema), required=True)


class SettingsSchema(Schema):
    integration_login = fields.String(required=True, validate=validate.OneOf(FLOWS))
    secret_ends_on = fields.Date(required=True, allow_none=True)
    key_ends_on = fields.Date(required=True, allow_none=True)
    method_ends_on = fields.Date(required=True, allow_none=True)


def overview_json(overview: Overview) -> dict[str, Any]:
    connection = overview.connection
    names = ("org_id", "label", "instance_url", "is_sandbox", "status", "integration_username")
    return {
        **{name: getattr(connection, name) for name in names},
        "certificates": [
            {"fingerprint": one.fingerprint, "key_id": one.key_id, "active": one.active, "ends_at": ends_at}
            for one, ends_at in overview.certificates
        ],
    }


def link_json(link: NewLink, page_key: RSAPublicKey | None) -> dict[str, Any]:
    return {"address": link.address, **shown(link.code, page_key, name="code"), "expires_at": link.expires_at}


def event_json(event: TrustEvent, by_name: str | None) -> dict[str, Any]:
    return {
        "kind": event.kind.value,
        "at": event.at,
        "detail": event.detail,
        "by_user": event.by_user,
        "by_member": event.by_member,
        "by_name": by_name,
    }


def visit_json(found: list[Finding]) -> dict[str, Any]:
    names = ("name", "status", "text", "fix")
    return {"well": is_well(found), "findings": [{name: getattr(one, name) for name in names} for one in found]}


def notice_json(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.end.kind.value,
        "subject": notice.end.subject,
        "ends_at": notice.end.ends_at,
        "days": notice.days,
        "since": notice.since,
        "message": message(notice),
    }


def settings_json(settings: ConnectionSettings) -> dict[str, Any]:
    return {
        "integration_login": settings.flow.value,
        "secret_ends_on": settings.secret_ends_on,
        "key_ends_on": settings.key_ends_on,
        "method_ends_on": settings.method_ends_on,
    }


def read_values(values: Any, *, version: int) -> ConnectionSettings:
    """Stored settings, in the place of this version. Raises RejectedError."""
    return settings_of(load_as(SettingsSchema(), values), version=version)


def settings_of(given: dict[str, Any], *, version: int) -> ConnectionSettings:
    """The settings in a checked request, in the place of this version."""
    return ConnectionSettings(
        flow=IntegrationFlow(given["integration_login"]),
        secret_ends_on=given["secret_ends_on"],
        key_ends_on=given["key_ends_on"],
        method_ends_on=given["method_ends_on"],
        version=version,
    )
