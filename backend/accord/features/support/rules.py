"""What may stand in a support bundle: no value, no name, no words of people. Values in, values out."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from accord.salesforce.model import SObjectDescribe

# texts under these names are words of the product or API names of the org's fields
_PLAIN: Final = frozenset(
    {
        *("sobject", "field", "path", "datum", "kind", "folding", "internal", "policy"),
        *("integration_login", "owner_time_zone"),
    }
)


def masked(values: Any, *, name: str = "") -> Any:
    """Settings in their shape: what people wrote is told by its length alone."""
    if isinstance(values, Mapping):
        return {key: masked(inner, name=key) for key, inner in values.items()}
    if isinstance(values, list):
        return [masked(inner, name=name) for inner in values]
    if isinstance(values, str) and name not in _PLAIN:
        return f"<{len(values)} characters>"
    return values


def fingerprint(described: SObjectDescribe) -> Mapping[str, Any]:
    """How many fields there are, and 64 hex characters that change with any name, type, length or right of a field."""
    facts = [astuple(replace(one, label="")) for _, one in sorted(described.fields.items())]
    text = json.dumps([described.name, described.updateable, facts], default=str)
    return {"fields": len(facts), "sha256": sha256(text.encode()).hexdigest()}


def by_code(errors: Iterable[Mapping[str, Any]]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Errors under their codes, in their order; the code that came first stands first."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in errors:
        found.setdefault(str(one["code"]), []).append(one)
    return found


def zip_of(files: Mapping[str, Any], made_at: datetime) -> bytes:
    """One file of JSON for each part; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{name}.json", made_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, json.dumps(content, indent=1, default=str))
    return out.getvalue()
