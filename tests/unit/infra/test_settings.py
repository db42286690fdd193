import base64

import pytest

from accord.core.errors import MisconfiguredError
from accord.settings import read_settings
from support.running_org import a_key_pair

MASTER = base64.b64encode(bytes(range(100, 132))).decode()
KEY = base64.b64encode(bytes(range(32))).decode()
GOOD = {"ACCORD_SESSION_KEY": KEY, "ACCORD_MASTER_KEYS": f"k1:{MASTER}"}


def test_good_settings_have_defaults_for_everything_else():
    settings = read_settings(GOOD)

    assert settings.embedded
    assert settings.port == 8000
    assert settings.allowed_loopback == frozenset()


def test_everything_that_is_wrong_is_listed_at_once():
    with pytest.raises(MisconfiguredError) as refused:
        read_settings(
            {
                "PORT": "eighty",
                "DATABASE_URL": "mysql://x",
                "ACCORD_MASTER_KEYS": "k1:short",
                "ACCORD_ALLOWED_LOOPBACK": "example.com:1",
                "ACCORD_PUBLIC_URL": "http://accord.example",
                "ACCORD_CA_FILE": "/does/not/exist",
                "ACCORD_LOG_LEVEL": "loud",
            }
        )

    named = {problem.field for problem in refused.value.problems}
    assert named == {
        "PORT",
        "DATABASE_URL",
        "ACCORD_SESSION_KEY",
        "ACCORD_MASTER_KEYS",
        "ACCORD_ALLOWED_LOOPBACK",
        "ACCORD_PUBLIC_URL",
        "ACCORD_CA_FILE",
        "ACCORD_LOG_LEVEL",
    }
    assert all(problem.message in refused.value.message for problem in refused.value.problems)


@pytest.mark.parametrize("key", ["changeme", "", base64.b64encode(b"a" * 32).decode(), base64.b64encode(b"x").decode()])
def test_a_missing_or_weak_key_stops_the_start(key):
    with pytest.raises(MisconfiguredError, match="ACCORD_SESSION_KEY"):
        read_settings({**GOOD, "ACCORD_SESSION_KEY": key})


def test_keys_do_not_show_when_settings_are_printed():
    assert KEY not in repr(read_settings(GOOD))
    assert repr(bytes(range(32))) not in repr(read_settings(GOOD))


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_a_postgresql_address_gets_our_driver(url):
    assert read_settings({**GOOD, "DATABASE_URL": url}).database_url == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize("entry", ["localhost", "localhost:x", "10.0.0.1:80", "localhost:80@evil.example:1"])
def test_only_exact_loopback_entries_are_taken(entry):
    with pytest.raises(MisconfiguredError, match="ACCORD_ALLOWED_LOOPBACK"):
        read_settings({**GOOD, "ACCORD_ALLOWED_LOOPBACK": entry})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "nan"),
        ("PORT", "8000.7"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "²"),
        ("ACCORD_REQUESTS_PER_MINUTE", "nan"),
        ("ACCORD_SALESFORCE_TIMEOUT", "nan"),
        ("ACCORD_SALESFORCE_TIMEOUT", "inf"),
        ("ACCORD_PROXY_HOPS", "-1"),
        ("ACCORD_PROXY_HOPS", "one"),
        ("ACCORD_PLANS_URL", "http://app.example/plans"),
        ("ACCORD_PLANS_URL", "https://app.example/plans?plan="),
        ("ACCORD_PLANS_URL", "https://app.example/plans#"),
        ("ACCORD_PLANS_URL", "https://user@app.example/plans"),
        ("ACCORD_PLANS_URL", "https://app.example/my plans"),
        ("ACCORD_PLANS_URL", "app.example/plans"),
        ("ACCORD_DATA_REGION", "x" * 81),
        ("ACCORD_DATA_REGION", "Frankfurt\x07"),
        ("ACCORD_PUBLIC_URL", "https://accord.example/app"),
        ("ACCORD_PUBLIC_URL", "https://accord.example?x=1"),
        ("ACCORD_PUBLIC_URL", "https://accord.example#x"),
        ("ACCORD_PUBLIC_URL", "https://accord .example"),
        ("ACCORD_PUBLIC_URL", "https://user@accord.example"),
        ("ACCORD_PUBLIC_URL", "https://accord.example:99999"),
        ("ACCORD_PUBLIC_URL", "https://"),
        ("ACCORD_PUBLIC_URL", "http://localhost:8000@evil.example"),
        ("ACCORD_ALLOWED_LOOPBACK", "localhost:0"),
        ("ACCORD_ALLOWED_LOOPBACK", "localhost:70000"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("ACCORD_SESSION_KEY", MASTER),
    ],
)
def test_a_wrong_value_is_named_together_with_the_others(name, value):
    with pytest.raises(MisconfiguredError) as refused:
        read_settings({**GOOD, "ACCORD_LOG_LEVEL": "loud", name: value})

    assert [problem.field for problem in refused.value.problems].count(name) == 1
    assert {problem.field for problem in refused.value.problems} == {name, "ACCORD_LOG_LEVEL"}


def test_a_file_without_certificates_is_named(tmp_path):
    (tmp_path / "ca.pem").write_text("not a certificate")

    with pytest.raises(MisconfiguredError, match="ACCORD_CA_FILE names a file that holds no certificates"):
        read_settings({**GOOD, "ACCORD_CA_FILE": str(tmp_path / "ca.pem")})


def test_a_file_with_a_certificate_is_taken(tmp_path):
    (tmp_path / "ca.pem").write_text(a_key_pair().certificate_pem)

    assert read_settings({**GOOD, "ACCORD_CA_FILE": str(tmp_path / "ca.pem")}).ca_file == tmp_path / "ca.pem"


def test_the_public_address_follows_the_port_unless_it_is_given():
    assert read_settings({**GOOD, "PORT": "8123"}).public_url == "http://localhost:8123"
    given = read_settings({**GOOD, "PORT": "8123", "ACCORD_PUBLIC_URL": "https://accord.example/"})
    assert given.public_url == "https://accord.example"


def test_the_address_of_plans_is_a_page_of_ours_unless_the_application_has_pages_of_its_own():
    """A42."""
    assert read_settings({**GOOD, "PORT": "8123"}).plans_url == "http://localhost:8123/plans"
    given = read_settings({**GOOD, "ACCORD_PLANS_URL": "https://app.example/halden/plans/"})
    assert given.plans_url == "https://app.example/halden/plans"


def test_where_the_database_lies_is_said_in_words_or_not_at_all():
    assert read_settings(GOOD).data_region == ""
    assert read_settings({**GOOD, "ACCORD_DATA_REGION": " Frankfurt, Germany "}).data_region == "Frankfurt, Germany"
