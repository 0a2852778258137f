"""Derives the plan of a dataset from the spec and the shape of its records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from penstock.catalog.decisions.shape import Shape
from penstock.errors import PlanError, hint_for
from penstock.pipeline.plan.duckdb import holds_decimal
from penstock.pipeline.plan.model import METADATA, Column, Names, PageKind, Plan, Table
from penstock.pipeline.plan.names import Namer, snake_case
from penstock.pipeline.spec.model import Spec
from penstock.schema import ITEM, KEY, Json, List, Map, Path, Record, Step, Type, Union, format_type, parse_path

VALUE = "value"


def plans_of(
    spec: Spec,
    shapes: Mapping[str, Shape],
    *,
    previous: Mapping[str, Plan] | None = None,
    pages: Mapping[str, PageKind] | None = None,
) -> dict[str, Plan]:
    """The plan of every dataset that has a shape, in the order of the spec.

    Names of the `previous` plans are kept. `pages` says what is at the records path of a dataset's documents
    (default: a list, for NDJSON one record). Raises `PlanError` when a key is no single value of a record, or a
    person decided for a time that no value can be read as.
    """
    kept = previous or {}
    namer = Namer(known={name: table for each in kept.values() for name, table in _identities(each)})
    wanted = [name for name in spec.datasets if name in shapes]
    for name in wanted:
        twin = next((other for other in wanted if other != name and other.lower() == name.lower()), None)
        if twin is not None:
            raise PlanError(name, f"its name differs from that of {twin!r} in case only", "Rename one of them.")
    for name in wanted:
        namer.name(name, name)
    return {name: _plan(spec, name, shapes[name], namer, kept.get(name), (pages or {}).get(name)) for name in wanted}


def records_path(spec: Spec, dataset: str) -> Path:
    """Where the records of a dataset are in a landed document, the envelope included."""
    path = parse_path(spec.datasets[dataset].records)
    if path.parts and path.parts[-1] is ITEM:
        path = path.parent  # `rows[]` says of `rows` what is seen anyway: that it is a list
    return Path(("data", *path.parts)) if spec.landing.envelope == "inline" else path


def _gated(shape: Shape, records: Path, page: PageKind | None) -> frozenset[Path]:
    """The paths to check: all of them where the records cannot be read typed from the file.

    A cast of JSON gives null for what does not fit, where the typed reading of a file stops.
    """
    is_typed = page != "mixed" and not any(str(part).isdecimal() for part in records.parts)
    if is_typed and not shape.literal and not holds_decimal(shape.record):
        return shape.gated
    return frozenset(_every_path(Path(), shape.record)) - (frozenset({Path()}) if shape.wrapped else frozenset())


def _every_path(path: Path, type_: Type) -> Iterator[Path]:
    yield path
    if isinstance(type_, Record):
        for each in type_.fields:
            yield from _every_path(path / each.name, each.type)
    elif isinstance(type_, List | Map):
        yield from _every_path(path / (ITEM if isinstance(type_, List) else KEY), _element(type_))


def _identities(plan: Plan) -> Iterator[tuple[str, str]]:
    for table in plan.tables:
        yield _identity(plan.dataset, table.path), table.name
    for kind in ("batch", "staging", "newest", "rejects"):
        yield f"{plan.dataset}:{kind}", getattr(plan.names, kind)


def _identity(dataset: str, path: Path) -> str:
    return f"{dataset}{path.parts}" if path.parts else dataset


def _plan(spec: Spec, name: str, shape: Shape, namer: Namer, previous: Plan | None, page: PageKind | None) -> Plan:
    dataset = spec.datasets[name]
    _check_times(name, shape)
    helpers = {"batch": "batch", "staging": "stg", "newest": "new", "rejects": "rejects"}
    draft = Plan(
        dataset=name,
        mode=dataset.writing_mode,
        key=tuple(parse_path(each) for each in dataset.key) if dataset.writing_mode != "append" else (),
        records=records_path(spec, name),
        format=dataset.format,
        page=page or ("object" if dataset.format == "ndjson" else "list"),
        record=shape.record,
        gated=_gated(shape, records_path(spec, name), page),
        wrapped=shape.wrapped,
        tables=(),
        names=Names(**{kind: namer.name(f"{short}_{name}", f"{name}:{kind}") for kind, short in helpers.items()}),
        literal=shape.literal,
    )
    builder = _Builder(draft, namer, {each.path: each for each in previous.tables} if previous else {})
    builder.add(Path(), shape.record, None, "")
    plan = replace(draft, tables=tuple(builder.tables))
    _check_key(plan)
    return plan


def _check_times(dataset: str, shape: Shape) -> None:
    if not shape.unread:
        return
    told = [
        f"{str(each.path)!r} cannot be read as {format_type(each.type)}: it must be written like {each.wanted}, and "
        f"its values are {', '.join(each.seen)}"
        for each in shape.unread
    ]
    instead = ", ".join(f"`type: {each.instead}` for {str(each.path)!r}" for each in shape.unread)
    raise PlanError(
        dataset,
        "; ".join(told),
        f"Write {instead} in catalog/{dataset}.yml and convert the column in a query, for example with strptime.",
    )


def _check_key(plan: Plan) -> None:
    if plan.is_keyed and not plan.key:
        raise PlanError(plan.dataset, f"mode {plan.mode} needs a key", "Add `key: [...]`, or use mode append.")
    columns = {str(each.path): each for each in plan.root.columns}
    for path in plan.key:
        column = columns.get(str(path))
        if column is None:
            raise PlanError(
                plan.dataset, f"the key {str(path)!r} is no single value of a record", hint_for(str(path), columns)
            )
        if isinstance(column.type, Json):
            raise PlanError(
                plan.dataset,
                f"the key {str(path)!r} has values of several types",
                "Choose a field with values of one type, or use mode append.",
            )


@dataclass
class _Builder:
    """Collects the tables of one dataset, depth first."""

    plan: Plan
    namer: Namer
    previous: Mapping[Path, Table]
    tables: list[Table] = field(default_factory=list)

    def add(self, path: Path, row: Type, parent: str | None, description: str) -> None:
        """The table whose rows are at `path`, and the ones below it."""
        name = self._table_name(path)
        before = self.previous.get(path)
        namer = Namer(METADATA, {str(each.path.parts): each.name for each in before.columns} if before else None)
        place = len(self.tables)
        columns: list[Column] = []
        inner: list[tuple[Path, Type, str]] = []
        for at, type_, told in _leaves(path, row, ""):
            if isinstance(type_, List | Map):
                inner.append((at / (ITEM if isinstance(type_, List) else KEY), _element(type_), told))
            else:
                columns.append(Column(namer.name(_column_name(at, path), str(at.parts)), at, _column_type(type_), told))
        self.tables.insert(place, Table(name, path, parent, tuple(columns), description))
        for at, element, told in inner:
            self.add(at, element, name, told)

    def _table_name(self, path: Path) -> str:
        dataset = self.plan.dataset
        if not path.parts:
            return self.namer.name(dataset, dataset)
        words = [_word(part, before) for before, part in zip((None, *path.parts), path.parts, strict=False)]
        return self.namer.name("__".join([dataset, *(each for each in words if each)]), _identity(dataset, path))


def _word(part: str | Step, before: str | Step | None) -> str:
    if isinstance(part, Step):
        return "items" if isinstance(before, Step) else ""
    return snake_case(part)


def _leaves(path: Path, type_: Type, description: str) -> Iterator[tuple[Path, Type, str]]:
    """What becomes a column or a table of its own; records are flattened on the way."""
    if isinstance(type_, Record) and type_.fields:
        for each in type_.fields:
            yield from _leaves(path / each.name, each.type, each.description)
    else:
        yield path, type_, description


def _element(type_: List | Map) -> Type:
    return type_.element if isinstance(type_, List) else type_.value


def _column_type(type_: Type) -> Type:
    # A record without fields and a union have no columns of their own: they stay as they came.
    return Json(nullable=type_.nullable) if isinstance(type_, Record | Union) else type_


def _column_name(path: Path, row: Path) -> str:
    names = [each for each in path.parts[len(row.parts) :] if isinstance(each, str)]
    return "_".join(snake_case(each) for each in names) if names else VALUE
