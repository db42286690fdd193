"""The User Interface API as far as a panel needs it: object info, picklist values by record type, records."""

from typing import Any

from localorg import dependencies, errors, rows, ui_values
from localorg.calls import Call, Reply, route
from localorg.errors import Code, Problem, RefusedError
from localorg.ids import MASTER_RECORD_TYPE, widen
from localorg.schema import Field, SObject
from localorg.values import moment_text

_DATA_TYPES = {
    "id": "Reference", "reference": "Reference", "string": "String", "textarea": "TextArea", "boolean": "Boolean",
    "currency": "Currency", "double": "Double", "percent": "Percent", "int": "Int", "date": "Date",
    "datetime": "DateTime", "picklist": "Picklist", "multipicklist": "MultiPicklist", "combobox": "ComboBox",
    "email": "Email", "phone": "Phone", "url": "Url", "address": "Address", "location": "Location",
}  # fmt: skip
_FIELD_KEYS = (
    "calculated", "createable", "custom", "extraTypeInfo", "filterable", "highScaleNumber", "htmlFormatted",
    "inlineHelpText", "label", "length", "maskType", "nameField", "polymorphicForeignKey", "precision",
    "relationshipName", "scale", "searchPrefilterable", "sortable", "unique", "updateable", "externalId",
)  # fmt: skip


def object_info(call: Call, name: str) -> Reply:
    sobject = rows.object_for(call.tx, name, enforce=True)
    access = call.org.access(call.tx.user_id)
    rights = access.object(sobject.name)
    fields = {one.name: _field_info(call, sobject, one) for one in access.visible_fields(sobject)}
    infos = ui_values.record_type_infos(call.org, sobject.name)
    default = next(key for key, info in infos.items() if info["defaultRecordTypeMapping"])
    body = {
        "apiName": sobject.name,
        "associateEntityType": None,
        "associateParentEntity": None,
        "childRelationships": [
            {
                "childObjectApiName": child.child,
                "fieldName": child.field,
                "junctionIdListNames": [],
                "junctionReferenceTo": [],
                "relationshipName": child.name,
            }
            for child in sobject.children
            if child.child in call.org.schema.objects
        ],
        "compactLayoutable": sobject.facts["compactLayoutable"],
        "createable": rights.create and sobject.facts["createable"],
        "custom": sobject.facts["custom"],
        "defaultRecordTypeId": default,
        "deletable": rights.delete and sobject.facts["deletable"],
        "dependentFields": dependencies.tree_of(sobject, access.visible_fields(sobject)),
        "eTag": ui_values.etag(sorted(fields)),
        "feedEnabled": sobject.facts["feedEnabled"],
        "fields": fields,
        "keyPrefix": sobject.key_prefix,
        "label": sobject.label,
        "labelPlural": sobject.facts["labelPlural"],
        "layoutable": sobject.facts["layoutable"],
        "mruEnabled": sobject.facts["mruEnabled"],
        "nameFields": [one.name for one in sobject.fields.values() if one.facts["nameField"]],
        "queryable": sobject.facts["queryable"],
        "recordTypeInfos": infos,
        "searchable": sobject.facts["searchable"],
        "searchLayoutable": sobject.facts["searchLayoutable"],
        "themeInfo": None,
        "updateable": rights.edit and sobject.facts["updateable"],
    }
    return Reply(body=body)


def _field_info(call: Call, sobject: SObject, field: Field) -> dict[str, Any]:
    edit = call.org.access(call.tx.user_id).field(sobject.name, field.name).edit
    info = {key: field.facts[key] for key in _FIELD_KEYS}
    info.update(
        apiName=field.name,
        compound=field.compound,
        compoundComponentName=None,
        compoundFieldName=field.facts["compoundFieldName"],
        controllerName=field.facts["controllerName"],
        controllingFields=dependencies.controllers_of(sobject, field),
        createable=field.createable and edit,
        dataType=_DATA_TYPES.get(field.type, "String"),
        filteredLookupInfo=None,
        reference=field.type == "reference",
        referenceTargetField=None,
        referenceToInfos=[{"apiName": target, "nameFields": ["Name"]} for target in field.reference_to],
        required=field.required,
        updateable=field.updateable and edit,
    )
    return info


def picklist_values(call: Call, name: str, record_type_id: str) -> Reply:
    """All picklist fields of the object that the user may see, as the record type allows them."""
    sobject, record_type = _record_type(call, name, record_type_id)
    access = call.org.access(call.tx.user_id)
    chosen = [one for one in access.visible_fields(sobject) if one.type in {"picklist", "multipicklist"}]
    address = f"{call.root}/ui-api/object-info/{sobject.name}/picklist-values/{widen(record_type_id)}"
    values = {
        one.name: ui_values.field_values(call.org, access, sobject, one, record_type=record_type, address=address)
        for one in chosen
    }
    return Reply(body={"eTag": ui_values.etag(values), "picklistFieldValues": values})


