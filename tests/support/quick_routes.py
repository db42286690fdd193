"""A thousand tests make the application anew, and most of the time went into what is the same each time or never used:
addresses read anew, builders of addresses, copies of what documents are made from, and schemas made of the same class.
Here each is made once, or when it is asked for.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from flask_smorest import arguments, blueprint, response
from marshmallow import Schema
from werkzeug.routing import Rule

_compile = Rule._compile_builder
_read = Rule.compile
_FACTS = ("_parts", "_trace", "_converters", "arguments")
_known: dict[tuple[Any, ...], dict[str, Any]] = {}


def _compile_later(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:  # noqa: FBT001, FBT002 - werkzeug's
    made: list[Callable[..., Any]] = []

    def build(*parts: Any, **named: Any) -> Any:
        if not made:
            made.append(_compile(rule, append_unknown))
        return made[0](*parts, **named)

    return build


def _read_once(rule: Rule) -> None:
    """What is read from the text of an address is the same for every application."""
    key = (rule.rule, rule.subdomain, rule.host, rule.merge_slashes, tuple(sorted(rule.arguments)))
    if key not in _known:
        _read(rule)
        _known[key] = {name: getattr(rule, name) for name in _FACTS}
        return
    for name, value in _known[key].items():
        setattr(rule, name, value.copy())
    rule._build = _compile_later(rule, False).__get__(rule, None)
    rule._build_unknown = _compile_later(rule, True).__get__(rule, None)


@cache
def _one_of(schema: type[Schema]) -> Schema:
    return schema()


def _instance(schema: Schema | type[Schema]) -> Schema:
    return _one_of(schema) if isinstance(schema, type) else schema


@contextmanager
def quick_routes() -> Iterator[None]:
    """Applications that are made in this block get their routes quickly; nothing ever changes a schema, nor what one
    function tells of itself for the documents, which are made outside.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", _compile_later)
        patch.setattr(Rule, "compile", _read_once)
        patch.setattr(response, "resolve_schema_instance", _instance)
        for module in (arguments, blueprint, response):
            patch.setattr(module, "deepcopy", dict)
        yield
