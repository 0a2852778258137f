"""Fields that mean one thing are found; where there are none, nothing is."""

import random

import pytest

from penstock.matching import Described, Matches, Shape, match, shape_of
from penstock.schema import Date, Field, Float, Integer, List, Path, Record, Text, Type, parse_path


def shape(
    name: str, *fields: str | tuple[str, Type] | tuple[str, Type, str] | tuple[str, Type, str, list[object]]
) -> Shape:
    return Shape(name, tuple(one_field(*([each] if isinstance(each, str) else each)) for each in fields))


def one_field(path: object, type_: object = None, description: object = "", samples: object = ()) -> Described:
    assert isinstance(path, str)
    assert type_ is None or isinstance(type_, Type)
    assert isinstance(description, str)
    assert isinstance(samples, list | tuple)
    return Described(parse_path(path), type_, description, tuple(samples))


def pairs(found: Matches) -> dict[str, str]:
    return {str(each.target): str(each.path) for each in found.matches}


ORDER = shape(
    "order",
    ("order_id", Integer()),
    ("cust_nm", Text()),
    ("order_date", Date()),
    ("total_amt", Float()),
    ("ship_to_city", Text()),
)
INVOICE = shape(
    "purchase",
    ("customerName", Text()),
    ("totalAmount", Float()),
    ("orderId", Integer()),
    ("shipToCity", Text()),
    ("orderDate", Date()),
)
MEANT = {
    "customerName": "cust_nm",
    "totalAmount": "total_amt",
    "orderId": "order_id",
    "shipToCity": "ship_to_city",
    "orderDate": "order_date",
}
WEATHER = shape(
    "weather",
    ("station", Text()),
    ("wind_speed", Float()),
    ("humidity", Float()),
    ("dew_point", Float()),
    ("pressure", Float()),
    ("visibility", Float()),
)
SHOP = shape(
    "cart",
    ("sku", Text()),
    ("basket.quantity", Integer()),
    ("coupon", Text()),
    ("customer.email", Text()),
    ("payment.method", Text()),
    ("vat_rate", Float()),
)


def test_short_forms_and_case_styles() -> None:
    found = match([ORDER], INVOICE)
    assert pairs(found) == MEANT
    assert not found.unmatched_sources
    assert not found.unmatched_targets
    assert all(each.confidence > 0.5 and "name" in each.evidence for each in found.matches)


def test_the_same_shape() -> None:
    assert pairs(match([ORDER], ORDER)) == {str(each.path): str(each.path) for each in ORDER.fields}


def test_unrelated_shapes_give_nothing() -> None:
    found = match([WEATHER], SHOP)
    assert found.matches == ()
    assert [str(each) for each in found.unmatched_targets] == [str(each.path) for each in SHOP.fields]
    assert len(found.unmatched_sources) == len(WEATHER.fields)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_fields_does_not_matter(seed: int) -> None:
    chance = random.Random(seed)
    turned = [Shape(each.name, tuple(chance.sample(each.fields, len(each.fields)))) for each in (ORDER, INVOICE)]
    before, after = match([ORDER], INVOICE), match(turned[:1], turned[1])
    assert {(str(each.target), str(each.path)): each.confidence for each in after.matches} == pytest.approx(
        {(str(each.target), str(each.path)): each.confidence for each in before.matches}
    )


def test_several_sources() -> None:
    customer = shape("customer", "id", "first_name", "email")
    booking = shape("booking", "id", "room_number", "check_in_date")
    target = shape("stay", "room_number", "firstName", "checkInDate", "email")
    found = match([customer, booking], target)
    assert {(str(each.target), each.source, str(each.path)) for each in found.matches} == {
        ("room_number", 1, "room_number"),
        ("firstName", 0, "first_name"),
        ("checkInDate", 1, "check_in_date"),
        ("email", 0, "email"),
    }
    assert [(number, str(path)) for number, path in found.unmatched_sources] == [(0, "id"), (1, "id")]


def test_places_tell_equal_names_apart() -> None:
    source = shape("order", "buyer.name", "buyer.city", "seller.name", "seller.city")
    target = shape("deal", "sellerName", "sellerCity", "buyerName", "buyerCity")
    assert pairs(match([source], target)) == {
        "sellerName": "seller.name",
        "sellerCity": "seller.city",
        "buyerName": "buyer.name",
        "buyerCity": "buyer.city",
    }


