"""Settings that were loaded can be sent back as they are: what is shown and not set is not read."""

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import Schema, pre_load


class SentBack(Schema):
    """`shown_only` names what an answer shows beyond what a request sets. Every other unknown name stays refused."""

    shown_only: ClassVar[frozenset[str]] = frozenset()

    @pre_load
    def _leave_out_what_is_shown(self, data: Any, **_kwargs: Any) -> Any:
        if not isinstance(data, Mapping):
            return data  # the fields say what is wrong with it
        return {name: value for name, value in data.items() if name not in self.shown_only}
