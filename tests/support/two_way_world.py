"""One linked value on both sides, simulated by the product's own decisions: no database, no org, no real time.

Everything that takes time in life is split in two here, so that anything may happen in between: a read of Salesforce
and what is done about it, a write and its mark. Answers get lost, and workers die.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from accord.core.ids import IntentId, RecordId
from accord.features.two_way import rules
from accord.features.two_way.model import LinkSettings, Theirs, ValueState
from accord.features.two_way.model import Terms as Given
from accord.mapping.merge import Move
from accord.mapping.values import Canonical
from support.builders import NOON

DEAL = RecordId("006000000000001AAA")


@dataclass
class Write:
    """One row of the outbox. `was_sent`: a call was made for it, whose answer nobody has."""

    intent_id: IntentId
    value: Canonical
    was_sent: bool = False


@dataclass
class World:
    """`calls` counts reads of the record and writes; asking what has changed at all is not one of them.

    `host_ahead`: how far our host's clock is before Salesforce's, which `now` is.
    """

    settings: LinkSettings
    dice: random.Random
    host_ahead: timedelta = timedelta()
    now: datetime = NOON
    ours: Canonical = "start"
    theirs: Canonical = "start"
    ours_at: datetime = NOON
    theirs_at: datetime = NOON
    state: ValueState = field(default_factory=lambda: ValueState(DEAL))
    version: int = 0
    is_listed: bool = True  # the org says that the record has changed since it was read
    outbox: list[Write] = field(default_factory=list)
    calls: int = 0
    writes: int = 0
    takes: int = 0
    _read: tuple[int, Theirs] | None = None
    _sending: Write | None = None
    _arrived: tuple[Write, rules.Sending] | None = None

    def edit_ours(self, value: Canonical) -> None:
        self.ours, self.ours_at = value, self.now
        self._follow(rules.meet_alone(self.state, value, self._terms()))

    def edit_theirs(self, value: Canonical) -> None:
        self.theirs, self.theirs_at, self.is_listed = value, self.now, True

    def step(self) -> bool:
        """One piece of work of the reader or of the courier. False when there is none."""
        work: list[Callable[[], None]] = []
        if self._read is not None:
            work.append(self._meet)
        elif self.state.is_due or self.is_listed:
            work.append(self._look)
        if self._arrived is not None:
            work.append(self._mark)
        elif self._sending is not None:
            work.append(self._send)
        elif self.outbox:
            work.append(self._claim)
        if work:
            self.dice.choice(work)()
        return bool(work)

    def settle(self) -> None:
        while self.step():
            self.now += timedelta(seconds=1)

    def is_at_rest(self) -> bool:
        return self.ours == self.theirs or self.state.conflict is not None or self.state.frozen_at is not None

    def _terms(self) -> Given:
        intent_id = IntentId(f"intent {self.version}")
        ours_at = rules.to_their_clock(self.ours_at + self.host_ahead, -self.host_ahead)
        return Given(self.settings, now=self.now + self.host_ahead, intent_id=intent_id, ours_at=ours_at)

    def _follow(self, step: rules.Step) -> None:
        self._put(step.state)
        if step.move is Move.TAKE:
            self.ours, self.ours_at = step.value, self.now
            self.takes += 1
        if step.move is Move.WRITE:
            assert step.state.pending is not None
            # of several that wait the last is enough; one that is under way is followed
            waiting = Write(step.state.pending.intent_id, step.value)
            self.outbox = [*(one for one in self.outbox if one.was_sent), waiting]

    def _put(self, state: ValueState) -> None:
        self.state, self.version = state, self.version + 1

    def _look(self) -> None:
        self.calls += 1
        self.is_listed = False
        self._read = (self.version, Theirs(self.theirs, self.theirs_at))

    def _meet(self) -> None:
        assert self._read is not None
        version, theirs = self._read
        self._read = None
        if version != self.version:  # what was read may be older than what is known
            self._put(replace(self.state, is_due=True))
            return
        self._follow(rules.meet(self.state, self.ours, theirs, self._terms()))

    def _claim(self) -> None:
        self.calls += 1
        write = self.outbox.pop(0)
        sending = rules.decide_sending(self.state, write.intent_id, write.value, Theirs(self.theirs, self.theirs_at))
        if sending is rules.Sending.WRITE:
            self._sending = write
        else:
            self._arrived = (write, sending)

    def _send(self) -> None:
        assert self._sending is not None
        write, self._sending = self._sending, None
        fate = self.dice.random()
        if fate < 0.1:  # nothing has reached Salesforce
            self._again(write)
            return
        self.calls += 1
        self.writes += 1
        self.theirs, self.theirs_at, self.is_listed = write.value, self.now, True
        if fate < 0.2:  # committed, and nobody knows
            self._again(replace(write, was_sent=True))
            return
        self._arrived = (write, rules.Sending.WRITE)

    def _again(self, write: Write) -> None:
        # a later write of the record has its turn behind this one
        self.outbox.insert(0, write)

    def _mark(self) -> None:
        assert self._arrived is not None
        (write, sending), self._arrived = self._arrived, None
        match sending:
            case rules.Sending.WRITE | rules.Sending.ARRIVED:
                self._put(rules.written(self.state, write.intent_id, write.value))
            case rules.Sending.CHANGED | rules.Sending.OVERTAKEN:
                self._put(rules.left(self.state, write.intent_id))
