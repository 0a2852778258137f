import pathlib
from dataclasses import replace
from math import inf

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from penstock.catalog.evolution.update import settle
from penstock.catalog.file.document import _Loader, dump_catalog, load_catalog, read_catalog, write_catalog
from penstock.catalog.file.emit import emit
from penstock.catalog.file.entry import OneLine, OneLineList
from penstock.catalog.model import Catalog, Change, Seen
from penstock.catalog.profiling.profile import Profiler, profile_documents
from penstock.catalog.profiling.records import Chunk
from penstock.errors import CatalogFormatError
from penstock.schema import Enum

_keys = st.one_of(
    st.text(max_size=4), st.sampled_from(["yes", "null", "1", "2021-01-01", "~", "a: b", "- x", "<<", "="])
)
_documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(_documents, max_size=4), st.text(max_size=5), st.text(max_size=9), st.booleans())
def test_what_is_written_is_read_back(documents: list[object], name: str, description: str, by_person: bool) -> None:
    catalog = settle(profile_documents(documents, name))
    seen = Seen(since=description, last=name, missed=int(by_person))
    described = (
        replace(each, description=description, decided_by="person" if by_person else "rule", seen=seen)
        for each in catalog.fields
    )
    history = (Change("2026-11-21", name, "type", description), Change(description, "a.b", "gone"))[: len(documents)]
    catalog = replace(catalog, fields=tuple(described), through=description, history=history)
    assert load_catalog(dump_catalog(catalog)) == catalog


def test_numbers_beyond_a_double_are_read_back() -> None:
    lines = b'{"a": 1e400, "b": 2.5}\n{"a": -1e400, "b": 1e999}\n'
    profiler = Profiler("far")
    profiler.add_part(Chunk(lines, "far"))
    catalog = settle(profiler.catalog())
    assert {str(each.path): each.numbers and each.numbers.maximum for each in catalog.fields} == {"a": inf, "b": inf}
    assert load_catalog(dump_catalog(catalog)) == catalog


_odd = st.one_of(
    st.text(max_size=9),
    st.text(" '\"\\#:-?&*!|>%@`,[]{}\t\n\r\x85\u2028\ufeff0.eay~=<", max_size=6),
    st.sampled_from(["000196", "0o7", "0x1F", "1_000", "1e3", "12:30:45", ".5", ".inf", "-.INF", ".NaN", "y", "No"]),
    st.sampled_from(["On", "~", "", "null", "NULL", "<<", "=", "---", "...", "a: b", "a #b", "a:", " a", "a "]),
    st.text("ab[].*é", min_size=110, max_size=1_200),
)
_scalars = _odd | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none()
_short = _odd.filter(lambda text: len(text) < 100)
_lines = st.dictionaries(_short, _scalars, max_size=3).map(OneLine) | st.lists(_scalars, max_size=3).map(OneLineList)
_mappings = st.dictionaries(_odd, _scalars | _lines, max_size=3)


@given(st.dictionaries(_odd, _scalars | _mappings | st.lists(_lines, max_size=2), max_size=4))
def test_a_reader_of_yaml_reads_what_is_emitted(data: dict[str, object]) -> None:
    read = yaml.load(emit(data), Loader=_Loader)  # a safe loader without days
    assert (read or {}) == data
    assert repr(read or {}) == repr(data).replace("OneLineList", "").replace("OneLine", "")


@pytest.mark.parametrize(
    "text", ["000196", "1e3", "0o7", "1_0", "12:30", ".5", "yes", "No", "NULL", "~", "+1", "y", ""]
)
def test_what_any_reader_takes_for_no_text_is_quoted(text: str) -> None:
    assert emit({"a": text, "b": OneLine({text: text})}) == f"a: '{text}'\nb: {{'{text}': '{text}'}}\n"


DOCUMENTS: list[dict[str, object]] = [
    {"id": 1, "capacity": 10, "at": "2021-01-01", "rates": {"2020": 1.5, "2021": 2}, "lines": [{"sku": "A-1"}, {}]},
    {"id": 2**70, "capacity": None, "at": "2021-01-02", "rates": {}, "lines": []},
]

YAML = """\
penstock: catalog/1
name: stations
records: 2
fields:
  id:
    type: integer(128)
    present: 2
    of: 2
    types: {integer: 2}
    integers: {min: 1, max: 1180591620717411303424}
    examples: [1, 1180591620717411303424]
  capacity:
    type: integer
    present: 2
    of: 2
    nullable: true
    types: {'null': 1, integer: 1}
    integers: {min: 10, max: 10}
    examples: [10]
  at:
    type: date
    present: 2
    of: 2
    types: {string: 2}
    formats: {date: 2}
    texts: {min: 2021-01-01, max: 2021-01-02}
    shortest: 10
    longest: 10
    examples: [2021-01-02, 2021-01-01]
  rates:
    type: map
    present: 2
    of: 2
    types: {object: 2}
  rates.*:
    type: float
    present: 2
    of: 2
    types: {integer: 1, number: 1}
    integers: {min: 2, max: 2}
    numbers: {min: 1.5, max: 1.5, whole_digits: 1, scale: 1, inexact: 0}
    examples: [2, 1.5]
  lines:
    type: list
    present: 2
    of: 2
    types: {array: 2}
    elements: {min: 0, max: 2}
  lines[]:
    type: record
    present: 2
    of: 2
    types: {object: 2}
  lines[].sku:
    type: text
    present: 1
    of: 2
    types: {string: 1}
    shortest: 3
    longest: 3
    examples: [A-1]
values:
  id: {counts: {1: 1, 1180591620717411303424: 1}}
  capacity: {counts: {10: 1}}
  at: {counts: {2021-01-01: 1, 2021-01-02: 1}}
  rates.*: {counts: {2: 1}, sample: gPSRywaN7+npAQ}
  lines[].sku: {counts: {A-1: 1}}
"""


