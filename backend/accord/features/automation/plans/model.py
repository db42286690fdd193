"""Items of the three actions, unchecked."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class UpdateStepItem:
    record_id: str
    step_key: str
    operation: str
    due_date: date | None = None
    owner_user_id: str | None = None
    comment: str = ""
    idempotency_key: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class InviteMemberItem:
    record_id: str
    contact_id: str | None = None
    email: str | None = None
    role: str = "customer"
    send_invitation: bool = True
    idempotency_key: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class SetCriterionItem:
    record_id: str
    criterion_key: str
    text_value: str | None = None
    date_value: date | None = None
    boolean_value: bool | None = None
    idempotency_key: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ContactOf:
    """A Contact as the integration owner sees it."""

    name: str
    email: str
