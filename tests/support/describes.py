"""Builders of what a describe says."""

from typing import Any

from accord.salesforce.model import FieldDescribe


def a_field(name: str, kind: str, **facts: Any) -> FieldDescribe:
    """A field that everybody may edit, unless `facts` say otherwise."""
    defaults: dict[str, Any] = {
        "label": name,
        "length": 0,
        "precision": 18 if kind in {"currency", "double"} else 0,
        "scale": 2 if kind in {"currency", "double"} else 0,
        "createable": True,
        "updateable": True,
        "nillable": True,
        "defaulted_on_create": False,
        "calculated": False,
        "restricted_picklist": False,
        "extra_type_info": None,
        "reference_to": (),
        "relationship_name": None,
        "external_id": False,
        "unique": False,
    }
    return FieldDescribe(name=name, type=kind, **{**defaults, **facts})
