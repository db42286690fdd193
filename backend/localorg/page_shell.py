"""What every screen of the org has around it, and the headers it is sent with."""

from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Response, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from localorg.canvas import organization_name
from localorg.notifications import Notification
from localorg.org import Org, User
from localorg.page_data import LAYOUTS
from localorg.values import moment_text
from localorg.viewers import Person, current_viewer, people_of

_Answer = TypeVar("_Answer", bound=BaseResponse)

_EMBEDDED = "http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*"
_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    f"frame-ancestors 'none'; frame-src {_EMBEDDED}; form-action 'self' {_EMBEDDED}"
)


@dataclass(frozen=True, slots=True)
class Rung:
    """A notification in the bell; `address` is the page that it opens, empty where this org has none for it."""

    at: str
    title: str
    body: str
    address: str


@dataclass(frozen=True, slots=True)
class _Shell:
    org_name: str
    user: Person
    people: list[Person]
    here: str
    tab: str
    bell: list[Rung]


def screen(org: Org, viewer: User, template: str, *, tab: str = "", **values: Any) -> BaseResponse:
    """`template` with the bar of the org around it; `tab` is the object whose tab is lit."""
    shell = _Shell(
        org_name=organization_name(org),
        user=Person.of(viewer),
        people=[Person.of(user) for user in people_of(org)],
        here=request.full_path if request.query_string else request.path,
        tab=tab,
        bell=[_rung(org, one) for one in org.notifications.of(viewer.id)],
    )
    return make_response(render_template(template, shell=shell, **values))


def message_screen(org: Org, *, title: str, text: str, status: int) -> BaseResponse:
    """A page with one sentence; plain text in an org that nobody can look at yet."""
    viewer = current_viewer(org)
    if viewer is None:
        answer: BaseResponse = Response(f"{title}. {text}", content_type="text/plain; charset=utf-8")
    else:
        answer = screen(org, viewer, "message.html", title=title, text=text)
    answer.status_code = status
    return protected(answer)


def nobody_screen(org: Org) -> BaseResponse:
    return message_screen(
        org,
        title="This org has no people yet",
        text="Start it with a seed file: python -m localorg serve --seed FILE",
        status=404,
    )


def protected(answer: _Answer) -> _Answer:
    """With the headers of every screen: own scripts and styles only, frames of this machine only, nothing kept."""
    answer.headers["Content-Security-Policy"] = _CONTENT_SECURITY_POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _rung(org: Org, one: Notification) -> Rung:
    sobject = org.schema.of_id(one.target_id) if one.target_id else None
    has_page = sobject is not None and sobject.name in LAYOUTS
    address = f"/lightning/r/{sobject.name}/{one.target_id}/view" if sobject is not None and has_page else ""
    return Rung(moment_text(one.at), one.title, one.body, address)
