"""The values of our fields are given to an admin, page by page: read with his own login and kept nowhere (S3)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotAllowedError, NotFoundError, Problem, RejectedError
from accord.core.identity import Identity
from accord.core.ids import widen
from accord.features.uninstall.named import NamedField
from accord.features.uninstall.values import rules
from accord.features.uninstall.values.model import Page, Sheet
from accord.infra.audit import Entry, actor_of, record
from accord.infra.db import Database
from accord.salesforce.errors import SalesforceUnavailableError
from accord.salesforce.model import FieldDescribe, Gateway, Subrequest
from accord.salesforce.paths import described_along, follow
from accord.salesforce.soql import count

log = structlog.get_logger()
KIND = "uninstall.values_exported"
NO_OWN_LOGIN = (
    "Values are read with your own Salesforce login alone, so that you get what you may see. You have none here: open"
    " the panel on a deal and connect your login, or export the fields in Salesforce (Data Export, a report)."
)


@dataclass(frozen=True, slots=True)
class ValueSheets:
    """`own_gateway` is the admin's own login, or None. `named` are the fields that settings name."""

    database: Database
    clock: Clock
    own_gateway: Callable[[Identity], Gateway | None]
    named: Callable[[Identity], Sequence[NamedField]]

    def plan(self, caller: Identity) -> list[Sheet]:
        """What would be exported and what it costs; one call, and describes. Raises NotAllowedError without a login."""
        gateway = self._own(caller)
        wanted = rules.by_object(self.named(caller))
        visible = {sobject: self._visible(gateway, fields) for sobject, fields in wanted.items()}
        counts = self._counts(gateway, {sobject: fields for sobject, fields in visible.items() if fields})
        return [
            Sheet(
                sobject,
                fields=tuple(visible[sobject]),
                hidden=tuple(rules.path_of(one) for one in fields if rules.path_of(one) not in visible[sobject]),
                records=counts.get(sobject, 0),
                calls=rules.calls_for(counts[sobject]) if sobject in counts else 0,
            )
            for sobject, fields in wanted.items()
        ]

    def page(self, caller: Identity, sobject: str, *, after: str | None) -> Page:
        """The records after this id, in one call; the first page is a line of the audit.

        Raises NotAllowedError without a login, NotFoundError for an object of which nothing is exported, RejectedError.
        """
        gateway = self._own(caller)
        wanted = rules.by_object(self.named(caller)).get(sobject)
        if wanted is None:
            raise NotFoundError("object with fields of Accord")
        fields = self._visible(gateway, wanted)
        if not fields:
            raise NotFoundError("field of Accord on this object")
        start = None if after is None else _id(after)
        rows = gateway.query(rules.sheet_query(sobject, fields, after=start))
        if start is None:
            self._note(caller, sobject, sorted(fields))
        is_last = len(rows) < rules.PAGE
        text = rules.csv_of(rows, list(fields), with_header=start is None)
        return Page(text, len(rows), None if is_last else str(rows[-1]["Id"]))

    def _visible(self, gateway: Gateway, wanted: Sequence[NamedField]) -> Mapping[str, FieldDescribe]:
        """By their paths, the fields that the caller sees."""
        describes = described_along(gateway, [(one.sobject, one.steps) for one in wanted])
        found = {}
        for one in wanted:
            holder = follow(one.sobject, one.steps, describes.get)
            field = None if holder is None else holder.fields.get(one.field)
            if field is not None:
                found[rules.path_of(one)] = field
        return found

    def _counts(self, gateway: Gateway, sheets: Mapping[str, Mapping[str, FieldDescribe]]) -> Mapping[str, int]:
        queries = [
            Subrequest(
                sobject, "GET", "query?q=" + quote(str(rules.count_query(sobject, fields, count().from_(sobject))))
            )
            for sobject, fields in sheets.items()
        ]
        answers = gateway.composite(queries, all_or_none=False)
        if any(answer.status != 200 for answer in answers):
            raise SalesforceUnavailableError(
                "Salesforce did not count the records. Try again in a few minutes.", in_doubt=False
            )
        return {answer.reference: int(answer.body["totalSize"]) for answer in answers}

    def _note(self, caller: Identity, sobject: str, fields: Sequence[str]) -> None:
        by = caller.member_id
        entry = Entry(caller.connection_id, KIND, actor_of(by), by, subject=sobject, new={"fields": list(fields)})
        with self.database.workspace(caller.workspace_id) as session:
            record(session, entry, now=self.clock())
        log.info("values_exported", connection_id=caller.connection_id, sobject=sobject)

    def _own(self, caller: Identity) -> Gateway:
        own = self.own_gateway(caller)
        if own is None:
            raise NotAllowedError(NO_OWN_LOGIN, code="NO_SALESFORCE_LOGIN")
        return own


def _id(text: str) -> str:
    try:
        return widen(text)
    except ValueError:
        message = "This is no id of a Salesforce record: give `next_after` of the page before."
        raise RejectedError(message, problems=(Problem("INVALID_VALUE", message, field="after"),)) from None
