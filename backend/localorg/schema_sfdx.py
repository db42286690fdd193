"""Reads custom fields, record types and objects from SFDX source, as a deploy of that source would make them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from localorg.dependencies import with_control
from localorg.schema import ChildRelationship, Facts, Field, Schema, SObject, StandardFacts
from localorg.schema_events import event_field, event_object

NAMESPACE = "{http://soap.sforce.com/2006/04/metadata}"

# Fields of Activity are fields of Task and of Event.
HOLDERS = {"Activity": ("Task", "Event")}

# Salesforce: the values of these fields come to a record type by way of a business process.
PROCESS_FIELDS = {"Opportunity": "StageName", "Lead": "Status", "Case": "Status"}

_TYPES = {
    "Text": "string", "TextArea": "textarea", "LongTextArea": "textarea", "Html": "textarea", "Number": "double",
    "Currency": "currency", "Percent": "percent", "Date": "date", "DateTime": "datetime", "Checkbox": "boolean",
    "Picklist": "picklist", "MultiselectPicklist": "multipicklist", "Lookup": "reference", "MasterDetail": "reference",
    "Url": "url", "Email": "email", "Phone": "phone", "AutoNumber": "string",
}  # fmt: skip
_DEFAULT_LENGTHS = {"TextArea": 255, "Url": 255, "Email": 80, "Phone": 40, "Picklist": 255, "Checkbox": 0}
_OBJECT_SUFFIX = ".object-meta.xml"
_FIELD_SUFFIX = ".field-meta.xml"
_RECORD_TYPE_SUFFIX = ".recordType-meta.xml"


class MetadataError(Exception):
    """A source file that this org cannot read; the text names the file."""


@dataclass(frozen=True, slots=True)
class RecordTypeSource:
    """A record type as written in source: picklist field -> (value, is default) pairs."""

    sobject: str
    developer_name: str
    label: str
    active: bool = True
    description: str | None = None
    picklists: dict[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    schema: Schema
    record_types: tuple[RecordTypeSource, ...]
    left_out: tuple[str, ...]


def read_source(facts: StandardFacts, directories: Sequence[Path]) -> Source:
    """The standard schema plus everything that the directories declare. Unknown kinds of metadata are left alone."""
    schema = facts.schema()
    record_types: list[RecordTypeSource] = []
    left_out: list[str] = []
    for folder in _object_folders(directories):
        meta = folder / f"{folder.name}{_OBJECT_SUFFIX}"
        if folder.name.endswith("__c") and folder.name not in schema.objects and meta.exists():
            schema = schema.with_object(_custom_object(facts, folder.name, parse_source(meta), len(schema.objects)))
        elif folder.name.endswith("__e") and meta.exists():
            schema = schema.with_object(_event_object(facts, folder.name, parse_source(meta), schema))
    for folder in _object_folders(directories):
        holders = HOLDERS.get(folder.name, (folder.name,))
        known = [schema.objects[name] for name in holders if name in schema.objects]
        if not known:
            left_out.append(folder.name)
            continue
        fields = [_custom_field(facts, path) for path in sorted(folder.glob(f"fields/*{_FIELD_SUFFIX}"))]
        custom = [one for one in fields if one is not None]
        if folder.name.endswith("__e"):
            custom = [event_field(one) for one in custom]
        for sobject in known:
            grown = _with_dependencies(sobject.with_fields(custom), folder)
            schema = _with_children(schema.with_object(grown), sobject.name, custom)
        record_types.extend(
            _record_type(folder.name, path) for path in sorted(folder.glob(f"recordTypes/*{_RECORD_TYPE_SUFFIX}"))
        )
    return Source(schema=schema, record_types=tuple(record_types), left_out=tuple(left_out))


def _object_folders(directories: Sequence[Path]) -> Iterator[Path]:
    for directory in directories:
        for objects in sorted(directory.rglob("objects")):
            yield from sorted(path for path in objects.iterdir() if path.is_dir())


def parse_source(path: Path) -> Element:
    """The root of a metadata file; raises MetadataError when it is no XML."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise MetadataError(f"{path} is not well-formed XML: {error}") from error
    assert root is not None
    return root


