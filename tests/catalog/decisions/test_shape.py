import json
from collections.abc import Mapping

import pytest
from tests.catalog.recorded import FOLDER, needs_recordings

from penstock.catalog.decisions.shape import Shape, gates, shape_of
from penstock.catalog.evolution.update import settle
from penstock.catalog.profiling.profile import profile_documents
from penstock.catalog.profiling.records import records_in
from penstock.schema import (
    Boolean,
    Date,
    Decimal,
    Field,
    Float,
    Integer,
    Json,
    List,
    Map,
    Path,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    parse_path,
)


def shape_of_lines(lines: str) -> Shape:
    return shape_of(profile_documents(records_in(lines.encode(), Path(), "ndjson")))


def type_of(values: str) -> Type:
    """The type of a field with these values, written as a JSON list."""
    items = json.loads(values, parse_float=lambda each: f"@{each}@", parse_int=lambda each: f"@{each}@")
    lines = (json.dumps({"x": each}).replace('"@', "").replace('@"', "") for each in items)
    shape = shape_of_lines("\n".join(lines))
    assert not shape.gated, "what a rule decides fits all values"
    return shape.record.by_name()["x"].type


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("[1, -5]", Integer(64)),
        ("[9223372036854775807, -9223372036854775808]", Integer(64)),
        ("[9223372036854775808]", Integer(128)),
        ("[18446744073709551616, 1]", Integer(128)),
        ("[-170141183460469231731687303715884105728]", Integer(128)),
        ("[170141183460469231731687303715884105728]", Integer(None)),
        ("[1606857968]", Integer(64)),
        ("[1, 2.5]", Float()),
        ("[1, 2.0]", Float()),
        ("[59.91465759277344, -0.1]", Float()),
        ("[1e300]", Float()),
        ("[9007199254740992, 0.5]", Float()),
        ("[9007199254740993, 0.5]", Decimal(17, 1)),
        ("[0.12, 1234567890123456789012.345]", Decimal(25, 3)),
        ("[-99999999999999999999.5]", Decimal(21, 1)),
        ("[12345678901234567890123456789012345678.5, 1]", Json()),
        ("[0.1234567890123456789, 123456789012345678901234567890]", Json()),
        ("[1e999]", Json()),
        ('["a", "1"]', Text()),
        ('["076", "7"]', Text()),
        ('["1", "2"]', Text()),
        ('["true", "false"]', Text()),
        ('["2021-01-01", "2020-02-29"]', Date()),
        ('["2021-01-01", "2021-02-29"]', Text()),
        ('["2021-01-01", ""]', Text()),
        ('["2021-01-01", "2021-01-01T00:00:00Z"]', Text()),
        ('["2021-01-01T00:00:00Z", "2021-01-01T00:00:00.5+02:00"]', Timestamp(zone=True)),
        ('["2021-01-01T00:00:00"]', Timestamp(zone=False)),
        ('["2021-01-01T00:00:00", "2021-01-01T00:00:00Z"]', Text()),
        ('["05:00:00", "23:59:59.5"]', Time()),
        ("[true, null]", Boolean(nullable=True)),
        ("[null, null]", Json(nullable=True)),
        ("[true, 1]", Json()),
        ('[true, 1, "1"]', Json()),
        ('[1, "1", null]', Json(nullable=True)),
        ("[[], []]", List(Json())),
        ("[[1], [], [2.5, null]]", List(Float(nullable=True))),
        ("[[[1], []], [[]]]", List(List(Integer()))),
        ("[[1], 1]", Json()),
        ('[{"a": 1}, [1]]', Json()),
        ('[{"a": 1}, "x"]', Json()),
        ("[{}, {}]", Json()),
        ('[{"a": 1}, {}]', Record((Field("a", Integer(), optional=True),))),
        ('[{"a": 1}, {"b": "x"}]', Record((Field("a", Integer(), optional=True), Field("b", Text(), optional=True)))),
    ],
)
def test_type(values: str, expected: Type) -> None:
    assert type_of(values) == expected


