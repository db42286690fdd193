"""Decisions about moving settings: values in, values out."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from accord.features.transfer.model import Change


def changes_of(old: Any, new: Any) -> list[Change]:
    """Where two JSON values differ, in order of their paths; lists are compared place by place."""
    before, after = dict(_leaves(old, "")), dict(_leaves(new, ""))
    return [
        Change(path, before.get(path), after.get(path))
        for path in dict.fromkeys([*before, *after])
        if (path in before) != (path in after) or before.get(path) != after.get(path)
    ]


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value:
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and value:
        for place, inner in enumerate(value):
            yield from _leaves(inner, f"{path}.{place}" if path else str(place))
    else:
        yield path, value


def ticket_of(settings: Mapping[str, Any], versions: Mapping[str, int]) -> str:
    """Stands for these settings of a file beside these versions of ours."""
    text = json.dumps([settings, versions], sort_keys=True, ensure_ascii=True)
    return sha256(text.encode()).hexdigest()
