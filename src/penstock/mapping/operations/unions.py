"""Operations on values that may be of several types."""

from penstock.mapping.arguments import constant_of, type_of
from penstock.mapping.operation import REJECTED, Constant, Example, Sql, Unsupported, operation
from penstock.mapping.type_words import types_of
from penstock.mapping.typed import Arguments
from penstock.schema import Json, Type, Union, nullable

_NO_UNIONS = "its columns hold values of one type"


def _member(arguments: Arguments) -> Type:
    """The member of the union that the word names, or the type itself."""
    wanted, type_ = types_of(constant_of(arguments, "kind")), type_of(arguments)
    if isinstance(type_, Union):
        found = [each for each in type_.members if isinstance(each, wanted)]
        return nullable(found[0] if len(found) == 1 else type_)
    return nullable(wanted[0]() if isinstance(type_, Json) else type_)


_IS_IN_DUCKDB = """COALESCE(CASE
    WHEN {kind} IN ('text', 'string', 'enum') THEN JSON_TYPE({value}) = 'VARCHAR'
    WHEN {kind} IN ('integer', 'int') THEN JSON_TYPE({value}) IN ('BIGINT', 'UBIGINT', 'HUGEINT')
    WHEN {kind} IN ('decimal', 'float') THEN JSON_TYPE({value}) = 'DOUBLE'
    WHEN {kind} = 'boolean' THEN JSON_TYPE({value}) = 'BOOLEAN'
    WHEN {kind} = 'list' THEN JSON_TYPE({value}) = 'ARRAY'
    WHEN {kind} IN ('record', 'map') THEN JSON_TYPE({value}) = 'OBJECT'
    ELSE FALSE END, FALSE)"""


@operation(
    sql={"json": Sql(_IS_IN_DUCKDB), "*": Unsupported(_NO_UNIONS)},
    jsonata=Unsupported("its numbers are of one type"),
    ballerina=Unsupported("a test of a type is a part of its match, which is not written yet"),
    nulls="total",
    accepts={"kind": types_of},
    examples=[
        Example(("é", "text"), True, types=("json",)),
        Example(("", "string"), True, types=("json",)),
        Example((5, "integer"), True, types=("json",)),
        Example((5, "text"), False, types=("json",)),
        Example((True, "integer"), False, "true is no number", types=("json",)),
        Example(([1], "list"), True, types=("json",)),
        Example(({"a": 1}, "record"), True, types=("json",)),
        Example((None, "text"), False, "null is of no type", types=("json",)),
    ],
)
def is_type(value: object, kind: Constant[str]) -> bool:
    """Say whether a value is of a type: text, integer, decimal, float, boolean, date, timestamp, time, list or record.

    Where IF or CASE asks it of a value that may be of several types, the value is of that type in the branch.
    """
    from datetime import date, datetime, time
    from decimal import Decimal

    names = {"string": "text", "int": "integer", "enum": "text", "map": "record"}
    types = {"str": "text", "int": "integer", "bool": "boolean", "list": "list", "dict": "record"}
    more = {Decimal: "decimal", float: "float", datetime: "timestamp", date: "date", time: "time"}
    found = more.get(type(value)) or types.get(type(value).__name__, "")
    wanted = names.get(kind, kind)
    return found == wanted or {found, wanted} == {"decimal", "float"}


@operation(
    sql={
        "json": Sql(
            "TRY_CAST({value} ->> '$' AS {type})",
            "JSON_TYPE({value}) <> 'NULL' AND TRY_CAST({value} ->> '$' AS {type}) IS NULL",
        ),
        "*": Unsupported(_NO_UNIONS),
    },
    jsonata=Unsupported("its numbers are of one type"),
    ballerina=Unsupported("a test of a type is a part of its match, which is not written yet"),
    rejects="is not of the type",
    result=_member,
    accepts={"kind": types_of},
    examples=[
        Example(("é", "text"), "é", types=("json",)),
        Example(("", "text"), "", types=("json",)),
        Example((5, "integer"), 5, types=("json",)),
        Example((True, "boolean"), True, types=("json",)),
        Example((None, "text"), None, types=("json",)),
        Example((5, "boolean"), REJECTED, types=("json",)),
    ],
)
def as_type(value: object, kind: Constant[str]) -> object:
    """Take a value that may be of several types as one of them."""
    from datetime import date, datetime, time
    from decimal import Decimal

    names = {"string": "text", "int": "integer", "enum": "text", "map": "record"}
    types = {"str": "text", "int": "integer", "bool": "boolean", "list": "list", "dict": "record"}
    more = {Decimal: "decimal", float: "float", datetime: "timestamp", date: "date", time: "time"}
    found = more.get(type(value)) or types.get(type(value).__name__, "")
    wanted = names.get(kind, kind)
    if found != wanted and {found, wanted} != {"decimal", "float"}:
        raise ValueError(kind)
    return value
