"""Record ids as the platform makes them: 15 case-sensitive characters, or 18 with a checksum of the capitals."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CHECKSUM_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
MASTER_RECORD_TYPE = "012000000000000AAA"

_SHAPE = re.compile(r"[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?")


def looks_like_id(text: object) -> bool:
    """True for 15 or 18 letters and digits; says nothing about whether such a record exists."""
    return isinstance(text, str) and _SHAPE.fullmatch(text) is not None


def widen(record_id: str) -> str:
    """The 18-character form. Ids are compared in this form only.

    Salesforce: each of the three last characters encodes which of five characters are capitals (SOAP API Developer
    Guide, "ID Field Type"). An 18-character id is answered with its checksum made anew, so that a client which
    lower-cased the checksum still finds its record.
    """
    head = record_id[:15]
    tail = ""
    for start in (0, 5, 10):
        bits = sum(1 << place for place, letter in enumerate(head[start : start + 5]) if "A" <= letter <= "Z")
        tail += CHECKSUM_ALPHABET[bits]
    return head + tail


def base62(number: int, width: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = ALPHABET[rest] + digits
    return digits.rjust(width, "0")


def new_instance_key() -> str:
    """The three characters after the key prefix that tell one org's ids from another's."""
    return "g" + secrets.choice(ALPHABET[10:]) + secrets.choice(ALPHABET)


def new_org_id(instance: str) -> str:
    """An org's own id. Two orgs on one machine have different ones, though their instance may be the same."""
    return widen(f"00D{instance}{base62(secrets.randbelow(62**6), 9)}")


class IdMaker:
    """Hands out ids; `next_number` is kept with the org so that a restart never hands out one twice."""

    def __init__(self, *, instance: str, next_number: int = 238_328) -> None:
        self.instance = instance
        self.next_number = next_number

    def make(self, key_prefix: str) -> str:
        number, self.next_number = self.next_number, self.next_number + 1
        return widen(f"{key_prefix}{self.instance}{base62(number, 9)}")
