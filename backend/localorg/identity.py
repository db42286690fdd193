"""Who a user is, as the identity URL and the OpenID userinfo endpoint tell it."""

from typing import Any

from localorg.org import Org, User


def identity_url(org: Org, user: User, *, base: str) -> str:
    """The user's identity URL on this org's own host (the platform answers one on login.salesforce.com)."""
    return f"{base}/id/{org.id}/{user.id}"


def identity(org: Org, user: User, *, base: str) -> dict[str, Any]:
    """The answer of the identity URL; its keys are those of a recorded one."""
    return {
        "id": identity_url(org, user, base=base),
        "asserted_user": True,
        "user_id": user.id,
        "organization_id": org.id,
        "username": user.username,
        "nick_name": user.username.partition("@")[0],
        "display_name": user.name,
        "email": user.email,
        "email_verified": True,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "timezone": user.time_zone,
        "photos": _photos(base),
        "addr_street": None,
        "addr_city": None,
        "addr_state": None,
        "addr_country": None,
        "addr_zip": None,
        "mobile_phone": None,
        "mobile_phone_verified": False,
        "is_lightning_login_user": False,
        "status": {"created_date": None, "body": None},
        "urls": _urls(org, user, base=base),
        "active": user.is_active,
        "user_type": user.user_type.upper(),
        "language": user.language,
        "locale": user.locale,
        "utcOffset": 0,
        "last_modified_date": "2026-01-05T08:00:00Z",
        "is_app_installed": True,
    }


def userinfo(org: Org, user: User, *, base: str) -> dict[str, Any]:
    """The answer of /services/oauth2/userinfo (OpenID Connect names, and the platform's own beside them)."""
    return {
        "sub": identity_url(org, user, base=base),
        "user_id": user.id,
        "organization_id": org.id,
        "preferred_username": user.username,
        "nickname": user.username.partition("@")[0],
        "name": user.name,
        "email": user.email,
        "email_verified": True,
        "given_name": user.first_name,
        "family_name": user.last_name,
        "zoneinfo": user.time_zone,
        "photos": _photos(base),
        "profile": f"{base}/{user.id}",
        "picture": _photos(base)["picture"],
        "address": {},
        "is_salesforce_integration_user": False,
        "urls": _urls(org, user, base=base),
        "active": user.is_active,
        "user_type": user.user_type.upper(),
        "language": user.language,
        "locale": user.locale,
        "utcOffset": 0,
        "updated_at": "2026-01-05T08:00:00Z",
    }


def _photos(base: str) -> dict[str, str]:
    return {"picture": f"{base}/profilephoto/005/F", "thumbnail": f"{base}/profilephoto/005/T"}


def _urls(org: Org, user: User, *, base: str) -> dict[str, str]:
    data = f"{base}/services/data/v{{version}}"
    return {
        "enterprise": f"{base}/services/Soap/c/{{version}}/{org.id[:15]}",
        "metadata": f"{base}/services/Soap/m/{{version}}/{org.id[:15]}",
        "partner": f"{base}/services/Soap/u/{{version}}/{org.id[:15]}",
        "rest": f"{data}/",
        "sobjects": f"{data}/sobjects/",
        "search": f"{data}/search/",
        "query": f"{data}/query/",
        "recent": f"{data}/recent/",
        "tooling_soap": f"{base}/services/Soap/T/{{version}}/{org.id[:15]}",
        "tooling_rest": f"{data}/tooling/",
        "profile": f"{base}/{user.id}",
        "feeds": f"{data}/chatter/feeds",
        "groups": f"{data}/chatter/groups",
        "users": f"{data}/chatter/users",
        "feed_items": f"{data}/chatter/feed-items",
        "feed_elements": f"{data}/chatter/feed-elements",
        "custom_domain": base,
    }
