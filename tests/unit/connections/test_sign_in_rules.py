"""Roles, hosts, certificates, the page and the count of wrong tries."""

import json
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.errors import RejectedError, TooManyRequestsError
from accord.core.identity import Role
from accord.features.connections.certificates import check_registrable
from accord.features.connections.client_secrets import WrongTries, fits, hash_secret, new_secret
from accord.features.connections.model import NewConnection, NoAccessError
from accord.features.connections.page import PanelPage, panel_policy, plain_page, plain_policy
from accord.features.connections.rules import check_new_connection, frame_ancestors, role_of
from accord.infra.limits.counters import MemoryCounters
from accord.workspace.members.model import known_time_zone
from support.builders import NOON
from support.signed import HALDEN, INSTANCE, PAGE, a_signer


@pytest.mark.parametrize(
    ("names", "role"),
    [
        (["Accord_Rep"], Role.USER),
        (["Accord_User"], Role.USER),
        (["Accord_Admin"], Role.ADMIN),
        (["Accord_Rep", "Accord_Admin"], Role.ADMIN),
    ],
)
def test_permission_sets_and_custom_permissions_give_the_role(names, role):
    """W17."""
    assert role_of(names) is role


def test_who_has_no_permission_set_is_told_whom_to_ask():
    with pytest.raises(NoAccessError, match="ask your Salesforce admin for the permission set Accord Rep"):
        role_of(["accord_rep", "Standard"])


@pytest.mark.parametrize(
    ("instance", "hosts"),
    [
        (
            "https://halden.my.salesforce.com",
            [
                "https://halden.lightning.force.com",
                "https://halden.my.salesforce.com",
                "https://halden--c.vf.force.com",
            ],
        ),
        (
            "https://halden--uat.sandbox.my.salesforce.com",
            [
                "https://halden--uat.sandbox.lightning.force.com",
                "https://halden--uat.sandbox.my.salesforce.com",
                "https://halden--uat--c.sandbox.vf.force.com",
            ],
        ),
        ("https://127.0.0.1:8143", []),
    ],
)
def test_only_the_page_that_asked_and_the_orgs_own_hosts_may_hold_the_frame(instance, hosts):
    assert frame_ancestors("https://asked.lightning.force.com", instance).split() == [
        "https://asked.lightning.force.com",
        *hosts,
    ]


def test_a_host_is_named_once():
    assert frame_ancestors(PAGE, INSTANCE).split().count(PAGE) == 1


def test_the_policy_of_the_panel_allows_only_what_it_needs():
    policy = panel_policy("abc", PAGE)

    assert policy.startswith("default-src 'none'; script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc';")
    assert policy.endswith(f"frame-ancestors {PAGE}")
    assert "unsafe" not in policy
    assert "*" not in policy


def test_a_plain_page_runs_nothing_and_may_be_shown_by_salesforce():
    policy = plain_policy(frozenset({"127.0.0.1:8100"}))

    assert "script-src" not in policy
    assert "http://127.0.0.1:8100" in policy


def test_a_plain_page_takes_no_markup_from_texts():
    assert "<script>" not in plain_page("<script>", "<script>", reference="<script>")


@given(st.text(st.characters(codec="utf-8")))
def test_nothing_that_a_person_typed_can_leave_the_session_of_the_page(name):
    page = PanelPage("<script id=s nonce={{nonce}}>{{session}}</script>{{imports}}", "{}")

    found = page.render({"name": name, "more": "{{imports}}"}, nonce="n1")
    inside = re.fullmatch(r"<script id=s nonce=n1>([^<>&]*)</script>\{\}", found)

    assert inside
    assert json.loads(inside[1])["name"] == name


def a_new_connection(**changes):
    facts = {
        "org_id": HALDEN[:15],
        "label": " Halden ",
        "instance_url": f"{INSTANCE}/",
        "is_sandbox": False,
        "integration_username": "integration@halden.example",
        "consumer_key": "3MVG9",
        "login_url": "https://login.salesforce.com",
    }
    return NewConnection(**{**facts, **changes})


def test_a_new_connection_is_kept_in_canonical_form():
    found = check_new_connection(a_new_connection(), allowed_loopback=())

    assert (found.org_id, found.label, found.instance_url) == (HALDEN, "Halden", INSTANCE)


def test_everything_that_is_wrong_with_a_connection_is_named_at_once():
    wrong = a_new_connection(
        org_id="005000000000001", label=" ", instance_url="http://x", login_url="https://evil.example", consumer_key=""
    )

    with pytest.raises(RejectedError) as refused:
        check_new_connection(wrong, allowed_loopback=())

    fields = [problem.field for problem in refused.value.problems]
    assert sorted(fields) == ["consumer_key", "instance_url", "label", "login_url", "org_id"]


@pytest.mark.parametrize(
    ("pem", "said"),
    [
        ("", "no certificate"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no certificate"),
        (a_signer().private_pem, "no certificate"),
        ("x" * 20_000, "too long"),
        (a_signer("weak", bits=1024).certificate_pem, "1024 bits"),
        (a_signer("over", valid_days=1, begins_in_days=-9).certificate_pem, "ended on 2026-11-14"),
        (a_signer("early", begins_in_days=1).certificate_pem, "begins on 2026-11-23"),
    ],
)
def test_a_certificate_that_cannot_be_trusted_is_refused_with_the_reason(pem, said):
    with pytest.raises(RejectedError, match=said):
        check_registrable(pem, NOON)


def test_a_good_certificate_is_known_by_its_fingerprint():
    assert check_registrable(a_signer().certificate_pem, NOON).fingerprint == a_signer().fingerprint


def test_a_secret_is_kept_as_a_hash_with_salt():
    secret = new_secret().reveal()

    assert fits(secret, hash_secret(secret))
    assert not fits(secret + "x", hash_secret(secret))
    assert hash_secret(secret) != hash_secret(secret)
    assert secret.encode() not in hash_secret(secret)


def test_wrong_tries_are_limited_for_their_address_alone_and_for_a_while():
    tries = WrongTries(MemoryCounters())
    for _ in range(10):
        tries.check("accord-1", "192.0.2.1", NOON)
        tries.count("accord-1", "192.0.2.1", NOON)

    with pytest.raises(TooManyRequestsError) as refused:
        tries.check("accord-1", "192.0.2.1", NOON + timedelta(minutes=1))

    assert refused.value.retry_after == 240
    tries.check("accord-1", "192.0.2.9", NOON)
    tries.check("accord-1", "192.0.2.1", NOON + timedelta(minutes=5))


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "", "\0", "x" * 5000])
def test_a_time_zone_that_nobody_knows_is_left_out(name):
    assert known_time_zone(name) == ""
