"""How values are read, checked and spelled in DuckDB; the other engines get a file like this one.

DuckDB reads typed JSON fast but lenient: 2.7 becomes 3 and "9" becomes 9 without a word. So only paths where every
value is known to fit are read typed; the others are read as JSON text and checked. Numbers with a fraction go
through a double in DuckDB's JSON, also as JSON text; where a field needs more digits, every number of a page is
marked as text before it is parsed (`exact`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from penstock.pipeline.plan.model import Plan
from penstock.schema import (
    ITEM,
    KEY,
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Float,
    Integer,
    Json,
    List,
    Map,
    Part,
    Path,
    Record,
    Step,
    Text,
    Time,
    Timestamp,
    Type,
    Union,
)

_NUMBER: Final = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_NUMBERS: Final = rf'((?:"(?:[^"\\]|\\.)*"|[^"0-9-])*)({_NUMBER})'
_AS_TEXT: Final = r'\1"\\u0001\2"'
_LAST: Final = r'"\u00010"'
_MARKED: Final = r'"\\u0001([^"]*)"'
_UNMARKED: Final = r"\1"
_CLOCK: Final = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ZONE: Final = r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)"


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quote(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class Value:
    """An SQL expression for the value at a path."""

    sql: str
    type: Type
    path: Path
    is_json: bool
    """It was read as JSON, whatever its type."""


class Reader:
    """Spells the values of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.exact = holds_decimal(plan.record) or bool(plan.literal)

    # --- What is read ------------------------------------------------------------------------

    def element_type(self) -> str:
        """The SQL type of one record as it is in a page."""
        plan = self.plan
        if plan.wrapped:
            value = plan.record.fields[0]
            return self.sql_type(value.type, Path((value.name,)))
        return self.sql_type(plan.record, Path())

    def sql_type(self, type_: Type, path: Path) -> str:
        """The SQL type that the value at a path is read as."""
        if self._is_json(type_, path):
            return "JSON"
        if isinstance(type_, Record):
            return self._record_type(type_, path)
        if isinstance(type_, List):
            return f"{self.sql_type(type_.element, path / ITEM)}[]"
        if isinstance(type_, Map):
            return f"MAP(VARCHAR, {self.sql_type(type_.value, path / KEY)})"
        return "VARCHAR" if isinstance(type_, Binary) else column_type(type_)

    def _record_type(self, record: Record, path: Path) -> str:
        if _is_odd(record):
            return "MAP(VARCHAR, JSON)"
        inner = ", ".join(f"{quote(e.name)} {self.sql_type(e.type, path / e.name)}" for e in record.fields)
        return f"STRUCT({inner})"

    def _is_json(self, type_: Type, path: Path) -> bool:
        is_open = isinstance(type_, Json | Union) or (isinstance(type_, Record) and not type_.fields)
        is_number = self.exact and isinstance(type_, Integer | Decimal | Float)
        return path in self.plan.gated or is_open or is_number

    # --- Walking to a value ------------------------------------------------------------------

    def record(self, sql: str) -> Value:
        """The record that `sql` stands for."""
        return Value(sql, self.plan.record, Path(), self._is_json(self.plan.record, Path()))

    def walk(self, value: Value, names: Sequence[Part]) -> Value:
        """The value below another one, through fields only."""
        for name in names:
            if isinstance(name, Step):
                raise TypeError(name)
            value = self._field(value, name)
        return value

    def entries(self, value: Value) -> tuple[str, Value]:
        """The list of what is in a list or a map, and what `element` of it is the value."""
        opened = self._opened(value)
        if isinstance(opened.type, Map):
            path, inner = opened.path / KEY, opened.type.value
            return f"map_entries({opened.sql})", Value("element.value", inner, path, self._is_json(inner, path))
        if not isinstance(opened.type, List):
            raise TypeError(opened.type)
        path, inner = opened.path / ITEM, opened.type.element
        return opened.sql, Value("element", inner, path, self._is_json(inner, path))

    def every(self, value: Value, parts: Sequence[Part], depth: int = 0) -> Value:
        """All values at a path with steps into lists and maps, as one list."""
        for place, part in enumerate(parts):
            if not isinstance(part, Step):
                value = self._field(value, part)
                continue
            rows, element = self.entries(value)
            name, rest = f"x{depth}", parts[place + 1 :]
            inner = self.every(replace(element, sql=element.sql.replace("element", name, 1)), rest, depth + 1)
            listed = f"list_transform({rows}, lambda {name}: {inner.sql})"
            return replace(inner, sql=f"flatten({listed})" if any(isinstance(e, Step) for e in rest) else listed)
        return value

    def _opened(self, value: Value) -> Value:
        if not value.is_json:
            return value
        inner = Reader(replace(self.plan, gated=self.plan.gated - {value.path}))
        return replace(value, sql=f"try_cast({value.sql} as {inner.sql_type(value.type, value.path)})", is_json=False)

    def _field(self, value: Value, name: str) -> Value:
        opened = self._opened(value)
        if not isinstance(opened.type, Record):
            raise TypeError(opened.type)
        type_, path = opened.type.by_name()[name].type, opened.path / name
        holder = f"({opened.sql})" if "(" in opened.sql else opened.sql
        if _is_odd(opened.type):
            return Value(f"{holder}[{literal(name)}]", type_, path, is_json=True)
        return Value(f"{holder}.{quote(name)}", type_, path, self._is_json(type_, path))

    # --- Turning it into a column, or refusing it ----------------------------------------------

    def column(self, value: Value) -> str:
        """The value as what its column holds."""
        type_ = value.type
        if isinstance(type_, Json | Union | Record):
            return f"cast({self.text(value)} as JSON)" if self.exact else value.sql
        held = self._decoded(value) if value.is_json else value.sql
        return f"from_base64({held})" if isinstance(type_, Binary) else held

    def _decoded(self, value: Value) -> str:
        """The value of a JSON text that fits."""
        if isinstance(value.type, Integer | Float | Decimal | Boolean):
            return f"try_cast({self.text(value)} as {column_type(value.type)})"
        if isinstance(value.type, Text | Enum | Binary):
            held = f"({value.sql} ->> '$')"
            text = self.text(value)
            is_literal = value.path in self.plan.literal
            return f"case when starts_with({text}, '\"') then {held} else {text} end" if is_literal else held
        return f"try_cast({value.sql} ->> '$' as {column_type(value.type)})"

    def text(self, value: Value) -> str:
        """The JSON text of a value that was read as JSON."""
        if self.exact:
            return f"regexp_replace(cast({value.sql} as VARCHAR), {literal(_MARKED)}, {literal(_UNMARKED)}, 'g')"
        return f"cast({value.sql} as VARCHAR)"

    def misfit(self, value: Value) -> str:
        """A condition that is true for a value that is not null and not of its type."""
        return f"not ({self._fits(value)})"

    def _fits(self, value: Value) -> str:
        text = self.text(value)
        if isinstance(value.type, Json | Union):
            return "true"
        if isinstance(value.type, Boolean):
            return f"{text} in ('true', 'false')"
        if value.path in self.plan.literal:
            return f"left({text}, 1) not in ('{{', '[')"
        start = next((sign for kinds, sign in _STARTS if isinstance(value.type, kinds)), None)
        if start == "{":
            # Of a key that is written twice, DuckDB would take one value without a word.
            return (
                f"(starts_with({text}, '{start}') and len(json_keys({text})) = len(list_distinct(json_keys({text}))))"
            )
        if start is not None:
            return f"starts_with({text}, '{start}')"
        pattern = f"regexp_full_match({text}, {literal(_pattern(value.type))})"
        return f"({pattern} and {self.column(value)} is not null)"

    def marked(self, text: str) -> str:
        """The text of a page where every number is a text behind a mark."""
        # With a number at the end, every search for the next number begins outside of texts.
        marked = f"regexp_replace({text} || ' 0', {literal(_NUMBERS)}, {literal(_AS_TEXT)}, 'g')"
        return f"left({marked}, {-len(_LAST)})"


