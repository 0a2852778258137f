"""The layout of Ballerina modules, and what must not break out of it."""

from typing import Any

import pytest
from tests.conformance.ballerina.module import evaluate_module
from tests.conformance.ballerina.values import BallerinaError

from penstock.emitters import Emission, Options
from penstock.emitters.ballerina import emitter
from penstock.errors import UnsupportedOperationError
from penstock.mapping import check
from penstock.mapping.model import (
    Argument,
    Build,
    Call,
    Constant,
    Expression,
    FieldMapping,
    ForEach,
    Mapping,
    Read,
    Shape,
)
from penstock.schema import Boolean, Enum, Field, Integer, List, Path, Record, Text, Timestamp, Type

BOOKING = Record(
    (
        Field("id", Integer()),
        Field("first", Text(nullable=True)),
        Field("order", Text(), optional=True),
        Field("lines", List(Record((Field("sku", Text()),)), nullable=True)),
        Field("status", Enum(("a", "b"))),
    )
)
RESERVATION = Record(
    (
        Field("reservationId", Integer()),
        Field("name", Text()),
        Field("type", Text(), optional=True),
        Field("items", List(Record((Field("code", Text()), Field("note", Text(nullable=True)))), nullable=True)),
        Field("next", Integer()),
    )
)


def read(*names: str) -> Read:
    return Read(Path(names))


def emitted(source: Type, target: Type, *fields: FieldMapping, name: str = "") -> Emission:
    mapping = Mapping(
        (Shape("booking", source, "Booking"),), Shape("reservation", target, "Reservation"), fields, name=name
    )
    checked = check(mapping)
    assert checked.is_valid, checked.findings
    return emitter.emit(checked.typed, Options())


def booking() -> Emission:
    upper = Call("CONCAT", (Argument(read("line", "sku")), Argument(Constant("!"))))
    following = Call("ADD", (Argument(read("booking", "id")), Argument(Constant(1))))
    return emitted(
        BOOKING,
        RESERVATION,
        FieldMapping("reservationId", read("booking", "id"), comment="as it is\n} or not"),
        FieldMapping("name", read("booking", "first")),
        FieldMapping("type", read("booking", "order")),
        FieldMapping("items", ForEach(read("booking", "lines"), "line", Build((FieldMapping("code", upper),)))),
        FieldMapping("next", following, on_reject=Constant(0)),
        name="Booking to reservation",
    )


LAYOUT = """# Booking to reservation
# + booking - source
# + return - the record, or an error with the path and the reason of what was rejected
public isolated function mapBookingToReservation(Booking booking) returns Reservation|error => {
    // as it is
    // } or not
    reservationId: booking.id,
    name: check (booking.first ?: error("name: is required, but there is no value")),
    ...<record {|string 'type?;|}>(let var given = booking?.'order in given is () ? {} : {'type: given}),
    items: (let var list = booking.lines in list is () ? () : from var line in list
        select {
            code: string:'join("", ...from string? part in [line.sku, "!"] where part is string select part),
            note: ()
        }),
    next: (let var made = makeNext(booking) in made is error ? 0 : made)
};

isolated function intOrReject(int|error made, string reason) returns int|error =>
    made is error ? error(reason) : made;

isolated function makeNext(Booking booking) returns int|error =>
    check intOrReject(trap (booking.id + 1), "next: ADD: has a result that is too large");
"""


def test_the_layout_of_a_function() -> None:
    emission = booking()
    assert list(emission.files) == ["booking_to_reservation.bal", "types.bal"]
    assert emission.text == LAYOUT
    assert emission.files["types.bal"].startswith("public type Reservation record {\n    int reservationId;\n")


def run(emission: Emission, record: Any) -> Any:
    module = evaluate_module("\n".join(emission.files.values()))
    return module.call(next(iter(module.functions)), record)


RECORD: dict[str, Any] = {"id": 1, "first": "é", "lines": [{"sku": "s"}], "status": "a"}


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ({}, {"reservationId": 1, "name": "é", "items": [{"code": "s!", "note": None}], "next": 2}),
        (
            {"order": "o"},
            {"reservationId": 1, "name": "é", "type": "o", "items": [{"code": "s!", "note": None}], "next": 2},
        ),
        ({"lines": None}, {"reservationId": 1, "name": "é", "items": None, "next": 2}),
        ({"id": (1 << 63) - 1, "lines": []}, {"reservationId": (1 << 63) - 1, "name": "é", "items": [], "next": 0}),
    ],
)
def test_the_function_maps(given: dict[str, Any], made: dict[str, Any]) -> None:
    assert run(booking(), {**RECORD, **given}) == made


def test_a_rejected_row_is_an_error_with_path_and_reason() -> None:
    with pytest.raises(BallerinaError) as caught:
        run(booking(), {**RECORD, "first": None})
    assert caught.value.value.message == "name: is required, but there is no value"


ODD = [
    "order",
    "from",
    "a b",
    'a"b',
    "a`${b}",
    "a\n} public function f() {",
    "'quoted",
    "1st",
    "é😄",
    "\u2028",
    "\\u{41}",
    "string",
    "given",
    "intOrReject",
]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_and_texts_stay_what_they_are(name: str) -> None:
    source = Record((Field(name, Text()), Field("list", List(Record((Field(name, Text()),))))))
    target = Record((Field(name, Text()), Field("fixed", Text()), Field("all", List(Record((Field(name, Text()),))))))
    inner: Expression = Build((FieldMapping(name, read(name, name)),))
    emission = emitted(
        source,
        target,
        FieldMapping(name, read("booking", name), comment=name),
        FieldMapping("fixed", Constant(name), comment=name),
        FieldMapping("all", ForEach(read("booking", "list"), name, inner)),
        name=name,
    )
    made = run(emission, {name: "x", "list": [{name: "y"}]})
    assert made == {name: "x", "fixed": name, "all": [{name: "y"}]}


def test_a_name_that_ballerina_cannot_have_is_refused() -> None:
    source = Record((Field("", Text()),))
    target = Record((Field("a", Text()),))
    with pytest.raises(UnsupportedOperationError, match="cannot be a name"):
        emitted(source, target, FieldMapping("a", read("booking", "")))


def test_types_of_one_name_that_differ_get_two_names() -> None:
    mapping = Mapping(
        (Shape("booking", Record((Field("a", Text()),), "Order")),),
        Shape("made", Record((Field("b", Text()),), "Order")),
        (FieldMapping("b", read("booking", "a")),),
    )
    emission = emitter.emit(check(mapping).typed, Options())
    assert "function mapOrder(Order2 booking) returns Order|error" in emission.text
    assert run(emission, {"a": "x"}) == {"b": "x"}


@pytest.mark.parametrize(
    ("first", "second", "is_less"),
    [
        ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00.5Z", True),
        ("2024-01-01T00:00:00.5Z", "2024-01-01T00:00:00Z", False),
        ("2024-01-01T01:00:00+02:00", "2024-01-01T00:00:00Z", True),
        ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", True),
    ],
)
def test_timestamps_are_compared_as_points_in_time(first: str, second: str, is_less: bool) -> None:
    source = Record((Field("first", Timestamp()), Field("second", Timestamp())))
    less = Call("LESS_THAN", (Argument(read("booking", "first")), Argument(read("booking", "second"))))
    emission = emitted(source, Record((Field("less", Boolean()),)), FieldMapping("less", less))
    assert run(emission, {"first": first, "second": second}) == {"less": is_less}
