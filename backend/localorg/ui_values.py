"""Shapes of the User Interface API: picklist values by record type, record type infos, shown values."""

import hashlib
import json
from typing import Any

from localorg.dependencies import controlling_values, indexes
from localorg.ids import MASTER_RECORD_TYPE
from localorg.org import Org
from localorg.permissions import Access
from localorg.records import Row
from localorg.schema import Field, SObject


def etag(content: Any) -> str:
    return hashlib.md5(json.dumps(content, default=str).encode(), usedforsecurity=False).hexdigest()


def zulu(moment: str) -> str:
    """Salesforce: the UI API writes datetimes with Z where REST writes +0000."""
    return moment.replace("+0000", "Z")


def shown(field: Field, value: Any) -> dict[str, Any]:
    """A field of a record. The display value is null for text; formatting by locale is not built."""
    if field.type == "datetime" and isinstance(value, str):
        value = zulu(value)
    display = value if field.type in {"picklist", "multipicklist"} else None
    return {"displayValue": display, "value": value}


def record_type_infos(org: Org, sobject: str) -> dict[str, dict[str, Any]]:
    infos: dict[str, dict[str, Any]] = {}
    for row in org.records.all("RecordType"):
        if row["SobjectType"] == sobject:
            infos[row["Id"]] = _info(
                row["Id"], row["Name"], available=row["IsActive"], default=bool(row.get("_default"))
            )
    has_default = any(info["defaultRecordTypeMapping"] for info in infos.values())
    infos[MASTER_RECORD_TYPE] = {**_info(MASTER_RECORD_TYPE, "Master", available=True, default=not has_default),
                                 "master": True}  # fmt: skip
    return infos


def _info(record_type_id: str, name: str, *, available: bool, default: bool) -> dict[str, Any]:
    return {
        "available": available,
        "defaultRecordTypeMapping": default,
        "master": False,
        "name": name,
        "recordTypeId": record_type_id,
    }


def field_values(  # noqa: PLR0913 - the facts of one address
    org: Org, access: Access, sobject: SObject, field: Field, *, record_type: Row | None, address: str
) -> dict[str, Any]:
    """The values of one field that a record type allows (all active ones for the master record type)."""
    allowed = (record_type or {}).get("_picklists", {}).get(field.name)
    default = (record_type or {}).get("_picklist_defaults", {}).get(field.name)
    controlling = _controlling(access, sobject, field, record_type)
    values = []
    for one in field.facts["picklistValues"]:
        if one["active"] and (allowed is None or one["value"] in allowed):
            attributes = _attributes(org, sobject, field, one["value"])
            valid_for = [at for at in indexes(one["validFor"]) if at in controlling.values()]
            values.append(
                {"attributes": attributes, "label": one["label"], "validFor": valid_for, "value": one["value"]}
            )
    if default is None and record_type is None:
        default = next((one["value"] for one in field.facts["picklistValues"] if one["defaultValue"]), None)
    return {
        "controllerValues": controlling,
        "defaultValue": next((one for one in values if one["value"] == default), None),
        "eTag": etag(values),
        "url": f"{address}/{field.name}",
        "values": values,
    }


def _controlling(access: Access, sobject: SObject, field: Field, record_type: Row | None) -> dict[str, int]:
    """The controlling field's values by their index; none when the user may not see that field."""
    name = field.facts["controllerName"]
    if not name or not access.field(sobject.name, name).read:
        return {}
    allowed = (record_type or {}).get("_picklists", {}).get(name)
    known = controlling_values(sobject.fields[name])
    return {value: index for index, value in enumerate(known) if allowed is None or value in allowed}


def _attributes(org: Org, sobject: SObject, field: Field, value: str) -> dict[str, Any] | None:
    """Salesforce: stages and task statuses say what they mean. The key is misspelt by the platform itself."""
    if (sobject.name, field.name) == ("Opportunity", "StageName"):
        stage = next((row for row in org.records.all("OpportunityStage") if row["ApiName"] == value), None)
        if stage is not None:
            return {
                "closed": stage["IsClosed"],
                "defaultProbability": stage["DefaultProbability"],
                "forecastCategoryName": stage["ForecastCategoryName"],
                "picklistAtrributesValueType": "OpportunityStage",
                "won": stage["IsWon"],
            }
    if (sobject.name, field.name) == ("Task", "Status"):
        status = next((row for row in org.records.all("TaskStatus") if row["ApiName"] == value), None)
        if status is not None:
            return {"closed": status["IsClosed"], "picklistAtrributesValueType": "TaskStatus"}
    return None