def test_missing_is_optional_and_null_is_nullable() -> None:
    shape = shape_of(profile_documents([{"a": 1, "b": None}, {"a": 2, "b": 3}, {"a": 3}]))
    assert shape.record == Record((Field("a", Integer()), Field("b", Integer(nullable=True), optional=True)))


def test_a_repeated_key_does_not_hide_that_it_is_missing_elsewhere() -> None:
    shape = shape_of_lines('{"a": 1, "a": 2}\n{}')
    assert shape.record == Record((Field("a", Integer(), optional=True),))


@pytest.mark.parametrize(
    ("lines", "value"),
    [("1\n2.5", Float()), ("[1]\n[]", List(Integer())), ('"a"\n7', Json()), ("null", Json(nullable=True))],
)
def test_records_that_are_no_objects_are_wrapped(lines: str, value: Type) -> None:
    assert shape_of_lines(lines) == Shape(Record((Field("value", value),)), wrapped=True)


@pytest.mark.parametrize(("other", "gated"), [("null", []), ("7", [""]), ('[{"a": 1}]', [""])])
def test_some_records_that_are_no_objects_are_gated(other: str, gated: list[str]) -> None:
    shape = shape_of_lines('{"a": 1}\n' + other)
    assert shape == Shape(Record((Field("a", Integer()),)), frozenset(map(parse_path, gated)))


def test_records_with_too_many_keys_are_wrapped() -> None:
    catalog = profile_documents({f"k{each}": each} for each in range(5_001))
    assert shape_of(catalog) == Shape(Record((Field("value", Map(Integer())),)), wrapped=True)
    assert shape_of(settle(catalog)) == shape_of(catalog)
    assert settle(catalog).fields[0].capped


def test_records_are_records_whatever_their_keys_look_like() -> None:
    shape = shape_of(settle(profile_documents([{"2020": 1}, {"2021": 2}])))
    assert [each.name for each in shape.record.fields] == ["2020", "2021"]


def test_no_records_have_no_fields() -> None:
    assert shape_of(profile_documents([])) == Shape(Record(()))


def objects(count: int, keys: int, each: int, name: str = "k{}", value: object = 1) -> list[Mapping[str, object]]:
    """Objects that hold some of many keys, every key equally often."""
    return [{name.format((at * each + step) % keys): value for step in range(each)} for at in range(count)]


CODES = ["EUR", "USD", "GBP", "CHF", "JPY", "NOK", "SEK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD", "NZD", "ZAR", "INR"]


@pytest.mark.parametrize(
    ("values", "value"),
    [
        ([{"TST:VehicleType:CityBike": 7}, {"TST:VehicleType:CityBike": 12}], Integer()),
        ([{"2020": 1.5, "2021": None}], Float(nullable=True)),
        ([{"2021-01-01": {"n": 1}}, {"2021-01-02": {"n": 2}}], Record((Field("n", Integer()),))),
        ([{"f47ac10b-58cc-4372-a567-0e02b2c3d479": "x"}], Text()),
        ([{CODES[at % 12]: {"name": "x"}} for at in range(30)], Record((Field("name", Text()),))),
        ([dict.fromkeys(CODES, 1.5)], Float()),
        ([{f"user {at}": "x"} for at in range(60)], Text()),
        (objects(6000, 600, 3), Integer()),
        ([{"1": {"2": [True]}}], Map(List(Boolean()))),
    ],
)
def test_keys_that_are_data_make_a_map(values: list[Mapping[str, object]], value: Type) -> None:
    shape = shape_of(profile_documents({"x": each} for each in values))
    assert shape.record == Record((Field("x", Map(value)),))


