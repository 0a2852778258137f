"""The SELECT of every table of a plan, once, for two front ends: dbt models, and direct execution.

What differs between the two (names of relations, which files, whether it starts over) is asked from `Front`.
"""

from collections.abc import Iterator
from typing import Final, Protocol

from penstock.pipeline.plan.duckdb import Reader, Value, key_text, literal, quote
from penstock.pipeline.plan.halves import HALF_REASON, READ_PATH, half_at
from penstock.pipeline.plan.model import Column, Plan, Table
from penstock.pipeline.plan.read import pointer
from penstock.schema import KEY, Map, Part, Path, Record, Step

REJECT: Final = "STRUCT(path VARCHAR, reason VARCHAR, value VARCHAR)"
ORDER_STEP: Final = 2**32
"""More than the records of any fetch: `_order` is the number of the fetch times this, plus the position."""


class Front(Protocol):
    """Where the SQL is used."""

    def relation(self, name: str) -> str:
        """How a table of the plan is called; `landing` is the landing table."""
        ...

    def pages(self, plan: Plan, page_type: str) -> str:
        """A FROM item with `page` (of the type given) and `filename`."""
        ...

    def file_name(self, path: str) -> str:
        """The `filename` that belongs to a path of the manifest."""
        ...

    def if_kept(self, text: str) -> str:
        """The text, where there are rows from before that are kept."""
        ...


def batch_body(plan: Plan, front: Front) -> str:
    """The fetches whose records go to the tables now, oldest first."""
    # A snapshot must see again what did not change: what is not seen is closed.
    changed = "true" if plan.mode == "snapshot" else "not is_repeat"
    waiting = front.if_kept("\n  and normalised_at is null")
    return f"""select
    row_number() over (order by request_time) as fetch_number,
    md5(fingerprint || ' ' || md5 || ' ' || cast(epoch_us(request_time) as VARCHAR)) as fetch_id,
    request_time, run, path, bytes, records, halves,
    {READ_PATH} as read_path
from {front.relation("landing")}
where {changed}{waiting}"""


def page_type(plan: Plan) -> str:
    """The SQL type that a document is read as."""
    return _elements(plan, Reader(plan).element_type())[0]


def staging_body(plan: Plan, front: Front) -> str:
    """The records of the batch, read from the raw files once, each with its verdict."""
    reader = Reader(plan)
    source = _lines(plan, front, reader) if plan.format == "ndjson" else _documents(plan, front, reader)
    record = f"struct_pack({quote(plan.record.fields[0].name)} := element)" if plan.wrapped else "element"
    verdict = _verdict(plan, reader)
    return f"""with {source},
records as (
    select fetch_number, fetch_id, request_time, run, path, position, {record} as record,
        {half_at("position")} as half
    from elements
),
judged as (
    select *, {verdict} as reject
    from records
)
select
    fetch_number * {ORDER_STEP} + position as _order,
    {_row_id(plan, reader)} as _row_id,
    request_time as _requested_at,
    path as _file,
    position as _position,
    run as _run,
    record as _record,
    reject as _reject
from judged"""


def _documents(plan: Plan, front: Front, reader: Reader) -> str:
    read_as, elements = _elements(plan, reader.element_type())
    return f"""pages as (
    select page, filename
    from {front.pages(plan, read_as)}
),
fetched as (
    select batch.*, {elements} as elements
    from pages
    join {front.relation(plan.names.batch)} as batch on pages.filename = {front.file_name("batch.read_path")}
),
elements as (
    select * exclude (elements), unnest(elements) as element, generate_subscripts(elements, 1) as position
    from fetched
)"""


def _lines(plan: Plan, front: Front, reader: Reader) -> str:
    # The windows follow the order of the file as it streams by: nothing is sorted or kept.
    read_as, elements = _elements(plan, reader.element_type())
    single = plan.page == "object" and not plan.records.parts
    element = "page" if single else f"unnest({elements})"
    return f"""documents as (
    select {element} as element, filename
    from {front.pages(plan, read_as)}
),
counted as (
    select *, row_number() over () as line, lag(filename) over () as file_before
    from documents
),
numbered as (
    select element, filename, line + 1 - max(case when filename is distinct from file_before then line end)
        over (rows between unbounded preceding and current row) as position
    from counted
),
elements as (
    select batch.*, element, position
    from numbered
    join {front.relation(plan.names.batch)} as batch on numbered.filename = {front.file_name("batch.read_path")}
)"""


