"""A mapping on data: the same rows are accepted and rejected, for the same reasons, by both engines."""

import gzip
import io
import json
from decimal import Decimal as Exact
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.conformance.outcomes import same
from tests.conformance.whole import many_records, whole_mapping

from penstock.errors import NoDataError, OptionError, UnreadableDataError, UnsupportedOperationError
from penstock.mapping import Argument, Call, Constant, FieldMapping, Mapping, Read, Shape, check
from penstock.mapping.typed import TypedMapping
from penstock.schema import (
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
from penstock.schema import (
    Path as FieldPath,
)
from penstock.services.apply import Applied, EngineName, apply
from penstock.services.apply.intake import Intake, staged

TYPES: dict[str, Type] = {
    "id": Integer(),
    "name": Text(),
    "total": Decimal(10, 2),
    "rate": Float(),
    "day": Date(),
    "at": Timestamp(),
    "local": Timestamp(zone=False),
    "clock": Time(),
    "raw": Binary(),
    "is_new": Boolean(),
    "kind": Enum(("a", "b")),
    "extra": Json(),
    "tags": List(Text()),
    "prices": Map(Decimal(10, 2)),
}


def copies() -> TypedMapping:
    """A mapping that copies every field but the name, which it writes in capitals; an id is needed."""
    source = Record(tuple(Field(name, nullable(type_), optional=True) for name, type_ in TYPES.items()))
    target = Record(tuple(Field(name, nullable(type_, value=name != "id")) for name, type_ in TYPES.items()))
    fields = [FieldMapping(name, Read(FieldPath(("order", name)))) for name in TYPES]
    fields[1] = FieldMapping("name", Call("UPPER", (Argument(fields[1].value),)), on_reject=Constant("?"))
    checked = check(Mapping((Shape("order", source),), Shape("out", target), tuple(fields)))
    assert checked.is_valid, checked.findings
    return checked.typed


MAPPING = copies()
LINES = """\ufeff{"id": 1, "name": "é", "total": 1.10, "day": "2024-02-29", "at": "1969-07-20T20:17:40.5+02:00"}
{"id": "2", "name": "numbers as text", "total": "1"}
{"id": null}
{}
{"id": 5.0, "name": 5, "total": 99999999.99, "rate": 0.1, "clock": "10:00:00", "raw": "YQ==", "is_new": true}
{"id": 6, "total": 100000000.00, "rate": true, "day": "2023-02-29", "at": "2024-01-01T00:00:00", "kind": "c"}
{"id": 7, "id": 8}
{"id": 8, "extra": {"a": {"b": 1, "b": 2}}}
{"id": 9, "name": "cut of

[1]
{"id": 12, "kind": "a", "extra": {"x": [1.25, null, "é"], "big": 12345678901234567890123}, "prices": {"EUR": 1.5}}
{"id": 13, "extra": 1.2345678901234567890, "tags": ["a", null]}
{"id": 14, "total": 1.005, "prices": {"EUR": "1"}}
{"id": 9223372036854775807, "local": "2024-01-01T00:00:00"}
{"id": 9223372036854775808, "at": "20240101T000000Z", "raw": "é"}
not JSON
"""
REJECTED = {
    2: [("id", "the source value is not an integer"), ("total", "the source value is not a number")],
    3: [("id", "is required, but there is no value")],
    4: [("id", "is required, but there is no value")],
    6: [
        ("total", "the source value does not fit decimal(10,2)"),
        ("rate", "the source value is not a number"),
        ("day", "the source value is not a date"),
        ("at", "the source value has no zone"),
        ("kind", "the source value is not one of the listed values"),
    ],
    7: [("", "holds the key 'id' twice")],
    8: [("", "holds the key 'b' twice")],
    9: [("", "is not JSON")],
    10: [("", "is not an object")],
    12: [("tags", "the source value is null")],
    13: [("total", "the source value does not fit decimal(10,2)"), ("prices", "the source value is not a number")],
    15: [
        ("id", "the source value does not fit 64 bits"),
        ("at", "the source value is not a timestamp"),
        ("raw", "the source value is not base64"),
    ],
    16: [("", "is not JSON")],
}
ENGINES: list[EngineName] = ["duckdb", "python"]


def run(tmp_path: Path, engine: EngineName, data: str, to: str = "out.ndjson") -> tuple[Applied, list[Any], list[Any]]:
    done = apply(MAPPING, [data], tmp_path / to, rejects=tmp_path / "rejects.ndjson", engine=engine)
    return done, read(tmp_path / to), read(tmp_path / "rejects.ndjson")


def read(file: Path) -> list[Any]:
    return [json.loads(each, parse_float=Exact) for each in file.read_text().splitlines()]


@pytest.mark.parametrize("engine", ENGINES)
def test_odd_data(tmp_path: Path, engine: EngineName) -> None:
    data = tmp_path / "orders.ndjson"
    data.write_text(LINES)
    done, written, rejects = run(tmp_path, engine, str(data))
    found: dict[int, list[tuple[str, str]]] = {}
    for each in rejects:
        found.setdefault(each["row"], []).append((each["path"], each["reason"]))
    assert found == REJECTED
    assert (done.rows, done.written, done.rejected) == (16, 4, 12)
    assert [each["id"] for each in written] == [1, 5, 11 + 1, 9223372036854775807]
    first, second, third, _ = written
    assert (first["name"], str(first["total"]), first["at"]) == ("É", "1.10", "1969-07-20T18:17:40.5Z")
    assert (second["name"], str(second["total"]), second["raw"]) == ("?", "99999999.99", "YQ==")
    assert third["extra"] == {"x": [Exact("1.25"), None, "é"], "big": 12345678901234567890123}
    assert third["prices"] == {"EUR": Exact("1.50")}
    assert rejects[0]["record"] == {"id": "2", "name": "numbers as text", "total": "1"}
    assert rejects[-1]["record"] == "not JSON"


PLAIN: dict[str, Type] = {
    "id": Integer(),
    "small": nullable(Integer(16)),
    "name": nullable(Text()),
    "rate": nullable(Float()),
    "is_new": nullable(Boolean()),
    "day": nullable(Date()),
    "kind": nullable(Enum(("a", "b"))),
    "tags": nullable(List(Text())),
    "sizes": nullable(Map(Integer())),
    "buyer": nullable(Record((Field("a b", Integer()), Field("class", nullable(Text()))))),
}
ODD: dict[str, list[str]] = {
    "id": ["2.7", '"9"', "true", "null", "1.0", "1e3", "9007199254740993.0", str(2**63), str(-(2**63)), "-0", "[1]"],
    "small": ["32767", "32768", "-32768", "2.0", "null"],
    "name": ["5", '"\\u0000"', '"a\\"b:"', '"a\\u0022:1"', '"\\u0022\\u003a"', '"\\ud800"', '""', "null", "{}"],
    "rate": ["5", "12345678901234567890123", "0.1", "-0.0", "1e400", "1e20", "5e-324", '"1.5"', "NaN"],
    "is_new": ["1", "0", '"true"', "false"],
    "day": ['"2024-02-29"', '"2023-02-29"', '"0001-01-01"', '"0000-01-01"', '"20240101"', '"9999-12-31"'],
    "kind": ['"a"', '"c"', '""', "1"],
    "tags": ["[]", '["é", "\\u00e9"]', "[null]", "[1]", '"x"', "{}"],
    "sizes": ["{}", '{"x": 1}', '{"x": 1, "x": 2}', '{"x": null}', '{"x": 1.5}', "[]"],
    "buyer": ["{}", '{"a b": 1}', '{"a b": 1, "class": "x", "more": 1}', '{"a b": "1"}', '{"a b": 1, "a b": 2}', "[]"],
    "more": ['{"a": 1, "a": 2}', '{"a": 1}', '"\\u0022:"', "1e400", '"\\ud800"'],
}  # fmt: skip


def plain_mapping() -> TypedMapping:
    """A mapping that copies fields of plain types."""
    shape = Record(tuple(Field(name, type_, optional=name != "id") for name, type_ in PLAIN.items()))
    fields = tuple(FieldMapping(name, Read(FieldPath(("order", name)))) for name in PLAIN)
    checked = check(Mapping((Shape("order", shape),), Shape("out", shape), fields))
    assert checked.is_valid, checked.findings
    return checked.typed


def odd_lines() -> list[bytes]:
    """A line for each odd value, between plain ones, and what is no line of data."""
    lines = [b'\xef\xbb\xbf{"id": 1, "name": "first"}', b"", b" \r", b'{"id": 1} {"id": 2}', b'{"id"', b"[1]", b"\x0b"]
    lines += [
        b'{"id": 1, "name": "\xff"}',
        b'{"id": 1, "more": "\xff"}',
        b'{"id": 3, "_row": "x"}',
        b'{"id": 4, "_row": 9}',
    ]
    for name, values in ODD.items():
        for value in values:
            known = "" if name == "id" else '"id": 7, '
            lines += [f'{{{known}"{name}": {value}}}'.encode(), b'{"id" : 8, "name":"\xc3\xa9", "rate": 0.25}']
    return lines


@pytest.mark.parametrize("lines", [odd_lines(), [b'{"id": 8, "rate": 0.25}'] * 30, *([each] for each in odd_lines())])
def test_engines_write_the_same_bytes(tmp_path: Path, lines: list[bytes]) -> None:
    data = tmp_path / "orders.ndjson"
    data.write_bytes(b"\n".join(lines))
    done: dict[str, tuple[Any, ...]] = {}
    for engine in ENGINES:
        out, rejects = tmp_path / f"{engine}.ndjson", tmp_path / f"rejects_{engine}.ndjson"
        try:
            counts = apply(plain_mapping(), [str(data)], out, rejects=rejects, engine=engine)
        except UnreadableDataError as problem:
            done[engine] = (str(problem),)
        else:
            done[engine] = (counts.rows, counts.rejected, counts.rejects, out.read_bytes(), rejects.read_bytes())
    assert done["duckdb"] == done["python"]


def test_plain_lines_are_checked_many_at_a_time() -> None:
    type_ = plain_mapping().sources[0].type
    assert isinstance(type_, Record)
    intake = Intake(type_, "_row")
    taken = intake.take(b'{"id": 5}\n\n{"id": "6"}\n{"id": 7, "id": 8}\n{"id": 9, "rate": 1}\n', 11)
    assert taken
    assert (taken.first, [each.row for each in taken.fitting]) == (11, [11, 14])
    assert staged(taken.fitting).splitlines() == [b'{"_row":11,"id":5}', b'{"_row":14,"id":9,"rate":1.0}']
    assert taken.text(12) == b'{"id": "6"}'
    assert intake.take(b'{"id": 5}\n{"id": 6} {"id": 7}\n', 1) is None


@pytest.mark.parametrize("engine", ENGINES)
def test_every_form_of_data_gives_the_same(tmp_path: Path, engine: EngineName) -> None:
    rows = [{"id": number, "name": f"é{number}", "rate": number / 4, "is_new": number % 2 == 0} for number in range(50)]
    forms = {
        "lines.ndjson": "\n".join(map(json.dumps, rows)).encode(),
        "packed.ndjson.gz": gzip.compress("\n".join(map(json.dumps, rows)).encode()),
        "list.json": json.dumps(rows, indent=1).encode(),
        "table.csv": ("id,name,rate,is_new\n" + "".join(
            f"{e['id']},{e['name']},{e['rate']},{str(e['is_new']).lower()}\n" for e in rows
        )).encode(),
    }  # fmt: skip
    for name, content in forms.items():
        (tmp_path / name).write_bytes(content)
    duckdb.sql(f"COPY (SELECT * FROM '{tmp_path / 'lines.ndjson'}') TO '{tmp_path / 'table.parquet'}'")
    expected = run(tmp_path, "python", str(tmp_path / "lines.ndjson"))[1]
    assert len(expected) == 50
    for name in (*forms, "table.parquet"):
        assert run(tmp_path, engine, str(tmp_path / name))[1] == expected, name


@pytest.mark.parametrize("engine", ENGINES)
def test_a_whole_mapping(tmp_path: Path, engine: EngineName) -> None:
    records = many_records(150)
    data = tmp_path / "orders.ndjson"
    data.write_text("".join(json.dumps(each) + "\n" for each in records))
    mapping = whole_mapping()
    apply(mapping, [str(data)], tmp_path / "python.ndjson", rejects=tmp_path / "r.ndjson", engine="python")
    apply(mapping, [str(data)], tmp_path / "out.ndjson", rejects=tmp_path / "rejects.ndjson", engine=engine)
    assert same(read(tmp_path / "out.ndjson"), read(tmp_path / "python.ndjson"))
    assert read(tmp_path / "rejects.ndjson") == read(tmp_path / "r.ndjson")
    assert read(tmp_path / "out.ndjson")


@pytest.mark.parametrize("suffix", [".json", ".csv", ".parquet"])
def test_forms_of_output(tmp_path: Path, suffix: str) -> None:
    data = tmp_path / "orders.ndjson"
    data.write_text(LINES)
    out = tmp_path / f"out{suffix}"
    apply(MAPPING, [str(data)], out, engine="python")
    again = apply(MAPPING, [str(out)], tmp_path / "again.ndjson", engine="python")
    assert again.rows == 4
    found = read(tmp_path / "again.ndjson")
    assert [each["id"] for each in found] == [1, 5, 12, 9223372036854775807]
    assert [str(each["total"]) for each in found[:2]] == ["1.10", "99999999.99"]


def test_standard_input_and_output() -> None:
    out = io.BytesIO()
    apply(MAPPING, ["-"], None, stdin=io.BytesIO(b'{"id": 1}\n{"id": 2}\n'), stdout=out, engine="python")
    assert [json.loads(each)["id"] for each in out.getvalue().splitlines()] == [1, 2]


def test_nothing_is_left_behind_where_it_stops(tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text('[{"id": 1}, {"id": 2}, {"id"')
    (tmp_path / "out.ndjson").write_text("before")
    with pytest.raises(UnreadableDataError):
        apply(MAPPING, [str(tmp_path / "cut.json")], tmp_path / "out.ndjson", rejects=tmp_path / "r.csv")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cut.json", "out.ndjson"]
    assert (tmp_path / "out.ndjson").read_text() == "before"


def test_wrong_places(tmp_path: Path) -> None:
    with pytest.raises(NoDataError):
        apply(MAPPING, [str(tmp_path / "none.json")], tmp_path / "out.json")
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(OptionError):
        apply(MAPPING, [str(tmp_path / "a.json")], tmp_path / "out.xlsx")


def test_what_duckdb_cannot_do_is_left_to_python(tmp_path: Path) -> None:
    code = Union((Text(), Integer()))
    order = Shape("order", Record((Field("code", code),)))
    is_text = Call("IS_TYPE", (Argument(Read(FieldPath(("order", "code")))), Argument(Constant("text"))))
    target = Shape("out", Record((Field("is_text", Boolean()),)))
    mapping = check(Mapping((order,), target, (FieldMapping("is_text", is_text),))).typed
    data = tmp_path / "orders.ndjson"
    data.write_text('{"code": "a"}\n{"code": 1}\n')
    with pytest.raises(UnsupportedOperationError, match="--engine python"):
        apply(mapping, [str(data)], tmp_path / "out.ndjson")
    apply(mapping, [str(data)], tmp_path / "out.ndjson", engine="python")
    assert (tmp_path / "out.ndjson").read_text() == '{"is_text":true}\n{"is_text":false}\n'


def test_memory_does_not_grow_with_rows(tmp_path: Path) -> None:
    import tracemalloc

    def peak(rows: int) -> int:
        data = tmp_path / "orders.ndjson"
        with data.open("w") as stream:
            for number in range(rows):
                stream.write(f'{{"id": {number}, "name": "{"x" * 100}"}}\n')
        tracemalloc.start()
        apply(MAPPING, [str(data)], tmp_path / "out.ndjson", engine="python")
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(9_000) < 1.5 * peak(3_000)
