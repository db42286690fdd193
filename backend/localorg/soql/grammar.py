"""The clauses of a query, in their order. Everything that is valid is parsed, whether this org evaluates it or not."""

from localorg.soql.conditions import (
    at_distance,
    parse_conditions,
    parse_distance,
    parse_field,
    parse_path,
    parse_whole_number,
)
from localorg.soql.errors import MALFORMED_QUERY, SoqlError
from localorg.soql.literals import parse_literal
from localorg.soql.nodes import (
    Call,
    Distance,
    FromItem,
    Grouping,
    OrderItem,
    Path,
    Query,
    SelectItem,
    TypeOf,
)
from localorg.soql.tokens import SOFT, Cursor, Kind

_CATEGORY_OPERATORS = ("at", "above", "below", "above_or_below")


def parse(text: str, *, multi_currency: bool = False) -> Query:
    """The query, or SoqlError as the platform would refuse it. `USD500` is a value only with `multi_currency`."""
    cursor = Cursor(text, multi_currency=multi_currency)
    query = _parse_query(cursor)
    if cursor.at_word("all") and cursor.ahead().word == "rows":
        # Salesforce: ALL ROWS belongs to Apex; the API has queryAll instead.
        raise SoqlError(MALFORMED_QUERY, "ALL ROWS not allowed in this context")
    if cursor.now.kind is not Kind.END:
        cursor.fail()
    return query


def _parse_query(cursor: Cursor) -> Query:
    position = cursor.want_word("select").position
    is_count = _at_count(cursor)
    if is_count:
        for _ in range(3):
            cursor.take()
    select = () if is_count else _parse_select(cursor)
    sources = _parse_from(cursor)
    where = parse_conditions(cursor, _parse_semi_join) if cursor.skip_word("where") else None
    modes, with_filters = _parse_with(cursor)
    grouping, group_by = _parse_group_by(cursor)
    having = None
    if group_by and cursor.skip_word("having"):
        having = parse_conditions(cursor, _parse_semi_join)
    order_by = _parse_order_by(cursor)
    limit = parse_whole_number(cursor) if cursor.skip_word("limit") else None
    offset = parse_whole_number(cursor) if cursor.skip_word("offset") else None
    purpose = cursor.want_word("view", "reference", "update").text.upper() if cursor.skip_word("for") else None
    return Query(
        text=cursor.text,
        is_count=is_count,
        select=select,
        sources=sources,
        position=position,
        where=where,
        modes=modes,
        with_filters=with_filters,
        grouping=grouping,
        group_by=group_by,
        having=having,
        order_by=order_by,
        limit=limit,
        offset=offset,
        purpose=purpose,
        statistics=_parse_update(cursor),
    )


def _parse_semi_join(cursor: Cursor) -> Query:
    position = cursor.want_word("select").position
    item = SelectItem(parse_field(cursor), None, cursor.now.position)
    sources = _parse_from(cursor)
    where = parse_conditions(cursor, _parse_semi_join) if cursor.skip_word("where") else None
    modes, with_filters = _parse_with(cursor)
    return Query(
        text=cursor.text,
        is_count=False,
        select=(item,),
        sources=sources,
        position=position,
        where=where,
        modes=modes,
        with_filters=with_filters,
    )


def _at_count(cursor: Cursor) -> bool:
    return cursor.at_word("count") and cursor.ahead().text == "(" and cursor.ahead(2).text == ")"


def _parse_select(cursor: Cursor) -> tuple[SelectItem, ...]:
    items = [_parse_select_item(cursor)]
    while cursor.skip_sign(","):
        items.append(_parse_select_item(cursor))
    return tuple(items)


def _parse_select_item(cursor: Cursor) -> SelectItem:
    position = cursor.now.position
    expression: Path | Call | Distance | TypeOf | Query
    if cursor.skip_sign("("):
        cursor.deeper()
        expression = _parse_query(cursor)
        cursor.want_sign(")")
        cursor.shallower()
    elif cursor.at_word("typeof") and cursor.ahead(2).word == "when":
        expression = _parse_typeof(cursor)
    elif at_distance(cursor):
        expression = parse_distance(cursor)
    else:
        expression = parse_field(cursor)
    alias = cursor.take().text if cursor.now.can_name else None
    return SelectItem(expression, alias, position)


def _parse_typeof(cursor: Cursor) -> TypeOf:
    position = cursor.take().position
    operand = parse_path(cursor)
    branches: list[tuple[str, tuple[Path, ...]]] = []
    while cursor.skip_word("when"):
        sobject = parse_path(cursor).text
        cursor.want_word("then")
        branches.append((sobject, _parse_paths(cursor)))
    otherwise = _parse_paths(cursor) if cursor.skip_word("else") else ()
    cursor.want_word("end")
    return TypeOf(operand, tuple(branches), otherwise, position)


