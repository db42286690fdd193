"""Which mail server is meant, how its connection is protected, and what an address is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.errors import MisconfiguredError
from accord.core.mail import MailSecurity, is_address, read_mail_server
from support.builders import some_settings

FROM = "accord@halden.example"


def test_without_settings_no_mail_is_sent():
    assert some_settings().mail is None


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtps://mail.halden.example", 465, MailSecurity.TLS),
        ("smtp://mail.halden.example", 587, MailSecurity.STARTTLS),
        ("smtp://mail.halden.example:25", 25, MailSecurity.STARTTLS),
        ("smtp://localhost:2525", 2525, MailSecurity.NONE),
        ("smtps://localhost", 465, MailSecurity.TLS),
    ],
)
def test_only_this_machine_is_spoken_to_in_the_clear(url, port, security):
    server = read_mail_server(url, FROM)

    assert server is not None
    assert (server.port, server.security, server.sender) == (port, security, FROM)


def test_a_password_is_decoded_and_shows_nowhere():
    server = read_mail_server("smtps://halden%40mail:p%2Fw%20@mail.halden.example", FROM)

    assert server is not None
    assert (server.user, server.password) == ("halden@mail", "p/w ")
    assert "p/w" not in repr(server)


def test_a_folder_takes_the_mails_where_none_are_sent():
    server = read_mail_server("file:///var/mails%20of%20demo", FROM)

    assert server is not None
    assert server.folder == Path("/var/mails of demo")


@pytest.mark.parametrize(
    ("url", "sender", "name"),
    [
        ("smtp://mail.halden.example", "", "ACCORD_MAIL_FROM"),
        ("smtp://mail.halden.example", "Accord <a@b.example>", "ACCORD_MAIL_FROM"),
        *((url, FROM, "ACCORD_SMTP_URL") for url in (
            "", "mail.halden.example", "http://mail.halden.example", "smtp://", "smtp://mail.halden.example:0",
            "smtp://mail.halden.example:x", "smtp://mail.halden.example/path", "smtp://mail.halden.example?tls=no",
            "smtp://user@mail.halden.example", "file://host/folder", "file:folder",
        )),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_start_by_its_name(url, sender, name):
    with pytest.raises(MisconfiguredError) as refused:
        some_settings({"ACCORD_SMTP_URL": url, "ACCORD_MAIL_FROM": sender})

    assert [problem.field for problem in refused.value.problems] == [name]


@given(st.text(max_size=80))
def test_what_begins_another_header_or_recipient_is_no_address(text):
    for inserted in ("\n", "\r", ",", " ", ";", "<", ">", '"', "\0"):
        assert not is_address(f"ada@halden.example{inserted}{text}")
        assert not is_address(f"{text}{inserted}@halden.example")


@pytest.mark.parametrize("text", ["ada@halden.example", "ada.l+x@mail-1.halden.example", "o'brien@halden.example"])
def test_usual_addresses_are_addresses(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["", "ada", "ada@", "@halden.example", "ada@halden..example", "ada@-x", f"{'a' * 65}@b", "é@b.de"]
)
def test_others_are_not(text):
    assert not is_address(text)
