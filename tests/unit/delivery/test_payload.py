"""How field values lie in the outbox."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.outcomes import Recovery
from accord.delivery.model import Held, Refusal
from accord.delivery.payload import Payload, PayloadError, decode, encode

TOO_LONG = Refusal(Recovery.DATA, "STRING_TOO_LONG", "Name is too long", "Shorten it.", ("Name",))
VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False, allow_infinity=False)


@given(fields=st.dictionaries(st.text(), VALUES), create_only=st.frozensets(st.text()))
def test_what_is_put_comes_out_the_same(fields: dict[str, object], create_only: frozenset[str]) -> None:
    payload = Payload(fields, create_only, Held(fields, TOO_LONG))

    assert decode(encode(payload)) == payload
    assert decode(encode(Payload(fields))) == Payload(fields)


@pytest.mark.parametrize("value", [Decimal("NaN"), object(), b"bytes", float("nan")])
def test_what_salesforce_could_not_take_is_refused_when_it_is_put(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        encode(Payload({"Amount": value}))


def test_a_payload_of_a_newer_program_is_not_guessed_at() -> None:
    newer = json.dumps({"schema": 3, "fields": {}, "create_only": []})

    with pytest.raises(PayloadError, match="schema 3"):
        decode(newer)


def test_a_payload_of_schema_one_stays_readable() -> None:
    stored = '{"schema":1,"fields":{"Subject":"Call","Amount":{"$number":"1.50"}},"create_only":["Subject"]}'

    assert decode(stored) == Payload({"Subject": "Call", "Amount": Decimal("1.50")}, frozenset({"Subject"}))
