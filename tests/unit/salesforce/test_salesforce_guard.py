"""Addresses from outside: only Salesforce's own API hosts get a token, only its pages may frame us."""

import pytest

from accord.salesforce.guard import UnsafeAddressError, check_org_url, check_page_origin
from support.hostile import HOSTILE_ADDRESSES

LOOPBACK = frozenset({"localhost:8143", "127.0.0.1:8143", "127.0.0.1:8100"})


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://halden.my.salesforce.com", "https://halden.my.salesforce.com"),
        ("https://halden.my.salesforce.com/", "https://halden.my.salesforce.com"),
        ("https://HALDEN.My.Salesforce.com", "https://halden.my.salesforce.com"),
        ("https://halden.my.salesforce.com:443", "https://halden.my.salesforce.com"),
        ("https://halden--uat.sandbox.my.salesforce.com", "https://halden--uat.sandbox.my.salesforce.com"),
        ("https://halden-dev-ed.develop.my.salesforce.com", "https://halden-dev-ed.develop.my.salesforce.com"),
        ("https://x1.scratch.my.salesforce.com", "https://x1.scratch.my.salesforce.com"),
        ("https://login.salesforce.com", "https://login.salesforce.com"),
        ("https://test.salesforce.com", "https://test.salesforce.com"),
        ("https://na139.salesforce.com", "https://na139.salesforce.com"),
        ("https://cs12.salesforce.com", "https://cs12.salesforce.com"),
        ("https://localhost:8143", "https://localhost:8143"),
        ("https://127.0.0.1:8143/", "https://127.0.0.1:8143"),
    ],
)
def test_an_address_of_an_org_is_given_back_as_a_bare_origin(url, origin):
    assert check_org_url(url, allowed_loopback=LOOPBACK) == origin


@pytest.mark.parametrize("url", HOSTILE_ADDRESSES)
def test_an_address_that_is_no_org_gets_no_token(url):
    with pytest.raises(UnsafeAddressError):
        check_org_url(url, allowed_loopback=LOOPBACK)


def test_the_table_of_hostile_addresses_is_long_and_has_no_double():
    assert len(HOSTILE_ADDRESSES) >= 60
    assert len(set(HOSTILE_ADDRESSES)) == len(HOSTILE_ADDRESSES)


def test_loopback_is_refused_unless_the_settings_name_it():
    with pytest.raises(UnsafeAddressError):
        check_org_url("https://localhost:8143")


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("https://halden.lightning.force.com", "https://halden.lightning.force.com"),
        ("https://halden--uat.sandbox.lightning.force.com", "https://halden--uat.sandbox.lightning.force.com"),
        ("https://halden.my.salesforce.com", "https://halden.my.salesforce.com"),
        ("https://halden--c.vf.force.com", "https://halden--c.vf.force.com"),
        ("https://halden--uat--c.sandbox.vf.force.com", "https://halden--uat--c.sandbox.vf.force.com"),
        ("https://halden.my.site.com", "https://halden.my.site.com"),
        ("http://127.0.0.1:8100", "http://127.0.0.1:8100"),
        ("https://localhost:8143", "https://localhost:8143"),
    ],
)
def test_a_page_of_salesforce_may_frame_us(origin, expected):
    assert check_page_origin(origin, allowed_loopback=LOOPBACK) == expected


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "null",
        "'self'",
        "https://*.lightning.force.com",
        "http://halden.lightning.force.com",
        "https://lightning.force.com",
        "https://halden.force.com",
        "https://halden.secure.force.com",
        "https://halden.lightning.force.com:8443",
        "https://halden.lightning.force.com/x",
        "https://halden.lightning.force.com https://evil.example",
        "https://halden.lightning.force.com;script-src *",
        "https://halden.lightning.force.com.evil.example",
        "https://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:8101",
        "http://localhost:8100",
        "https://login.salesforce.com",
    ],
)
def test_a_page_of_anybody_else_may_not_frame_us(origin):
    with pytest.raises(UnsafeAddressError):
        check_page_origin(origin, allowed_loopback=LOOPBACK)
