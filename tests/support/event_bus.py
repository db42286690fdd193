"""An org's answer to published events, at the HTTP edge: what was published is kept, as often as it was."""

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
import requests_mock

COMPOSITE = re.compile(r"/services/data/v[\d.]+/composite$")


@dataclass
class EventBus:
    """`published` holds each message that the org has taken; `answers` are given instead of its own, one a call."""

    published: list[dict[str, Any]] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)  # an exception, or a function of one part
    calls: int = 0

    def answer(self, request: Any, _context: Any) -> dict[str, Any]:
        self.calls += 1
        scripted = self.answers.pop(0) if self.answers else None
        parts = json.loads(request.text)["compositeRequest"]
        if callable(scripted):
            return {"compositeResponse": [scripted(part) for part in parts]}
        answered = [self._take(part) for part in parts]
        if isinstance(scripted, Exception):
            raise scripted  # the work is done, and nobody hears of it
        return {"compositeResponse": answered}

    def _take(self, part: dict[str, Any]) -> dict[str, Any]:
        self.published.append(part["body"])
        # Salesforce: Platform Events guide, "Publish Event Messages Using Salesforce APIs": success with an error in it
        enqueued = {"statusCode": "OPERATION_ENQUEUED", "message": str(uuid.uuid4()), "fields": []}
        body = {"id": "e01000000000001AAA", "success": True, "errors": [enqueued]}
        return {"referenceId": part["referenceId"], "httpStatusCode": 201, "httpHeaders": {}, "body": body}


def refusing(status: int, body: Any) -> Any:
    return lambda part: {
        "referenceId": part["referenceId"], "httpStatusCode": status, "httpHeaders": {}, "body": body
    }  # fmt: skip


LOST = requests.ConnectionError("Connection reset by peer")


@contextmanager
def an_event_bus() -> Iterator[EventBus]:
    """Everything but the publishing of events goes on to the org that the product has."""
    bus = EventBus()
    with requests_mock.Mocker(real_http=True) as mocker:
        mocker.post(COMPOSITE, json=bus.answer, additional_matcher=lambda asked: "__e" in (asked.text or ""))
        yield bus
