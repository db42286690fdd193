"""What the doctor makes of what it has read: values in, values out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from accord.core.errors import AccordError
from accord.core.needs import Need, Right
from accord.features.connections.doctor.model import Finding, Looked, OwnerFacts, Status
from accord.features.connections.rules import is_standard
from accord.salesforce.licences import FULL, INTEGRATION, WITHOUT_DEALS
from accord.salesforce.model import FieldDescribe, SObjectDescribe
from accord.salesforce.paths import Describes, follow

INTEGRATION_SET = "Accord_Integration"
LARGEST_SKEW = timedelta(seconds=60)
NAMED = 20
"""So many users are named in one finding."""

_ASSIGN = f"Assign the permission set {INTEGRATION_SET} to the integration owner."

_BETTER = (
    f"Use a user with the licence {INTEGRATION}, made for this. Enterprise, Unlimited and Performance Edition "
    "have five free. Give him profile Minimum Access - API Only Integrations, the permission set licence Salesforce "
    f"API Integration and the permission set {INTEGRATION_SET}, and connect the org again with him."
)

SIGN_IN: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("app_known", "Salesforce knows the app and its secret.", frozenset({"UNKNOWN_APP", "WRONG_SECRET"})),
    ("app_installed", "The app is installed in this org.", frozenset({"APP_NOT_INSTALLED"})),
    ("app_approved", "The app may act for the integration owner.", frozenset({"USER_NOT_APPROVED", "APP_BLOCKED"})),
    ("flow_enabled", "The app allows this way of signing in.", frozenset({"FLOW_NOT_ENABLED", "NO_RUN_AS_USER"})),
    ("login_address", "The login address fits the org.", frozenset({"WRONG_AUDIENCE", "UNTRUSTED_SIGN_IN"})),
    ("clock", "This server's clock fits Salesforce's.", frozenset({"ASSERTION_EXPIRED"})),
    (
        "key",
        "The app has the certificate of our key.",
        frozenset({"INVALID_ASSERTION", "NO_INTEGRATION_KEY", "NO_CONSUMER_SECRET", "LOGIN_UNREADABLE"}),
    ),
    ("user_active", "The integration owner is active.", frozenset({"USER_INACTIVE", "USER_LOCKED"})),
    ("network", "Salesforce lets this server's address in.", frozenset({"IP_RESTRICTED"})),
    ("org", "The login leads to the org that was connected.", frozenset({"OTHER_ORG", "CONNECTION_FROZEN"})),
)
"""The checks of a sign-in: name, what is well when it passes, and the refusals that it stands for."""


_STRENGTH = tuple(Right)
OWNER_CHECKS = ("kind_of_org", "integration_user", "user_type", "api_enabled", "permission_set", "edit_task")


def findings(looked: Looked, needs: Iterable[Need], *, now: datetime) -> list[Finding]:
    """Every check by its name, in the order in which a person mends them."""
    return [
        *_sign_in(looked),
        _certificate(looked, now=now),
        *_owner(looked.owner, looked),
        *(_need(need, looked) for need in needs),
        _reps(looked),
    ]


def is_well(found: Iterable[Finding]) -> bool:
    return all(finding.status in {Status.PASSED, Status.WARNING} for finding in found)


def _sign_in(looked: Looked) -> Iterator[Finding]:
    refusal = looked.refusal
    for name, well, codes in SIGN_IN:
        if refusal is None:
            yield _clock(looked.skew, well) if name == "clock" else Finding(name, Status.PASSED, well)
        elif refusal.code in codes:
            yield Finding(name, Status.FAILED, "Salesforce refuses the integration owner's login.", refusal.message)
        elif name == "clock" and looked.skew is not None:
            yield _clock(looked.skew, well)
        else:
            yield Finding(name, Status.UNKNOWN, "The login was refused for another reason.")
    yield _signed_in(refusal)


def _signed_in(refusal: AccordError | None) -> Finding:
    if refusal is None:
        return Finding("sign_in", Status.PASSED, "The integration owner signs in.")
    if any(refusal.code in codes for _, _, codes in SIGN_IN):
        return Finding("sign_in", Status.FAILED, "The integration owner cannot sign in; see the check that failed.")
    return Finding("sign_in", Status.FAILED, "The integration owner cannot sign in.", refusal.message)


def _clock(skew: timedelta | None, well: str) -> Finding:
    if skew is None:
        return Finding("clock", Status.UNKNOWN, "Salesforce did not say what time it is.")
    if abs(skew) <= LARGEST_SKEW:
        return Finding("clock", Status.PASSED, well)
    text = (
        f"This server's clock is {abs(skew).total_seconds():.0f} seconds {'ahead' if skew > timedelta() else 'behind'}."
    )
    return Finding("clock", Status.FAILED, text, "Let this server set its clock by NTP: logins are good for minutes.")


def _certificate(looked: Looked, *, now: datetime) -> Finding:
    name, fix = "certificate", "Register the org's certificate with a connect link (`accord connect-link --org-id …`)."
    if not looked.certificate_ends:
        return Finding(name, Status.WARNING, "No certificate is registered: the Lightning panel cannot sign in.", fix)
    if max(looked.certificate_ends) < now:
        return Finding(name, Status.FAILED, "Every registered certificate has ended.", fix)
    return Finding(name, Status.PASSED, "A certificate is registered for Apex.")


def _owner(owner: OwnerFacts | None, looked: Looked) -> Iterator[Finding]:
    names = (
        "kind_of_org",
        "integration_user",
        "user_type",
        "api_enabled",
        "permission_set",
        "edit_task",
        "licence",
        "least_rights",
    )
    if owner is None:
        for name in names:
            yield Finding(name, Status.UNKNOWN, "The org could not be asked with this login.")
        return
    expected = looked.integration_username
    has_all = "ModifyAllData" in owner.permissions
    checks = (
        (
            owner.is_sandbox == looked.is_sandbox,
            "The connection says rightly whether the org is a sandbox.",
            "The connection has this org for the wrong kind (sandbox or production).",
            "Disconnect the org and connect it again with a connect link, which asks Salesforce.",
        ),
        (
            owner.username.casefold() == expected.casefold(),
            "The login is the integration owner's.",
            f"The login is {owner.username}, not {expected}.",
            "Choose the integration owner as the app's run-as user, or connect the org again with that user's name.",
        ),
        (
            owner.is_active and is_standard(owner.user_type),
            "The integration owner is an active user of the company.",
            "The integration owner is not an active user of the company.",
            "Activate the user, or choose another one.",
        ),
        (
            "ApiEnabled" in owner.permissions,
            "The integration owner may use the API.",
            "The integration owner has no right API Enabled.",
            "Give him a profile or a permission set with API Enabled.",
        ),
        (
            INTEGRATION_SET in owner.sets or has_all,
            f"The integration owner has the permission set {INTEGRATION_SET}.",
            f"The integration owner has not the permission set {INTEGRATION_SET}.",
            _ASSIGN,
        ),
        (
            "EditTask" in owner.permissions,
            "The integration owner may write Tasks.",
            "The integration owner has no right Edit Tasks: Tasks have no object right of their own.",
            f"{_ASSIGN} It grants Edit Tasks.",
        ),
    )
    for name, (good, well, text, fix) in zip(OWNER_CHECKS, checks, strict=True):
        yield Finding(name, Status.PASSED, well) if good else Finding(name, Status.FAILED, text, fix)
    yield _licence(owner.licence)
    yield (
        Finding(
            "least_rights",
            Status.WARNING,
            "The integration owner is an administrator: whoever has its login has everything.",
            "Use a user with the API-only integration licence and the permission set instead.",
        )
        if has_all
        else Finding("least_rights", Status.PASSED, "The integration owner has no more rights than he needs.")
    )


def _licence(licence: str | None) -> Finding:
    """Salesforce Help, Give Integration Users API Only Access: the licence of its own for programs."""
    if licence is None:
        return Finding("licence", Status.UNKNOWN, "The org does not say which licence the integration owner has.")
    has = f"The integration owner has the licence {licence}"
    if licence in WITHOUT_DEALS:
        return Finding("licence", Status.FAILED, f"{has}, with which nobody sees deals.", _BETTER)
    if licence == FULL:
        text = f"{has}: that of a person, for a program that opens no page."
        return Finding("licence", Status.WARNING, text, _BETTER)
    return Finding("licence", Status.PASSED, f"{has}.")


def merged(needs: Iterable[Need]) -> list[Need]:
    """One need for each right: the strongest of those that concern the same, with every reason."""
    found: dict[str, Need] = {}
    for need in needs:
        before = found.get(need.name)
        found[need.name] = need if before is None else _both(before, need)
    return list(found.values())


def _both(one: Need, other: Need) -> Need:
    stronger = max(one, other, key=lambda need: _STRENGTH.index(need.right))
    reasons = one.why if other.why in one.why.split(" and to ") else f"{one.why} and to {other.why}"
    return replace(stronger, why=reasons, is_must=one.is_must or other.is_must)


def _need(need: Need, looked: Looked) -> Finding:
    if not need.is_described:
        return _other(need, looked)
    if looked.describes is None:
        return Finding(need.name, Status.UNKNOWN, "The object could not be looked at.")
    lacking = _lacking(need, looked.describes)
    if lacking is None:
        return Finding(need.name, Status.PASSED, f"{need.name} is there for the integration owner.")
    return _lack(need, *lacking)


def _lack(need: Need, text: str, fix: str) -> Finding:
    status, needed = (Status.FAILED, "It is needed to") if need.is_must else (Status.WARNING, "It would help to")
    return Finding(need.name, status, f"{text} {needed} {need.why}.", fix)


def _other(need: Need, looked: Looked) -> Finding:
    is_there = (looked.others or {}).get(need.name)
    if is_there is None:
        return Finding(need.name, Status.UNKNOWN, "The org could not be asked with this login.")
    if is_there:
        return Finding(need.name, Status.PASSED, f"{need.name} is there for the integration owner.")
    if need.right is Right.THERE:
        return _lack(need, f"{need.name} is not there.", f"Install the Accord package. {_ASSIGN}")
    return _lack(need, f"The integration owner has no right {need.field}.", f"{_ASSIGN} It grants {need.field}.")


def _lacking(need: Need, describes: Describes) -> tuple[str, str] | None:
    """What is lacking, and what is done about it."""
    found = describes.get(need.sobject)
    is_ours = need.sobject.endswith(("__c", "__e"))
    if found is None:
        fix = f"Install the Accord package. {_ASSIGN}" if is_ours else _ASSIGN
        return f"The integration owner may not read {need.sobject}.", fix
    if not need.field:
        return _object_lacking(need, found)
    for steps in (need.way[: place + 1] for place in range(len(need.way))):
        if follow(need.sobject, steps, describes.get, to_read=True) is None:
            way = f"{need.sobject}.{'.'.join(steps)}"
            return (
                f"{need.name} cannot be reached: {way} is hidden from the integration owner, or what it leads to is.",
                f"Let a permission set of his read the lookup {way} and the object that it leads to.",
            )
    return _field_lacking(need, follow(need.sobject, need.way, describes.get, to_read=True) or found)


def _object_lacking(need: Need, found: SObjectDescribe) -> tuple[str, str] | None:
    if need.right is Right.CREATE and not found.createable:
        return f"The integration owner may not create {need.sobject}.", _ASSIGN
    if need.right is Right.EDIT and not found.updateable:
        text = f"The integration owner may not edit {need.sobject}."
        return text, f"Let a permission set of his edit {need.sobject}."
    return None


def _field_lacking(need: Need, found: SObjectDescribe) -> tuple[str, str] | None:
    field, name = found.fields.get(need.field.rpartition(".")[2]), need.name
    if field is None and name.endswith("__c"):
        text = f"{name} is not there, or hidden from the integration owner."
        ours = f"If it is Accord's own, install the package and assign {INTEGRATION_SET} to him."
        return text, f"Let a permission set of his read {name}. {ours}"
    if field is None:
        return f"{name} is hidden from the integration owner.", f"Let a permission set of his read {name}."
    if not _is_granted(need.right, field):
        return f"The integration owner may not write {name}.", f"Let a permission set of his edit {name}."
    if need.right is Right.KEY and not (field.external_id and field.unique):
        fix = "Install the Accord package again: it makes the field as it must be."
        return f"{name} is no unique external id.", fix
    return None


def _is_granted(right: Right, field: FieldDescribe) -> bool:
    match right:
        case Right.READ:
            return True
        case Right.CREATE:
            return field.createable
    return field.createable and field.updateable


def _reps(looked: Looked) -> Finding:
    name = "reps_api_enabled"
    if looked.access is None or looked.access.users == 0:
        text = "Accord's login is not shown who has Accord's permission sets, or nobody has one."
        return Finding(name, Status.UNKNOWN, text, "Assign Accord_Rep to those who shall work with Accord.")
    missing = looked.access.without_api
    if not missing:
        return Finding(name, Status.PASSED, f"All {looked.access.users} users of Accord may use the API.")
    listed = ", ".join(missing[:NAMED]) + (f" and {len(missing) - NAMED} more" if len(missing) > NAMED else "")
    return Finding(
        name,
        Status.WARNING,
        f"These users have no right API Enabled: {listed}. Their Tasks are written by the integration owner.",
        "Give them API Enabled by a permission set, if their Tasks shall be their own.",
    )
