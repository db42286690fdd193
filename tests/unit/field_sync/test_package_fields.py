"""What the package brings for the fields of plans: rights, a page layout, a rule that is off (A51-A59, D15)."""

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

from accord.features.field_sync.model import PROPOSAL

PACKAGE = Path(__file__).parents[3] / "force-app" / "main"
SYNCED = PACKAGE / "field_sync"
RULES = {
    "Accord_Customer_Invite_Block_Progression": (
        "Customer_Invited_Num__c",
        "Opportunities must have at least 1 Accord Customer invitee to progress beyond Prospecting or Qualification.",
    ),
    "Accord_Missing_Criteria_Block_Progression": (
        "Accord_Missing_Criteria__c",
        (
            "This stage still requires what the field Accord Missing Criteria names. Fulfil it in the Accord, then"
            " change the stage."
        ),
    ),
}
NAMES = {"m": "http://soap.sforce.com/2006/04/metadata"}
FIELDS = {row.field for row in PROPOSAL}


def parsed(path: Path) -> Element:
    root: Element = ElementTree.parse(path).getroot()
    return root


def text(element: Element, name: str) -> str:
    return element.findtext(f"m:{name}", default="", namespaces=NAMES)


def test_every_field_that_is_proposed_is_in_the_package():
    there = {path.name.split(".")[0] for path in (SYNCED / "objects/Opportunity/fields").iterdir()}

    assert len(FIELDS) == 8
    assert there == FIELDS


@pytest.mark.parametrize(("name", "editable"), [("Accord_Rep", "false"), ("Accord_Integration", "true")])
def test_reps_read_the_fields_and_the_integration_owner_writes_them(name, editable):
    rights = {
        text(one, "field").removeprefix("Opportunity."): (text(one, "readable"), text(one, "editable"))
        for one in parsed(PACKAGE / f"platform/permissionsets/{name}.permissionset-meta.xml").iterfind(
            "m:fieldPermissions", NAMES
        )
    }

    assert {rights.get(field) for field in FIELDS} == {("true", editable)}


def test_the_layout_has_them_in_a_section_of_their_own_where_nobody_types():
    layout = parsed(SYNCED / "layouts/Opportunity-Accord Opportunity Layout.layout-meta.xml")
    (section,) = (
        one for one in layout.iterfind("m:layoutSections", NAMES) if text(one, "label") == "Accord Execution Data"
    )
    shown = {text(one, "field"): text(one, "behavior") for one in section.iterfind(".//m:layoutItems", NAMES)}

    assert shown == dict.fromkeys(FIELDS, "Readonly")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_of_the_package_is_off_and_reads_the_field_that_is_synced(name):
    """D15, D21."""
    field, message = RULES[name]
    rule = parsed(SYNCED / f"objects/Opportunity/validationRules/{name}.validationRule-meta.xml")

    assert (text(rule, "fullName"), text(rule, "active")) == (name, "false")
    condition = text(rule, "errorConditionFormula").strip()
    assert field in condition
    assert condition.startswith("AND(NOT($Permission.Accord_Bypass),"), "whoever loads data is let through"
    assert field in FIELDS
    assert text(rule, "errorMessage") == message
