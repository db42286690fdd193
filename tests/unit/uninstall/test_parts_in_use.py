"""What is asked of Salesforce about our parts, and what its answers mean: which flows, layouts and rules use them."""

from pathlib import Path

import pytest

from accord.core.errors import NotAllowedError, Problem, RejectedError
from accord.features.uninstall.uses import rules
from accord.features.uninstall.uses.model import OUR_PARTS, OUR_USERS, FoundPart, Part
from accord.features.uninstall.values.rules import OF_THE_PACKAGE

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "force-app" / "main"
BUNDLES = ROOT / "lwc_components" / "main" / "default" / "lwc"
# what uses others' parts and is used by nobody, or is told in no row of dependencies
NOT_USED = {
    *("layout", "validationRule", "permissionset", "tab", "labels", "notiftype", "md", "customPermission"),
    "externalCredential",
}
STAGE = Part("CustomField", "Opportunity.Stage_Name__c")


def in_the_package() -> set[tuple[str, str]]:
    found = {("ApexClass", path.stem) for path in PACKAGE.rglob("*.cls")}
    for path in PACKAGE.rglob("*.field-meta.xml"):
        holder = path.parts[-3]
        if holder.endswith(("__e", "__mdt")):  # named by their object
            continue
        found.add(("CustomField", f"{holder}.{path.name.removesuffix('.field-meta.xml')}"))
    found |= {
        ("CustomObject", path.name.removesuffix(".object-meta.xml")) for path in PACKAGE.rglob("*.object-meta.xml")
    }
    ends = ".namedCredential-meta.xml"
    found |= {("NamedCredential", path.name.removesuffix(ends)) for path in PACKAGE.rglob(f"*{ends}")}
    exposed = (path for path in BUNDLES.glob("*/*.js-meta.xml") if "<isExposed>true" in path.read_text())
    return found | {("LightningComponentBundle", path.parent.name) for path in exposed}


def test_the_list_of_our_parts_is_what_the_package_brings():
    kinds = {path.name.rpartition("-meta.xml")[0].rpartition(".")[2] for path in PACKAGE.rglob("*-meta.xml")}
    assert {(part.kind, part.name) for part in OUR_PARTS} == in_the_package()
    assert kinds == NOT_USED | {"cls", "field", "object", "namedCredential"}, "each kind of component was thought of"
    tests = {("ApexClass", path.stem) for path in (ROOT / "force-app" / "tests").rglob("*.cls")}
    named = {
        (kind, path.name.partition(".")[0].rpartition("-")[2])
        for kind, ends in (("ValidationRule", "validationRule"), ("Layout", "layout"))
        for path in PACKAGE.rglob(f"*.{ends}-meta.xml")
    }
    assert tests | named == OUR_USERS


def test_the_fields_that_are_exported_are_those_of_the_package():
    exported = {f"{one.sobject}.{one.field}" for one in OF_THE_PACKAGE}
    fields = {part.name.replace("Activity.", "Task.") for part in OUR_PARTS if part.kind == "CustomField"}
    assert exported == fields


def test_parts_are_looked_for_by_their_bare_names_and_custom_objects_first():
    parts = (Part("ApexClass", "AccordApi"), Part("CustomField", "Deal__c.acme__Tier__c", is_ours=False), STAGE)
    queries = dict(rules.lookups(parts))
    assert list(queries) == ["CustomObject", "ApexClass", "CustomField"]
    assert str(queries["CustomField"]) == (
        "SELECT Id, DeveloperName, TableEnumOrId FROM CustomField WHERE DeveloperName IN ('Stage_Name', 'Tier')"
    )
    assert str(queries["ApexClass"]) == "SELECT Id, Name FROM ApexClass WHERE Name IN ('AccordApi')"


def test_a_field_of_the_same_name_on_another_object_is_not_ours():
    on_deal, on_custom = STAGE, Part("CustomField", "Deal__c.Stage_Name__c")
    rows = {
        "CustomObject": [{"Id": "01I1", "DeveloperName": "Deal"}],
        "CustomField": [
            {"Id": "00Nx", "DeveloperName": "Stage_Name", "TableEnumOrId": "Lead"},
            {"Id": "00Na", "DeveloperName": "Stage_Name", "TableEnumOrId": "Opportunity"},
            {"Id": "00Nb", "DeveloperName": "Stage_Name", "TableEnumOrId": "01I1"},
        ],
    }
    assert [one.id for one in rules.match([on_deal, on_custom], rows)] == ["00Na", "00Nb"]
    assert rules.match([on_deal], {}) == []


def test_uses_are_asked_by_id_alone_fifty_a_call():
    found = [FoundPart(STAGE, f"00N{number:015}") for number in range(rules.IDS_A_CALL + 1)]
    first, second = rules.questions(found)
    assert str(first).count("RefMetadataComponentId = ") == rules.IDS_A_CALL
    assert (str(second).count(" OR "), "IN" in str(first), "ORDER" in str(first)) == (0, False, False)


def test_each_user_is_told_once_and_the_package_itself_never():
    found = [FoundPart(STAGE, "00N000000000001AAA"), FoundPart(Part("ApexClass", "AccordApi"), "01p000000000001AAA")]

    def row(kind: str, name: str, used: str = "00N000000000001AAA", user: str | None = "301000000000001AAA"):
        return {
            "MetadataComponentId": user, "MetadataComponentName": name, "MetadataComponentType": kind,
            "RefMetadataComponentId": used,
        }  # fmt: skip

    rows = [
        row("Flow", "Won"), row("Flow", "Won"), row("Flow", "Won", "01p000000000001"),
        row("ApexClass", "AccordToken", user="01p000000000001AAA"), row("ApexClass", "AccordTokenTest"),
        row("Layout", "Accord Opportunity Layout"), row("LightningComponentBundle", "accordPanel"),
        row("Layout", "Sales", user=None), row("Flow", "Other", "00Nelse"),
    ]  # fmt: skip
    users = rules.users_of(rows, found)
    assert [(one.kind, one.name, one.parts) for one in users] == [
        ("Flow", "Won", ("AccordApi", STAGE.name)),
        ("Layout", "Sales", (STAGE.name,)),
    ]


@pytest.mark.parametrize(("code", "is_named"), [("INVALID_TYPE", True), ("MALFORMED_QUERY", False)])
def test_the_right_that_is_lacking_is_named(code, is_named):
    error = rules.decide_refusal(RejectedError("no", problems=(Problem(code, "no"),)))
    assert (isinstance(error, NotAllowedError), rules.RIGHT in error.message) == (is_named, is_named)
