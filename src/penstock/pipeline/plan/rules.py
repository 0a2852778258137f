"""What happens around the SELECT of a table: rows that make room, rows that are closed, tests that must pass."""

from collections.abc import Iterator

from penstock.pipeline.plan.bodies import Front
from penstock.pipeline.plan.duckdb import literal, quote
from penstock.pipeline.plan.model import Plan, Table
from penstock.schema import Enum


def before_statements(plan: Plan, name: str, front: Front) -> Iterator[str]:
    """Takes away what the batch replaces in a table, so that the same batch may come twice.

    The rows below a record go with it as a set: a record that lost its children must lose them here, too.
    """
    table, batch = front.relation(name), front.relation(plan.names.batch)
    if name == plan.names.rejects:
        yield f"delete from {table} where request_time in (select request_time from {batch})"
        return
    column = "_row_id" if name == plan.root.name else "_root_id"
    if not plan.is_keyed:
        # All rows of a fetch, not only those that come again: a record that is set aside now leaves the table.
        yield f"delete from {table} where split_part({column}, '-', 1) in (select fetch_id from {batch})"
        return
    yield f"delete from {table} where {column} in (select _row_id from {front.relation(plan.names.newest)})"


def after_statements(plan: Plan, front: Front) -> Iterator[str]:
    """Closes the rows of a snapshot whose key was absent from a complete run.

    A run that did not end, brought nothing, or has records that were set aside proves no absence.
    """
    if plan.mode != "snapshot":
        return
    root = front.relation(plan.root.name)
    yield f"""update {root} as kept
set _closed_at = closed.closed_at
from (
    select open._row_id, min(runs.started_at) as closed_at
    from {root} as open
    join (
        select run, min(request_time) as started_at
        from {front.relation("landing")}
        where run_outcome = 'complete' and run not in (select run from {front.relation(plan.names.rejects)})
        group by run
    ) as runs on runs.started_at > open._requested_at
    where open._closed_at is null
    group by open._row_id
) as closed
where kept._row_id = closed._row_id"""


def normalised_statement(plan: Plan, front: Front) -> str:
    """Marks the fetches of the batch, and the repeats that bring nothing new, as done."""
    return f"""update {front.relation("landing")}
set normalised_at = now()
where normalised_at is null
  and (is_repeat or request_time in (select request_time from {front.relation(plan.names.batch)}))"""


def table_tests(plan: Plan, front: Front) -> Iterator[tuple[str, str]]:
    """The tests of all tables: a name, and a query that finds what is wrong."""
    for table in plan.tables:
        yield from _tests_of(plan, table, front)
    yield f"counts_{plan.dataset}", counts_query(plan, front)


def _tests_of(plan: Plan, table: Table, front: Front) -> Iterator[tuple[str, str]]:
    relation = front.relation(table.name)
    for column in ("_row_id", *unique_keys(plan, table)):
        name = quote(column)
        yield f"not_null_{table.name}_{column}", f"select {name} from {relation} where {name} is null"
        yield (
            f"unique_{table.name}_{column}",
            f"select {name} from {relation} where {name} is not null group by {name} having count(*) > 1",
        )
    if table.parent is not None:
        parent = front.relation(table.parent)
        yield (
            f"relationships_{table.name}",
            f"select _parent_id from {relation} where _parent_id not in (select _row_id from {parent})",
        )
    for column, values in accepted_values(table):
        listed = ", ".join(literal(each) for each in values)
        name = quote(column)
        yield f"accepted_values_{table.name}_{column}", f"select {name} from {relation} where {name} not in ({listed})"


def unique_keys(plan: Plan, table: Table) -> list[str]:
    """The columns that alone tell one row from another, apart from `_row_id`."""
    return [each.name for each in plan.key_columns()] if table.is_root and len(plan.key) == 1 else []


def accepted_values(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The columns that hold one of a few texts."""
    for column in table.columns:
        if isinstance(column.type, Enum):
            yield column.name, column.type.values


def counts_query(plan: Plan, front: Front) -> str:
    """Finds a batch where records got lost: read and landed, set aside and rejected, accepted and in the table."""
    names = plan.names
    staging, newest = front.relation(names.staging), front.relation(names.newest)
    return f"""select *
from (
    select
        (select sum(records) from {front.relation(names.batch)}) as landed,
        (select count(*) from {staging}) as read,
        (select count(*) from {staging} where _reject is not null) as refused,
        (
            select count(*) from {front.relation(names.rejects)}
            where request_time in (select request_time from {front.relation(names.batch)})
        ) as set_aside,
        (select count(*) from {newest}) as accepted,
        (
            select count(*) from {front.relation(plan.root.name)}
            where _row_id in (select _row_id from {newest})
        ) as written
) as counts
where coalesce(landed, 0) <> read or refused <> set_aside or accepted <> written{_all_kept(plan)}"""


def _all_kept(plan: Plan) -> str:
    return "" if plan.is_keyed else " or accepted + set_aside <> read"
