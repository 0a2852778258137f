"""Kinds of records that a provider may send, with the shape that a profile finds for them."""

from dataclasses import dataclass
from decimal import Decimal as Exact
from typing import Any

from penstock.catalog.decisions.shape import Shape
from penstock.pipeline.plan import PageKind
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
    Time,
    Timestamp,
    parse_path,
)


@dataclass(frozen=True)
class Case:
    name: str
    fields: tuple[Field, ...]
    records: list[Any]
    gated: tuple[str, ...] = ()
    wrapped: bool = False
    path: str = "data.items"
    suffix: str = "json"
    page: PageKind | None = None
    pages: tuple[Any, ...] = ()
    """The pages as they are, where they are not one document with all records."""
    key: tuple[str, ...] = ()
    text: str = ""

    @property
    def shape(self) -> Shape:
        return Shape(Record(self.fields), frozenset(parse_path(each) for each in self.gated), self.wrapped)


def optional(name: str, type_: Any) -> Field:
    return Field(name, type_, optional=True)


GBFS = Case(
    "gbfs",
    (
        Field("station_id", Text()),
        Field("name", List(Record((Field("text", Text()), Field("language", Text()))))),
        Field("lat", Float()),
        Field("capacity", Integer(nullable=True)),
        optional("rental_methods", List(Enum(values=("CREDITCARD", "KEY")), nullable=True)),
        optional("vehicle_capacity", Map(Integer())),
        Field("is_installed", Boolean()),
        optional("rental_uris", Record((Field("android", Text(nullable=True)), optional("ios", Text())))),
    ),
    [
        {"station_id": "076", "name": [{"text": "Gare du Nord", "language": "fr"}, {"text": "北駅 😀",
         "language": "ja"}],
         "lat": 48.1, "capacity": 12, "rental_methods": ["KEY", "CREDITCARD"], "vehicle_capacity": {"bike_1": 3, "": 0},
         "is_installed": True, "rental_uris": {"android": None, "ios": "x"}},
        {"station_id": "77", "name": [], "lat": 2, "capacity": None, "rental_methods": None, "vehicle_capacity": {},
         "is_installed": False, "rental_uris": {"android": "a'b\"c"}},
        {"station_id": "", "name": [None, {"text": "", "language": "en"}], "lat": -0.5, "capacity": 0,
         "is_installed": True},
    ],
    key=("station_id",),
)  # fmt: skip

USGS = Case(
    "usgs",
    (
        Field("id", Text()),
        Field("properties", Record((Field("mag", Float()), Field("time", Integer()), Field("felt",
         Integer(nullable=True))))),
        Field("geometry", Record((Field("type", Text()), Field("coordinates", List(Float()))), nullable=True)),
        optional("rings", List(List(List(Float())))),
    ),
    [
        {"id": "us1", "properties": {"mag": 4.5, "time": 1517875200000, "felt": None},
         "geometry": {"type": "Point", "coordinates": [-117.5, 33.1, 8]}, "rings": [[[1.5, 2.5], [3, 4]], [], [[]]]},
        {"id": "us2", "properties": {"mag": 1, "time": 0, "felt": 3}, "geometry": None},
    ],
    path="features",
    key=("id",),
)  # fmt: skip

