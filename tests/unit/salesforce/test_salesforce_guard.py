"""Addresses from outside: only Salesforce's own API hosts get a token, only its pages may frame us."""

import pytest

from accord.salesforce.guard import UnsafeAddressError, check_org_url, check_page_origin

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


HOSTILE = [
    "",
    " ",
    "halden.my.salesforce.com",
    "//halden.my.salesforce.com",
    "http://halden.my.salesforce.com",
    "ftp://halden.my.salesforce.com",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https:halden.my.salesforce.com",
    "https:/halden.my.salesforce.com",
    "https:///halden.my.salesforce.com",
    "https://",
    "https://.my.salesforce.com",
    "https://my.salesforce.com",
    "https://salesforce.com",
    "https://evil.example",
    "https://evil.example/halden.my.salesforce.com",
    "https://evil.example#.my.salesforce.com",
    "https://evil.example?.my.salesforce.com",
    "https://evil.example\\.my.salesforce.com",
    "https://evil.example%2f.my.salesforce.com",
    "https://evil.example%00.my.salesforce.com",
    "https://evil.example\x00.my.salesforce.com",
    "https://evil.example\t.my.salesforce.com",
    "https://evil.example\n.my.salesforce.com",
    "https://halden.my.salesforce.com@evil.example",
    "https://halden.my.salesforce.com:x@evil.example",
    "https://evil.example:y@halden.my.salesforce.com",
    "https://user@halden.my.salesforce.com",
    "https://@halden.my.salesforce.com",
    "https://halden.my.salesforce.com.evil.example",
    "https://halden.my.salesforce.com.",
    "https://halden..my.salesforce.com",
    "https://haldenmy.salesforce.com.evil",
    "https://evilmy.salesforce.com",
    "https://evil-my.salesforce.com",
    "https://my-salesforce.com",
    "https://notsalesforce.com",
    "https://halden.my.salesforce.co",
    "https://halden.my.salesforce.com.mx",
    "https://halden.my.salesforce.com:8443",
    "https://halden.my.salesforce.com:80",
    "https://halden.my.salesforce.com:0",
    "https://halden.my.salesforce.com:99999",
    "https://halden.my.salesforce.com:443x",
    "https://halden.my.salesforce.com:",
    "https://halden.my.salesforce.com/services/data",
    "https://halden.my.salesforce.com//",
    "https://halden.my.salesforce.com/..",
    "https://halden.my.salesforce.com/?a=1",
    "https://halden.my.salesforce.com?",
    "https://halden.my.salesforce.com#",
    "https://halden.my.salesforce.com#x",
    "https://halden.my.salesforce.com;x",
    "https://hal_den.my.salesforce.com",
    "https://-halden.my.salesforce.com",
    "https://halden-.my.salesforce.com",
    "https://a.b.c.my.salesforce.com",
    "https://xn--hlden-gra.my.salesforce.com",
    "https://h\u00e5lden.my.salesforce.com",
    "https://halden.my.s\u0430lesforce.com",
    "https://halden.my.salesforce\u3002com",
    "https://\uff48alden.my.salesforce.com",
    f"https://{'a' * 64}.my.salesforce.com",
    f"https://{'a' * 400}.my.salesforce.com",
    "https://halden.lightning.force.com",
    "https://halden.my.site.com",
    "https://halden.secure.force.com",
    "https://force.com",
    "https://halden.my.salesforce-sites.com",
    "https://halden.vf.force.com",
    "https://www.salesforce.com",
    "https://help.salesforce.com",
    "https://127.0.0.1",
    "https://127.0.0.1:9999",
    "https://localhost",
    "https://localhost:8144",
    "http://localhost:8143",
    "https://localhost:8143.my.salesforce.com.evil",
    "https://localhost:8143@evil.example",
    "https://localhost.:8143",
    "https://127.1:8143",
    "https://2130706433:8143",
    "https://0x7f.0.0.1:8143",
    "https://[::1]:8143",
    "https://[::ffff:127.0.0.1]:8143",
    "https://0.0.0.0:8143",
    "https://169.254.169.254",
    "https://[::1]",
    "https://10.0.0.1",
    " https://halden.my.salesforce.com",
    "https://halden.my.salesforce.com ",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_an_address_that_is_no_org_gets_no_token(url):
    with pytest.raises(UnsafeAddressError):
        check_org_url(url, allowed_loopback=LOOPBACK)


def test_the_table_of_hostile_addresses_is_long_and_has_no_double():
    assert len(HOSTILE) >= 60
    assert len(set(HOSTILE)) == len(HOSTILE)


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
