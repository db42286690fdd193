"""The members of a workspace. A Salesforce user is one member of his connection, however often he arrives at once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, Row, Select, String, UniqueConstraint, select, update

from accord.core.identity import Role
from accord.core.ids import ConnectionId, MemberId, UserId, new_id
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.members.model import Member, MemberStatus, NewMember, Person, known_time_zone

TEXT = 255

member = tenant_table(
    "member",
    Column("salesforce_user_id", String(18), nullable=False),
    Column("role", String(20), nullable=False),
    Column("person", LargeBinary, nullable=False),  # sealed: name and mail address
    Column("time_zone", String(64), nullable=False),
    Column("status", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("role_checked_at", UtcDateTime, nullable=False),
    *belongs_to_connection(),
    UniqueConstraint("workspace_id", "connection_id", "salesforce_user_id"),
)


def find_member(session: WorkspaceSession, member_id: MemberId) -> Member | None:
    return _one(session, select(member).where(member.c.id == member_id))


def find_name(session: WorkspaceSession, member_id: MemberId | None) -> str | None:
    """What a member is called; None for nobody, and for somebody who is not here."""
    found = None if member_id is None else find_member(session, member_id)
    return None if found is None else found.name


def find_by_user(session: WorkspaceSession, connection_id: ConnectionId, user_id: UserId) -> Member | None:
    """The member who is this Salesforce user (18 characters) in this org."""
    return _one(
        session,
        select(member).where(member.c.connection_id == connection_id, member.c.salesforce_user_id == user_id),
    )


def load_names(session: WorkspaceSession, member_ids: Collection[MemberId]) -> dict[MemberId, str]:
    """What these members are called; who is none is left out."""
    rows = session.rows(select(member).where(member.c.id.in_(list(member_ids)))) if member_ids else ()
    return {MemberId(row.id): _member(session, row).name for row in rows}


def load_active(
    session: WorkspaceSession, connection_id: ConnectionId, *, role: Role | None = None, limit: int
) -> list[Member]:
    """Who may sign in, admins before others, and of each who was here first. `role` None: any."""
    here = (member.c.connection_id == connection_id, member.c.status == MemberStatus.ACTIVE.value)
    wanted = select(member).where(*here).order_by(member.c.role != Role.ADMIN.value, member.c.id).limit(limit)
    if role is not None:
        wanted = wanted.where(member.c.role == role.value)
    return [_member(session, row) for row in session.rows(wanted)]


def load_members(session: WorkspaceSession, connection_id: ConnectionId, ids: Sequence[MemberId]) -> list[Member]:
    """Those of them who may sign in."""
    here = (member.c.connection_id == connection_id, member.c.status == MemberStatus.ACTIVE.value)
    rows = session.rows(select(member).where(*here, member.c.id.in_(ids)).order_by(member.c.id))
    return [_member(session, row) for row in rows]


def load_by_users(session: WorkspaceSession, connection_id: ConnectionId, users: Sequence[UserId]) -> list[Member]:
    """As `load_members`, by Salesforce user."""
    here = (member.c.connection_id == connection_id, member.c.status == MemberStatus.ACTIVE.value)
    rows = session.rows(select(member).where(*here, member.c.salesforce_user_id.in_(users)).order_by(member.c.id))
    return [_member(session, row) for row in rows]


def load_everybody(session: WorkspaceSession, connection_id: ConnectionId) -> list[Member]:
    """Everybody of the org who has signed in, by id."""
    wanted = select(member).where(member.c.connection_id == connection_id).order_by(member.c.id)
    return [_member(session, row) for row in session.rows(wanted)]


def find_by_email(session: WorkspaceSession, connection_id: ConnectionId, email: str) -> list[Member]:
    """Everybody of this org with this mail address, in any case. It opens every member's seal."""
    wanted = email.strip().casefold()
    return [one for one in load_everybody(session, connection_id) if one.email.strip().casefold() == wanted]


def load_time_zones(session: WorkspaceSession, connection_id: ConnectionId) -> dict[UserId, tuple[MemberId, str]]:
    """By Salesforce user: who that is here, and where he lives as far as we know."""
    wanted = select(member.c.salesforce_user_id, member.c.id, member.c.time_zone)
    rows = session.rows(wanted.where(member.c.connection_id == connection_id))
    return {UserId(row.salesforce_user_id): (MemberId(row.id), row.time_zone) for row in rows}


def add_member(session: WorkspaceSession, new: NewMember, *, now: datetime) -> Member:
    """The member of this Salesforce user: made now, or the one that another request made a moment ago."""
    member_id = MemberId(new_id(now))
    session.insert_once(
        member,
        {
            "id": member_id,
            "connection_id": new.connection_id,
            "salesforce_user_id": new.salesforce_user_id,
            "role": new.role.value,
            **_stored(session, member_id, new.person),
            "status": MemberStatus.ACTIVE.value,
            "created_at": now,
            "role_checked_at": now,
        },
    )
    found = find_by_user(session, new.connection_id, new.salesforce_user_id)
    assert found is not None, "the row was inserted, or stood there"
    return found


def set_person(session: WorkspaceSession, member_id: MemberId, person: Person) -> None:
    """Keeps what Salesforce says of a member now."""
    session.execute(update(member).where(member.c.id == member_id).values(_stored(session, member_id, person)))


def set_time_zone(session: WorkspaceSession, member_id: MemberId, time_zone: str) -> None:
    """Keeps where a member lives now: an IANA name."""
    session.execute(update(member).where(member.c.id == member_id).values(time_zone=time_zone))


def set_role(session: WorkspaceSession, member_id: MemberId, role: Role, *, now: datetime) -> None:
    """Writes down the role that Salesforce gives him `now`."""
    session.execute(update(member).where(member.c.id == member_id).values(role=role.value, role_checked_at=now))


def set_status(session: WorkspaceSession, member_id: MemberId, status: MemberStatus) -> None:
    session.execute(update(member).where(member.c.id == member_id).values(status=status.value))


def _stored(session: WorkspaceSession, member_id: MemberId, person: Person) -> dict[str, Any]:
    return {
        "person": session.seal(member, member_id, {"name": person.name[:TEXT], "email": person.email[:TEXT]}),
        "time_zone": known_time_zone(person.time_zone),
    }


def _one(session: WorkspaceSession, statement: Select[Any]) -> Member | None:
    row = session.first(statement)
    return None if row is None else _member(session, row)


def _member(session: WorkspaceSession, row: Row[Any]) -> Member:
    person = session.open(member, row.id, row.person)
    return Member(
        id=MemberId(row.id),
        connection_id=ConnectionId(row.connection_id),
        salesforce_user_id=UserId(row.salesforce_user_id),
        role=Role(row.role),
        name=person["name"],
        email=person["email"],
        time_zone=row.time_zone,
        status=MemberStatus(row.status),
        role_checked_at=row.role_checked_at,
    )
