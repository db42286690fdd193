"""Shapes of the User Interface API: picklist values by record type, record type infos, shown values."""

import hashlib
import json
from typing import Any

from localorg.ids import MASTER_RECORD_TYPE
from localorg.org import Org
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


def field_values(org: Org, sobject: SObject, field: Field, record_type: Row | None, address: str) -> dict[str, Any]:
    """The values of one field that a record type allows (all active ones for the master record type)."""
    allowed = (record_type or {}).get("_picklists", {}).get(field.name)
    default = (record_type or {}).get("_picklist_defaults", {}).get(field.name)
    values = []
    for one in field.facts["picklistValues"]:
        if one["active"] and (allowed is None or one["value"] in allowed):
            attributes = _attributes(org, sobject, field, one["value"])
            values.append({"attributes": attributes, "label": one["label"], "validFor": [], "value": one["value"]})
    if default is None and record_type is None:
        default = next((one["value"] for one in field.facts["picklistValues"] if one["defaultValue"]), None)
    return {
        "controllerValues": {},
        "defaultValue": next((one for one in values if one["value"] == default), None),
        "eTag": etag(values),
        "url": f"{address}/{field.name}",
        "values": values,
    }


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
