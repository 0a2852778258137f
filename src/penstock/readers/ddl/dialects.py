"""How each SQL dialect spells types, names and comments when tables are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Dialect:
    """The spellings of one dialect."""

    text: str
    integer: str
    wide: str
    """For integers that do not fit 64 bits; what has no limit goes there as well."""
    float: str
    timestamp: str
    local: str
    """A wall clock time."""
    binary: str
    json: str
    decimal: str = "DECIMAL({precision}, {scale})"
    most_digits: int = 38
    boolean: str = "BOOLEAN"
    time: str = "TIME"
    list: str = ""
    """Around `{element}`; empty: lists are kept as `json`."""
    map: str = ""
    """Around `{value}`."""
    record: str = ""
    """Around `{fields}`."""
    member: str = "{name} {type}"
    """A field of a record."""
    quotes: str = '""'
    key_text: str = ""
    """The type of texts in a key, where it is another."""
    comments: Literal["inline", "statement", "options", "none"] = "inline"
    table_comment: str = ""
    flat_lists: bool = False
    """Lists hold scalars only."""
    keys: bool = True
    """A table may have a primary key."""
    checks: bool = True
    """A table may have checks."""
    default: str = "DEFAULT {value}"
    nested_rules: bool = False
    """Fields of records may be NOT NULL."""
    lost: Mapping[str, str] = field(default_factory=dict)
    """Types that are kept as another, with what is lost."""

    backslash: bool = False
    """In texts a backslash takes the meaning from the character behind it."""

    def quote(self, name: str) -> str:
        """A name that is safe whatever is in it."""
        start, end = self.quotes[0], self.quotes[1]
        if self.comments == "options":
            return f"{start}{name.replace(chr(92), chr(92) * 2).replace(end, chr(92) + end)}{end}"
        return f"{start}{name.replace(end, end * 2)}{end}"

    def literal(self, text: str) -> str:
        """A text as a value."""
        if not self.backslash:
            return "'{}'".format(text.replace("'", "''"))
        marks = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r"}
        return "'{}'".format("".join(marks.get(each, each) for each in text))


DIALECTS: Final[Mapping[str, Dialect]] = {
    "duckdb": Dialect(
        "VARCHAR",
        "BIGINT",
        "HUGEINT",
        "DOUBLE",
        "TIMESTAMPTZ",
        "TIMESTAMP",
        "BLOB",
        "JSON",
        list="{element}[]",
        map="MAP(VARCHAR, {value})",
        record="STRUCT({fields})",
        comments="statement",
    ),
    "postgres": Dialect(
        "TEXT",
        "BIGINT",
        "NUMERIC(39, 0)",
        "DOUBLE PRECISION",
        "TIMESTAMPTZ",
        "TIMESTAMP",
        "BYTEA",
        "JSONB",
        decimal="NUMERIC({precision}, {scale})",
        most_digits=1000,
        comments="statement",
        list="{element}[]",
        flat_lists=True,
    ),
    "snowflake": Dialect(
        "VARCHAR",
        "BIGINT",
        "NUMBER(38, 0)",
        "FLOAT",
        "TIMESTAMP_TZ",
        "TIMESTAMP_NTZ",
        "BINARY",
        "VARIANT",
        decimal="NUMBER({precision}, {scale})",
        checks=False,
        list="ARRAY",
        map="OBJECT",
        record="OBJECT",
        table_comment=" COMMENT = {text}",
        backslash=True,
    ),
    "bigquery": Dialect(
        "STRING",
        "INT64",
        "BIGNUMERIC(38, 0)",
        "FLOAT64",
        "TIMESTAMP",
        "DATETIME",
        "BYTES",
        "JSON",
        decimal="BIGNUMERIC({precision}, {scale})",
        boolean="BOOL",
        list="ARRAY<{element}>",
        record="STRUCT<{fields}>",
        quotes="``",
        keys=False,
        checks=False,
        comments="options",
        nested_rules=True,
        table_comment=" OPTIONS (description = {text})",
        backslash=True,
    ),
    "spark": Dialect(
        "STRING",
        "BIGINT",
        "DECIMAL(38, 0)",
        "DOUBLE",
        "TIMESTAMP",
        "TIMESTAMP_NTZ",
        "BINARY",
        "STRING",
        time="STRING",
        list="ARRAY<{element}>",
        map="MAP<STRING, {value}>",
        record="STRUCT<{fields}>",
        member="{name}: {type}",
        quotes="``",
        keys=False,
        checks=False,
        nested_rules=True,
        table_comment=" COMMENT {text}",
        lost={"time": "text", "json": "text"},
        backslash=True,
    ),
    "mysql": Dialect(
        "LONGTEXT",
        "BIGINT",
        "DECIMAL(39, 0)",
        "DOUBLE",
        "TIMESTAMP",
        "DATETIME",
        "LONGBLOB",
        "JSON",
        most_digits=65,
        quotes="``",
        key_text="VARCHAR(255)",
        default="DEFAULT ({value})",
        table_comment=" COMMENT = {text}",
        backslash=True,
    ),
    "tsql": Dialect(
        "NVARCHAR(MAX)",
        "BIGINT",
        "DECIMAL(38, 0)",
        "FLOAT",
        "DATETIMEOFFSET",
        "DATETIME2",
        "VARBINARY(MAX)",
        "NVARCHAR(MAX)",
        boolean="BIT",
        quotes="[]",
        key_text="NVARCHAR(450)",
        comments="none",
        lost={"json": "text"},
    ),
    "trino": Dialect(
        "VARCHAR",
        "BIGINT",
        "DECIMAL(38, 0)",
        "DOUBLE",
        "TIMESTAMP WITH TIME ZONE",
        "TIMESTAMP",
        "VARBINARY",
        "JSON",
        list="ARRAY({element})",
        map="MAP(VARCHAR, {value})",
        record="ROW({fields})",
        keys=False,
        checks=False,
        table_comment=" COMMENT {text}",
    ),
}
"""The dialects that can be written."""
