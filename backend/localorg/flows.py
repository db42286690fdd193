"""Flows behind a button on a record page: what the platform does when somebody presses it.

Either the flow publishes an event, or it makes a callout as External Services do it: a login by OAuth client
credentials at the named credential's token address, then the callout with that bearer token, once more with a fresh
token when the first is refused. The answer, or the fault that a flow would see, comes back as a value.
"""

import json
import re
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import requests

from localorg.errors import RefusedError
from localorg.setup import Flow, NamedCredential, OrgSetup

_TIMEOUT_SECONDS = 10.0  # the platform's own default for a callout
_LONGEST_ANSWER = 1_000_000
_MERGE_FIELD = re.compile(r"\{!\$(?P<source>\w+)\.(?P<name>\w+)\}")


Publish = Callable[[str, str, Mapping[str, Any]], None]
"""Publishes an event as a user (id, event, values); raises RefusedError."""


class FlowEnd(StrEnum):
    FINISHED = "finished"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class FlowResult:
    """How an interview ended. `status` is the HTTP status of the callout (None when there was none), `answer` its body
    (parsed when it is JSON), `message` the sentence for the person, `{!$Flow.FaultMessage}` in case of a fault.
    """

    end: FlowEnd
    message: str
    status: int | None
    answer: Any
    sent: Any
    interview: str

    def as_json(self) -> dict[str, Any]:
        return {
            "end": self.end.value,
            "message": self.message,
            "status": self.status,
            "answer": self.answer,
            "sent": self.sent,
            "interview": self.interview,
        }


class FlowRunner:
    """Runs flows of one org; keeps each named credential's token until it is refused, as the platform does."""

    def __init__(
        self,
        setup: OrgSetup,
        *,
        clock: Callable[[], datetime],
        publish: Publish,
        new_session: Callable[[], requests.Session] = requests.Session,
    ) -> None:
        self._setup = setup
        self._clock = clock
        self._publish = publish
        self._new_session = new_session
        self._tokens: dict[NamedCredential, str] = {}
        self._lock = threading.Lock()

    def run(self, flow: Flow, *, record: Mapping[str, Any], user: Mapping[str, Any]) -> FlowResult:
        """`record` and `user` are what `{!$Record.Name}` and `{!$User.Id}` read from."""
        interview = str(uuid.uuid4())
        facts: dict[str, Mapping[str, Any]] = {
            "Record": record,
            "User": user,
            "Flow": {
                "InterviewGuid": interview,
                "CurrentDateTime": self._clock().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
                "CurrentDate": self._clock().astimezone(UTC).date().isoformat(),
            },
        }
        sent = None
        try:
            path, sent = str(merged(flow.path, facts)), merged(flow.body, facts)
            if flow.event is not None:
                return self._published(flow, str(user["Id"]), sent, interview)
            answer = self._call(flow, path, sent)
        except FlowFault as fault:
            return FlowResult(FlowEnd.FAULT, str(fault), None, None, sent, interview)
        body = _readable(answer)
        if answer.ok:
            message = f"{flow.label} finished."
            return FlowResult(FlowEnd.FINISHED, message, answer.status_code, body, sent, interview)
        message = f"The service answered {answer.status_code} {answer.reason}."
        return FlowResult(FlowEnd.FAULT, message, answer.status_code, body, sent, interview)

    def _published(self, flow: Flow, user_id: str, values: Mapping[str, Any], interview: str) -> FlowResult:
        try:
            self._publish(user_id, str(flow.event), values)
        except RefusedError as refused:
            raise FlowFault(f"This error occurred when the flow tried to create records: {refused}.") from refused
        return FlowResult(FlowEnd.FINISHED, f"{flow.label} finished.", None, None, values, interview)

    def _call(self, flow: Flow, path: str, body: Any) -> requests.Response:
        credential = self._setup.find_credential(flow.named_credential)
        if credential is None:
            raise FlowFault(f"The named credential {flow.named_credential} does not exist in this org.")
        with self._new_session() as session:
            session.trust_env = False  # a proxy of the surroundings has no say in calls on this machine

            def call() -> requests.Response:
                token = self._token(session, credential)
                return _request(
                    session,
                    flow.method,
                    credential.base_url.rstrip("/") + path,
                    json=None if flow.method == "GET" else body,
                    headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
                )

            answer = call()
            if answer.status_code == 401:
                self._forget(credential)
                answer = call()
            return answer

    def _token(self, session: requests.Session, credential: NamedCredential) -> str:
        with self._lock:
            known = self._tokens.get(credential)
        if known:
            return known
        answer = _request(
            session,
            "POST",
            credential.token_url,
            data={"grant_type": "client_credentials"},
            auth=(credential.client_id, credential.client_secret),
        )
        token = _field(_readable(answer), "access_token") if answer.ok else None
        if not token:
            raise FlowFault(f"The login of {credential.name} was refused ({answer.status_code} {answer.reason}).")
        with self._lock:
            self._tokens[credential] = token
        return token

    def _forget(self, credential: NamedCredential) -> None:
        with self._lock:
            self._tokens.pop(credential, None)


class FlowFault(Exception):  # noqa: N818 - the platform calls it a fault
    """What stops an interview; its text is the fault message."""


def _request(session: requests.Session, method: str, url: str, **parts: Any) -> requests.Response:
    try:
        answer = session.request(method, url, timeout=_TIMEOUT_SECONDS, allow_redirects=False, **parts)
    except requests.Timeout as problem:
        raise FlowFault(f"The service did not answer within {_TIMEOUT_SECONDS:.0f} seconds ({url}).") from problem
    except requests.RequestException as problem:
        raise FlowFault(f"The service could not be reached ({url}).") from problem
    if len(answer.content) > _LONGEST_ANSWER:
        raise FlowFault("The service's answer is longer than a flow may read.")
    return answer


def _readable(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return answer.text[:2000] or None


def _field(body: Any, name: str) -> str | None:
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, str) else None


def merged(template: Any, facts: Mapping[str, Mapping[str, Any]]) -> Any:
    """`template` with its merge fields replaced. A text that is one merge field alone becomes that value's own type."""
    match template:
        case dict():
            return {key: merged(value, facts) for key, value in template.items()}
        case list():
            return [merged(value, facts) for value in template]
        case str():
            alone = _MERGE_FIELD.fullmatch(template)
            if alone:
                return _value(alone, facts)
            return _MERGE_FIELD.sub(lambda found: _text(_value(found, facts)), template)
        case _:
            return template


def _value(found: re.Match[str], facts: Mapping[str, Mapping[str, Any]]) -> Any:
    source = facts.get(found["source"])
    if source is None or found["name"] not in source:
        raise FlowFault(f"The merge field {found.group()} has no value here.")
    return source[found["name"]]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)
