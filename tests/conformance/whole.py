"""A whole mapping with nested records, loops in loops, defaults and odd names, and records of all kinds for it."""

from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from penstock.mapping import Argument, Build, Call, Constant, FieldMapping, ForEach, Mapping, Read, Shape, check
from penstock.mapping.typed import TypedMapping
from penstock.schema import (
    Boolean,
    Date,
    Enum,
    Field,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Timestamp,
    Type,
    nullable,
    parse_path,
)


def record(**fields: Type) -> Record:
    """A record, whose nullable fields may be missing, too."""
    return Record(tuple(Field(name, type_, optional=type_.nullable) for name, type_ in fields.items()))


_PART: Final = record(code=nullable(Text()), weights=nullable(List(Float(nullable=True))))
_LINE: Final = record(sku=Text(), count=nullable(Integer()), parts=nullable(List(_PART)))
_CUSTOMER: Final = Record(
    (
        Field("name", Text()),
        Field("first name", nullable(Text())),
        Field('a"b\\c', nullable(Integer()), optional=True),
        Field("vip", nullable(Boolean())),
    )
)
_SOURCE: Final = record(
    id=Integer(),
    customer=_CUSTOMER,
    lines=nullable(List(_LINE)),
    status=nullable(Enum(("new", "paid"))),
    day=nullable(Date()),
    at=nullable(Timestamp()),
    local=nullable(Timestamp(zone=False)),
    prices=nullable(Map(nullable(Float()))),
    extra=nullable(Json()),
    tags=nullable(List(Text())),
)
_MADE_PART: Final = Record((Field("class", nullable(Text())), Field("weights", nullable(List(Float(nullable=True))))))
_MADE_LINE: Final = Record(
    (
        Field("sku", Text()),
        Field("number", Integer()),
        Field("order", Integer()),
        Field("parts", nullable(List(_MADE_PART)), optional=True),
    )
)
_TARGET: Final = Record(
    (
        Field("id", Integer()),
        Field("who", record(name=Text(), first=nullable(Text()))),
        Field("odd \"name' --", nullable(Integer())),
        Field("lines", nullable(List(_MADE_LINE))),
        Field("skus", nullable(List(Text()))),
        Field("import", Text(), optional=True),
        Field("day", nullable(Date())),
        Field("at", nullable(Timestamp())),
        Field("local", nullable(Timestamp(zone=False))),
        Field("eur", Float()),
        Field("vip", Boolean()),
        Field("extra", nullable(Json())),
        Field("known", nullable(Boolean())),
        Field("tags", nullable(List(Text()))),
        Field("customer", nullable(_CUSTOMER)),
    )
)


def _read(path: str) -> Read:
    return Read(parse_path(path))


def _call(operation: str, *arguments: Any, element: str = "") -> Call:
    return Call(operation, tuple(map(Argument, arguments)), element)


def _fields(*fields: tuple[str, Any]) -> tuple[FieldMapping, ...]:
    return tuple(FieldMapping(name, value) for name, value in fields)


_PARTS: Final = ForEach(
    _read("line.parts"), "part", Build(_fields(("class", _read("part.code")), ("weights", _read("part.weights"))))
)
_LINES: Final = Build(
    (
        FieldMapping("sku", _read("line.sku")),
        FieldMapping("number", _read("line.count"), on_reject=Constant(0)),
        FieldMapping("order", _read("order.id")),
        FieldMapping("parts", _PARTS, comment="of the line\n\"\"\" '''\rimport os"),
    )
)
_FIELDS: Final = (
    *_fields(
        ("id", _read("order.id")),
        (
            "who",
            Build(_fields(("name", _read("order.customer.name")), ("first", _read("order.customer.first name")))),
        ),
        ("odd \"name' --", Read(parse_path("order.customer") / 'a"b\\c')),
        ("lines", ForEach(_read("order.lines"), "line", _LINES)),
        ("skus", _read("order.lines[].sku")),
        ("import", _read("order.status")),
        ("day", _read("order.day")),
        ("at", _read("order.at")),
        ("local", _read("order.local")),
    ),
    FieldMapping("eur", _read("order.prices.EUR"), on_reject=Constant(-1.5)),
    *_fields(
        ("vip", _call("IF", _read("order.customer.vip"), Constant(True), Constant(False))),
        ("extra", _read("order.extra.deep.deeper")),
        ("known", _call("EQUAL", _read("order.customer.first name"), _read("order.customer.name"))),
        ("tags", _call("FILTER", _read("order.tags"), _call("EQUAL", _read("tag"), Constant("a'b")), element="tag")),
        ("customer", _read("order.customer")),
    ),
)


def whole_mapping() -> TypedMapping:
    """The mapping; it has no errors."""
    mapping = Mapping((Shape("order", _SOURCE),), Shape("target", _TARGET), _FIELDS, name='whole """ mapping')
    checked = check(mapping)
    assert checked.is_valid, checked.findings
    return checked.typed


_ODD: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from(
        ["", "a'b", "é😄", "e\u0301", "1", "true", "new", "2024-02-29", "2023-02-29", "1969-07-20T20:17:40Z"]
    ),
    st.just([]),
    st.just({}),
    st.just([None, "a"]),
)
_GOOD: Final = {
    "text": st.sampled_from(["", "a", "a'b", "é😄", "e\u0301", 'q"\\']),
    "integer": st.integers(-(2**53), 2**53),
    "float": st.floats(-1e9, 1e9, width=32),
    "boolean": st.booleans(),
    "date": st.dates().map(lambda day: day.isoformat()),
    "json": _ODD,
}


def values(type_: Type) -> st.SearchStrategy[Any]:
    """JSON values, most of which are of a type."""
    return st.integers(0, 19).flatmap(lambda dice: _ODD if dice == 0 else _of(type_))


def _of(type_: Type) -> st.SearchStrategy[Any]:  # noqa: PLR0911  # one case for each type
    if type_.nullable:
        return st.one_of(st.none(), _of(nullable(type_, value=False)))
    match type_:
        case Record(fields=fields):
            return st.fixed_dictionaries(
                {each.name: values(each.type) for each in fields if not each.optional},
                optional={each.name: values(each.type) for each in fields if each.optional},
            )
        case List(element=element):
            return st.lists(values(element), max_size=3)
        case Map(value=value):
            return st.dictionaries(st.sampled_from(["EUR", "USD", ""]), values(value), max_size=2)
        case Enum(values=listed):
            return st.sampled_from(listed)
        case Timestamp(zone=zone):
            text = st.datetimes().map(lambda at: at.isoformat())
            return text.map(lambda at: f"{at}Z") if zone else text
    return _GOOD[type_.name]


def records() -> st.SearchStrategy[Any]:
    """Records of the source; many have odd values."""
    return values(_SOURCE)


def many_records(count: int) -> list[dict[str, Any]]:
    """The same records in every run, for engines that take many at once."""
    made: list[dict[str, Any]] = []

    @settings(max_examples=count, database=None, derandomize=True, deadline=None)
    @given(records())
    def collect(found: Any) -> None:
        if isinstance(found, dict):
            made.append(found)

    collect()
    return made
