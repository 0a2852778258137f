"""Hand-written mappings and records that keep to their schemas, for the engines whose columns have types."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as Exact
from typing import Any, Final

from hypothesis import strategies as st
from tests.conformance.whole import whole_mapping

from penstock.mapping import Argument, Build, Call, Constant, FieldMapping, ForEach, Mapping, Read, Shape, check
from penstock.mapping.typed import TypedMapping
from penstock.schema import (
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
    Timestamp,
    Type,
    Union,
    nullable,
    parse_path,
)

TEXTS: Final = (
    *(
        "",
        " a ",
        "a'b",
        'q"q',
        "back\\slash",
        "e\u0301",
        "é😄",
        "ÄÖß",
        "1",
        "-12.50",
        "12.505",
        "1e3",
        "٣",
        "NaN",
        "true",
    ),
    *("9223372036854775807", "9223372036854775808", "2024-02-29", "2023-02-29", "1969-07-20T20:17:40Z", "line\nbreak"),
    *("0001-01-01", "1850-06-30", "{}", "$1", "--", "99999999999999999999999999999"),
)
_INTEGERS: Final = (0, 1, -1, 7, 2**53 + 1, 2**63 - 1, -(2**63))
_FLOATS: Final = (0.0, 1.5, -0.1, 1e300, 5e-324, 123456789.125)
_DAYS: Final = (date(1, 1, 1), date(1850, 6, 30), date(1970, 1, 1), date(2000, 2, 29), date(2024, 2, 29))
_TIMES: Final = (
    datetime(1, 1, 2, tzinfo=UTC),
    datetime(1850, 6, 30, 1, 2, 3, 456789, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2024, 2, 29, 12, tzinfo=UTC),
    datetime(2024, 3, 31, 1, 30, tzinfo=UTC),
)


def values(type_: Type) -> st.SearchStrategy[Any]:  # noqa: PLR0911
    """Values of a type as Python has them, odd ones among them."""
    if type_.nullable:
        return st.none() | values(nullable(type_, value=False))
    match type_:
        case Record():
            return st.fixed_dictionaries({each.name: values(each.type) for each in type_.fields})
        case List():
            return st.lists(values(type_.element), max_size=3)
        case Map():
            return st.dictionaries(st.sampled_from(["EUR", "USD", "é"]), values(type_.value), max_size=2)
        case Union():
            return st.one_of(*map(values, type_.members))
        case Enum():
            return st.sampled_from(type_.values)
        case Decimal():
            most = 10**type_.precision - 1
            numbers = st.sampled_from([0, 1, -150, most, -most]) | st.integers(-100000, 100000)
            return numbers.map(lambda each: Exact(f"{each}e-{type_.scale}"))
        case Timestamp():
            return st.sampled_from(_TIMES).map(lambda each: each if type_.zone else each.replace(tzinfo=None))
    return _SCALARS[type(type_)]


_SCALARS: Final[dict[type[Type], st.SearchStrategy[Any]]] = {
    Text: st.sampled_from(TEXTS),
    Integer: st.sampled_from(_INTEGERS) | st.integers(-1000, 1000),
    Float: st.sampled_from(_FLOATS),
    Boolean: st.booleans(),
    Date: st.sampled_from(_DAYS) | st.integers(0, 20000).map(lambda each: date(1950, 1, 1) + timedelta(each)),
    Json: st.sampled_from([None, {"deep": {"deeper": [1, "a", None]}}, {"deep": {"deeper": None}}, {"deep": 1}, [1]]),
}


def _read(path: str) -> Read:
    return Read(parse_path(path))


def _call(operation: str, *arguments: Any, element: str = "", **named: Any) -> Call:
    given = [Argument(each if not isinstance(each, str) else _read(each)) for each in arguments]
    given += [Argument(Constant(value), name) for name, value in named.items()]
    return Call(operation, tuple(given), element)


def _made(source: Shape, target: Record, fields: tuple[FieldMapping, ...], name: str) -> TypedMapping:
    checked = check(Mapping((source,), Shape("target", target), fields, name=name))
    assert checked.is_valid, checked.findings
    return checked.typed


def _field(target: str, value: Any, **more: Any) -> FieldMapping:
    return FieldMapping(target, _read(value) if isinstance(value, str) else value, **more)


def booking() -> TypedMapping:
    """Booking to reservation."""
    guest = Record((Field("firstName", Text()), Field("lastName", nullable(Text())), Field("email", nullable(Text()))))
    source = Record(
        (
            Field("bookingId", Text()),
            Field("guest", nullable(guest), optional=True),
            Field("kidsAges", nullable(List(nullable(Integer())))),
            Field("checkIn", Text()),
            Field("nights", nullable(Integer())),
            Field("select", nullable(Text())),
        )
    )
    target = Record(
        (
            Field("reservationId", Text()),
            Field(
                "guest",
                Record((Field("fullName", Text()), Field("email", nullable(Text()), optional=True))),
            ),
            Field("numberOfKids", nullable(Integer())),
            Field("oldest", nullable(Integer())),
            Field("from", nullable(Date())),
            Field("to", nullable(Date())),
            Field("select", nullable(Text())),
            Field('inject"; DROP TABLE x; --', Text()),
        )
    )
    day = _call("PARSE_DATE", "booking.checkIn")
    fields = (
        _field("reservationId", "booking.bookingId"),
        _field(
            "guest",
            Build(
                (
                    _field(
                        "fullName", _call("CONCAT", "booking.guest.firstName", "booking.guest.lastName", separator=" ")
                    ),
                    _field("email", _call("LOWER", "booking.guest.email")),
                )
            ),
        ),
        _field("numberOfKids", _call("LENGTH", "booking.kidsAges")),
        _field("oldest", _call("MAXIMUM", "booking.kidsAges")),
        _field("from", day, on_reject=Constant("1970-01-01")),
        _field("to", _call("DATE_ADD", day, "booking.nights")),
        _field("select", _call("UPPER", "booking.select"), comment="*/ ' \" --\n; DROP TABLE x"),
        _field('inject"; DROP TABLE x; --', Constant("'); DROP TABLE x; --\\")),
    )
    return _made(Shape("booking", source), target, fields, "booking */ to reservation")


def orders() -> TypedMapping:
    """Orders with lines, enums, unions, decimals, conversions that reject."""
    line = Record(
        (
            Field("sku", Text()),
            Field("count", nullable(Integer())),
            Field("price", Decimal(12, 4)),
            Field("tags", nullable(List(nullable(Text())))),
        )
    )
    source = Record(
        (
            Field("id", Text()),
            Field("total", nullable(Text())),
            Field("currency", Enum(("EUR", "USD", "ÅÄÖ"))),
            Field("placed", nullable(Text())),
            Field("due", nullable(Date())),
            Field("discount", nullable(Decimal(10, 2))),
            Field("big", nullable(Decimal(38, 9))),
            Field("lines", List(line)),
            Field("matrix", nullable(List(List(nullable(Integer()))))),
            Field("ref", nullable(Union((Integer(), Text())))),
            Field("one", nullable(Integer())),
            Field("two", nullable(Integer())),
        )
    )
    made_line = Record(
        (
            Field("sku", nullable(Text())),
            Field("count", Integer()),
            Field("amount", nullable(Decimal(31, 4))),
            Field("first", nullable(Text())),
            Field("tags", nullable(List(nullable(Text())))),
            Field("number", nullable(Integer())),
        )
    )
    target = Record(
        (
            Field("two", nullable(Integer())),
            Field("one", nullable(Integer())),
            Field("total", nullable(Decimal(12, 2))),
            Field("placed", nullable(Timestamp())),
            Field("due", nullable(Text())),
            Field("price", nullable(Float())),
            Field("big", nullable(Float())),
            Field("lines", List(made_line)),
            Field("skus", List(nullable(Text()))),
            Field("numbers", nullable(List(nullable(Integer())))),
            Field("matrix", nullable(List(List(nullable(Integer()))))),
            Field("ref", nullable(Union((Integer(), Text())))),
            Field("currency", Text()),
            Field("sum", nullable(Integer())),
            Field("kind", nullable(Text())),
        )
    )
    body = Build(
        (
            _field("sku", _call("TRIM", _call("UPPER", "line.sku"))),
            _field("count", "line.count"),
            _field("amount", _call("MULTIPLY", "line.price", "line.count")),
            _field("first", _call("FIRST", "line.tags")),
            _field("tags", _call("FILTER", "line.tags", _call("STARTS_WITH", "tag", Constant("a")), element="tag")),
            _field("number", _call("TO_INT", "line.sku"), on_reject=Constant(-1)),
        )
    )
    fields = (
        _field("one", "order.two"),
        _field("two", "order.one"),
        _field("total", _call("TO_DECIMAL", "order.total", precision=12, scale=2)),
        _field("placed", _call("PARSE_TIMESTAMP", "order.placed")),
        _field("due", _call("FORMAT_DATE", "order.due", format="%d.%m.%Y")),
        _field("price", "order.discount"),
        _field("big", "order.big"),
        _field("lines", ForEach(_read("order.lines"), "line", body)),
        _field("skus", ForEach(_read("order.lines"), "line", _call("SUBSTRING", "line.sku", Constant(0), Constant(2)))),
        _field(
            "numbers",
            ForEach(_read("order.lines"), "line", _call("TO_INT", "line.sku")),
        ),
        _field("matrix", ForEach(_read("order.matrix"), "row", _call("REVERSE", "row"))),
        _field("ref", "order.ref"),
        _field("currency", "order.currency"),
        _field("sum", _call("SUBTRACT", _call("ADD", "order.one", "order.two"), "order.one")),
        _field(
            "kind",
            _call(
                "IF",
                _call("GREATER_THAN", "order.one", Constant(0)),
                _call("TO_STRING", _call("TO_INT", "order.total")),
                Constant("none"),
            ),
        ),
    )
    return _made(Shape("order", source), target, fields, "orders")


MAPPINGS: Final = {"booking": booking, "orders": orders, "whole": whole_mapping}
