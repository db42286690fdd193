"""Which addresses we speak to, and which pages we speak with.

Both checks take text from outside (a token answer, a signed request, a form) and give back an origin built from the
parts that were checked, never the text itself. Hosts are those of Salesforce help, "My Domain URL Formats".
"""

import re
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

from accord.core.errors import RejectedError

_LABEL = re.compile(r"(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_INSTANCE = re.compile(r"login|test|[a-z]{2,4}[0-9]{1,4}s?")  # login, test, na1, cs12, usa123s
_FORBIDDEN = re.compile(r"[^!-~]|[\\@%<>\"^`{|}]")  # only printable ASCII; no userinfo, escapes or back slashes
_DEEPEST = 2  # acme--uat.sandbox in front of a suffix
API_SUFFIX = ".my.salesforce.com"
LEGACY_SUFFIX = ".salesforce.com"
PAGE_SUFFIXES = (".lightning.force.com", ".my.salesforce.com", ".vf.force.com", ".my.site.com")


class UnsafeAddressError(RejectedError):
    """The address is not one of Salesforce's, or not in the only form that we use."""

    code = "UNSAFE_ADDRESS"


def check_org_url(url: str, *, allowed_loopback: Collection[str] = ()) -> str:
    """The origin of an org's API host, such as https://acme.my.salesforce.com, without a closing slash.

    `allowed_loopback` are exact host:port entries of our settings; such a host may be used over https as well. Raises
    UnsafeAddressError. Sites and Experience Cloud (*.force.com, *.my.site.com) are customers' content and are refused.
    """
    scheme, host, port = _parts(url)
    if scheme != "https":
        raise UnsafeAddressError("The address of the org must begin with https://.")
    if port is not None and f"{host}:{port}" in allowed_loopback:
        return f"https://{host}:{port}"
    if port not in (None, 443) or not _is_api_host(host):
        raise UnsafeAddressError("This is not the address of a Salesforce org (https://NAME.my.salesforce.com).")
    return f"https://{host}"


def check_page_origin(origin: str, *, allowed_loopback: Collection[str] = ()) -> str:
    """The origin of a page that may embed us (frame-ancestors, targetOrigin): of Salesforce's pages, or an allowed
    loopback entry, which may be http. Raises UnsafeAddressError.
    """
    scheme, host, port = _parts(origin)
    if port is not None and f"{host}:{port}" in allowed_loopback:
        return f"{scheme}://{host}:{port}"
    if scheme != "https" or port not in (None, 443) or not _under(host, PAGE_SUFFIXES):
        raise UnsafeAddressError("This is not the origin of a page of Salesforce (https://NAME.lightning.force.com).")
    return f"https://{host}"


def _parts(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of a bare origin (one closing slash is let pass)."""
    if not url or len(url) > 300 or _FORBIDDEN.search(url):
        raise UnsafeAddressError("The address holds characters that no address of Salesforce has.")
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as problem:
        raise UnsafeAddressError("The address cannot be read.") from problem
    if split.scheme not in {"http", "https"} or not split.hostname or split.path not in {"", "/"}:
        raise UnsafeAddressError("The address must be https:// and a host, and nothing behind it.")
    if url.lower().rstrip("/") != _rebuilt(split, port):
        raise UnsafeAddressError("The address must be https:// and a host, and nothing behind it.")
    return split.scheme, split.hostname, port


def _rebuilt(split: SplitResult, port: int | None) -> str:
    """What the parts give when put together; anything that the parser dropped or bent shows as a difference."""
    return f"{split.scheme}://{split.hostname}" + ("" if port is None else f":{port}")


def _is_api_host(host: str) -> bool:
    if _under(host, (API_SUFFIX,)):
        return True
    return host.endswith(LEGACY_SUFFIX) and _INSTANCE.fullmatch(host.removesuffix(LEGACY_SUFFIX)) is not None


def _under(host: str, suffixes: tuple[str, ...]) -> bool:
    for suffix in suffixes:
        labels = host.removesuffix(suffix).split(".")
        if host.endswith(suffix) and len(labels) <= _DEEPEST and all(_LABEL.fullmatch(label) for label in labels):
            return True
    return False