def _elements(plan: Plan, element: str) -> tuple[str, str]:
    """The type that a document is read as, and the list of its records."""
    names = [_name(part) for part in plan.records.parts]
    typed = names[: next((place for place, name in enumerate(names) if name.isdecimal()), len(names))]
    rest, is_direct = names[len(typed) :], len(typed) == len(names) and plan.page != "mixed"
    wanted = f"{element}[]" if plan.page == "list" else element
    read_as = wanted if is_direct else "JSON"
    for name in reversed(typed):
        read_as = f"STRUCT({quote(name)} {read_as})"
    held = ".".join(["page", *map(quote, typed)])
    if rest:
        held = f"json_extract({held}, {literal(pointer(rest))})"
    if plan.page == "mixed":
        is_list = f"starts_with(cast({held} as VARCHAR), '[')"
        # DuckDB may cast before it looks at the condition; every path of such records is checked later.
        many, one = f"try_cast({held} as {element}[])", f"[try_cast({held} as {element})]"
        return read_as, f"case when {is_list} then {many} when {held} is not null then {one} end"
    value = held if is_direct else f"cast({held} as {wanted})"
    return read_as, value if plan.page == "list" else f"case when {held} is not null then [{value}] end"


def _name(part: Part) -> str:
    if isinstance(part, Step):
        raise TypeError(part)
    return part


def _row_id(plan: Plan, reader: Reader) -> str:
    if not plan.is_keyed:
        return "fetch_id || '-' || position"
    texts = [key_text(_column(reader, plan.root, each, "record"), each.type) for each in plan.key_columns()]
    if len(texts) == 1:
        return f"md5({texts[0]})"
    # The length before each part keeps ('ab', 'c') and ('a', 'bc') apart.
    return "md5(" + " || ".join(f"length({each}) || ':' || {each}" for each in texts) + ")"


def _verdict(plan: Plan, reader: Reader) -> str:
    cases = "".join(f"\n        when {when} then {struct}" for when, struct in _reasons(plan, reader))
    return f"case{cases}\n        else cast(null as {REJECT}) end" if cases else f"cast(null as {REJECT})"


def _reasons(plan: Plan, reader: Reader) -> Iterator[tuple[str, str]]:
    yield "half is not null", HALF_REASON
    if not plan.wrapped:
        yield "record is null", _reject("", literal("the record is null"), "null")
    record = reader.record("record")
    for path in sorted(plan.gated, key=lambda each: (len(each.parts), str(each))):
        value = reader.every(record, path.parts)
        if path.is_repeated:
            inner = Value("v", value.type, path, is_json=True)
            found = f"list_filter({value.sql}, lambda v: v is not null and {reader.misfit(inner)})"
            bad = Value(f"{found}[1]", value.type, path, is_json=True)
            yield f"len({found}) > 0", _reject(str(path), _why(bad, reader.text(bad)), reader.text(bad))
        else:
            text = reader.text(value)
            yield f"{value.sql} is not null and {reader.misfit(value)}", _reject(str(path), _why(value, text), text)
    for column in plan.key_columns():
        yield (
            f"{_column(reader, plan.root, column, 'record')} is null",
            _reject(str(column.path), literal("the key is null"), "null"),
        )


def _why(value: Value, text: str) -> str:
    """The reason that a value does not fit, in SQL."""
    wrong = literal(f"not of type {value.type.name}")
    if not isinstance(value.type, Record | Map):
        return wrong
    return f"case when starts_with({text}, '{{') then 'a key is repeated' else {wrong} end"


def _reject(path: str, reason: str, value: str) -> str:
    return f"struct_pack(path := {literal(path)}, reason := {reason}, value := {value})"


