"""Custom notifications: their types as source declares them, the action that sends one, and each user's bell.

Salesforce: Metadata API, CustomNotificationType; Actions Developer Guide, Custom Notification Actions.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from localorg import errors
from localorg.calls import Call, Reply
from localorg.errors import Code, Problem, RefusedError
from localorg.ids import looks_like_id, widen
from localorg.schema import Schema, SObject, StandardFacts
from localorg.schema_sfdx import is_true, parse_source, text_of

if TYPE_CHECKING:
    from localorg.transaction import Transaction
    from localorg.users import User

TYPE: Final = "CustomNotificationType"
PERMISSION: Final = "SendCustomNotifications"
ACTION: Final = "customNotificationAction"
MOST_RECIPIENTS: Final = 500
LONGEST: Final = {"title": 250, "body": 750}
KEPT: Final = 50  # the newest, for each user's bell
_SUFFIX: Final = ".notiftype-meta.xml"
_SENT: Final = {"SuccessMessage": "Your custom notification is processed successfully."}


@dataclass(frozen=True, slots=True)
class Notification:
    """One that was sent, as its recipient's bell shows it. `target_id` is the record that it opens."""

    at: datetime
    recipient: str
    sender: str
    title: str
    body: str
    target_id: str


class Notifications:
    """The bells of the org's users. Thread-safe; kept in memory only."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self._sent: list[Notification] = []
        self._lock = threading.Lock()

    def add(self, notification: Notification) -> None:
        with self._lock:
            self._sent.append(notification)

    def all(self) -> list[Notification]:
        with self._lock:
            return list(self._sent)

    def of(self, user_id: str) -> list[Notification]:
        """What the user's bell shows, the newest first."""
        return [one for one in reversed(self.all()) if one.recipient == user_id][:KEPT]


def with_types(facts: StandardFacts, schema: Schema) -> Schema:
    """The schema with the object that lists the org's notification types."""
    standard = schema.get("Account").fields
    texts = {"DeveloperName": 80, "CustomNotifTypeName": 80, "MasterLabel": 80, "Description": 255}
    shared = {"createable": False, "updateable": False, "permissionable": False}
    kinds = {name: {"type": "string", "length": most, "byteLength": 3 * most} for name, most in texts.items()}
    kinds |= {name: {"type": "boolean"} for name in ("Desktop", "Mobile")}
    own = [facts.field({**shared, "name": name, "label": name, **kind}) for name, kind in kinds.items()]
    audit = ("Id", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp")
    described = {
        **facts.object_usual, "name": TYPE, "label": "Custom Notification Type",
        "labelPlural": "Custom Notification Types", "keyPrefix": "0ML",
        **dict.fromkeys(("createable", "updateable", "deletable", "undeletable", "layoutable", "mergeable"), False),
    }  # fmt: skip
    fields = {**{name: standard[name] for name in audit}, **{field.name: field for field in own}}
    return schema.with_object(SObject(name=TYPE, facts=described, fields=fields))


def read_types(directories: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """The declared types, by API name."""
    paths = sorted(path for directory in directories for path in directory.rglob(f"*{_SUFFIX}"))
    return {path.name.removesuffix(_SUFFIX): _read(path) for path in paths}


def _read(path: Path) -> dict[str, Any]:
    root = parse_source(path)
    name = path.name.removesuffix(_SUFFIX)
    return {
        "DeveloperName": name,
        "CustomNotifTypeName": text_of(root, "customNotifTypeName", name),
        "MasterLabel": text_of(root, "masterLabel", name),
        "Description": text_of(root, "description") or None,
        "Desktop": is_true(root, "desktop"),
        "Mobile": is_true(root, "mobile"),
    }


def ensure_rows(tx: "Transaction") -> None:
    known = {row["DeveloperName"] for row in tx.org.records.all(TYPE)}
    for name, values in tx.org.notification_types.items():
        if name not in known:
            tx.insert(TYPE, values, enforce=False)


def send(call: Call) -> Reply:
    """POST: one result for each input, in order. One that is refused makes the answer a 400."""
    inputs = call.json_object().get("inputs")
    if not isinstance(inputs, list) or not all(isinstance(one, dict) for one in inputs) or not inputs:
        raise errors.json_error("Unexpected input: inputs is a list of objects at [line:1, column:1]")
    results = [_result(call, one) for one in inputs]
    return Reply(200 if all(one["isSuccess"] for one in results) else 400, results)


def _result(call: Call, given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        _ring(call, given)
    except RefusedError as refused:
        said = [problem.as_save_error() for problem in refused.problems]
        return {"actionName": ACTION, "errors": said, "isSuccess": False, "outputValues": None}
    return {"actionName": ACTION, "errors": None, "isSuccess": True, "outputValues": _SENT}


def _ring(call: Call, given: Mapping[str, Any]) -> None:
    access = call.org.access(call.tx.user_id)
    if not access.is_admin and PERMISSION not in access.user_permissions:
        raise errors.no_access()
    _check_texts(given)
    if call.org.records.find(TYPE, _wide("customNotifTypeId", given["customNotifTypeId"])) is None:
        raise RefusedError(errors.unknown_reference("customNotifTypeId"))
    sent = (str(given["title"]), str(given["body"]), str(given.get("targetId") or ""))
    for user in _recipients(call, given["recipientIds"]):
        if user.is_active:  # Salesforce: sent to this user, if this user is active
            call.org.notifications.add(Notification(call.org.clock(), user.id, call.tx.user_id, *sent))


def _check_texts(given: Mapping[str, Any]) -> None:
    missing = [name for name in ("customNotifTypeId", "recipientIds", "title", "body") if not given.get(name)]
    if not given.get("targetId") and not given.get("targetPageRef"):
        missing.append("targetId")
    if missing:
        raise RefusedError(errors.required_missing(missing))
    for name, limit in LONGEST.items():
        text = str(given[name])
        if len(text) > limit:
            raise RefusedError(errors.too_long(name, name, text, limit))


def _recipients(call: Call, given: object) -> "list[User]":
    """Users alone: this org has no groups, queues or teams."""
    if not isinstance(given, list) or len(given) > MOST_RECIPIENTS:
        text = f"recipientIds: a list of at most {MOST_RECIPIENTS} values"
        raise RefusedError(Problem(Code.LIMIT_EXCEEDED, text, ("recipientIds",)))
    users = [call.org.users.by_id(_wide("recipientIds", one)) for one in given]
    found = [user for user in users if user is not None]
    if len(found) < len(users):
        raise RefusedError(errors.unknown_reference("recipientIds"))
    return found


def _wide(name: str, given: object) -> str:
    text = str(given)
    if not looks_like_id(text):
        raise RefusedError(errors.wrong_id(name, name, text))
    return widen(text)
