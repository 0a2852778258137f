import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import zstandard
from tests.catalog.recorded import FOLDER, needs_recordings

from penstock.catalog.decisions.shape import shape_of
from penstock.catalog.evolution.update import settle
from penstock.catalog.inputs.documents import CHUNK
from penstock.catalog.personal.masking import masked
from penstock.catalog.profiling.node import thaw
from penstock.catalog.profiling.profile import profile_documents
from penstock.errors import NoDataError, UnreadableDataError
from penstock.schema import Field, Integer, Record, Text
from penstock.services.profile import as_json, profile


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


LINES = b'{"id": 1}\n{"id": 2, "name": "a"}\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "in" / ".hidden").mkdir(parents=True)
    (tmp_path / "in" / "a.ndjson").write_bytes(LINES)
    (tmp_path / "in" / "b.json").write_bytes(b'[{"id": 3}]')
    (tmp_path / "in" / "c.jsonl.gz").write_bytes(gzip.compress(LINES, mtime=0))
    (tmp_path / "in" / "d.metadata.json").write_bytes(b'{"page": 1}')
    (tmp_path / "in" / ".hidden" / "e.json").write_bytes(b"{")
    (tmp_path / "in" / "readme.txt").write_bytes(b"x")
    return tmp_path / "in"


@pytest.mark.parametrize(
    ("sources", "records"),
    [
        (["a.ndjson"], 2),
        (["b.json"], 1),
        (["c.jsonl.gz"], 2),
        (["."], 5),
        (["*.json*"], 3),
        (["**/*.ndjson", "b.json"], 3),
        (["a.ndjson", "a.ndjson"], 2),
    ],
)
def test_sources(data: Path, sources: list[str], records: int) -> None:
    assert profile([str(data / each) for each in sources]).records == records


def test_decides_types_and_names(data: Path) -> None:
    catalog = profile([str(data / "a.ndjson")])
    assert catalog.name == "a"
    assert shape_of(catalog).record == Record((Field("id", Integer()), Field("name", Text(), optional=True)))
    assert profile([str(data / "a.ndjson")], name="orders").name == "orders"


@pytest.mark.parametrize(
    ("content", "records", "count"),
    [
        (LINES, "", 2),
        (b'\xef\xbb\xbf{"id": 1}\n{"id": 2}', "", 2),
        (b'\n\n{"id": 1}\n', "", 1),
        (b'{\n"data": {"stations": [{"id": 1}, {"id": 2}]}\n}', "data.stations", 2),
        (b'{"d": [1]}\n{"d": [2, 3]}\n', "d", 3),
        (b"[\n1,\n2\n]\n", "", 2),
        (gzip.compress(LINES, mtime=0), "", 2),
        (zstd(LINES), "", 2),
        (gzip.compress(b"PAR1....", mtime=0), "", None),
    ],
)
def test_standard_input(content: bytes, records: str, count: int | None) -> None:
    if count is None:
        with pytest.raises(UnreadableDataError, match="standard input"):
            profile(["-"], stdin=io.BytesIO(content))
    else:
        assert profile(["-"], records=records, stdin=io.BytesIO(content)).records == count


