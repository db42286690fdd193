"""Decisions of sign-in: values in, values out."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlsplit

from accord.core.errors import Problem, RejectedError
from accord.core.identity import Role
from accord.core.ids import OrgId, widen
from accord.features.connections.model import NewConnection, NoAccessError
from accord.salesforce.guard import API_SUFFIX, check_org_url

ADMIN_NAMES = frozenset({"Accord_Admin"})
USER_NAMES = frozenset({"Accord_User", "Accord_Rep"})
SHORTEST_SECRET = 16
PERMISSION_SETS = ("Accord_Admin", "Accord_Rep")
LONGEST_TEXT = 255


def widened(text: str) -> str:
    """The 18-character form of a Salesforce id; empty text for anything else."""
    try:
        return widen(text)
    except ValueError:
        return ""


def is_standard(user_type: str) -> bool:
    """Whether this is one of the company's own users: no customer, partner or guest.

    Salesforce: the signed request writes STANDARD, UserInfo.getUserType() writes Standard.
    """
    return user_type.upper() == "STANDARD"


def role_of(names: Collection[str]) -> Role:
    """The role that custom permissions (from Apex) or permission sets (from a query) give.

    Raises NoAccessError when none of them is ours.
    """
    if ADMIN_NAMES & set(names):
        return Role.ADMIN
    if USER_NAMES & set(names):
        return Role.USER
    raise NoAccessError(
        "You have no access to Accord yet: ask your Salesforce admin for the permission set Accord Rep."
    )


def currency_code(text: str) -> str | None:
    """The code of a currency, such as EUR; None for anything else."""
    return text if re.fullmatch("[A-Z]{3}", text) else None


def used_digest(kind: str, org_id: OrgId, proof: str) -> str:
    """What is kept of a proof that was used once: 64 hex characters that give nothing back."""
    return sha256(f"{kind}|{org_id}|{proof}".encode()).hexdigest()


def origin_of(address: str) -> str:
    """Scheme, host and port of an address of ours, as browsers compare them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def frame_ancestors(target_origin: str, instance_url: str) -> str:
    """The pages that may hold our frame: the one that asked, and the own hosts of that org.

    Both addresses come from the URL guard. Salesforce: the host forms are those of "My Domain URL Formats"; a sandbox
    has its name in the first label and `.sandbox` behind it (acme--uat.sandbox.my.salesforce.com).
    """
    host = urlsplit(instance_url).hostname or ""
    if not host.endswith(API_SUFFIX):
        return target_origin
    label, dot, kind = host.removesuffix(API_SUFFIX).partition(".")
    own = (
        f"https://{label}{dot}{kind}.lightning.force.com",
        f"https://{host}",
        f"https://{label}--c{dot}{kind}.vf.force.com",
    )
    return " ".join(dict.fromkeys((target_origin, *own)))


def check_new_connection(new: NewConnection, *, allowed_loopback: Collection[str]) -> NewConnection:
    """The same in canonical form. Raises RejectedError that names every wrong field."""
    problems: list[Problem] = []

    def checked(field: str, read: Callable[[str], str]) -> str:
        try:
            return read(getattr(new, field))
        except (RejectedError, ValueError) as error:
            problems.append(Problem(code="INVALID_VALUE", field=field, message=str(error)))
            return ""

    def address(url: str) -> str:
        return check_org_url(url, allowed_loopback=allowed_loopback)

    canonical = replace(
        new,
        org_id=OrgId(checked("org_id", _org_id)),
        label=checked("label", _some_text),
        instance_url=checked("instance_url", address),
        login_url=checked("login_url", address),
        integration_username=checked("integration_username", _some_text),
        consumer_key=checked("consumer_key", _some_text),
    )
    if problems:
        raise RejectedError("The org was not connected. Correct the fields that are named.", problems=tuple(problems))
    return canonical


def _org_id(text: str) -> str:
    if not text.startswith("00D"):
        raise ValueError("The id of an org begins with 00D.")
    return widen(text)


def _some_text(text: str) -> str:
    if not 0 < len(text.strip()) <= LONGEST_TEXT:
        raise ValueError(f"This needs 1 to {LONGEST_TEXT} characters.")
    return text.strip()


def wrong(field: str, message: str) -> RejectedError:
    """One field that cannot be accepted."""
    return RejectedError(message, problems=(Problem(code="INVALID_VALUE", field=field, message=message),))


def check_consumer_secret(secret: str) -> None:
    """Raises RejectedError when it is too short to be one."""
    if len(secret.strip()) < SHORTEST_SECRET:
        raise wrong("canvas_secret", f"The consumer secret has at least {SHORTEST_SECRET} characters.")
