"""The text under a signed request: base64 in one alphabet, JSON without tricks. Pure, and total on any input."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

_STANDARD = re.compile(r"[A-Za-z0-9+/]*(?:={0,2})")
_URL_SAFE = re.compile(r"[A-Za-z0-9_-]*(?:={0,2})")
_FOREIGN = re.compile(r"[^A-Za-z0-9+/]")


def is_one_base64(*parts: str) -> bool:
    """All parts are whole base64, in the same alphabet (Salesforce's SDK reads both), padded fully or not at all."""
    alphabets = (_STANDARD, _URL_SAFE)
    return all(map(_is_whole, parts)) and any(all(map(alphabet.fullmatch, parts)) for alphabet in alphabets)


def _is_whole(text: str) -> bool:
    letters = len(text.rstrip("="))
    return letters > 0 and letters % 4 != 1 and len(text) in {letters, letters + -letters % 4}


def decode(text: str) -> bytes:
    """The bytes of base64 in either alphabet; what does not belong to it is passed over. Judge with `is_one_base64`."""
    letters = _FOREIGN.sub("", text.replace("-", "+").replace("_", "/"))
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    except binascii.Error:
        return b""


@dataclass(frozen=True, slots=True)
class StrictJson:
    """A JSON object as read. `value` is empty when it was not readable."""

    value: Mapping[str, Any]
    readable: bool
    has_duplicates: bool


def read_json(payload: bytes) -> StrictJson:
    """The object in `payload`: UTF-8, no NaN, and whether any object in it says a key twice."""
    doubled: list[bool] = []

    def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            doubled.append(True)
        return found

    try:
        value = json.loads(payload.decode(), object_pairs_hook=gather, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return StrictJson(value={}, readable=False, has_duplicates=bool(doubled))
    if not isinstance(value, dict):
        return StrictJson(value={}, readable=False, has_duplicates=bool(doubled))
    return StrictJson(value=value, readable=True, has_duplicates=bool(doubled))


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")


def value_at(value: Any, *path: str) -> Any:
    """What is at a path of keys; None when something on the way is missing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text_at(value: Any, *path: str) -> str:
    """The text at a path of keys; empty when something on the way is missing or is no text."""
    found = value_at(value, *path)
    return found if isinstance(found, str) else ""