def text_of(element: Element, name: str, default: str = "") -> str:
    found = element.find(NAMESPACE + name)
    return found.text.strip() if found is not None and found.text else default


def is_true(element: Element, name: str) -> bool:
    return text_of(element, name) == "true"


def _custom_field(facts: StandardFacts, path: Path) -> Field | None:
    """None for changes to a standard field (`Name`, `StageName`), which this org does not read."""
    root = parse_source(path)
    name = text_of(root, "fullName")
    if not name.endswith("__c"):
        return None
    kind = text_of(root, "type")
    if kind not in _TYPES:
        raise MetadataError(f"{path}: fields of type {kind!r} are not built in the local org")
    return facts.field({**_common_facts(root, name, kind), **_facts_of_type(root, kind)})


def _common_facts(root: Element, name: str, kind: str) -> Facts:
    formula = text_of(root, "formula") or None
    written = formula is None and kind != "AutoNumber"
    required = is_true(root, "required") or kind == "MasterDetail"
    return {
        "name": name,
        "label": text_of(root, "label", name),
        "type": _TYPES[kind],
        "custom": True,
        "createable": written,
        "updateable": written,
        "calculated": formula is not None,
        "calculatedFormula": formula,
        "autoNumber": kind == "AutoNumber",
        "nillable": not required and kind != "Checkbox",
        "permissionable": not required,
        "defaultedOnCreate": kind == "Checkbox" or bool(text_of(root, "defaultValue")),
        "defaultValueFormula": (text_of(root, "defaultValue") or None) if kind != "Checkbox" else None,
        "unique": is_true(root, "unique"),
        "externalId": is_true(root, "externalId"),
        "idLookup": is_true(root, "externalId"),
        "caseSensitive": is_true(root, "caseSensitive"),
        "inlineHelpText": text_of(root, "inlineHelpText") or None,
        "compoundFieldName": None,
        "defaultValue": None,
        "extraTypeInfo": None,
        "nameField": False,
        "referenceTo": [],
        "relationshipName": None,
    }


def _facts_of_type(root: Element, kind: str) -> Facts:
    length = int(text_of(root, "length", "0")) or _DEFAULT_LENGTHS.get(kind, 0)
    if kind in {"Number", "Currency", "Percent"}:
        return {"precision": int(text_of(root, "precision", "18")), "scale": int(text_of(root, "scale", "0"))}
    if kind in {"Picklist", "MultiselectPicklist"}:
        return {"length": length or 4099, "byteLength": 765, **_picklist(root)}
    if kind in {"Lookup", "MasterDetail"}:
        return {
            "referenceTo": [text_of(root, "referenceTo")],
            "relationshipName": text_of(root, "fullName").removesuffix("__c") + "__r",
        }
    if kind == "Checkbox":
        return {"defaultValue": is_true(root, "defaultValue")}
    if kind in {"LongTextArea", "Html"}:
        extra = {"LongTextArea": "plaintextarea", "Html": "richtextarea"}[kind]
        return {"length": length, "byteLength": length * 3, "extraTypeInfo": extra, "htmlFormatted": kind == "Html",
                "filterable": False, "groupable": False, "sortable": False}  # fmt: skip
    return {"length": length, "byteLength": length * 3}


def _picklist(root: Element) -> Facts:
    values: list[Any] = []
    value_set = root.find(NAMESPACE + "valueSet")
    if value_set is None:
        return {"restrictedPicklist": False, "picklist": values}
    definition = value_set.find(NAMESPACE + "valueSetDefinition")
    for value in definition.findall(NAMESPACE + "value") if definition is not None else ():
        name = text_of(value, "fullName")
        values.append(
            {
                "active": text_of(value, "isActive", "true") == "true",
                "defaultValue": is_true(value, "default"),
                "label": text_of(value, "label", name),
                "validFor": None,
                "value": name,
            }
        )
    return {"restrictedPicklist": is_true(value_set, "restricted"), "picklist": values}


