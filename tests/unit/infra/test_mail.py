"""A mail goes out as it should or not at all, and nothing of what it holds can become a header."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.mail import MailSecurity, MailServer
from accord.infra.mail import Letter, MailError, MailTrouble, open_mailer
from accord.infra.mail.letters import compose
from localorg.tls import ensure_certificates
from support.mail_server import MailBox, a_mail_server

FROM, ADA = "accord@halden.example", "ada@halden.example"
NOW = datetime(2026, 11, 22, 10, 4, tzinfo=UTC)


def a_letter(**changes: str) -> Letter:
    return Letter(
        **{"id": "m1", "to": ADA, "subject": "Accord: broken", "text": "Look.\n.\nAt it.", "at": NOW, **changes}
    )


def send(box: MailBox, *, security: MailSecurity = MailSecurity.NONE, ca_file=None, **facts: str) -> None:
    server = MailServer(FROM, "localhost", box.port, security, **facts)
    mailer = open_mailer(server, ca_file=ca_file)
    assert mailer is not None
    mailer.send(a_letter())


def test_a_mail_arrives_as_plain_text_with_an_id_of_its_own():
    with a_mail_server() as box:
        send(box)
    ((to, mail),) = box.taken

    assert (to, mail["From"], mail["To"], mail["Subject"]) == (ADA, FROM, ADA, "Accord: broken")
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == ("<m1@halden.example>", "auto-generated")
    assert (mail.get_content_type(), mail.get_content().splitlines()) == ("text/plain", ["Look.", ".", "At it."])


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_becomes_a_header(subject, text):
    composed = bytes(compose(a_letter(subject=subject, text=text), sender=FROM))
    mail = message_from_bytes(composed, policy=default)

    assert set(mail.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    }
    assert mail["To"] == ADA


@pytest.mark.parametrize(
    ("facts", "trouble", "is_final"),
    [
        ({"refusals": {ADA: "550 no such user"}}, MailTrouble.ADDRESS_REFUSED, True),
        ({"refusals": {ADA: "450 later"}}, MailTrouble.ADDRESS_REFUSED, False),
        ({"after_data": "554 no"}, MailTrouble.REFUSED, True),
        ({"after_data": "451 busy"}, MailTrouble.REFUSED, False),
    ],
)
def test_what_the_server_refuses_is_final_when_it_says_so(facts, trouble, is_final):
    with a_mail_server(**facts) as box, pytest.raises(MailError) as refused:
        send(box)

    assert (refused.value.trouble, refused.value.is_final, box.taken) == (trouble, is_final, [])


def test_a_password_is_used_and_a_wrong_one_is_tried_again_later():
    with a_mail_server(password="AHUAcA==") as box:  # user u, password p
        send(box, user="u", password="p")
        assert len(box.taken) == 1
        with pytest.raises(MailError) as refused:
            send(box, user="u", password="wrong")
    assert (refused.value.trouble, refused.value.is_final) == (MailTrouble.NOT_SIGNED_IN, False)


def test_without_starttls_neither_password_nor_mail_leave_this_machine():
    with a_mail_server(password="AHUAcA==") as box, pytest.raises(MailError) as refused:
        send(box, security=MailSecurity.STARTTLS, user="u", password="p")

    assert refused.value.trouble is MailTrouble.NO_TLS
    assert [line.split()[0].upper() for line in box.commands] in (["EHLO"], ["EHLO", "QUIT"])


def test_starttls_is_taken_from_a_server_that_is_believed_and_from_no_other(tmp_path):
    made = ensure_certificates(tmp_path, now=datetime.now(UTC))
    with a_mail_server(tls=made.server_context()) as box:
        send(box, security=MailSecurity.STARTTLS, ca_file=made.ca_file)
        assert len(box.taken) == 1
        with pytest.raises(MailError) as refused:
            send(box, security=MailSecurity.STARTTLS)
    assert (refused.value.trouble, len(box.taken)) == (MailTrouble.NO_TLS, 1)


def test_a_server_that_is_not_there_is_tried_again_later():
    with a_mail_server() as box:
        pass
    with pytest.raises(MailError) as refused:
        send(box)
    assert (refused.value.trouble, refused.value.is_final) == (MailTrouble.UNREACHABLE, False)


def test_a_folder_gets_a_file_for_each_mail(tmp_path):
    mailer = open_mailer(MailServer(FROM, folder=tmp_path / "mails"), ca_file=None)
    assert mailer is not None
    mailer.send(a_letter())
    (file,) = (tmp_path / "mails").iterdir()

    assert file.name == "20261122-100400-m1.eml"
    assert b"Subject: Accord: broken\r\n" in file.read_bytes()
