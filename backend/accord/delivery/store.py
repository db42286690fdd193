"""Tables of delivery.

A lane is one record of one org. At most one of its rows is its head (ready, in flight or parked), which a unique index
enforces; later rows wait, done and folded ones are history. So a claim need not look for order: what is ready may go.
Until `fenced_until` an unanswered try of a row may still be committed: the next row of its lane waits for that.
A gate stands before each connection and each login; while it is closed nothing behind it is claimed.
"""

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

from accord.core.ids import MemberId
from accord.delivery.model import Intent, State
from accord.infra.db import Json, UtcDateTime, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.settings.store import settings_table

OutboxRow = Row[Any]

# whose gate it is, where it is no login's
WHOLE_CONNECTION: Final = "*"
CREATES: Final = "+"
STOPPED: Final = "!"
OBSERVED: Final = "?"
QUIET: Final = "~"

outbox = tenant_table(
    "outbox",
    *belongs_to_connection(),
    Column("lane", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("run_at", UtcDateTime, nullable=False),
    Column("batch", Text, nullable=False),
    Column("claim_id", String(36)),
    Column("sobject", String(80), nullable=False),
    Column("external_id_field", String(80), nullable=False),
    Column("external_id", String(255), nullable=False),
    Column("creates", Boolean(create_constraint=False), nullable=False),
    Column("login_key", String(36), nullable=False),
    Column("login_reason", String(80), nullable=False),
    Column("entity", String(120), nullable=False),
    Column("kind", String(80), nullable=False),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("put_at", UtcDateTime, nullable=False),
    Column("payload", LargeBinary),
    Column("in_doubt", Boolean(create_constraint=False), nullable=False),
    Column("fenced_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("first_refused_at", UtcDateTime),
    Column("record_id", String(18)),
    Column("outcome", String(20)),
    Column("note", Text),
    Column("finished_at", UtcDateTime),
    Column("recovery", String(20)),
    Column("code", String(120)),
    Column("advice", Text),
    Column("field_names", Json),
    Column("words", LargeBinary),
    Column("folded_into", String(36)),
    UniqueConstraint("workspace_id", "connection_id", "lane", "seq", name="uq_outbox_lane_seq"),
    system_columns=frozenset({"connection_id", "state", "priority", "run_at"}),
)

claim = tenant_table(
    "claim",
    *belongs_to_connection(),
    Column("worker", String(80), nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime, nullable=False),
    Index("ix_claim_lease", "workspace_id", "connection_id", "leased_until"),
    system_columns=frozenset({"connection_id", "leased_until"}),
)

attempt = tenant_table(
    "attempt",
    Column("outbox_id", String(36), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("recovery", String(20), nullable=False),
    Column("code", String(120), nullable=False),
    Column("in_doubt", Boolean(create_constraint=False), nullable=False),
    ForeignKeyConstraint(["workspace_id", "outbox_id"], ["outbox.workspace_id", "outbox.id"]),
    Index("ix_attempt_outbox", "workspace_id", "outbox_id", "at"),
)

gate = tenant_table(
    "delivery_gate",
    *belongs_to_connection(),
    Column("login_key", String(36), nullable=False),
    Column("closed_until", UtcDateTime),
    Column("needs_person", Boolean(create_constraint=False), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("code", String(120)),
    Column("message", Text),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("changed_by", String(36)),  # the admin who has pulled a brake
    UniqueConstraint("workspace_id", "connection_id", "login_key", name="uq_delivery_gate_login"),
    system_columns=frozenset({"connection_id", "login_key", "closed_until", "needs_person"}),
)

call_sample = tenant_table(
    "call_sample",
    *belongs_to_connection(),
    Column("slot", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("used", Integer, nullable=False),
    Column("allowed", Integer, nullable=False),
    Column("own_calls", Integer, nullable=False, server_default="0"),  # ours, of this slot alone
    UniqueConstraint("workspace_id", "connection_id", "slot", name="uq_call_sample_slot"),
)
# what parts that are off would have put: enough to tell what they would cost, and nothing of what it was about
foregone_write = tenant_table(
    "foregone_write",
    *belongs_to_connection(),
    Column("part", String(20), nullable=False),
    Column("lane", String(16), nullable=False),  # a digest
    Column("creates", Boolean(create_constraint=False), nullable=False),
    Column("gathers_ms", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_foregone_write_at", "workspace_id", "connection_id", "at"),
)
call_budget_settings = settings_table(
    "call_budget_settings",
    Column("own_share", Integer, nullable=False),
    Column("kept_for_people", Integer, nullable=False),
    Column("backfill_stops_at", Integer, nullable=False),
)


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    keys = [outbox.c[column] for column in ("workspace_id", "connection_id", *columns)]
    return Index(name, *keys, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


_partial("uq_outbox_head", "lane", where="state IN ('ready', 'in_flight', 'parked')", unique=True)
_partial("ix_outbox_ready", "priority", "run_at", "id", where="state = 'ready'")
_partial("ix_outbox_ready_batch", "batch", "priority", "run_at", "id", where="state = 'ready'")
_partial("ix_outbox_waiting", "lane", "seq", where="state = 'waiting'")
_partial("ix_outbox_in_flight", "claim_id", where="state = 'in_flight'")
_partial("ix_outbox_parked", "code", where="state = 'parked'")
_partial("ix_outbox_record", "record_id", "id", where="record_id IS NOT NULL")
_partial("ix_outbox_over", "finished_at", where="state IN ('done', 'folded')")


def is_state(*states: State) -> ColumnElement[bool]:
    """Rows in one of these states, in words that both engines match with the partial indexes (no bound parameters)."""
    words: list[ColumnElement[str]] = [literal_column(f"'{state.value}'") for state in states]
    return outbox.c.state == words[0] if len(words) == 1 else outbox.c.state.in_(words)


HEADS = (State.READY, State.IN_FLIGHT, State.PARKED)


def login_key(member_id: MemberId | None) -> str:
    return member_id or ""


def login_member(key: str) -> MemberId | None:
    return MemberId(key) if key else None


def batch_key(login: str, sobject: str, external_id_field: str, *, creates: bool, aspect: str = "") -> str:
    """Rows with the same key can go in one call."""
    key = f"{login}|{sobject}|{external_id_field}|{'create' if creates else 'update'}"
    return f"{key}|{aspect}" if aspect else key


def parts_of_batch(key: str) -> tuple[str, bool]:
    """The login of such a key, and whether its rows make records."""
    login, _, _, what, *_ = key.split("|")
    return login, what == "create"


def batch_of(intent: Intent) -> str:
    return batch_key(
        login_key(intent.login_member_id),
        intent.sobject,
        intent.external_id_field,
        creates=intent.creates,
        aspect=intent.aspect,
    )
