import gzip
import io
import json
from pathlib import Path

import pytest
from tests.catalog.recorded import FOLDER, needs_recordings

from penstock.catalog.shape import shape_of
from penstock.errors import NoDataError, UnreadableDataError
from penstock.schema import Field, Integer, Record, Text
from penstock.services.profile import CHUNK, as_json, profile

LINES = b'{"id": 1}\n{"id": 2, "name": "a"}\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "in" / ".hidden").mkdir(parents=True)
    (tmp_path / "in" / "a.ndjson").write_bytes(LINES)
    (tmp_path / "in" / "b.json").write_bytes(b'[{"id": 3}]')
    (tmp_path / "in" / "c.jsonl.gz").write_bytes(gzip.compress(LINES))
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
        (["*.json*"], 4),
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
        (gzip.compress(LINES), "", None),
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


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.csv", b"a,b\n1,2\n", "CSV cannot be profiled yet"),
        ("x.csv.gz", gzip.compress(b"a,b\n"), "CSV cannot be profiled yet"),
        ("x.parquet", b"PAR1", "Parquet cannot be profiled yet"),
        ("x", b"PAR1....PAR1", "Parquet cannot be profiled yet"),
        ("x.json.zst", b"...", "zstd cannot be profiled yet"),
    ],
)
def test_kinds_that_come_later(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NoDataError, match=says):
        profile([str(tmp_path / name)])


@pytest.mark.parametrize("source", ["missing.json", "*.nothing", "empty"])
def test_sources_without_data(tmp_path: Path, source: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoDataError, match="Hint: "):
        profile([str(tmp_path / source)])


@pytest.mark.parametrize("content", [b"", b"  \n", b"<html>", gzip.compress(LINES)[:-9], b"\x1f\x8b...."])
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
             "min": None, "max": None, "format": None, "examples": ["1E+999"], **nothing},
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