def newest_body(plan: Plan, front: Front) -> str:
    """The records that go to the tables: all that fit, or the newest of each key unless a newer one is there."""
    staging = front.relation(plan.names.staging)
    if not plan.is_keyed:
        return f"select _order, _row_id\nfrom {staging}\nwhere _reject is null"
    older = f"""
where not exists (
    select 1 from {front.relation(plan.root.name)} as kept
    where kept._row_id = best._row_id and kept._requested_at > batch.request_time
)"""
    return f"""with best as (
    select _row_id, max(_order) as _order
    from {staging}
    where _reject is null
    group by _row_id
)
select best._order, best._row_id
from best
join {front.relation(plan.names.batch)} as batch
    on batch.fetch_number = best._order // {ORDER_STEP}{front.if_kept(older)}"""


def rejects_body(plan: Plan, front: Front) -> str:
    """The records of the batch that are set aside, with the reason and where they are in the raw files."""
    return f"""select
    {literal(plan.dataset)} as dataset, _reject.path as path, _reject.reason as reason, _reject.value as value,
    _file as file, _position as position, _requested_at as request_time, _run as run
from {front.relation(plan.names.staging)}
where _reject is not null"""


def table_body(plan: Plan, table: Table, front: Front) -> str:
    """The rows of one table that the batch brings."""
    return _root_body(plan, front) if table.is_root else _child_body(plan, table, front)


def _column(reader: Reader, table: Table, column: Column, row: str) -> str:
    value = reader.walk(reader.record(row), column.path.parts[len(table.path.parts) :])
    return reader.column(value)


def _root_body(plan: Plan, front: Front) -> str:
    reader = Reader(plan)
    columns = [
        f"{_column(reader, plan.root, each, 'staged._record')} as {quote(each.name)}" for each in plan.root.columns
    ]
    closed = ["cast(null as TIMESTAMP WITH TIME ZONE) as _closed_at"] if plan.mode == "snapshot" else []
    listed = ",\n    ".join(
        ["staged._row_id", "staged._requested_at", "staged._file", "staged._position", *closed, *columns]
    )
    return f"select\n    {listed}\nfrom {_accepted(plan, front)}"


def _accepted(plan: Plan, front: Front) -> str:
    staging = f"{front.relation(plan.names.staging)} as staged"
    if not plan.is_keyed:
        return f"{staging}\nwhere staged._reject is null"
    return f"{staging}\nsemi join {front.relation(plan.names.newest)} as newest on newest._order = staged._order"


def _child_body(plan: Plan, table: Table, front: Front) -> str:
    reader = Reader(plan)
    lineage = _lineage(plan, table)
    row = reader.record("staged._record")
    source, before = _accepted(plan, front), Path()
    parent_id, root_id = "staged._row_id", "staged._row_id"
    steps = []
    for level, each in enumerate(lineage):
        names = each.path.parts[len(before.parts) : -1]
        rows, element = reader.entries(reader.walk(row, names))
        steps.append(f"""level_{level} as (
    select {root_id} as _root_id, {parent_id} as _parent_id, {rows} as elements
    from {source.replace(chr(10), chr(10) + "    ")}
),
rows_{level} as (
    select _root_id, _parent_id, unnest(elements) as element, generate_subscripts(elements, 1) as _position
    from level_{level}
)""")
        source, before, row = f"rows_{level}", each.path, element
        parent_id, root_id = "_parent_id || '-' || _position", "_root_id"
    key = ["element.key as _key"] if table.path.parts[-1] is KEY else []
    columns = [
        f"{reader.column(reader.walk(row, each.path.parts[len(table.path.parts) :]))} as {quote(each.name)}"
        for each in table.columns
    ]
    listed = ",\n    ".join([f"{parent_id} as _row_id", "_parent_id", "_root_id", "_position", *key, *columns])
    return f"with {(',' + chr(10)).join(steps)}\nselect\n    {listed}\nfrom {source}"


def _lineage(plan: Plan, table: Table) -> list[Table]:
    by_name = {each.name: each for each in plan.tables}
    found: list[Table] = []
    while table.parent is not None:
        found.insert(0, table)
        table = by_name[table.parent]
    return found
