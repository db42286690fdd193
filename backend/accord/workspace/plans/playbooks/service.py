"""The library of playbooks: one function a use case, each owns its transaction. A change has its line in the audit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from accord.core.errors import ConflictError, NotFoundError, Problem, RejectedError
from accord.core.identity import Identity, Role
from accord.core.ids import PlaybookId, new_id
from accord.infra.audit import Entry, record
from accord.infra.audit import actor_of as who_of
from accord.infra.db import WorkspaceSession
from accord.workspace.members.store import find_name
from accord.workspace.plans import store as plans
from accord.workspace.plans.access import Access, Asked
from accord.workspace.plans.changing import Actor, Changes
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.elements.rules import check_version
from accord.workspace.plans.playbooks import rules, store
from accord.workspace.plans.playbooks.model import Content, Page, Playbook, PlaybookUses, Shown, Source
from accord.workspace.plans.repeats.service import Repeatable, take

SAVED, CHANGED, DELETED = "playbook.saved", "playbook.changed", "playbook.deleted"
NOT_SAVED: Final = "Nothing was saved. Correct what is named."


@dataclass(frozen=True, slots=True)
class Playbooks:
    """`uses` says which rules name which playbooks."""

    changes: Changes
    access: Access
    uses: PlaybookUses

    def page(self, caller: Identity, *, after: str | None, limit: int) -> Page:
        """Playbooks in their order: admins see all of them, everybody else those that are offered."""
        with self.changes.database.reading(caller.workspace_id) as session:
            page, following = rules.page_of(_known_to(session, caller), after, limit)
            return Page(self._shown(session, caller, page), following)

    def get(self, caller: Identity, playbook_id: str) -> tuple[Shown, Content]:
        """Raises NotFoundError."""
        with self.changes.database.reading(caller.workspace_id) as session:
            found = _get(_known_to(session, caller), playbook_id)
            return self._shown(session, caller, [found])[0], store.load_content(session, found.id)

    def named(self, caller: Identity, keys: Iterable[str]) -> Mapping[str, Playbook]:
        """Those with these ids or titles, for a caller who stands for the whole org."""
        with self.changes.database.reading(caller.workspace_id) as session:
            known = store.load(session, caller.connection_id)
        return {key: one for key in keys if (one := rules.named(known, key)) is not None}

    def save(self, caller: Identity, source: Source, words: Mapping[str, str], wish: Repeatable | None = None) -> Shown:
        """A plan that the caller may see, as a new playbook. Raises RejectedError, NotFoundError, ConflictError."""
        actor = self.access.team(Asked(caller, source.plan_id))
        with self.changes.database.workspace(caller.workspace_id) as session:
            now = self.changes.clock()
            made = PlaybookId(new_id(now))
            first = take(session, actor, wish, made, now=now)
            known = store.hold(session, caller.connection_id)
            if first != made:
                return self._shown(session, caller, [_get(known, first)])[0]
            _check(rules.word_problems(words, known))
            if len(known) >= rules.MOST_PLAYBOOKS:
                _check([_too_many()])
            content = self._content(session, actor, source)
            new = Playbook(
                id=made,
                connection_id=caller.connection_id,
                title=words["title"].strip(),
                description=words["description"].strip(),
                position=max((one.position for one in known), default=-1) + 1,
                counts=content.counts,
                saved_at=now,
                saved_by=caller.member_id,
            )
            store.add(session, new, content)
            self._note(session, caller, SAVED, None, new)
            return self._shown(session, caller, [new])[0]

    def save_again(self, caller: Identity, playbook_id: str, source: Source, *, version: str | None) -> Shown:
        """The playbook has this plan's contents from now on; plans that were made keep theirs.

        Raises RejectedError, NotFoundError, VersionNeededError, OutdatedError.
        """
        with self.changes.database.reading(caller.workspace_id) as session:
            _get(_known_to(session, caller), playbook_id)
        actor = self.access.team(Asked(caller, source.plan_id))
        with self.changes.database.workspace(caller.workspace_id) as session:
            before = _get(store.hold(session, caller.connection_id), playbook_id)
            check_version(version, before.version)
            content = self._content(session, actor, source)
            now = self.changes.clock()
            after = replace(before, counts=content.counts, saved_at=now, saved_by=caller.member_id)
            after = replace(after, version=before.version + 1)
            store.save_content(session, after, content)
            self._note(session, caller, SAVED, before, after)
            return self._shown(session, caller, [after])[0]

    def change(self, caller: Identity, playbook_id: str, given: Mapping[str, Any], *, version: str | None) -> Shown:
        """Changes what is given: title, description, whether it is offered, where it stands.

        Raises RejectedError, NotFoundError, VersionNeededError, OutdatedError.
        """
        with self.changes.database.workspace(caller.workspace_id) as session:
            known = rules.numbered(store.hold(session, caller.connection_id))
            before = _get(known, playbook_id)
            check_version(version, before.version)
            others = [one for one in known if one.id != before.id]
            _check(rules.word_problems(given, others))
            words = {name: given[name].strip() for name in ("title", "description") if name in given}
            after = replace(before, **words, is_offered=given.get("is_offered", before.is_offered))
            in_order = rules.placed(others, after, given.get("position", before.position))
            after = _get(in_order, playbook_id)
            if after == before:
                return self._shown(session, caller, [before])[0]
            after = replace(after, version=before.version + 1)
            store.set_positions(session, in_order)
            store.save(session, after)
            self._note(session, caller, CHANGED, before, after)
            return self._shown(session, caller, [after])[0]

    def delete(self, caller: Identity, playbook_id: str, *, version: str | None) -> None:
        """Plans that were made of it stay. Raises ConflictError (PLAYBOOK_IN_USE) while a rule names it,
        NotFoundError, VersionNeededError, OutdatedError.
        """
        with self.changes.database.workspace(caller.workspace_id) as session:
            found = _get(store.hold(session, caller.connection_id), playbook_id)
            check_version(version, found.version)
            named_by = self.uses(session, caller.connection_id).get(found.id, ())
            if named_by:
                message = f"Rules for automatic plans name this playbook: {', '.join(named_by)}. Give them another one."
                raise ConflictError(message, code="PLAYBOOK_IN_USE")
            store.remove(session, found.id)
            self._note(session, caller, DELETED, found, None)

    def _content(self, session: WorkspaceSession, actor: Actor, source: Source) -> Content:
        plan = plans.find(session, actor.connection_id, source.plan_id)
        if plan is None:
            raise NotFoundError("plan")
        steps = {one.mark.id: one for one in elements.load_steps(session, plan.id)}
        resources = elements.load_resources(session, plan.id)
        start = source.start or actor.today(plan.created_at)
        content = rules.content_of(plans.facts_of(session, plan), steps, resources, start)
        _check(rules.content_problems(content))
        return content

    def _shown(self, session: WorkspaceSession, caller: Identity, found: Sequence[Playbook]) -> list[Shown]:
        names = {one: find_name(session, one) for one in {each.saved_by for each in found}}
        uses = self.uses(session, caller.connection_id) if caller.role is Role.ADMIN else {}
        return [Shown(one, names[one.saved_by], tuple(uses.get(one.id, ()))) for one in found]

    def _note(
        self, session: WorkspaceSession, caller: Identity, kind: str, old: Playbook | None, new: Playbook | None
    ) -> None:
        by, about = caller.member_id, new or old
        assert about is not None, "a change is about a playbook"
        values = (None if old is None else _told(old)), (None if new is None else _told(new))
        entry = Entry(caller.connection_id, kind, who_of(by), by, about.id, *values)
        record(session, entry, now=self.changes.clock())


def _known_to(session: WorkspaceSession, caller: Identity) -> list[Playbook]:
    known = store.load(session, caller.connection_id)
    return known if caller.role is Role.ADMIN else [one for one in known if one.is_offered]


def _get(known: Iterable[Playbook], playbook_id: str) -> Playbook:
    found = next((one for one in known if one.id == playbook_id), None)
    if found is None:
        raise NotFoundError("playbook")
    return found


def _told(one: Playbook) -> dict[str, Any]:
    """What the audit tells of it."""
    words = {"title": one.title, "description": one.description}
    return {**words, "is_offered": one.is_offered, "position": one.position, **asdict(one.counts)}


def _too_many() -> Problem:
    message = f"There are {rules.MOST_PLAYBOOKS} playbooks already. Delete one, or replace the content of one."
    return Problem("INVALID_VALUE", message, key="title", field="title")


def _check(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise RejectedError(NOT_SAVED, problems=found)