CASES = (
    GBFS,
    USGS,
    Case("gbfs by line", GBFS.fields, GBFS.records, path="", suffix="ndjson", key=("station_id",)),
    Case("everything checked", GBFS.fields, GBFS.records, (
        "station_id", "name", "name[]", "name[].text", "name[].language", "lat", "capacity", "rental_methods",
        "rental_methods[]", "vehicle_capacity", "vehicle_capacity.*", "is_installed", "rental_uris",
         "rental_uris.android",
        "rental_uris.ios"), key=("station_id",)),
    Case("lists of lists, checked", USGS.fields, USGS.records, (
        "rings", "rings[]", "rings[][]", "rings[][][]", "geometry", "geometry.coordinates", "geometry.coordinates[]",
        "properties.mag", "properties")),
    Case(
        "odd names",
        (
            Field("ID Nation", Text()), Field("group", Integer()), Field('a"b', Integer()),
            Field("x'); drop table t; --", Integer()), Field("{{ x }} {% y %} {# z #}", Integer()), Field("a.b",
             Integer()),
            Field("_row_id", Integer()), Field("9lives", Integer()), Field("größe", Integer()), Field("名前", Text()),
            Field("select", List(Record((Field("order", Integer()), Field("_position", Integer()))))),
            Field("a_b", Integer()), Field("x" * 100, Integer()), Field("x" * 99 + "y", Integer()),
             Field("$[*]", Integer()),
            Field("back\\slash", Integer()), Field("€", Integer()), Field("€€", Integer()),
        ),
        [{"ID Nation": "01", "group": 1, 'a"b': 2, "x'); drop table t; --": 3, "{{ x }} {% y %} {# z #}": 4, "a.b": 5,
          "_row_id": 6, "9lives": 7, "größe": 8, "名前": "n", "select": [{"order": 1, "_position": 7}], "a_b": 9,
          "x" * 100: 10, "x" * 99 + "y": 11, "$[*]": 12, "back\\slash": 13, "€": 14, "€€": 15}],
        key=("ID Nation", "group"),
    ),
    Case(
        "names that differ in case only",
        (Field("ID", Integer()), Field("id", Text()), Field("r", Record((Field("A", Float()), Field("a", List(Text())),
         Field("", Boolean()), Field("M", Map(Integer())), Field("m", Record((Field("deep", Integer()),)))))),
          Field("Id", Json())),
        [{"ID": 1, "id": "one", "r": {"A": 1.5, "a": ["x", "y"], "": True, "M": {"k": 1}, "m": {"deep": 4}},
         "Id": {"z": [1]}},
         {"ID": 2, "id": "2", "r": {"A": None, "a": [], "": False, "M": {}, "m": {"deep": None}}, "Id": "text"}],
    ),
    Case(
        "exact numbers",
        (Field("big", Integer()), Field("huge", Integer(128)), Field("any", Integer(None)), Field("f", Float())),
        [{"big": 9223372036854775807, "huge": 170141183460469231731687303715884105727, "any": 10**60, "f": 0.1},
         {"big": -9223372036854775808, "huge": 2**64, "any": -5, "f": 1e300},
         {"big": 9007199254740993, "huge": -1, "any": 0, "f": 0.30000000000000004}],
    ),
    Case(
        "exact numbers, checked",
        (Field("big", Integer()), Field("huge", Integer(128)), Field("any", Integer(None)), Field("f", Float())),
        [{"big": 9223372036854775807, "huge": 170141183460469231731687303715884105727, "any": 10**60, "f": 0.1},
         {"big": 9007199254740993, "huge": -1, "any": 0, "f": 0.30000000000000004}],
        ("big", "huge", "any", "f"),
    ),
    Case(
        "decimals beyond a double",
        (Field("d", Decimal(22, 4)), Field("f", Float()), Field("i", Integer()), Field("t", Text()), Field("g",
         Integer(nullable=True)),
         Field("j", Json()), Field("l", List(Decimal(30, 10))), Field("m", Map(Float()))),
        [{"d": Exact("123456789012345678.1234"), "f": 1.5, "i": 3, "t": 'a "quoted": 1.5, -2', "g": 5,
         "j": {"x": 7, "y": ["-1.0"]},
          "l": [Exact("12345678901234567890.0123456789"), Exact("0.1")], "m": {"a 1": 2.25}},
         {"d": Exact("0.1"), "f": 2, "i": -3, "t": "", "g": None, "j": "12", "l": [], "m": {}}],
        ("g",),
        text='{"meta":{"total":2.5},"data":{"more":[1],"items":[{"d":123456789012345678.1234,"new":{"x":1},'
        '"f":1.5,"i":3,"t":"a \\"quoted\\": 1.5, -2",'
        '"g":5,"j":{"x":7,"y":["-1.0"]},'
        '"l":[12345678901234567890.0123456789,0.1],"m":{"a 1":2.25}},{"d":0.1,"f":2,"i":-3,"t":"","g":null,'
        '"j":"12","l":[],"m":{}}]}}',
    ),
    Case(
        "json stays as it came",
        (Field("j", Json(nullable=True)), Field("l", List(Json())), Field("e", Record(())), Field("m", Map(Json()))),
        [{"j": {"a": [1, "x", None]}, "l": [1, "1", {"k": True}, None], "e": {}, "m": {"a": 1, "b": "1"}},
         {"j": None, "l": [], "e": {}, "m": {}},
         {"j": "076", "l": [[1]], "e": {}, "m": {"c": [2.5]}}],
    ),
    Case(
        "times",
        (Field("d", Date()), Field("w", Timestamp(zone=False)), Field("t", Time()), Field("c", Date())),
        [{"d": "2026-02-28", "w": "2026-02-28 12:30:00.5", "t": "23:59:59", "c": "0999-12-31"}],
        ("c",),
    ),
    Case("texts", (Field("value", Text(nullable=True)),), ["a", "076", "", None, "é"], wrapped=True, path="names"),
    Case("numbers by line", (Field("value", Integer()),), [5, 7], wrapped=True, path="", suffix="ndjson"),
    Case("lists as records", (Field("value", List(Float())),), [[1.5, 2], [], [3]], wrapped=True, path="rows"),
    Case("anything", (Field("value", Json()),), [1, "1", {"a": 1}, [2]], wrapped=True, path="rows"),
    Case("list at the top", USGS.fields, USGS.records, path=""),
    Case("one record a page", USGS.fields, USGS.records, path="", page="object", pages=tuple(USGS.records)),
    Case("one record below", USGS.fields, USGS.records, path="item", page="object",
     pages=tuple({"item": e} for e in USGS.records)),
    Case("now a list, now a record", USGS.fields, [*USGS.records, USGS.records[0]], path="item", page="mixed",
         pages=({"item": USGS.records}, {"item": USGS.records[0]})),
    Case("second of a list", USGS.fields, USGS.records, path="1", pages=([{"page": 1}, USGS.records],)),
    Case("deep in a list", USGS.fields, USGS.records, path="a.0.b", pages=({"a": [{"b": USGS.records}]},)),
    Case("lists in lines", USGS.fields, [*USGS.records, *USGS.records], path="rows", suffix="ndjson", page="list",
         pages=([{"rows": USGS.records}, {"rows": []}, {"rows": USGS.records}],)),
    Case("no records", USGS.fields, [], path="features"),
)  # fmt: skip
