"""Makes backend/localorg/schema_facts.json: compact facts of the standard objects, taken from recorded describes.

    python scripts/make_localorg_facts.py RECORDED_SALESFORCE_DIR

The recorded answers stay where they are; only facts go into the project. A field is written as the difference from
the usual describe of its type. Where no full describe was recorded (Task, OpportunityStage, Organization, the newer
fields of User) the attributes that the shorter recording lacks come from the tables below and are marked as
documented or guessed in backend/localorg/ledger.toml.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from localorg_fact_tables import (
    FULL,
    HAND_WRITTEN,
    KEEP_OF_LARGE,
    OBJECT_FACTS,
    OVERRIDES,
    READ_ONLY,
    REFERENCES_KEPT,
    SHORT,
    SHORT_LENGTHS,
    SYSTEM_READ_ONLY,
)

Facts = dict[str, Any]
OUT = Path(__file__).parents[1] / "backend" / "localorg" / "schema_facts.json"
OBJECT_SKIP = {"fields", "childRelationships", "recordTypeInfos", "urls"}


def is_foreign(name: str) -> bool:
    """Custom fields of the orgs that were recorded are no facts of the platform."""
    return name.endswith("__c") or "__" in name


def load(path: Path) -> Facts:
    facts: Facts = json.loads(path.read_text(encoding="utf-8"))
    return facts


def usual_by_type(describes: list[Facts]) -> dict[str, Facts]:
    """The most frequent value of every describe key, per field type."""
    votes: dict[str, dict[str, Counter[str]]] = {}
    for describe in describes:
        for field in describe["fields"]:
            for key, value in field.items():
                if key not in {"name", "label", "type"}:
                    per_key = votes.setdefault(field["type"], {}).setdefault(key, Counter())
                    per_key[json.dumps(value)] += 1
    usual = {
        kind: {key: json.loads(counter.most_common(1)[0][0]) for key, counter in sorted(keys.items())}
        for kind, keys in votes.items()
    }
    # No multi-select was recorded; SOAP API Developer Guide: filtered by INCLUDES only, never sorted or grouped.
    usual["multipicklist"] = {**usual["picklist"], "aggregatable": False, "groupable": False, "sortable": False}
    for facts in usual.values():
        facts.update(picklistValues=[], custom=False, deprecatedAndHidden=False)
    return usual


def complete(field: Facts, name: str, usual: dict[str, Facts]) -> Facts:
    """A short recording of a field, filled up with what its type usually has and what the tables say."""
    kind = field["type"]
    full = {**usual[kind], **field}
    read_only = field["name"] in SYSTEM_READ_ONLY or field["name"] in READ_ONLY.get(name, ())
    full["createable"] = full["updateable"] = not read_only
    full["permissionable"] = field["nillable"] and not read_only
    full["defaultedOnCreate"] = kind == "boolean" or read_only or field["defaultValue"] is not None
    full["length"] = SHORT_LENGTHS.get(f"{name}.{field['name']}", usual[kind].get("length", 0))
    full["byteLength"] = full["length"] * 3 if kind not in {"id", "reference"} else 18
    full["nameField"] = field["name"] == ("Subject" if name == "Task" else "Name")
    full["unique"] = full["externalId"] = full["calculated"] = full["autoNumber"] = False
    full["idLookup"] = field["name"] == "Id"
    full["namePointing"] = full["polymorphicForeignKey"] = len(field["referenceTo"]) > 1
    return full


def merged(root: Path, name: str, usual: dict[str, Facts]) -> list[Facts]:
    fields: dict[str, Facts] = {}
    short = root / "soqlMetadata" / f"{name}.json"
    if name in FULL:
        for field in load(root / "describe" / f"{name}.json")["fields"]:
            fields[field["name"]] = {**usual[field["type"]], **field}
    if short.exists():
        for field in load(short)["fields"]:
            fields.setdefault(field["name"], complete(field, name, usual))
    for field in HAND_WRITTEN.get(name, ()):
        base = {"nillable": True, "defaultValue": None, "referenceTo": [], **field}
        fields[field["name"]] = {**complete(base, name, usual), **field}
    kept = KEEP_OF_LARGE.get(name)
    chosen = [f for n, f in fields.items() if not is_foreign(n) and (kept is None or n in kept)]
    # the recording of Task does not say which fields can be permitted; its twin Event was recorded in full
    twins = {"Task": load(root / "describe" / "Event.json")["fields"]}.get(name, [])
    permissionable = {f["name"].replace("EventSubtype", "TaskSubtype"): f["permissionable"] for f in twins}
    for field in chosen:
        field["permissionable"] = permissionable.get(field["name"], field["permissionable"])
        field.update(OVERRIDES.get(f"{name}.{field['name']}", {}))
        if len(field["referenceTo"]) > 8:
            field["referenceTo"] = [target for target in field["referenceTo"] if target in REFERENCES_KEPT]
    return chosen


def shorter(values: list[Facts]) -> list[Any]:
    """Picklist values as text, or as a pair, or in full where they are unusual."""
    short: list[Any] = []
    for value in values:
        plain = value["active"] and not value["defaultValue"] and not value["validFor"]
        if plain and value["label"] == value["value"]:
            short.append(value["value"])
        elif plain:
            short.append([value["value"], value["label"]])
        else:
            short.append(value)
    return short


def children(root: Path, name: str, wanted: set[str]) -> list[list[Any]]:
    for folder in ("describe", "soqlMetadata"):
        path = root / folder / f"{name}.json"
        if path.exists():
            return [
                [
                    c["childSObject"],
                    c["field"],
                    c["relationshipName"],
                    c["cascadeDelete"],
                    c.get("restrictedDelete") is True,
                ]
                for c in load(path)["childRelationships"]
                if c["childSObject"] in wanted and not is_foreign(c["field"])
            ]
    return []


def difference(field: Facts, usual: Facts, lists: dict[str, list[Any]]) -> Facts:
    delta: Facts = {"name": field["name"], "label": field["label"], "type": field["type"]}
    values = shorter(field["picklistValues"])
    delta.update(
        {k: v for k, v in sorted(field.items()) if k not in delta and k != "picklistValues" and usual.get(k) != v}
    )
    if len(values) > 12:
        delta["picklist"] = next((key for key, known in lists.items() if known == values), field["name"])
        if lists.setdefault(delta["picklist"], values) != values:
            delta["picklist"] = f"{field['name']}.{len(lists)}"
            lists[delta["picklist"]] = values
    elif values:
        delta["picklist"] = values
    return delta


def main(root: Path) -> None:
    names = [*FULL, *SHORT, *(n for n in HAND_WRITTEN if n not in FULL and n not in SHORT)]
    recorded = [load(path) for path in sorted((root / "describe").glob("*.json"))]
    usual = usual_by_type([d for d in recorded if d["name"] != "User"] + [d for d in recorded if d["name"] == "User"])
    keys = {key for describe in recorded for field in describe["fields"] for key in field}
    for facts in usual.values():
        facts.update({key: usual["string"].get(key) for key in keys - set(facts) - {"name", "label", "type"}})
    object_usual = {k: v for k, v in load(root / "describe" / "Opportunity.json").items() if k not in OBJECT_SKIP}
    lists: dict[str, list[Any]] = {}
    lines = []
    for name in names:
        known = load(root / "describe" / f"{name}.json") if name in FULL else {}
        facts = {**{k: v for k, v in known.items() if k not in OBJECT_SKIP}, **OBJECT_FACTS.get(name, {})}
        facts = {k: v for k, v in facts.items() if object_usual.get(k) != v}
        fields = [difference(f, usual[f["type"]], lists) for f in merged(root, name, usual)]
        body = ",\n".join("   " + json.dumps(f) for f in fields)
        kids = json.dumps(children(root, name, set(names)))
        head = f'  {json.dumps(name)}: {{"facts": {json.dumps(facts)},'
        lines.append(f'{head}\n   "children": {kids},\n   "fields": [\n{body}]}}')
    usual_lines = ",\n".join(f"  {json.dumps(kind)}: {json.dumps(facts)}" for kind, facts in sorted(usual.items()))
    list_lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(values)}" for key, values in lists.items())
    parts = [
        f'{{"object_usual": {json.dumps(object_usual)},',
        f'"usual": {{\n{usual_lines}}},',
        f'"picklists": {{\n{list_lines}}},',
        '"objects": {',
        ",\n".join(lines) + "}}\n",
    ]
    OUT.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
