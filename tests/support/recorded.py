"""The recorded answers of the real platform, which lie outside the project (make verify-org DATA=...)."""

import json
import os
from pathlib import Path
from typing import Any

VARIABLE = "ACCORD_RECORDED_DATA"


def recorded(name: str) -> Any:
    """One recorded JSON file of the salesforce folder."""
    root = os.environ.get(VARIABLE)
    assert root, f"set {VARIABLE} to the folder of recorded answers"
    return json.loads((Path(root) / "salesforce" / name).read_text(encoding="utf-8"))


def shape(value: Any) -> Any:
    """Keys and kinds without values: what must be equal between two answers. A list has the shapes of its members."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value]
    if value is None or isinstance(value, bool):
        return value
    return "number" if isinstance(value, int | float) else "text"