def test_reads_large_files_in_parts(tmp_path: Path) -> None:
    file = tmp_path / "large.ndjson"
    lines = (json.dumps({"id": each, "text": "x" * 100}) for each in range(3 * CHUNK // 100))
    file.write_text("\n".join(lines), encoding="utf-8")
    assert file.stat().st_size > 3 * CHUNK
    assert profile([str(file)]).records == 3 * CHUNK // 100
    with file.open("a", encoding="utf-8") as end:
        end.write('\n{"id": ')
    with pytest.raises(UnreadableDataError, match=f"large.ndjson, line {3 * CHUNK // 100 + 1}: is not JSON"):
        profile([str(file)])


def parquet(folder: Path, query: str) -> bytes:
    duckdb.execute(f"COPY ({query}) TO '{folder / 'written'}' (FORMAT parquet)")
    return (folder / "written").read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b"id,name\n1,a\n02,\xc3\xa9\n"),
        ("x.csv", b'\xef\xbb\xbfid;name\r\n1;a\r\n02;"\xc3\xa9"\r\n'),
        ("x.tsv", b"id\tname\n1\ta\n\n02\t\xc3\xa9"),
        ("x.csv.gz", gzip.compress(b"id,name\n1,a\n02,\xc3\xa9\n", mtime=0)),
        ("x.csv.zst", zstd(b"id,name\n1,a\n02,\xc3\xa9\n")),
        ("x.json", b'[{"id": "1", "name": "a"}, {"id": "02", "name": "\xc3\xa9"}]'),
        ("x.json.zst", zstd(b'{"id": "1", "name": "a"}\n') + zstd(b'{"id": "02", "name": "\xc3\xa9"}\n')),
        ("x", zstd(b'{"id": "1", "name": "a"}\n{"id": "02", "name": "\xc3\xa9"}\n')),
        ("x.parquet", "SELECT * FROM (VALUES ('1', 'a'), ('02', '\xe9')) AS t(id, name)"),
    ],
)
def test_the_same_rows_in_any_form(tmp_path: Path, name: str, content: bytes | str) -> None:
    data = content if isinstance(content, bytes) else parquet(tmp_path, content)
    (tmp_path / name).write_bytes(data)
    by_path = {str(each.path): each for each in profile([str(tmp_path / name)]).fields}
    assert {path: each.types for path, each in by_path.items()} == {"id": {"string": 2}, "name": {"string": 2}}
    assert by_path["id"].formats == {"integer_text": 1, "leading_zeros": 1}
    assert (by_path["name"].shortest, by_path["name"].longest) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.csv", b"", "is empty"),
        ("x.csv", b"a,,b\n1,2,3\n", "empty name"),
        ("x.csv", b"a,a\n1,2\n", "two columns 'a'"),
        ("x.csv", b"1,2.5\n3,4\n", "has no header"),
        ("x.csv", b"a,b\n1,2\n3\n", "line 3: has 1 cells where the header has 2"),
        ("x.csv", b'a,b\n1,"2\n', "is not CSV"),
        ("x.csv", b"a,b\n1,\xff\n", "is not UTF-8"),
        ("x.parquet", b"PAR1....PAR1", "not a Parquet file that can be read"),
        ("x.parquet", b"{}", "is not Parquet"),
        ("x.parquet.gz", gzip.compress(b"PAR1....PAR1", mtime=0), "read from a file"),
        ("x.parquet", "SELECT CAST('nan' AS DOUBLE) AS a", "row 1: is not JSON"),
        ("x.json.zst", zstd(LINES * 99)[:-3], "no whole gzip or zstd file"),
        ("x.json.zst", zstd(LINES) + b"x", "no whole gzip or zstd file"),
        ("x.json", b'[{"id": 1}, {"id": 2', "record 2: is cut off"),
        ("x.json", b'[{"id": 1}, {"id": 2},]', "record 3: is empty"),
        ("x.json", b'[{"id": 1}, {"id": 2}] []', "record 2: is not JSON"),
        ("x.json", b'[{"id": 1}, {"id": 1 2}]', "record 2: is not JSON"),
        ("x.json", b'[{"id": 1}, ' + b"[" * 10_000 + b"]" * 10_000 + b"]", "record 2: nests too deep"),
        ("x.ndjson", b'{"id": 1}\n' + b"[" * 10_000 + b"]" * 10_000, "line 2: nests too deep"),
    ],
)
def test_files_that_are_not_what_they_say(tmp_path: Path, name: str, content: bytes | str, says: str) -> None:
    data = content if isinstance(content, bytes) else parquet(tmp_path, content)
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableDataError, match="Hint: ") as caught:
        profile([str(tmp_path / name)])
    assert says in str(caught.value)


