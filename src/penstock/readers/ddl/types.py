"""The types of SQL columns."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from penstock.readers.losses import UNKNOWN_TYPE, Losses
from penstock.schema.paths import ITEM, KEY, Path
from penstock.schema.types import (
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Field,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    Union,
    nullable,
)

if TYPE_CHECKING:
    from sqlglot import exp

MOST_DIGITS: Final = 1000
"""No system has decimals with more."""

_NAMES: Final[Mapping[Type, str]] = {
    Text(): "CHAR NCHAR VARCHAR NVARCHAR TEXT TINYTEXT MEDIUMTEXT LONGTEXT BPCHAR NAME FIXEDSTRING UUID XML "
    "INET IPV4 IPV6 IPADDRESS IPPREFIX",
    Integer(): "TINYINT SMALLINT MEDIUMINT INT BIGINT UTINYINT USMALLINT UMEDIUMINT UINT SERIAL SMALLSERIAL "
    "BIGSERIAL YEAR",
    Integer(128): "INT128 UBIGINT",
    Integer(None): "INT256 UINT128 UINT256 BIGNUM",
    Float(): "FLOAT DOUBLE UDOUBLE",
    Decimal(19, 4): "MONEY",
    Decimal(10, 4): "SMALLMONEY",
    Boolean(): "BOOLEAN",
    Date(): "DATE DATE32",
    Time(): "TIME TIMETZ TIME_NS",
    Timestamp(zone=False): "TIMESTAMP TIMESTAMPNTZ TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS DATETIME DATETIME2 DATETIME64 "
    "SMALLDATETIME",
    Timestamp(): "TIMESTAMPTZ TIMESTAMPLTZ",
    Binary(): "BINARY VARBINARY BLOB TINYBLOB MEDIUMBLOB LONGBLOB ROWVERSION IMAGE",
    Json(): "JSON JSONB VARIANT SUPER DYNAMIC",
}
SCALARS: Final[Mapping[str, Type]] = {name: type_ for type_, names in _NAMES.items() for name in names.split()}

_DECIMALS: Final = {
    "bigquery": (38, 9), "snowflake": (38, 0), "duckdb": (18, 3), "mysql": (10, 0), "spark": (10, 0), "tsql": (18, 0),
    "clickhouse": (10, 0), "trino": (38, 0),
}  # fmt: skip
"""What DECIMAL without arguments means."""

_USER: Final[Mapping[str, Type]] = {"citext": Text(), "hstore": Map(Text(nullable=True))}


class ColumnTypes:
    """Makes types of the data types of one dialect."""

    def __init__(self, dialect: str, losses: Losses, user: Callable[[str, Path], Type | None]) -> None:
        self._dialect = dialect
        self._losses = losses
        self._user = user

    def of(self, said: "exp.DataType | None", path: Path) -> Type:
        """The type of a column; whether it may be null is said elsewhere."""
        name = said.this.name if said is not None and hasattr(said.this, "name") else ""
        if said is None or name in ("UNKNOWN", "NULL", "NOTHING", ""):
            return self._unknown("without a type" if said is None else said.sql(), path)
        if name in _BUILD:
            return _BUILD[name](self, said, path)
        if self._dialect == "tsql" and name == "BIT":
            return Boolean()
        found = SCALARS.get(name)
        return self._unknown(said.sql(), path) if found is None else found

    def _unknown(self, told: str, path: Path) -> Type:
        self._losses.lose(UNKNOWN_TYPE, path, f"the type {told[:60]} has no like here; it is kept as JSON")
        return Json()

    def decimal(self, said: "exp.DataType", path: Path) -> Type:
        """An exact number; without digits, those of the dialect."""
        digits = [_whole(each) for each in said.expressions]
        if not digits:
            if self._dialect not in _DECIMALS:
                self._losses.lose_rule(path, "decimal without digits")
            return Decimal(*_DECIMALS.get(self._dialect, (38, 9)))
        precision, scale = digits[0], digits[1] if len(digits) > 1 else 0
        if precision is None or scale is None or not 0 < precision <= MOST_DIGITS or abs(scale) > MOST_DIGITS:
            return self._unknown(said.sql(), path)
        return Decimal(precision - scale, 0) if scale < 0 else Decimal(max(precision, scale), scale)

    def wide_decimal(self, said: "exp.DataType", path: Path) -> Type:
        """BIGNUMERIC of BigQuery."""
        return self.decimal(said, path) if said.expressions else Decimal(76, 38)

    def list_of(self, said: "exp.DataType", path: Path) -> Type:
        """A list; elements may be null, but in BigQuery."""
        if not said.expressions:
            return List(Json(nullable=True))
        element = self._inner(said.expressions[0], path / ITEM)
        return List(nullable(element, value=self._dialect != "bigquery"))

    def map_of(self, said: "exp.DataType", path: Path) -> Type:
        """A map; keys of other types are texts."""
        if len(said.expressions) < 2:  # noqa: PLR2004  # keys and values
            return Map(Json(nullable=True))
        if not isinstance(self._inner(said.expressions[0], path / KEY), Text | Enum):
            self._losses.lose_rule(path, "the type of keys")
        return Map(nullable(self._inner(said.expressions[1], path / KEY)))

    def record(self, said: "exp.DataType", path: Path) -> Type:
        """A structure."""
        fields: dict[str, Field] = {}
        for position, each in enumerate(said.expressions):
            name = each.name if _is_column(each) else f"_{position}"
            inner = each.kind if _is_column(each) else each
            kinds = [type(rule.kind).__name__ for rule in each.constraints] if _is_column(each) else []
            is_required = "NotNullColumnConstraint" in kinds
            type_ = nullable(self._inner(inner, path / name), value=not is_required)
            fields[name] = Field(name, type_, description=described(each) if _is_column(each) else "")
        return Record(tuple(fields.values())) if fields else Map(Json(nullable=True))

    def union(self, said: "exp.DataType", path: Path) -> Type:
        """A union of DuckDB."""
        members = (self._inner(each.kind if _is_column(each) else each, path) for each in said.expressions)
        return Union(tuple(dict.fromkeys(members)))

    def enum(self, said: "exp.DataType", path: Path) -> Type:  # noqa: ARG002  # the signature of the table
        """An enumeration."""
        values = (each.this.name if type(each).__name__ == "EQ" else each.name for each in said.expressions)
        return Enum(tuple(dict.fromkeys(values)))

    def wrapped(self, said: "exp.DataType", path: Path) -> Type:
        """LowCardinality and the like: the type inside."""
        return self._inner(said.expressions[0] if said.expressions else None, path)

    def named(self, said: "exp.DataType", path: Path) -> Type:
        """A type that the document or an extension defines."""
        name = said.args.get("kind")
        told = name if isinstance(name, str) else getattr(name, "name", "")
        known = self._user(told, path) or _USER.get(told.lower())
        return self._unknown(told or said.sql(), path) if known is None else known

    def _inner(self, said: Any, path: Path) -> Type:
        return self.of(said if type(said).__name__ == "DataType" else None, path)


_BUILD: Final[Mapping[str, Callable[[ColumnTypes, Any, Path], Type]]] = {
    **dict.fromkeys(("DECIMAL", "DECIMAL32", "DECIMAL64", "DECIMAL128", "DECIMAL256", "UDECIMAL"), ColumnTypes.decimal),
    "BIGDECIMAL": ColumnTypes.wide_decimal,
    **dict.fromkeys(("ARRAY", "LIST"), ColumnTypes.list_of),
    **dict.fromkeys(("STRUCT", "OBJECT"), ColumnTypes.record),
    **dict.fromkeys(("ENUM", "ENUM8", "ENUM16"), ColumnTypes.enum),
    **dict.fromkeys(("LOWCARDINALITY", "NULLABLE"), ColumnTypes.wrapped),
    "MAP": ColumnTypes.map_of,
    "UNION": ColumnTypes.union,
    "USERDEFINED": ColumnTypes.named,
}


def described(column: Any) -> str:
    """The comment of a column, as COMMENT or in OPTIONS."""
    for each in column.constraints:
        kind = each.kind
        if type(kind).__name__ == "CommentColumnConstraint":
            return str(kind.name)
        if type(kind).__name__ == "Properties" and (text := of_options(kind)):
            return text
    return ""


def of_options(properties: Any) -> str:
    """The description among properties, as COMMENT or in OPTIONS."""
    for each in properties.expressions if properties is not None else ():
        if type(each).__name__ == "SchemaCommentProperty":
            return str(each.name)
        if each.name.lower() == "description" and each.args.get("value") is not None:
            return str(each.args["value"].name)
    return ""


def _is_column(tree: Any) -> bool:
    return type(tree).__name__ == "ColumnDef"


def _whole(tree: Any) -> int | None:
    try:
        return int(tree.this.sql())
    except (ValueError, AttributeError):
        return None
