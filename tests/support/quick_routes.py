"""A thousand tests make the application anew, and half of the time went into what they never use: the builders of its
addresses, and copies of the schemas for its documents. Both are made here when they are asked for, or not at all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from marshmallow import Schema
from werkzeug.routing import Rule

_compile = Rule._compile_builder


def _compile_later(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:  # noqa: FBT001, FBT002 - werkzeug's
    made: list[Callable[..., Any]] = []

    def build(*parts: Any) -> Any:
        if not made:
            made.append(_compile(rule, append_unknown))
        return made[0](*parts)

    return build


@contextmanager
def quick_routes() -> Iterator[None]:
    """Applications that are made in this block get their routes quickly; nothing ever changes a schema."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", _compile_later)
        patch.setattr(Schema, "__deepcopy__", lambda schema, _memo: schema, raising=False)
        yield
