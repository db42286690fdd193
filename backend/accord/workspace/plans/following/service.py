"""One of our own people follows a plan that he may see, and stops. What he is told then, features decide."""

from dataclasses import dataclass
from typing import Final

from accord.core.errors import NotAllowedError, NotFoundError, RejectedError
from accord.core.ids import MemberId
from accord.workspace.plans import rules, store
from accord.workspace.plans.access import Access, Asked
from accord.workspace.plans.changing import Actor, Changes
from accord.workspace.plans.following.store import add, load_followers, remove
from accord.workspace.plans.whole import Whole, load_whole

MOST_FOLLOWERS: Final = 50  # five of them cost a call when they are told: Salesforce says for each what he may see


@dataclass(frozen=True, slots=True)
class Following:
    """It is no change of the plan: its version stays, and an archived one is followed too."""

    changes: Changes
    access: Access

    def follow(self, asked: Asked) -> Whole:
        """A second time changes nothing. Raises NotAllowedError for whoever is none of our own people, RejectedError
        for one follower too many.
        """
        actor = self.access.team(asked)
        member_id, now = _person(actor), self.changes.clock()
        with self.changes.database.workspace(actor.workspace_id) as session:
            if store.lock(session, actor.connection_id, asked.plan_id) is None:
                raise NotFoundError("plan")
            if len(load_followers(session, [asked.plan_id])[asked.plan_id] - {member_id}) >= MOST_FOLLOWERS:
                message = f"A plan has at most {MOST_FOLLOWERS} followers. Ask one of them to stop following it."
                raise RejectedError(message, problems=(rules.wrong("following", message),))
            add(session, actor.connection_id, asked.plan_id, member_id, now=now)
        return self._shown(actor, asked)

    def stop(self, asked: Asked) -> Whole:
        """Who does not follow it changes nothing. Raises as `follow`."""
        actor = self.access.team(asked)
        with self.changes.database.workspace(actor.workspace_id) as session:
            remove(session, asked.plan_id, _person(actor))
        return self._shown(actor, asked)

    def _shown(self, actor: Actor, asked: Asked) -> Whole:
        return load_whole(self.changes.database, actor, asked.plan_id, today=actor.today(self.changes.clock()))


def _person(actor: Actor) -> MemberId:
    if actor.member_id is None:
        message = "Only a person follows a plan: name the member of the plan for whom you speak (Accord-Member)."
        raise NotAllowedError(message)
    return actor.member_id