def column_type(type_: Type) -> str:
    """The SQL type of a column."""
    match type_:
        case Integer(bits=None):
            return "VARCHAR"
        case Integer(bits=bits):
            return "BIGINT" if bits == 64 else "HUGEINT"  # noqa: PLR2004  # the two sizes there are
        case Decimal(precision=precision, scale=scale):
            return f"DECIMAL({precision}, {scale})"
        case Timestamp(zone=zone):
            return "TIMESTAMP WITH TIME ZONE" if zone else "TIMESTAMP"
        case Json() | Union() | Record() | List() | Map():
            return "JSON"
    return _SIMPLE[type(type_)]


def key_text(column: str, type_: Type) -> str:
    """A key's value as text that depends on nothing but the value."""
    if isinstance(type_, Timestamp):
        return f"cast(epoch_us({column}) as VARCHAR)"
    return f"cast({column} as VARCHAR)"


_SIMPLE: Final[dict[type[Type], str]] = {
    Text: "VARCHAR",
    Enum: "VARCHAR",
    Float: "DOUBLE",
    Boolean: "BOOLEAN",
    Date: "DATE",
    Time: "TIME",
    Binary: "BLOB",
}

_STARTS: Final[tuple[tuple[tuple[type[Type], ...], str], ...]] = (
    ((Record, Map), "{"),
    ((List,), "["),
    ((Text, Enum, Binary), '"'),
)
"""What the JSON of some types starts with."""


def _pattern(type_: Type) -> str:
    match type_:
        case Integer():
            return "-?[0-9]+"
        case Float():
            return _NUMBER
        case Decimal(scale=scale):
            return rf"-?[0-9]+(\.[0-9]{{1,{scale}}}0*)?" if scale else r"-?[0-9]+(\.0+)?"
        case Date():
            return f'"{_DAY}"'
        case Time():
            return f'"{_CLOCK}"'
        case Timestamp(zone=zone):
            return f'"{_DAY}[T ]{_CLOCK}{_ZONE if zone else ""}"'
    raise TypeError(type_)


def _is_odd(record: Record) -> bool:
    """Whether the names cannot be those of one STRUCT: they differ in case only, or one is empty."""
    names = [each.name.lower() for each in record.fields]
    return len(set(names)) < len(names) or "" in names


def holds_decimal(type_: Type) -> bool:
    """Whether a value somewhere in the type needs more digits than a double has."""
    match type_:
        case Record():
            return any(holds_decimal(each.type) for each in type_.fields)
        case List():
            return holds_decimal(type_.element)
        case Map():
            return holds_decimal(type_.value)
    return isinstance(type_, Decimal)
