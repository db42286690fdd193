"""Our gateway over the local org, in this thread (`gateway_to`) or over HTTPS (`gateway_over_https`)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from accord.core.ids import ConnectionId, OrgId, UserId
from accord.salesforce.describe import DescribeCache
from accord.salesforce.gateway import open_gateway
from accord.salesforce.model import AccessToken, Gateway, Login, LoginKind
from accord.salesforce.transport import HttpOptions
from localorg.org import User
from localorg.server import RunningOrg
from support.local_org import HTTPS_BASE, LocalOrg, WsgiAdapter

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

CONNECTION = ConnectionId("0190c0de-0000-7000-8000-000000000001")


def login_to(lo: LocalOrg, user: User | None = None) -> Login:
    """A login of the user (the rep when none is named)."""
    user = user or lo.rep
    return Login(
        connection_id=CONNECTION,
        org_id=OrgId(lo.org.id),
        user_id=UserId(user.id),
        instance_url=HTTPS_BASE,
        access_token=AccessToken(lo.token(user)),
        kind=LoginKind.PERSONAL,
    )


def http_in_process(app: "WSGIApplication") -> HttpOptions:
    return HttpOptions(timeout=10, allowed_loopback=frozenset({"localhost:8143"}), adapter=WsgiAdapter(app))


def gateway_to(
    lo: LocalOrg,
    who: User | Login | None = None,
    *,
    describes: DescribeCache | None = None,
    renew: Callable[[], Login] | None = None,
    app: "WSGIApplication | None" = None,
) -> Gateway:
    """`app` is given when something stands before the org, such as its fault script."""
    return open_gateway(
        who if isinstance(who, Login) else login_to(lo, who),
        http=http_in_process(app or lo.app),
        describes=describes or DescribeCache(),
        clock=lo.clock,
        renew=renew,
    )


def https_to(running: RunningOrg, *, timeout: float = 10) -> HttpOptions:
    entry = running.https_base.removeprefix("https://")
    return HttpOptions(timeout=timeout, allowed_loopback=frozenset({entry}), ca_file=running.ca_file)


def gateway_over_https(
    running: RunningOrg, username: str, *, http: HttpOptions | None = None, renew: Callable[[], Login] | None = None
) -> Gateway:
    return open_gateway(
        login_over_https(running, username),
        http=http or https_to(running),
        describes=DescribeCache(),
        clock=running.org.clock,
        renew=renew,
    )


def login_over_https(running: RunningOrg, username: str) -> Login:
    user = running.org.users.by_username(username)
    assert user is not None
    return Login(
        connection_id=CONNECTION,
        org_id=OrgId(running.org.id),
        user_id=UserId(user.id),
        instance_url=running.https_base,
        access_token=AccessToken(running.org.sessions.issue(user.id, client="tests")),
        kind=LoginKind.PERSONAL,
    )