def picklist_values_of_field(call: Call, name: str, record_type_id: str, field_name: str) -> Reply:
    sobject, record_type = _record_type(call, name, record_type_id)
    field = sobject.find(field_name)
    access = call.org.access(call.tx.user_id)
    known = field is not None and access.field(sobject.name, field.name).read
    if field is None or not known or field.type not in {"picklist", "multipicklist", "combobox"}:
        raise errors.not_found()
    address = f"{call.root}/ui-api/object-info/{sobject.name}/picklist-values/{widen(record_type_id)}"
    return Reply(
        body=ui_values.field_values(call.org, access, sobject, field, record_type=record_type, address=address)
    )


def _record_type(call: Call, name: str, record_type_id: str) -> tuple[SObject, dict[str, Any] | None]:
    """The object, and the record type's row (None for the master record type)."""
    sobject = rows.object_for(call.tx, name, enforce=True)
    wide = widen(record_type_id) if len(record_type_id) in {15, 18} else record_type_id
    if wide == MASTER_RECORD_TYPE:
        return sobject, None
    row = call.org.records.find("RecordType", wide)
    if row is None or row["SobjectType"] != sobject.name:
        raise errors.not_found()
    return sobject, row


def read_record(call: Call, record_id: str) -> Reply:
    """Named fields of a record. One that the user may not see fails the whole call, unless it is optional."""
    sobject, row = _record(call, record_id)
    access = call.org.access(call.tx.user_id)
    wanted = [one for one in call.query.get("fields", "").split(",") if one]
    optional = [one for one in call.query.get("optionalFields", "").split(",") if one]
    if not wanted and not optional:
        raise RefusedError(Problem(Code.MISSING_ARGUMENT, "fields, optionalFields or layoutTypes are needed", None))
    fields: dict[str, Any] = {}
    for name in [*wanted, *optional]:
        owner, _, rest = name.strip().partition(".")
        if "." in rest:
            raise errors.not_built("fields of parents in UI API records")
        field = sobject.find(rest) if owner == sobject.name else None
        if field is not None and access.field(sobject.name, field.name).read:
            fields[field.name] = ui_values.shown(field, row.get(field.name))
        elif name in wanted:
            text = f"No such column '{rest or name}' on entity '{sobject.name}'."
            raise RefusedError(Problem(Code.INVALID_FIELD, text, None))
    return Reply(body=_record_body(call, sobject, row, fields))


def change_record(call: Call, record_id: str) -> Reply:
    """PATCH {"fields": {...}}: writes them and answers the record with them."""
    sobject, row = _record(call, record_id)
    values = call.json_object().get("fields")
    if not isinstance(values, dict):
        raise errors.json_error("fields must be an object at [line:1, column:1]")
    call.tx.update(sobject.name, row["Id"], values)
    after = rows.existing(call.tx, sobject, row["Id"], enforce=True)
    written = [field for field in (sobject.find(name) for name in values) if field is not None]
    fields = {field.name: ui_values.shown(field, after.get(field.name)) for field in written}
    return Reply(body=_record_body(call, sobject, after, fields))


def _record(call: Call, record_id: str) -> tuple[SObject, dict[str, Any]]:
    sobject = call.org.schema.of_id(record_id)
    if sobject is None:
        raise errors.not_found()
    rows.object_for(call.tx, sobject.name, enforce=True)
    return sobject, rows.existing(call.tx, sobject, record_id, enforce=True)


def _record_body(call: Call, sobject: SObject, row: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    infos = ui_values.record_type_infos(call.org, sobject.name)
    record_type_id = row.get("RecordTypeId") if len(infos) > 1 else None
    return {
        "apiName": sobject.name,
        "childRelationships": {},
        "eTag": ui_values.etag([row["SystemModstamp"], sorted(fields)]),
        "fields": fields,
        "id": row["Id"],
        "lastModifiedById": row["LastModifiedById"],
        "lastModifiedDate": ui_values.zulu(row["LastModifiedDate"]),
        "recordTypeId": record_type_id,
        "recordTypeInfo": infos.get(record_type_id) if record_type_id else None,
        "systemModstamp": ui_values.zulu(row["SystemModstamp"] or moment_text(call.tx.now)),
        "weakEtag": int(ui_values.etag(row["SystemModstamp"])[:8], 16),
    }


ROUTES = (
    route("ui-api/object-info/<object>", GET=object_info),
    route("ui-api/object-info/<object>/picklist-values/<recordType>", GET=picklist_values),
    route("ui-api/object-info/<object>/picklist-values/<recordType>/<field>", GET=picklist_values_of_field),
    route("ui-api/records/<id>", GET=read_record, PATCH=change_record),
)
