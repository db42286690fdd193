"""Several calls in one: composite with references between them, and batch without."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from localorg import errors
from localorg.calls import Call, Reply, parse_target, version_is_served
from localorg.errors import Code, Problem, RefusedError
from localorg.events import is_enqueued

MOST_SUBREQUESTS = 25
MOST_QUERIES = 5
_REFERENCE = re.compile(r"@\{([^}]+)\}")
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
_HALTED = Problem(Code.BATCH_PROCESSING_HALTED, "Batch processing halted per request", None)

Dispatch = Callable[[Call], Reply]


class _NoValueError(Exception):
    """A reference to something that no earlier answer holds."""


def composite(call: Call, dispatch: Dispatch) -> Reply:
    """Runs subrequests in order. With allOrNone one failure undoes all; the innocent are answered PROCESSING_HALTED."""
    body = call.json_object()
    requests = _requests(body, "compositeRequest")
    _check_size(requests)
    all_or_none = bool(body.get("allOrNone", False))
    start = call.tx.mark()
    answers: dict[str, Any] = {}
    replies: list[Reply] = []
    for request in requests:
        reply = _subrequest(call, request, answers, dispatch)
        replies.append(reply)
        answers[str(request.get("referenceId"))] = reply.body if reply.status < 300 else None
        if all_or_none and reply.status >= 300:
            break
    if all_or_none and any(reply.status >= 300 for reply in replies):
        call.tx.back_to(start)
        stopped = Reply(400, [errors.halted().as_row_error()])
        replies = [reply if reply.status >= 300 or is_enqueued(reply.body) else stopped for reply in replies]
        replies += [stopped] * (len(requests) - len(replies))
    return Reply(body={"compositeResponse": [_shown(*pair) for pair in zip(requests, replies, strict=True)]})


def batch(call: Call, dispatch: Dispatch) -> Reply:
    """Independent subrequests; with haltOnError the ones after a failure are answered 412."""
    body = call.json_object()
    requests = _requests(body, "batchRequests")
    if len(requests) > MOST_SUBREQUESTS:
        raise _too_many(len(requests))
    results: list[dict[str, Any]] = []
    failed = False
    for request in requests:
        if failed and body.get("haltOnError"):
            results.append({"statusCode": 412, "result": [_HALTED.as_row_error()]})
            continue
        url = str(request.get("url", "")).lstrip("/")
        url = url if url.startswith("services/data/") else f"services/data/{url}"
        reply = _one(call, str(request.get("method", "GET")), f"/{url}", request.get("richInput"), {}, dispatch)
        failed = failed or reply.status >= 400
        results.append({"statusCode": reply.status, "result": reply.body})
    return Reply(body={"hasErrors": failed, "results": results})


def _subrequest(call: Call, request: Mapping[str, Any], answers: Mapping[str, Any], dispatch: Dispatch) -> Reply:
    try:
        url = _filled(str(request.get("url", "")), answers)
        body = _filled(request.get("body"), answers)
    except _NoValueError as error:
        text = f"Invalid reference specified. No value for {error} found in the response"
        return Reply(400, [Problem(Code.PROCESSING_HALTED, text, None).as_row_error()])
    given = request.get("httpHeaders")
    headers = {name.lower(): str(value) for name, value in given.items()} if isinstance(given, dict) else {}
    return _one(call, str(request.get("method", "")).upper(), str(url), body, headers, dispatch)


def _one(  # noqa: PLR0913, PLR0917 - what a request line and its payload consist of
    call: Call, method: str, url: str, body: Any, headers: Mapping[str, str], dispatch: Dispatch
) -> Reply:
    target = parse_target(url)
    if target is None or not version_is_served(target.version):
        return Reply(404, [one.as_row_error() for one in errors.not_found().problems])
    if target.path[:1] == ("composite",) and target.path[1:2] != ("sobjects",):
        refused = errors.not_built("a composite resource inside another one")
        return Reply(refused.status, [one.as_row_error() for one in refused.problems])
    inner = Call(
        tx=call.tx,
        method=method.upper(),
        version=target.version,
        path=target.path,
        query=target.query,
        headers=headers,
        body=body,
        base=call.base,
    )
    mark = call.tx.mark()
    reply = dispatch(inner)
    if reply.status >= 300:
        call.tx.back_to(mark)
    return reply


def _shown(request: Mapping[str, Any], reply: Reply) -> dict[str, Any]:
    return {
        "body": reply.body,
        "httpHeaders": dict(reply.headers),
        "httpStatusCode": reply.status,
        "referenceId": request.get("referenceId"),
    }


def _requests(body: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    requests = body.get(name)
    if not isinstance(requests, list) or not all(isinstance(one, dict) for one in requests):
        raise errors.json_error(f"{name} must be a list of objects at [line:1, column:1]")
    return requests


def _check_size(requests: list[Any]) -> None:
    if len(requests) > MOST_SUBREQUESTS:
        raise _too_many(len(requests))
    names = [request.get("referenceId") for request in requests]
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) != len(names):
        raise errors.json_error("Each subrequest needs a referenceId of its own")
    special = [url for url in (str(request.get("url", "")) for request in requests) if _is_special(url)]
    if len(special) > MOST_QUERIES:
        text = f"The request holds {len(special)} query or sobject collection subrequests. The limit is {MOST_QUERIES}."
        raise RefusedError(Problem(Code.LIMIT_EXCEEDED, text, None))


def _is_special(url: str) -> bool:
    target = parse_target(url)
    if target is None:
        return False
    return target.path[:1] in {("query",), ("queryAll",)} or target.path[:2] == ("composite", "sobjects")


def _too_many(count: int) -> RefusedError:
    text = f"The request holds {count} subrequests. The limit is {MOST_SUBREQUESTS}."
    return RefusedError(Problem(Code.LIMIT_EXCEEDED, text, None))


def _filled(value: Any, answers: Mapping[str, Any]) -> Any:
    """Puts in the values of references: `@{ref.id}`, `@{ref.records[0].Name}`, `@{ref[1].id}`."""
    if isinstance(value, Mapping):
        return {name: _filled(one, answers) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, answers) for one in value]
    if not isinstance(value, str):
        return value
    whole = _REFERENCE.fullmatch(value)
    if whole:
        return _looked_up(whole[1], answers)
    return _REFERENCE.sub(lambda found: str(_looked_up(found[1], answers)), value)


def _looked_up(path: str, answers: Mapping[str, Any]) -> Any:
    steps = [int(number) if number else name for name, number in _STEP.findall(path)]
    value: Any = answers
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            raise _NoValueError(path) from None
    return value
