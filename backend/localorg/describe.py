"""Describes: what the org tells one user about its objects. Fields that he may not see are absent."""

from typing import Any

from localorg.calls import Call, Reply
from localorg.ids import MASTER_RECORD_TYPE
from localorg.org import Org
from localorg.permissions import Access
from localorg.rows import object_for
from localorg.schema import SObject

GLOBAL_KEYS = (
    "activateable", "associateEntityType", "associateParentEntity", "createable", "custom", "customSetting",
    "deepCloneable", "deletable", "deprecatedAndHidden", "feedEnabled", "hasSubtypes", "isInterface", "isSubtype",
    "keyPrefix", "label", "labelPlural", "layoutable", "mergeable", "mruEnabled", "name", "queryable",
    "replicateable", "retrieveable", "searchable", "triggerable", "undeletable", "updateable",
)  # fmt: skip
_URL_PATTERNS = {
    "compactLayouts": "{o}/describe/compactLayouts",
    "rowTemplate": "{o}/{{ID}}",
    "approvalLayouts": "{o}/describe/approvalLayouts",
    "listviews": "{o}/listviews",
    "describe": "{o}/describe",
    "quickActions": "{o}/quickActions",
    "layouts": "{o}/describe/layouts",
    "sobject": "{o}",
}


def global_describe(call: Call) -> Reply:
    if _not_modified(call):
        return Reply(status=304, headers=_stamp(call))
    access = call.org.access(call.tx.user_id)
    visible = [one for one in call.org.schema.objects.values() if access.object(one.name).read]
    sobjects = [_global_entry(call, access, one) for one in visible]
    return Reply(body={"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": sobjects}, headers=_stamp(call))


def object_summary(call: Call, name: str) -> Reply:
    """GET /sobjects/X: its facts and the recently viewed records, of which this org remembers none."""
    sobject = object_for(call.tx, name, enforce=True)
    access = call.org.access(call.tx.user_id)
    return Reply(body={"objectDescribe": _global_entry(call, access, sobject), "recentItems": []})


def describe_object(call: Call, name: str) -> Reply:
    sobject = object_for(call.tx, name, enforce=True)
    if _not_modified(call):
        return Reply(status=304, headers=_stamp(call))
    access = call.org.access(call.tx.user_id)
    key = (call.tx.user_id, sobject.name, call.version, call.base)
    known = call.org.describes.get(key)
    if known is None or known[0] is not access:
        known = (access, describe(call.org, access, sobject, root=call.root, base=call.base))
        call.org.describes[key] = known
    return Reply(body=known[1], headers=_stamp(call))


def describe(org: Org, access: Access, sobject: SObject, *, root: str, base: str) -> dict[str, Any]:
    """The full describe of an object for the holder of `access`."""
    address = f"{root}/sobjects/{sobject.name}"
    urls = {name: pattern.format(o=address) for name, pattern in _URL_PATTERNS.items()}
    urls |= {
        "uiDetailTemplate": f"{base}/{{ID}}",
        "uiEditTemplate": f"{base}/{{ID}}/e",
        "uiNewRecord": f"{base}/{sobject.key_prefix}/e",
        "defaultValues": f"{address}/defaultValues?recordTypeId&fields",
    }
    body = {
        **sobject.facts,
        **_object_rights(access, sobject),
        "fields": [field_describe(access, sobject, one.name) for one in access.visible_fields(sobject)],
        "childRelationships": _children(org, access, sobject),
        "recordTypeInfos": record_type_infos(org, sobject.name, address=address),
        "urls": urls,
    }
    return {key: body[key] for key in sorted(body)}


def field_describe(access: Access, sobject: SObject, name: str) -> dict[str, Any]:
    field = sobject.fields[name]
    rights = access.field(sobject.name, name)
    return {
        **field.facts,
        "createable": field.createable and rights.edit,
        "updateable": field.updateable and rights.edit,
    }


def record_type_infos(org: Org, sobject: str, *, address: str) -> list[dict[str, Any]]:
    """All record types and, last, the master one, which is the default where no other is."""
    rows = [row for row in org.records.all("RecordType") if row["SobjectType"] == sobject]
    found = [
        _record_type_info(
            row["Id"], name=row["Name"], developer_name=row["DeveloperName"], active=row["IsActive"],
            default=bool(row.get("_default")), address=address,
        )
        for row in rows
    ]  # fmt: skip
    has_default = any(row.get("_default") for row in rows)
    master = _record_type_info(
        MASTER_RECORD_TYPE, name="Master", developer_name="Master", active=True, default=not has_default,
        address=address,
    )  # fmt: skip
    return [*found, {**master, "master": True}]


def _record_type_info(  # noqa: PLR0913 - a record type has as many facts
    record_type_id: str, *, name: str, developer_name: str, active: bool, default: bool, address: str
) -> dict[str, Any]:
    return {
        "active": active,
        "available": active,
        "defaultRecordTypeMapping": default,
        "developerName": developer_name,
        "master": False,
        "name": name,
        "recordTypeId": record_type_id,
        "urls": {"layout": f"{address}/describe/layouts/{record_type_id}"},
    }


def _object_rights(access: Access, sobject: SObject) -> dict[str, bool]:
    rights = access.object(sobject.name)
    return {
        "createable": rights.create and bool(sobject.facts["createable"]),
        "updateable": rights.edit and bool(sobject.facts["updateable"]),
        "deletable": rights.delete and bool(sobject.facts["deletable"]),
    }


def _global_entry(call: Call, access: Access, sobject: SObject) -> dict[str, Any]:
    address = f"{call.root}/sobjects/{sobject.name}"
    facts = {**sobject.facts, **_object_rights(access, sobject)}
    urls = {name: pattern.format(o=address) for name, pattern in _URL_PATTERNS.items()}
    return {**{key: facts[key] for key in GLOBAL_KEYS}, "urls": urls}


def _children(org: Org, access: Access, sobject: SObject) -> list[dict[str, Any]]:
    return [
        {
            "cascadeDelete": child.cascade,
            "childSObject": child.child,
            "deprecatedAndHidden": False,
            "field": child.field,
            "junctionIdListNames": [],
            "junctionReferenceTo": [],
            "relationshipName": child.name,
            "restrictedDelete": child.restrict,
        }
        for child in sobject.children
        if child.child in org.schema.objects and access.object(child.child).read
    ]


def _stamp(call: Call) -> dict[str, str]:
    """Describes change when the metadata does."""
    return {"Last-Modified": call.org.metadata_changed_at.strftime("%a, %d %b %Y %H:%M:%S GMT")}


def _not_modified(call: Call) -> bool:
    """Salesforce: a describe asked for with If-Modified-Since is answered 304 when nothing changed (recorded)."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    since = call.headers.get("if-modified-since")
    if not since:
        return False
    try:
        return parsedate_to_datetime(since) >= call.org.metadata_changed_at
    except ValueError:
        return False
