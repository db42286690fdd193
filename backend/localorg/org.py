"""One Salesforce org in memory: schema, users, records, sessions and the journal behind one lock."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from localorg import addresses, groups, multi_currency, notifications, opportunity_history, person_accounts, setup_rows
from localorg.allowances import ApiUsage
from localorg.automations import Automations
from localorg.duplicate_rules import DuplicateRules
from localorg.events import EventBus
from localorg.grants import Grants
from localorg.ids import IdMaker, new_instance_key, new_org_id, widen
from localorg.journal import Journal
from localorg.limits import Cursors
from localorg.org_options import OrgOptions
from localorg.permissions import Access, read_permission_sets
from localorg.records import Records
from localorg.row_locks import RowLocks
from localorg.rules import ValidationRule, ValidationRules
from localorg.schema import Schema, StandardFacts
from localorg.schema_sfdx import read_source
from localorg.sessions import Session, Sessions
from localorg.storage import DataFile
from localorg.tooling import Tooling
from localorg.transaction import Transaction
from localorg.users import User, Users
from localorg.values import moment_text, parse_moment

__all__ = ["Org", "Session", "Transaction", "User", "ValidationRule"]

Clock = Callable[[], datetime]
RECORD_TYPED = ("Account", "Case", "Contact", "Event", "Lead", "Opportunity", "Product2", "Task")
RIGHTS_TABLES = ("User", "PermissionSetAssignment", "PermissionSet", "Profile", "RecordType")


def utc_now() -> datetime:
    return datetime.now(UTC)


class Org:
    """Thread-safe: everything happens under `lock`. Made by `Org.create`; records are written by `transaction` only."""

    def __init__(
        self, *, facts: Mapping[str, Any], clock: Clock, data: DataFile | None, source: Sequence[Path]
    ) -> None:
        self.lock = threading.RLock()
        self.clock = clock
        self.data = data
        self.options = OrgOptions.from_json(facts.get("options", {}))
        self._facts = StandardFacts()
        self._metadata_changed = str(facts.get("metadata_changed", ""))
        read = read_source(self._facts, source)
        with_history = opportunity_history.with_history(self._facts, read.schema)
        with_groups = groups.with_groups(self._facts, with_history)
        self._full_schema = notifications.with_types(self._facts, with_groups)
        self.record_type_sources = read.record_types
        self.permission_sets = read_permission_sets(source)
        self.notification_types = notifications.read_types(source)
        self.ids = IdMaker(instance=facts["instance"], next_number=facts["next_number"])
        self.id: str = facts["org_id"]
        self.records = Records()
        self.journal = Journal(data.journal() if data else ())
        self.sessions = Sessions(
            org_id=self.id, known=data.sessions() if data else None, on_change=data.keep_session if data else None
        )
        self.grants = Grants(
            self.sessions,
            clock=clock,
            known=data.refresh_tokens() if data else None,
            on_change=data.keep_refresh_token if data else None,
        )
        self.users = Users(self, transaction=self.setup)
        self.rules = ValidationRules()
        self.setup_user_id = widen(f"005{facts['instance']}000000001")
        # Per user, object, version and address: the access that it was made for, and the describe.
        self.describes: dict[tuple[str, str, str, str], tuple[Access, dict[str, Any]]] = {}
        self.catalogs: dict[str, tuple[Any, Any]] = {}
        self.cursors = Cursors(clock)
        self.usage = ApiUsage(clock)
        self.locks = RowLocks(clock)
        self.automations = Automations()
        self.duplicate_rules = DuplicateRules()
        self.events = EventBus(clock)
        self.notifications = notifications.Notifications(clock)
        self.tooling = Tooling(source)
        self._access: dict[str, tuple[tuple[int, ...], Access]] = {}
        self._open: Transaction | None = None

    @classmethod
    def create(
        cls,
        *,
        metadata_dirs: Sequence[Path | str] = (),
        data_file: Path | str | None = None,
        clock: Clock = utc_now,
        options: OrgOptions | None = None,
    ) -> "Org":
        """A new org, or the one that `data_file` holds. `options` are switched on in either.

        `metadata_dirs` are folders of SFDX source: their custom fields, record types and permission sets exist in the
        org. Raises MetadataError for source that cannot be read.
        """
        data = DataFile(Path(data_file)) if data_file is not None else None
        facts = data.facts() if data else {}
        if "org_id" not in facts:
            instance = new_instance_key()
            facts = {"instance": instance, "org_id": new_org_id(instance), "next_number": 238_328}
            if data:
                data.commit(facts=facts)
        org = cls(facts=facts, clock=clock, data=data, source=[Path(one) for one in metadata_dirs])
        if data:
            for sobject, rows in data.rows().items():
                org.records.load(sobject, rows)
        org.records.use(org._full_schema)
        setup_rows.ensure(org)
        org.refresh_schema()
        if options is not None:
            org.switch_on(options)
        return org

    @property
    def schema(self) -> Schema:
        return self.records.schema

    @property
    def metadata_changed_at(self) -> datetime:
        """When a record type or a feature came last; at first, when the org was made. To the second."""
        if self._metadata_changed:
            return parse_moment(self._metadata_changed)
        organization = self.records.find("Organization", self.id)
        assert organization is not None
        return parse_moment(organization["CreatedDate"])

    @contextmanager
    def transaction(
        self, *, user_id: str, client: str = "", request_id: str = "", journalled: bool = True
    ) -> Iterator[Transaction]:
        """All writes inside happen, or none; readers and other writers wait.

        Leaving normally commits: data file first, then the journal. An exception rolls everything back and goes on.
        A transaction inside another one is a bug (RuntimeError): use `Transaction.savepoint`.
        """
        with self.lock:
            if self._open is not None:
                raise RuntimeError("a transaction is open already: use its savepoint()")
            tx = Transaction(self, user_id=user_id, client=client, request_id=request_id, journalled=journalled)
            self._open = tx
            try:
                yield tx
                tx.commit()
            except BaseException:
                tx.rollback()
                raise
            finally:
                self._open = None

    def setup(self) -> Any:
        """A transaction for set-up: written by the org itself and not journalled."""
        return self.transaction(user_id=self.setup_user_id, client="setup", journalled=False)

    def access(self, user_id: str) -> Access:
        """What the user may do at this moment."""
        with self.lock:
            version = tuple(self.records.versions.get(name, 0) for name in RIGHTS_TABLES)
            known = self._access.get(user_id)
            if known is not None and known[0] == version:
                return known[1]
            user = self.users.by_id(user_id)
            if user is None:
                raise KeyError(user_id)
            sets = [self.permission_sets[name] for name in sorted(user.permission_sets) if name in self.permission_sets]
            access = Access(
                schema=self.schema,
                profile=user.profile,
                sets=sets,
                hidden=user.hidden_fields,
                read_only=user.read_only_fields,
            )
            self._access[user_id] = (version, access)
            return access

    def profile_id(self, name: str) -> str:
        """Raises KeyError for a profile that the org does not have."""
        return self._id_by_name("Profile", name)

    def permission_set_id(self, name: str) -> str:
        """Raises KeyError for a permission set that the source did not declare."""
        return self._id_by_name("PermissionSet", name)

    def add_record_type(
        self,
        sobject: str,
        *,
        developer_name: str,
        label: str | None = None,
        picklists: Mapping[str, Sequence[str]] | None = None,
        is_default: bool = False,
    ) -> str:
        """A record type with the values that it allows per picklist field (a field not named allows all). Its id."""
        values = {
            "SobjectType": sobject,
            "DeveloperName": developer_name,
            "Name": label or developer_name,
            "IsActive": True,
            "_picklists": {name: list(allowed) for name, allowed in (picklists or {}).items()},
            "_default": is_default,
        }
        with self.lock:
            with self.setup() as tx:
                record_type_id: str = tx.insert("RecordType", values, enforce=False)
            self.refresh_schema()
            self._note_metadata_change()
            return record_type_id

    def submit_for_approval(self, record_id: str, *, by: str) -> None:
        """An approval begins, submitted by the user `by`: until its end only administrators may change the record."""
        approval = {
            "Id": self.ids.make("04g"),
            "SubmittedById": by,
            "CreatedDate": moment_text(self.clock()),
        }
        self._set_approval(record_id, approval)

    def end_approval(self, record_id: str) -> None:
        """It is decided or recalled."""
        self._set_approval(record_id, None)

    def _set_approval(self, record_id: str, approval: Mapping[str, str] | None) -> None:
        sobject = self.schema.of_id(record_id)
        if sobject is None:
            raise KeyError(record_id)
        with self.setup() as tx:
            tx.update(sobject.name, record_id, {"_approval": approval}, enforce=False)

    def use_state_and_country_picklists(self) -> None:
        """From now on addresses have codes, and only listed states and countries are taken."""
        for name in ("Account", "Contact"):
            sobject = self._full_schema.objects[name]
            self._full_schema = self._full_schema.with_object(addresses.with_codes(self._facts, sobject))
        self.refresh_schema()

    def add_validation_rule(self, rule: ValidationRule) -> None:
        """Registers a rule after trying its condition; raises SoqlError for one that names nothing of its object."""
        from localorg.criteria import check  # noqa: PLC0415 - conditions are queries, and queries ask the org

        with self.lock:
            check(self, rule.sobject, rule.condition)
        self.rules.add(rule)

    def switch_on(self, options: OrgOptions) -> None:
        """Gives the org these features, and their rows. Raises ValueError for one that would be switched off."""
        with self.lock:
            codes = {one.iso_code for one in options.currencies}
            missing = [one.iso_code for one in self.options.currencies if one.iso_code not in codes]
            if missing or (self.options.person_accounts and not options.person_accounts):
                raise ValueError("Currencies and person accounts are never switched off; a currency may be inactive.")
            self.options = options
            self.refresh_schema()
            with self.setup() as tx:
                multi_currency.ensure_rows(tx, options)
                person_accounts.ensure_rows(tx, options)
            self.refresh_schema()
            if self.data:
                self.data.commit(facts={"options": options.as_json()})
            self._note_metadata_change()

    def refresh_schema(self) -> None:
        """Salesforce: RecordTypeId is a field only of objects that have record types."""
        typed = {row["SobjectType"] for row in self.records.all("RecordType")}
        schema = multi_currency.extend(self._full_schema, self._facts, self.options)
        schema = person_accounts.extend(schema, self._facts, self.options)
        for name in RECORD_TYPED:
            if name not in typed:
                sobject = schema.objects[name]
                fields = {key: field for key, field in sobject.fields.items() if key != "RecordTypeId"}
                schema = schema.with_object(type(sobject)(sobject.name, sobject.facts, fields, sobject.children))
        self.records.use(schema)
        self._access.clear()

    def close(self) -> None:
        """Lets go of the data file."""
        if self.data:
            self.data.close()

    def _note_metadata_change(self) -> None:
        self._metadata_changed = moment_text(self.clock())
        if self.data:
            self.data.commit(facts={"metadata_changed": self._metadata_changed})

    def _id_by_name(self, sobject: str, name: str) -> str:
        with self.lock:
            for row in self.records.all(sobject):
                if row["Name"] == name:
                    return str(row["Id"])
        raise KeyError(f"no {sobject} named {name!r}")