def test_descriptions_tell_what_names_hide() -> None:
    source = shape("a", ("f1", Text(), "The street and house number of the buyer"), ("f2", Text(), "Colour of the car"))
    target = shape("b", ("x", Text(), "Colour of the car"), ("y", Text(), "Street and house number of the buyer"))
    assert pairs(match([source], target)) == {"x": "f2", "y": "f1"}


def test_values_tell_what_names_hide() -> None:
    source = shape(
        "a",
        ("c1", Text(), "", ["ann@mail.example", "bob@post.example", "eve@mail.example"]),
        ("c2", Text(), "", ["2024-01-05", "2023-11-30", "2024-02-01"]),
        ("c3", Text(), "", ["red", "green", "blue"]),
    )
    target = shape(
        "b",
        ("k7", Text(), "", ["green", "red", "yellow"]),
        ("k8", Text(), "", ["ann@mail.example", "zoe@mail.example", "eve@mail.example"]),
        ("k9", Text(), "", ["2024-01-05", "2022-10-13", "2024-02-01"]),
    )
    found = match([source], target)
    assert pairs(found) == {"k7": "c3", "k8": "c1", "k9": "c2"}
    assert all("values" in each.evidence for each in found.matches)


def test_candidates_of_every_target_best_first() -> None:
    found = match([ORDER], INVOICE, top=2)
    assert [str(each) for each in found.candidates] == [str(each.path) for each in INVOICE.fields]
    for candidates in found.candidates.values():
        assert len(candidates) == 2
        assert candidates[0].confidence >= candidates[1].confidence


def test_synonyms_are_asked() -> None:
    source, target = shape("a", "invoice", "client_name"), shape("b", "customer_name", "bill")
    known = {frozenset({"client", "customer"}), frozenset({"bill", "invoice"})}
    before = match([source], target)
    after = match([source], target, synonyms=lambda one, other: frozenset({one, other}) in known)
    assert pairs(after) == {"customer_name": "client_name", "bill": "invoice"}
    assert "bill" not in pairs(before)


@pytest.mark.parametrize(("source", "target"), [((), ("a",)), (("a",), ()), ((), ())])
def test_nothing_to_match(source: tuple[str, ...], target: tuple[str, ...]) -> None:
    found = match([shape("a", *source)], shape("b", *target))
    assert found.matches == ()
    assert [str(each) for each in found.unmatched_targets] == list(target)
    assert [str(path) for _, path in found.unmatched_sources] == list(source)


@pytest.mark.parametrize("name", ["", " ", "[]", "日本", "a.b", "'x'", "🙂", "x" * 500, "1", "__"])
def test_odd_names(name: str) -> None:
    odd = Shape("a", (Described(Path((name,))), Described(Path(("other",)))))
    assert {each.target for each in match([odd], odd).matches} <= {Path((name,)), Path(("other",))}


def test_many_fields_are_found_by_what_they_share() -> None:
    names = [f"table{at // 15}.{first}_{second}_{at}" for at, (first, second) in enumerate(words_of_two(150))]
    source, target = shape("a", *names), shape("b", *(each.replace("_", "") for each in reversed(names)))
    found = pairs(match([source], target))
    assert sum(found.get(each.replace("_", "")) == each for each in names) >= 145


def words_of_two(count: int) -> list[tuple[str, str]]:
    chance = random.Random(3)
    made = ["".join(chance.choice("bdklmnrst") + chance.choice("aeiou") for _ in range(3)) for _ in range(2 * count)]
    return list(zip(made[::2], made[1::2], strict=True))


def test_the_fields_of_a_type() -> None:
    line = Record((Field("sku", Text()), Field("tags", List(Text()))))
    order = Record((Field("id", Integer(), description="Number"), Field("lines", List(line)), Field("empty", Record())))
    fields = shape_of("order", order, {Path(("id",)): (1, 2), parse_path("lines[].tags[]"): ("new",)}).fields
    assert [(str(each.path), each.description, each.samples) for each in fields] == [
        ("id", "Number", (1, 2)),
        ("lines[].sku", "", ()),
        ("lines[].tags", "", ("new",)),
        ("empty", "", ()),
    ]
