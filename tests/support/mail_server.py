"""A mail server on loopback that takes mail, refuses what it is told to, and remembers what it was told."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any


@dataclass
class MailBox:
    """`refusals` are answers by recipient, as "550 no such user"; with `tls` STARTTLS is offered."""

    port: int = 0
    refusals: dict[str, str] = field(default_factory=dict)
    after_data: str = "250 taken"
    password: str | None = None
    tls: ssl.SSLContext | None = None
    commands: list[str] = field(default_factory=list)
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box: MailBox = self.server.box  # type: ignore[attr-defined]
        recipient, is_encrypted = "", False
        self._say("220 ready")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            verb = line.split()[0].upper()
            box.commands.append(line)
            match verb:
                case "EHLO":
                    offers = ["mail.halden.example", *(["STARTTLS"] if box.tls and not is_encrypted else [])]
                    offers += ["AUTH PLAIN"] if box.password else []
                    self._say(*[f"250-{each}" for each in offers], "250 here")
                case "STARTTLS":
                    self._say("220 go on")
                    assert box.tls is not None
                    try:
                        self.connection = box.tls.wrap_socket(self.connection, server_side=True)
                    except ssl.SSLError:  # the other side does not believe us
                        return
                    self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
                    is_encrypted = True
                case "AUTH":
                    self._say("235 you are in" if line.split()[-1] == box.password else "535 wrong password")
                case "RCPT":
                    recipient = line[line.index("<") + 1 : line.index(">")]
                    self._say(box.refusals.get(recipient, "250 fine"))
                case "DATA":
                    self._say("354 go on")
                    lines = iter(self.rfile.readline, b".\r\n")
                    text = b"".join(line.removeprefix(b".") for line in lines)  # RFC 5321, 4.5.2
                    if box.after_data.startswith("250"):
                        box.taken.append((recipient, message_from_bytes(text, policy=default)))  # type: ignore[arg-type]
                    self._say(box.after_data)
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 fine")

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


@contextmanager
def a_mail_server(**facts: Any) -> Iterator[MailBox]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation) as server:
        box = MailBox(port=server.server_address[1], **facts)
        server.box = box  # type: ignore[attr-defined]
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
