"""Dependent picklists: which values are offered beside which value of the field that controls them."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from localorg.schema import Field, SObject

CHECKBOX_VALUES = ("false", "true")
Tree = dict[str, Any]


def bitmap(indexes: Sequence[int], count: int) -> str:
    """`validFor` of a describe. SOAP API guide, "DescribeSObjectResult": base64 of bits, the leftmost bit of the first
    byte stands for the first value of the controlling field.
    """
    bits = bytearray(max(1, -(-count // 8)))
    for index in indexes:
        bits[index // 8] |= 0x80 >> (index % 8)
    return base64.b64encode(bytes(bits)).decode()


def indexes(valid_for: str | None) -> list[int]:
    """The places of the controlling values in a bitmap."""
    bits = base64.b64decode(valid_for or "")
    return [place for place in range(len(bits) * 8) if bits[place // 8] & (0x80 >> (place % 8))]


def controlling_values(controller: Field) -> tuple[str, ...]:
    """All values of a controlling field by their place; those of a checkbox are false and true."""
    if controller.type == "boolean":
        return CHECKBOX_VALUES
    return tuple(str(one["value"]) for one in controller.facts["picklistValues"])


def with_control(field: Field, controller: Field, valid_for: Mapping[str, Sequence[str]]) -> Field:
    """The field as a dependent picklist; `valid_for`: its values with those of the controlling field."""
    places = {value: place for place, value in enumerate(controlling_values(controller))}

    def beside(value: str) -> str:
        return bitmap([places[name] for name in valid_for.get(value, ()) if name in places], len(places))

    values = [{**one, "validFor": beside(one["value"])} for one in field.facts["picklistValues"]]
    return Field(
        facts={**field.facts, "controllerName": controller.name, "dependentPicklist": True, "picklistValues": values}
    )


def controllers_of(sobject: SObject, field: Field) -> list[str]:
    """The fields that control this one, the outermost first."""
    found: list[str] = []
    name = field.facts["controllerName"]
    while name and name in sobject.fields and name not in found:
        found.insert(0, name)
        name = sobject.fields[name].facts["controllerName"]
    return found


def tree_of(sobject: SObject, visible: Sequence[Field]) -> Tree:
    """`dependentFields` of an object: controlling fields, and below each the fields that depend on it."""

    def below(name: str | None) -> Tree:
        return {one.name: below(one.name) for one in dependent if one.facts["controllerName"] == name}

    dependent = [one for one in visible if one.facts["controllerName"]]
    tops = dict.fromkeys(str(one.facts["controllerName"]) for one in dependent)
    return {name: below(name) for name in tops if not sobject.fields[name].facts["controllerName"]}
