"""What the doctor makes of what it read (D1, S9): each refusal of a sign-in has its check, and each check its fix."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accord.core.errors import AuthorizationLostError
from accord.core.needs import Need, Right
from accord.features.connections.doctor.model import Access, Looked, OwnerFacts, Status
from accord.features.connections.doctor.rules import NAMED, SIGN_IN, findings, is_well
from accord.salesforce.signin_errors import TABLE, refusal
from support.builders import NOON

OWNER = OwnerFacts(
    is_sandbox=False,
    username="integration@halden.example",
    is_active=True,
    user_type="Standard",
    permissions=frozenset({"ApiEnabled", "EditTask"}),
    sets=frozenset({"Accord_Integration"}),
    licence="Salesforce Integration",
)
WELL = Looked(
    integration_username="Integration@halden.example",
    is_sandbox=False,
    certificate_ends=(NOON + timedelta(days=90),),
    refusal=None,
    skew=timedelta(seconds=2),
    owner=OWNER,
    describes={},
    access=Access(2, ()),
)


def statuses(looked: Looked) -> dict[str, Status]:
    return {one.name: one.status for one in findings(looked, [], now=NOON)}


def odd(looked: Looked) -> dict[str, Status]:
    return {name: status for name, status in statuses(looked).items() if status is not Status.PASSED}


def test_what_is_well_is_well():
    assert odd(WELL) == {}
    assert is_well(findings(WELL, [], now=NOON))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("External client app is not installed in this org", "app_installed"),
        ("user hasn't approved this consumer", "app_approved"),
        ("audience is invalid", "login_address"),
        ("expired authorization code", "clock"),
        ("invalid assertion", "key"),
        ("no client credentials user enabled", "flow_enabled"),
        ("ip restricted", "network"),
    ],
)
def test_salesforces_words_name_the_check_and_its_fix(said, name):
    refused = refusal(400, {"error": "invalid_grant", "error_description": said})

    found = {one.name: one for one in findings(replace(WELL, refusal=refused, owner=None), [], now=NOON)}

    assert found[name].status is Status.FAILED
    assert found[name].fix == refused.message
    assert found["sign_in"].status is Status.FAILED


def test_every_refusal_that_is_known_is_told_by_one_check_at_least():
    for row in TABLE:
        looked = replace(WELL, refusal=AuthorizationLostError(row.advice, code=row.code), owner=None)
        told = [one for one in findings(looked, [], now=NOON) if one.fix == row.advice]
        assert len(told) == 1, row.code
    codes = [code for _, _, each in SIGN_IN for code in each]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"skew": timedelta(seconds=61)}, {"clock": Status.FAILED}),
        ({"skew": -timedelta(minutes=5)}, {"clock": Status.FAILED}),
        ({"skew": None}, {"clock": Status.UNKNOWN}),
        ({"certificate_ends": ()}, {"certificate": Status.WARNING}),
        ({"certificate_ends": (NOON - timedelta(days=1),)}, {"certificate": Status.FAILED}),
        ({"is_sandbox": True}, {"kind_of_org": Status.FAILED}),
        ({"integration_username": "other"}, {"integration_user": Status.FAILED}),
        ({"owner": replace(OWNER, user_type="Guest")}, {"user_type": Status.FAILED}),
        ({"owner": replace(OWNER, is_active=False)}, {"user_type": Status.FAILED}),
        ({"owner": replace(OWNER, permissions=frozenset({"EditTask"}))}, {"api_enabled": Status.FAILED}),
        ({"owner": replace(OWNER, permissions=frozenset({"ApiEnabled"}))}, {"edit_task": Status.FAILED}),
        ({"owner": replace(OWNER, sets=frozenset())}, {"permission_set": Status.FAILED}),
        (
            {"owner": replace(OWNER, permissions=frozenset({"ApiEnabled", "EditTask", "ModifyAllData"}))},
            {"least_rights": Status.WARNING},
        ),
        ({"owner": replace(OWNER, licence="Salesforce")}, {"licence": Status.WARNING}),
        ({"owner": replace(OWNER, licence="Salesforce Platform")}, {"licence": Status.FAILED}),
        ({"owner": replace(OWNER, licence="Partner Community")}, {}),
        ({"owner": replace(OWNER, licence=None)}, {"licence": Status.UNKNOWN}),
        ({"access": None}, {"reps_api_enabled": Status.UNKNOWN}),
        ({"access": Access(2, ("riley",))}, {"reps_api_enabled": Status.WARNING}),
    ],
)
def test_each_lack_turns_its_own_line(change, expected):
    assert odd(replace(WELL, **change)) == expected


def test_a_clock_that_is_wrong_is_told_from_a_refused_login_too():
    refused = AuthorizationLostError("x", code="INVALID_ASSERTION")
    looked = replace(WELL, refusal=refused, skew=timedelta(minutes=-10), owner=None)

    assert statuses(looked)["clock"] is Status.FAILED


def test_what_could_not_be_looked_at_is_unknown_and_not_well():
    need = Need("Task", "Subject", Right.EDIT, "write Tasks")
    found = findings(replace(WELL, describes=None), [need], now=NOON)

    assert [one.status for one in found if one.name == "Task.Subject"] == [Status.UNKNOWN]
    assert not is_well(found)


def test_a_long_list_of_users_is_cut():
    names = tuple(f"user-{number:03}" for number in range(NAMED + 5))
    (found,) = (one for one in findings(replace(WELL, access=Access(99, names)), [], now=NOON) if "reps" in one.name)

    assert "and 5 more" in found.text