def test_reads_well() -> None:
    assert dump_catalog(settle(profile_documents(DOCUMENTS, "stations"))) == YAML


def test_a_new_field_is_a_few_new_lines() -> None:
    old = set(YAML.splitlines())
    new = dump_catalog(settle(profile_documents([{**each, "new": True} for each in DOCUMENTS], "stations")))
    assert [each for each in new.splitlines() if each not in old] == [
        "  new:",
        "    type: boolean",
        "    types: {boolean: 2}",
        "    trues: 2",
    ]


def test_a_person_may_write_a_type() -> None:
    text = YAML.replace("type: text\n", 'type: enum("A-1","B")\n    decided_by: person\n')
    catalog = load_catalog(text)
    assert catalog.fields[-1].type == Enum(("A-1", "B"))
    assert catalog.fields[-1].decided_by == "person"
    assert load_catalog(dump_catalog(catalog)) == catalog


@pytest.mark.parametrize(
    ("written", "label"),
    [("no", "none"), ("none", "none"), ("", ""), ("~", ""), ("yes", "personal"), ("email", "email"), ("pay", "pay")],
)
def test_a_person_may_write_a_label(written: str, label: str) -> None:
    catalog = load_catalog(YAML.replace("type: text\n", f"type: text\n    personal: {written}\n"))
    assert catalog.fields[-1].personal == label
    assert load_catalog(dump_catalog(catalog)).fields[-1].personal == label


@pytest.mark.parametrize("day", ["2026-11-21", "'2026-11-21'", '"2026-11-21"'])
def test_days_may_be_quoted(day: str) -> None:
    catalog = load_catalog(YAML.replace("type: text\n", f"type: text\n    since: {day}\n    last_seen: {day}\n"))
    assert catalog.fields[-1].seen == Seen("2026-11-21", "2026-11-21")
    assert "    since: 2026-11-21\n    last_seen: 2026-11-21\n" in dump_catalog(catalog)


def test_hashes_of_personal_values_are_not_written() -> None:
    catalog = profile_documents([{"a": f"text {each}"} for each in range(99)])
    personal = replace(catalog, fields=tuple(replace(each, personal="name") for each in catalog.fields))
    assert "sample: " in dump_catalog(catalog)
    assert "values:" not in dump_catalog(personal)


def one_field(entry: str, path: str = "a") -> str:
    return f"penstock: catalog/1\nname: x\nrecords: 1\nfields:\n  {path}: {{{entry}}}\n"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", "the top"),
        ("a: [", "the top"),
        ("- a", "penstock"),
        ("penstock: catalog/2\nname: x", "penstock"),
        ("penstock: catalog/1\nname: x", "the top"),
        ("penstock: catalog/1\nname: x\nrecords: -1\nfields: {}", "records"),
        ("penstock: catalog/1\nname: x\nrecords: 1\nfields: []", "fields"),
        ("penstock: catalog/1\nname: x\nname: y", "line 3"),
        (one_field("present: 1, of: 1, types: {strin: 1}"), "fields.a.types"),
        (one_field("present: 1, of: 1, types: {string: 1.5}"), "fields.a.types[...]"),
        (one_field("present: 1, types: {string: 1}"), "fields.a"),
        (one_field("present: 1, of: 1, types: {string: 1}, tpye: text"), "fields.a"),
        (one_field("present: 1, of: 1, types: {string: 1}, type: string"), "fields.a"),
        (one_field("present: 1, of: 1, types: {string: 1}, decided_by: me"), "fields.a.decided_by"),
        (one_field("present: 1, of: 1, types: {string: 1}", "a..b"), "fields.a..b"),
        (one_field("present: 1, of: 1, types: {string: 1}", "1"), "fields"),
        (one_field("present: 1, of: 1, types: {string: 1}, examples: [[1]]"), "fields.a.examples[0]"),
        (one_field("present: 1, of: 1, types: {string: 1}, personal: [1]"), "fields.a.personal"),
        (
            one_field("present: 1, of: 1, types: {string: 1}") + "history: [{at: x, path: a, change: b}]",
            "history[0].change",
        ),
        (one_field("present: 1, of: 1, types: {string: 1}") + "values: {a: {sample: '!'}}", "values.a.sample"),
        (one_field("present: 1, of: 1, types: {string: 1}") + "values: {a: {sample: AQA}}", "values.a.sample"),
        (one_field("present: 1, of: 1, types: {string: 1}") + "values: {a: {counts: {x: -1}}}", "values.a.counts[...]"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, at: str) -> None:
    with pytest.raises(CatalogFormatError, match="Hint: ") as caught:
        load_catalog(text, "catalog/x.yml")
    assert caught.value.at == at
    assert str(caught.value).startswith("catalog/x.yml: ")


def test_files(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "catalog" / "é.yml"
    catalog = Catalog("é", 0, ())
    write_catalog(file, Catalog("old", 1, ()))
    write_catalog(file, catalog)
    assert read_catalog(file) == catalog
    assert [each.name for each in file.parent.iterdir()] == ["é.yml"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_files_that_cannot_be_read(tmp_path: pathlib.Path, content: bytes | None) -> None:
    file = tmp_path / "x.yml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CatalogFormatError, match="Hint: "):
        read_catalog(file)