@pytest.mark.parametrize(
    "values",
    [
        [{"street": "a", "city": "b"}, {"street": "c"}],
        objects(1000, 40, 2, "attribute_{}", "x"),
        [{"id": 1, **each} for each in objects(1000, 300, 2)],
        [{"id": 1, **{f"k{key}": 1 for key in range(250)}}, {"id": 2}],
        [{"dc:title": "a", "dc:date": "b"}],
        [{"en": {"feeds": []}}],
        [{"eng": {"f": "x"}, "fra": {"f": "y"}}] * 80,
        [{"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}] * 20,
        [{"1": 1, "2": "x"}],
        [{"2020": {"a": 1}, "2021": {"b": 1}, "2022": {"c": 1}}],
        [{f"user {at}": at if at % 2 else "x"} for at in range(60)],
        [{"1": None, "2": None}],
    ],
)
def test_names_of_fields_make_a_record(values: list[Mapping[str, object]]) -> None:
    (field,) = shape_of(profile_documents({"x": each} for each in values)).record.fields
    assert isinstance(field.type, Record)
    assert {each.name for each in field.type.fields} == {key for each in values for key in each}


def test_a_batch_has_gates_of_its_own() -> None:
    shape = shape_of(profile_documents([{"a": 1, "m": {"1": 1}, "l": [{"d": "2021-01-01"}]}]))
    good = profile_documents([{"a": 2, "m": {"7": 5}}])
    bad = profile_documents([{"a": 2**64, "m": {"7": "x"}, "l": [{"d": "soon"}, {}]}, {"a": None}])
    assert gates(shape, good) == frozenset()
    assert gates(shape, bad) == {parse_path("a"), parse_path("m.*"), parse_path("l[].d")}
    assert gates(shape_of(profile_documents([1])), profile_documents(["x"])) == {parse_path("value")}


RECORDED = [
    ("countries/countries.json", "", "currencies", Map(Record((Field("name", Text()), Field("symbol", Text()))))),
    ("countries/countries.json", "", "languages", Map(Text())),
    ("countries/countries.json", "", "latlng", List(Float())),
    ("countries/countries.json", "", "ccn3", Text()),
    ("gbfs/v2.3/station_information.json", "data.stations", "vehicle_type_capacity", Map(Integer())),
    ("gbfs/v2.3/system_hours.json", "data.rental_hours", "start_time", Time()),
    ("datausa_population/nation_population.json", "data", "Year", Text()),
    ("datausa_population/nation_population.json", "data", "ID Year", Integer()),
]


@needs_recordings
@pytest.mark.parametrize(("file", "records", "field", "expected"), RECORDED)
def test_recorded(file: str, records: str, field: str, expected: Type) -> None:
    page = (FOLDER / file).read_bytes()
    catalog = profile_documents(records_in(page, parse_path(records), "json", name=file))
    assert shape_of(catalog).record.by_name()[field].type == expected


@needs_recordings
def test_every_recorded_page_has_the_same_shape_after_it_was_settled() -> None:
    files = sorted(FOLDER.rglob("*.json"))
    assert files
    for file in files:
        catalog = profile_documents(records_in(file.read_bytes(), Path(), "json", name=str(file)))
        shape = shape_of(catalog)
        assert shape.gated <= {Path()}, file  # a page with an envelope is not all records
        assert shape_of(settle(catalog)) == shape, file


REPEATED = [
    ('{"a": 1, "a": 2}', ""),
    ('{"o": {"a": 1, "a": 2}}', "o"),
    ('{"l": [{"a": 1}, {"a": 1, "a": 2}]}', "l[]"),
    ('{"m": {"1": 1, "2": 1, "3": 1, "1": 2}}', "m"),
    ('{"m": {"1": {"a": 1, "a": 1}, "2": {"a": 1}, "3": {"a": 1}}}', "m.*"),
]


@pytest.mark.parametrize(("line", "path"), REPEATED)
def test_an_object_that_holds_a_repeated_key_is_gated(line: str, path: str) -> None:
    assert shape_of_lines(line).gated == {parse_path(path)}