def _with_dependencies(sobject: SObject, folder: Path) -> SObject:
    """Custom picklists of this folder that another field of the object controls."""
    dependent: list[Field] = []
    for path in sorted(folder.glob(f"fields/*{_FIELD_SUFFIX}")):
        root = parse_source(path)
        value_set = root.find(NAMESPACE + "valueSet")
        controller = sobject.find(text_of(value_set, "controllingField")) if value_set is not None else None
        field = sobject.fields.get(text_of(root, "fullName"))
        if value_set is None or controller is None or field is None:
            continue
        valid_for: dict[str, list[str]] = {}
        for setting in value_set.findall(NAMESPACE + "valueSettings"):
            names = [(one.text or "").strip() for one in setting.findall(NAMESPACE + "controllingFieldValue")]
            valid_for.setdefault(text_of(setting, "valueName"), []).extend(names)
        dependent.append(with_control(field, controller, valid_for))
    return sobject.with_fields(dependent)


def _with_children(schema: Schema, holder: str, fields: Sequence[Field]) -> Schema:
    """Lookups make child relationships of the objects that they point to."""
    for lookup in (one for one in fields if one.type == "reference"):
        for target in lookup.reference_to:
            parent = schema.objects.get(target)
            if parent is not None:
                child = ChildRelationship(holder, lookup.name, f"{holder.removesuffix('__c')}s__r")
                grown = SObject(parent.name, parent.facts, parent.fields, (*parent.children, child))
                schema = schema.with_object(grown)
    return schema


def _custom_object(facts: StandardFacts, name: str, root: Element, number: int) -> SObject:
    standard = facts.schema().objects["Account"]
    keep = ("Id", "IsDeleted", "Name", "OwnerId", "CreatedDate", "CreatedById", "LastModifiedDate",
            "LastModifiedById", "SystemModstamp")  # fmt: skip
    label = text_of(root, "label", name)
    described = {**facts.object_usual, "name": name, "label": label, "custom": True, "mergeable": False,
                 "labelPlural": text_of(root, "pluralLabel", label), "keyPrefix": f"a{number:02d}"}  # fmt: skip
    return SObject(name=name, facts=described, fields={one: standard.fields[one] for one in keep})


def _process_values(record_type: Path, name: str) -> tuple[tuple[str, bool], ...]:
    """The values of a sales, lead or support process, which lies beside the record types; encoded names are decoded."""
    path = record_type.parents[1] / "businessProcesses" / f"{name}.businessProcess-meta.xml"
    if not path.exists():
        raise MetadataError(f"{record_type} names the business process {name!r}, which the source has not")
    values = parse_source(path).findall(NAMESPACE + "values")
    return tuple((unquote(text_of(one, "fullName")), is_true(one, "default")) for one in values)


def _event_object(facts: StandardFacts, name: str, root: Element, schema: Schema) -> SObject:
    label = text_of(root, "label", name)
    after_commit = text_of(root, "publishBehavior", "PublishAfterCommit") == "PublishAfterCommit"
    labels = (label, text_of(root, "pluralLabel", label))
    return event_object(facts, schema, name, labels=labels, after_commit=after_commit)


def _record_type(sobject: str, path: Path) -> RecordTypeSource:
    root = parse_source(path)
    picklists = {}
    for element in root.findall(NAMESPACE + "picklistValues"):
        pairs = tuple((text_of(v, "fullName"), is_true(v, "default")) for v in element.findall(NAMESPACE + "values"))
        picklists[text_of(element, "picklist")] = pairs
    process = text_of(root, "businessProcess")
    if process and sobject in PROCESS_FIELDS:
        picklists[PROCESS_FIELDS[sobject]] = _process_values(path, process)
    return RecordTypeSource(
        sobject=sobject,
        developer_name=text_of(root, "fullName"),
        label=text_of(root, "label"),
        active=text_of(root, "active", "true") == "true",
        description=text_of(root, "description") or None,
        picklists=picklists,
    )