@pytest.mark.parametrize(("layout", "separator"), [("[{}]", ","), ("[\n  {}\n]\n", ",\n  "), ("\ufeff\n[ {} ]", " , ")])
@pytest.mark.parametrize("shape", ["records", "texts", "mixed", "nested", "quotes"])
def test_lists_are_read_in_parts(tmp_path: Path, layout: str, separator: str, shape: str) -> None:
    make: dict[str, Callable[[int], object]] = {
        "records": lambda at: {"id": at, "lines": [{"id": 1}, {"id": 2}]},
        "texts": lambda at: f"{at} ],[ }},{{",
        "mixed": lambda at: [{"id": at}, [at], at, None, "x"][at % 5],
        "nested": lambda at: [[{"id": at}, {"id": at}], {"id": [at]}],
        "quotes": lambda at: {"id": '"},{"id":' * (at % 3), "\\": "\\"},
    }
    records = [make[shape](at) for at in range(2 * CHUNK // 40)]
    text = layout.replace("{}", separator.join(json.dumps(each) for each in records))
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    expected = profile_documents(records, "x")
    found = profile([str(tmp_path / "x.json")], examples="plain")
    assert found.records == len(records)
    assert thaw(found) == thaw(masked(settle(expected), "plain"))


@pytest.mark.parametrize("source", ["missing.json", "*.nothing", "empty"])
def test_sources_without_data(tmp_path: Path, source: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoDataError, match="Hint: "):
        profile([str(tmp_path / source)])


@pytest.mark.parametrize("content", [b"", b"  \n", b"<html>", gzip.compress(LINES, mtime=0)[:-9], b"\x1f\x8b...."])
def test_files_that_are_not_json(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(UnreadableDataError, match=r"x\.json"):
        profile([str(tmp_path / "x.json")])


def test_the_json_document() -> None:
    lines = b'{"id": 7, "at": "2021-01-01"}\n{"id": null, "n": 1e999}\n'
    document = as_json(profile(["-"], name="x", stdin=io.BytesIO(lines)))
    nothing = {"distinct": 1, "enum": None, "description": "", "personal": None}
    assert document == {
        "name": "x",
        "records": 2,
        "fields": [
            {"path": "id", "types": {"integer": 1, "null": 1}, "type": "integer", "presence": 1.0, "nullable": True,
             "min": 7, "max": 7, "format": None, "examples": [7], **nothing},
            {"path": "at", "types": {"string": 1}, "type": "date", "presence": 0.5, "nullable": False,
             "min": "2021-01-01", "max": "2021-01-01", "format": "date", "examples": ["2021-01-01"], **nothing},
            {"path": "n", "types": {"number": 1}, "type": "json", "presence": 0.5, "nullable": False,
             "min": None, "max": None, "format": None, "examples": ["1e999"], **nothing},
        ],
    }  # fmt: skip
    json.dumps(document, allow_nan=False)


@needs_recordings
def test_a_folder_of_recordings() -> None:
    catalog = profile([str(FOLDER / "usgs_earthquakes")], records="features")
    pages = [json.loads(each.read_bytes()) for each in sorted((FOLDER / "usgs_earthquakes").rglob("*.geojson"))]
    features = [feature for page in pages for feature in page["features"]]
    assert catalog.records == len(features) > 0
    magnitude = next(each for each in catalog.fields if str(each.path) == "properties.mag")
    assert magnitude.present == sum("mag" in each["properties"] for each in features)


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    names = ("raw/p/1.json", "raw/p/1.metadata.json", "state/p/state.json", "manifest/p/m.json", "refused/p/r.json")
    for name in names:
        file = tmp_path / "landing" / f"data_profile={name}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('[{"id": 1}, {"id": 2}]' if name == "raw/p/1.json" else '{"page": 1}')
    return tmp_path / "landing"


@pytest.mark.parametrize(
    ("source", "records"),
    [
        ("", 2),
        ("**/*.json", 2),
        ("data_profile=*/**/*.json", 2),
        ("**/*.metadata.json", 1),
        ("data_profile=raw/p/1.metadata.json", 1),
        ("data_profile=state/**/*.json", 1),
        ("data_profile=manifest", 1),
    ],
)
def test_a_landing_zone_has_more_than_data(landing: Path, source: str, records: int) -> None:
    assert profile([str(landing / source)]).records == records


def test_what_a_landing_zone_keeps_is_not_taken_for_data(landing: Path) -> None:
    with pytest.raises(NoDataError, match="sidecars, manifests"):
        profile([str(landing / "**" / "[ms]*.json")])
