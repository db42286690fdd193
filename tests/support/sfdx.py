"""Builders of small SFDX source trees."""

from collections.abc import Iterable, Mapping
from pathlib import Path

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"'


def a_field(root: Path, sobject: str, name: str, *, type: str = "Text", **facts: str) -> None:  # noqa: A002
    """A custom field. A Text without a length is 40 long; `inner` is further XML."""
    inner = facts.pop("inner", "")
    if type == "Text":
        facts.setdefault("length", "40")
    facts = {"label": name.removesuffix("__c").replace("_", " "), **facts}
    lines = "".join(f"<{key}>{value}</{key}>" for key, value in {"fullName": name, "type": type, **facts}.items())
    _write(root / "objects" / sobject / "fields" / f"{name}.field-meta.xml", "CustomField", lines + inner)


def an_event(root: Path, name: str, *, publish: str = "PublishAfterCommit") -> None:
    """A platform event without fields; add them with `a_field`."""
    inner = f"<deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><label>{name[:-3]}</label>"
    inner += f"<pluralLabel>{name[:-3]}s</pluralLabel><publishBehavior>{publish}</publishBehavior>"
    _write(root / "objects" / name / f"{name}.object-meta.xml", "CustomObject", inner)


def picklist_xml(values: Iterable[str], *, restricted: bool) -> str:
    items = "".join(f"<value><fullName>{one}</fullName><default>false</default></value>" for one in values)
    flag = str(restricted).lower()
    return f"<valueSet><restricted>{flag}</restricted><valueSetDefinition>{items}</valueSetDefinition></valueSet>"


def a_record_type(
    root: Path, sobject: str, name: str, picklists: Mapping[str, Iterable[str]], *, process: str = ""
) -> None:
    inner = f"<fullName>{name}</fullName><active>true</active><label>{name}</label>"
    if process:
        inner += f"<businessProcess>{process}</businessProcess>"
    for field, values in picklists.items():
        items = "".join(f"<values><fullName>{one}</fullName><default>false</default></values>" for one in values)
        inner += f"<picklistValues><picklist>{field}</picklist>{items}</picklistValues>"
    _write(root / "objects" / sobject / "recordTypes" / f"{name}.recordType-meta.xml", "RecordType", inner)


def a_business_process(root: Path, sobject: str, name: str, values: Iterable[str]) -> None:
    """`values` are written as given: source encodes what an address could not hold."""
    items = "".join(f"<values><fullName>{one}</fullName><default>false</default></values>" for one in values)
    file = root / "objects" / sobject / "businessProcesses" / f"{name}.businessProcess-meta.xml"
    _write(file, "BusinessProcess", f"<fullName>{name}</fullName><isActive>true</isActive>{items}")


def a_permission_set(
    root: Path, name: str, *, read: Iterable[str] = (), edit: Iterable[str] = (), create: Iterable[str] = ()
) -> None:
    """`read` and `edit` name fields as Object.Field, `create` objects."""
    edit = list(edit)
    inner = f"<label>{name}</label>"
    for field in [*read, *edit]:
        flag = str(field in edit).lower()
        inner += f"<fieldPermissions><editable>{flag}</editable><field>{field}</field><readable>true</readable>"
        inner += "</fieldPermissions>"
    for sobject in create:
        inner += (
            f"<objectPermissions><allowCreate>true</allowCreate><allowRead>true</allowRead><object>{sobject}</object>"
        )
        inner += "</objectPermissions>"
    _write(root / "permissionsets" / f"{name}.permissionset-meta.xml", "PermissionSet", inner)


def accord_source(root: Path) -> Path:
    """What the tests of rows need: an external id on Task and Opportunity, and a set that opens them."""
    key = {"externalId": "true", "unique": "true", "caseSensitive": "true"}
    a_field(root, "Activity", "Accord_Id__c", **key)
    a_field(root, "Opportunity", "Accord_Id__c", **key)
    a_field(root, "Opportunity", "Accord_Progress__c", type="Percent", precision="3", scale="0")
    a_field(
        root,
        "Opportunity",
        "Accord_Plan_Status__c",
        type="Picklist",
        inner=picklist_xml(["Open", "Done"], restricted=True),
    )
    fields = ["Task.Accord_Id__c", "Event.Accord_Id__c", "Opportunity.Accord_Id__c", "Opportunity.Accord_Progress__c"]
    a_permission_set(root, "Accord_Rep", edit=fields, read=["Opportunity.Accord_Plan_Status__c"])
    return root


def _write(path: Path, kind: str, inner: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{HEAD}<{kind} {NAMESPACE}>{inner}</{kind}>\n", encoding="utf-8")
