"""Canvas: the signed request that the platform posts into an embedded app.

Wire form: base64(HMAC-SHA256(consumer secret, payload)) + "." + payload, where payload is the base64 text of a JSON
object and both use the standard alphabet (Canvas Developer Guide, "Signed Request Authentication"; the alphabet is that
of the guide's example). The fields are those of the guide's "CanvasRequest", "Client" and "Context" tables.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from localorg.org import Org, User
from localorg.page_data import ORG_CURRENCY
from localorg.setup import ConnectedApp

_API_VERSION = "67.0"
_SEASON = "SUMMER"


def sign(payload: Mapping[str, Any], *, consumer_secret: str) -> str:
    """The text of the form field `signed_request`."""
    encoded = base64.b64encode(json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode())
    signature = hmac.new(consumer_secret.encode(), encoded, hashlib.sha256).digest()
    return f"{base64.b64encode(signature).decode()}.{encoded.decode()}"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the app stands: the page that embeds it, and the record that the page shows (a tab's page shows none)."""

    page_origin: str
    location_url: str
    record_id: str | None = None
    object_api_name: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """One look at the app: which app, who looks and with which token, where it stands, and when.

    `issued_at` None gives `"issuedAt": null`, as the guide's own sample has it.
    """

    app: ConnectedApp
    user: User
    access_token: str
    instance_url: str
    placement: Placement
    issued_at: datetime | None


def signed_request_payload(org: Org, view: View) -> dict[str, Any]:
    """The JSON that is signed.

    `environment.record` is empty: on a Lightning page the record is passed by the page itself, through `parameters`
    (Canvas Developer Guide, "Using Canvas in Lightning"). Whoever can edit the page can set them: they are signed,
    which does not make them authorised.
    """
    app, user, placement = view.app, view.user, view.placement
    return {
        "algorithm": "HMACSHA256",
        "issuedAt": None if view.issued_at is None else int(view.issued_at.timestamp() * 1000),
        "userId": user.id,
        "client": {
            "refreshToken": None,
            "instanceId": f"{app.name}:{placement.record_id or placement.location_url}",
            "targetOrigin": placement.page_origin,
            "instanceUrl": view.instance_url,
            "oauthToken": view.access_token,
            "clientId": app.consumer_key,
        },
        "context": {
            "user": _user(org, user, instance_url=view.instance_url),
            "links": _links(user),
            "application": _application(app),
            "environment": _environment(placement),
            "organization": {
                "organizationId": org.id,
                "name": organization_name(org),
                "multicurrencyEnabled": bool(org.options.currencies),
                "namespacePrefix": None,
                "currencyIsoCode": org.options.currencies[0].iso_code if org.options.currencies else ORG_CURRENCY,
            },
        },
    }


def organization_name(org: Org) -> str:
    row = org.records.find("Organization", org.id)
    return str((row or {}).get("Name") or "Local org")


def _user(org: Org, user: User, *, instance_url: str) -> dict[str, Any]:
    return {
        "userId": user.id,
        "userName": user.username,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "email": user.email,
        "fullName": user.name,
        "locale": user.locale,
        "language": user.language,
        "timeZone": user.time_zone,
        "profileId": org.profile_id(user.profile),
        "roleId": None,
        "userType": user.user_type.upper(),
        "currencyISOCode": ORG_CURRENCY,
        "profilePhotoUrl": f"{instance_url}/profilephoto/005/F",
        "profileThumbnailUrl": f"{instance_url}/profilephoto/005/T",
        "siteUrl": None,
        "siteUrlPrefix": None,
        "networkId": None,
        "accessibilityModeEnabled": False,
        "isDefaultNetwork": True,
    }


def _links(user: User) -> dict[str, str]:
    data = f"/services/data/v{_API_VERSION}"
    return {
        "loginUrl": "https://login.salesforce.com",
        "enterpriseUrl": f"/services/Soap/c/{_API_VERSION}",
        "metadataUrl": f"/services/Soap/m/{_API_VERSION}",
        "partnerUrl": f"/services/Soap/u/{_API_VERSION}",
        "restUrl": f"{data}/",
        "sobjectUrl": f"{data}/sobjects/",
        "searchUrl": f"{data}/search/",
        "queryUrl": f"{data}/query/",
        "recentItemsUrl": f"{data}/recent/",
        "chatterFeedsUrl": f"{data}/chatter/feeds",
        "chatterGroupsUrl": f"{data}/chatter/groups",
        "chatterUsersUrl": f"{data}/chatter/users",
        "chatterFeedItemsUrl": f"{data}/chatter/feed-items",
        "userUrl": f"/{user.id}",
    }


def _application(app: ConnectedApp) -> dict[str, Any]:
    # ids of the app's own records, derived from its key: the same app keeps them
    suffix = hashlib.sha256(app.consumer_key.encode()).hexdigest()[:9].upper()
    return {
        "applicationId": f"06Pg00{suffix}AAA",
        "referenceId": f"09Hg00{suffix}AAA",
        "name": app.name,
        "developerName": "".join(letter if letter.isalnum() else "_" for letter in app.name),
        "namespace": "",
        "version": "1.0",
        "authType": "SIGNED_REQUEST",
        "canvasUrl": app.canvas_url,
        "options": [],
        "samlInitiationMethod": "None",
        "isInstalledPersonalApp": False,
    }


def _record(placement: Placement) -> dict[str, str]:
    """What a record page passes to the app; a tab's page has no record to pass."""
    given = {"recordId": placement.record_id, "objectApiName": placement.object_api_name}
    return {name: value for name, value in given.items() if value is not None}


def _environment(placement: Placement) -> dict[str, Any]:
    return {
        "locationUrl": placement.location_url,
        "displayLocation": "Aura",
        "subLocation": None,
        "uiTheme": "Theme4d",
        "dimensions": {
            "width": "480px",
            "height": "800px",
            "maxWidth": "1000px",
            "maxHeight": "2000px",
            "clientWidth": "480px",
            "clientHeight": "800px",
        },
        "parameters": {**_record(placement), **placement.parameters},
        "record": {},
        "version": {"season": _SEASON, "api": _API_VERSION},
    }
