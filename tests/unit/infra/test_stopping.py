"""A process that is told to stop stops, also when the word comes in the middle of its waiting."""

import signal
import threading
from collections.abc import Iterator

import pytest

from accord.infra.processes.stopping import stop_signals


@pytest.fixture(autouse=True)
def _handlers_of_the_tests() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_both_signals_are_heard(number: signal.Signals) -> None:
    told = stop_signals()
    assert not told.is_set()

    signal.raise_signal(number)

    assert told.wait(10)


def test_a_signal_inside_of_the_wait_does_not_stand_still() -> None:
    """`wait` of an event holds its lock for a moment, and the handler runs in the same thread: in just that moment."""
    told = stop_signals()
    lock_of_event: threading.Condition = told._cond  # type: ignore[attr-defined]  # there is no other way in
    with lock_of_event:
        signal.raise_signal(signal.SIGTERM)

        assert not told.is_set()

    assert told.wait(10)