def _parse_paths(cursor: Cursor) -> tuple[Path, ...]:
    """Fields of a branch. WHEN and END could be names, so a branch ends before them only when it has a field."""
    if cursor.at_word("when", "end") and cursor.ahead().text != ",":
        cursor.fail()
    paths = [parse_path(cursor)]
    while cursor.skip_sign(","):
        paths.append(parse_path(cursor))
    return tuple(paths)


def _parse_from(cursor: Cursor) -> tuple[FromItem, ...]:
    cursor.want_word("from")
    items = [_parse_from_item(cursor)]
    while cursor.skip_sign(","):
        items.append(_parse_from_item(cursor))
    return tuple(items)


def _parse_from_item(cursor: Cursor) -> FromItem:
    path = parse_path(cursor)
    alias = None
    if cursor.skip_word("as") or (cursor.now.can_name and not _at_clause(cursor)):
        alias = cursor.want_name().text
    scopes: list[str] = []
    if cursor.skip_word("using"):
        while True:
            kind = cursor.want_word("scope", "lookup").word
            if cursor.now.word in SOFT:
                cursor.fail()
            name = cursor.want_name()
            scopes.append(name.text if kind == "scope" else f"lookup {name.text}")
            if not (cursor.at_sign(",") and cursor.ahead().word in {"scope", "lookup"}):
                break
            cursor.take()
    return FromItem(path, alias, tuple(scopes))


def _at_clause(cursor: Cursor) -> bool:
    """Words that begin a clause and could be an alias as well."""
    follower = cursor.ahead()
    if cursor.at_word("group", "order"):
        return follower.word == "by"
    if cursor.at_word("all"):
        return follower.word == "rows"
    return cursor.at_word("offset") and (follower.kind is Kind.INTEGER or follower.text in {"+", "-", ":"})


def _parse_with(cursor: Cursor) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Access modes (`WITH SECURITY_ENFORCED`) and filters (data categories, key and value)."""
    modes: list[str] = []
    filters: list[str] = []
    while cursor.skip_word("with"):
        first = not modes and not filters
        if first and cursor.at_word("data") and cursor.ahead().word == "category":
            _parse_categories(cursor)
            filters.append("WITH DATA CATEGORY")
            continue
        name = cursor.want_name().text
        if first and cursor.skip_sign("="):
            if cursor.now.kind is not Kind.STRING:
                cursor.fail()
            parse_literal(cursor)
            filters.append(f"WITH {name} =")
        elif cursor.skip_sign("("):
            _parse_settings(cursor)
            filters.append(f"WITH {name}")
        else:
            modes.append(name)
    return tuple(modes), tuple(filters)


def _parse_settings(cursor: Cursor) -> None:
    while True:
        cursor.want_name()
        cursor.want_sign("=")
        if cursor.now.kind not in {Kind.STRING, Kind.INTEGER} and not cursor.at_word("true", "false"):
            cursor.fail()
        parse_literal(cursor)
        if not cursor.skip_sign(","):
            break
    cursor.want_sign(")")


def _parse_categories(cursor: Cursor) -> None:
    cursor.take()
    cursor.take()
    while True:
        cursor.want_name()
        cursor.want_word(*_CATEGORY_OPERATORS)
        if cursor.skip_sign("("):
            _parse_paths(cursor)
            cursor.want_sign(")")
        else:
            cursor.want_name()
        if not cursor.skip_word("and"):
            break


def _parse_group_by(cursor: Cursor) -> tuple[Grouping, tuple[Path | Call, ...]]:
    if not cursor.skip_word("group"):
        return Grouping.PLAIN, ()
    cursor.want_word("by")
    grouping = Grouping.PLAIN
    if cursor.at_word("rollup", "cube"):
        grouping = Grouping.ROLLUP if cursor.take().word == "rollup" else Grouping.CUBE
        cursor.want_sign("(")
    fields = [parse_field(cursor)]
    while cursor.skip_sign(","):
        fields.append(parse_field(cursor))
    if grouping is not Grouping.PLAIN:
        cursor.want_sign(")")
    return grouping, tuple(fields)


def _parse_order_by(cursor: Cursor) -> tuple[OrderItem, ...]:
    if not cursor.skip_word("order"):
        return ()
    cursor.want_word("by")
    items = [_parse_order_item(cursor)]
    while cursor.skip_sign(","):
        items.append(_parse_order_item(cursor))
    return tuple(items)


def _parse_order_item(cursor: Cursor) -> OrderItem:
    expression = parse_distance(cursor) if at_distance(cursor) else parse_field(cursor)
    descending = cursor.skip_word("desc")
    if not descending:
        cursor.skip_word("asc")
    nulls_last = cursor.skip_word("nulls") and cursor.want_word("first", "last").word == "last"
    return OrderItem(expression, descending=descending, nulls_last=nulls_last)


def _parse_update(cursor: Cursor) -> tuple[str, ...]:
    if not cursor.skip_word("update"):
        return ()
    names = [cursor.want_word("tracking", "viewstat").text.upper()]
    while cursor.skip_sign(","):
        names.append(cursor.want_word("tracking", "viewstat").text.upper())
    return tuple(names)
