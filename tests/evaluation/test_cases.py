"""The scenarios are sound: each can be read, and its mapping makes exactly its rows."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path as File
from typing import Any

import pytest

from penstock.errors import CaseError
from penstock.evaluation.cases import SCENARIOS, Comments, Scenario, load_scenario, load_scenarios
from penstock.evaluation.rows import comparable, same_row
from penstock.mapping.check import check
from penstock.mapping.evaluate import evaluate
from penstock.mapping.model import Build, Call, FieldMapping, ForEach, Mapping, Read, walk
from penstock.mapping.wire.gaps import source_gaps
from penstock.readers.opening import read_document
from penstock.schema import ITEM, List, Path, Record, Type

CASES = load_scenarios()
DOMAINS = ("booking", "course", "order")
EXTRA_INPUT, EXTRA_OUTPUT = {2, 4, 10, 12}, {3, 4, 11, 12}

FROZEN = "fb62994c54731d3b35ada8ce221c44ab650cf59e317451c277782232e809555f"
"""Of all files of the cases: no case is changed in passing."""

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.domain}-{case.number:02}")


def test_each_domain_has_all_seventeen() -> None:
    assert [(each.domain, each.number) for each in CASES] == [(d, n) for d in DOMAINS for n in range(1, 18)]
    names = {each.number: set[str]() for each in CASES}
    for each in CASES:
        names[each.number].add(f"{each.group} {each.name}")
    assert all(len(each) == 1 for each in names.values())
    assert [names[number].pop()[:3] for number in (1, 8, 9, 16, 17)] == ["1.1", "1.1", "1.2", "1.2", "2 o"]


def test_the_cases_are_frozen() -> None:
    digest = hashlib.sha256()
    for each in sorted(SCENARIOS.glob("*/*/*"), key=File.as_posix):
        digest.update(f"{each.relative_to(SCENARIOS).as_posix()}\n".encode() + each.read_bytes())
    assert digest.hexdigest() == FROZEN, "a case is changed only where it is wrong: see the README beside them"


def test_a_third_of_the_schemas_is_ballerina_and_every_language_is_there() -> None:
    files = [each for side in ("source", "target") for each in SCENARIOS.glob(f"*/*/{side}.*")]
    kinds = [read_document(str(each)).kind for each in files]
    assert set(kinds) == {"ballerina", "json-schema", "ddl", "payload"}
    assert 3 * kinds.count("ballerina") >= len(kinds)


@pytest.mark.parametrize("file", sorted(SCENARIOS.glob("*/*/*.*")), ids=lambda file: "/".join(file.parts[-3:]))
def test_schemas_are_read_without_errors(file: File) -> None:
    if file.name.startswith(("source.", "target.")):
        assert all(each.severity != "error" for each in read_document(str(file)).findings)
        assert not list(descriptions(read_document(str(file)).only().type))


@each_case
def test_the_mapping_makes_the_rows(case: Scenario) -> None:
    required = [str(each.path) for each in case.unmapped if each.required]
    checked = check(case.mapping)
    errors = [(each.code, each.path) for each in checked.findings if each.severity == "error"]
    assert errors == [("MAP014", path) for path in required]
    rows = list(case.rows())
    assert len(rows) == len(case.expected) >= 6
    for row, expected in zip(rows, case.expected, strict=True):
        outcome = evaluate(checked.typed, row)
        assert outcome.record is not None, outcome.rejects
        assert comparable(outcome.record) == comparable(expected)


@each_case
def test_what_is_as_right_makes_the_same_rows(case: Scenario) -> None:
    for path, leaves in case.also.items():
        for leaf in leaves:
            others = tuple(leaf if each.target == str(path) else each for each in case.mapping.fields)
            assert others != case.mapping.fields
            typed = check(replace(case.mapping, fields=others)).typed
            for row, expected in zip(case.rows(), case.expected, strict=True):
                assert comparable(evaluate(typed, row).record) == comparable(expected)


@each_case
def test_every_field_of_the_target_is_mapped_or_listed(case: Scenario) -> None:
    unmapped = [each.path for each in case.unmapped]
    mapped = [path for path, leaf in walk(case.mapping.fields) if not isinstance(leaf.value, Build | ForEach)]
    all_leaves = dict(leaves(case.target.type))
    assert {*mapped, *unmapped} == set(all_leaves)
    assert len(mapped) + len(unmapped) == len(all_leaves)
    assert [each.required for each in case.unmapped] == [all_leaves[path] for path in unmapped]


@each_case
def test_cases_are_of_their_kind(case: Scenario) -> None:
    spare = [each.path for each in source_gaps(case.mapping)]
    decoys = 2 if case.number == 16 else 5 if case.number in EXTRA_INPUT else 0
    if case.number < 17:
        assert len(spare) == decoys
    assert len(case.unmapped) == (5 if case.number in EXTRA_OUTPUT else 0)
    assert len(case.sources) == (2 if case.number in {8, 16} else 1)
    assert all(any(path.parts[0] == each.name for path in read(case.mapping)) for each in case.sources)
    assert any(nested(each.type) for each in case.sources) == (case.number in {6, 7, 13, 15, 17})
    assert nested(case.target.type) == (case.number in {5, 7, 14, 15, 17})
    assert 10 <= len(case.mapping.fields if case.number == 17 else list(leaves(case.target.type))) <= 20


@each_case
def test_names_are_the_same_where_they_should_be(case: Scenario) -> None:
    direct = [
        (path.parts[-1], leaf.value.path) for path, leaf in walk(case.mapping.fields) if isinstance(leaf.value, Read)
    ]
    same = [name for name, path in direct if name == path.parts[-1]]
    if case.number in {1, 2, 3, 4, 5, 7, 8}:
        assert len(same) == len(direct)
    if case.number in {6, 13}:
        last = [path.parts[-1] for _, path in direct]
        assert len(set(last)) < len(last)
    if case.group == "1.2":
        assert 2 * len(same) < len(direct)


@pytest.mark.parametrize("domain", DOMAINS)
def test_fourteen_leaves_need_an_operation(domain: str) -> None:
    (case,) = (each for each in CASES if each.domain == domain and each.number == 17)
    assert sum(isinstance(each.value, Call | ForEach) for each in case.mapping.fields) == 14
    assert not {"DEFAULT", "CONSTANT"} & set(operations(case.mapping))


def test_operations_that_the_scenarios_ask_for() -> None:
    found = {each for case in CASES for each in operations(case.mapping)}
    assert found >= {
        *("LENGTH", "SPLIT", "SPLIT_PART", "CONCAT", "PARSE_DATE", "PARSE_TIMESTAMP", "EPOCH_TO_TIMESTAMP", "SCALE"),
        *("MAP_VALUES", "TO_BOOLEAN", "FIRST", "ITEM_AT", "SUM", "AVERAGE", "UPPER", "TRIM", "TO_INT"),
    }


@each_case
def test_comments_are_about_the_fields(case: Scenario) -> None:
    sources = {str(Path((each.name, *path.parts))) for each in case.sources for path, _ in leaves(each.type)}
    target = {str(path) for path, _ in leaves(case.target.type)}
    kinds: tuple[Comments, ...] = ("given", "generated")
    for kind in kinds:
        said = case.comments[kind]
        assert (set(said.sources), set(said.target)) == (sources, target)
        assert all(each.strip() for each in (*said.sources.values(), *said.target.values()))
    given, generated = (case.shapes(kind) for kind in kinds)
    assert given != generated
    shapes, filled = given
    assert sorted(text for each in shapes for text in descriptions(each.type)) == sorted(
        case.comments["given"].sources.values()
    )
    assert sorted(descriptions(filled.type)) == sorted(case.comments["given"].target.values())
    assert case.shapes("absent") == (case.sources, case.target)


@pytest.mark.parametrize(
    ("name", "change", "problem"),
    [
        ("mapping.json", '{"nights": {"operation": "DIRECT", "parameters": ["a.b", "c"]}}', "MAP"),
        ("mapping.json", "{", "not JSON"),
        ("expected.ndjson", None, "expected.ndjson"),
        ("target.bal", None, "0 files target"),
        ("target.bal", "type", "target.bal"),
        ("also.json", '{"nights": [{"operation": 3}]}', "MAP"),
    ],
)
def test_a_bad_case_is_an_error(name: str, change: str | None, problem: str, tmp_path: File) -> None:
    (folder := tmp_path / "01-flat").mkdir()
    for each in (SCENARIOS / "booking" / "01-same-flat-to-flat").iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    assert load_scenario(folder).number == 1
    if change is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(change)
    with pytest.raises(CaseError) as caught:
        load_scenario(folder)
    assert problem in caught.value.problem


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"a": 1.5}, {"a": "1.5"}, False),
        ({"a": 1.0}, {"a": 1}, True),
        ({"a": True}, {"a": 1}, False),
        ({"a": None}, {}, True),
        ({"a": [None]}, {"a": []}, False),
        ({"a": {"b": None}}, {"a": {}}, True),
        ({"a": [1, 2]}, {"a": [2, 1]}, False),
    ],
)
def test_rows_are_compared_by_value(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert same_row(one, other) is same
    assert same_row(json.loads(json.dumps(one)), one)


def leaves(type_: Type, at: Path | None = None) -> Iterator[tuple[Path, bool]]:
    """The path of every field that holds no records, and whether it is required."""
    at = at or Path()
    while isinstance(type_, List):
        at, type_ = at / ITEM, type_.element
    for each in type_.fields if isinstance(type_, Record) else ():
        inner = each.type.element if isinstance(each.type, List) else each.type
        if isinstance(inner, Record):
            yield from leaves(each.type, at / each.name)
        else:
            yield at / each.name, not (each.optional or each.type.nullable)


def nested(type_: Type) -> bool:
    inner = [each.type.element if isinstance(each.type, List) else each.type for each in getattr(type_, "fields", ())]
    return any(isinstance(each, Record) for each in inner)


def descriptions(type_: Type) -> Iterator[str]:
    while isinstance(type_, List):
        type_ = type_.element
    for each in type_.fields if isinstance(type_, Record) else ():
        if each.description:
            yield each.description
        yield from descriptions(each.type)


def read(mapping: Mapping) -> list[Path]:
    return [leaf.value.path for _, leaf in walk(mapping.fields) if isinstance(leaf.value, Read)] + [
        each.value.path
        for _, leaf in walk(mapping.fields)
        if isinstance(leaf.value, Call)
        for each in leaf.value.arguments
        if isinstance(each.value, Read)
    ]


def operations(mapping: Mapping) -> list[str]:
    def inside(leaf: FieldMapping) -> str:
        return leaf.value.operation if isinstance(leaf.value, Call) else type(leaf.value).__name__.upper()

    return [inside(leaf) for _, leaf in walk(mapping.fields)]
