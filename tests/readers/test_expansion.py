"""Named types are written out, without end in neither depth nor size."""

from collections.abc import Mapping, Sequence

import pytest

from penstock.readers.expansion import DEEPEST, LARGEST, MOST_READS, MOST_TOLD, Expansion
from penstock.schema import Field, Json, Path, Record, Type

GRAPHS: list[tuple[Mapping[str, Sequence[str]], str, object, list[str]]] = [
    ({"A": ["B"], "B": []}, "A", {"B": {}}, []),
    ({"A": ["A"]}, "A", {"A": None}, ["A.A"]),
    ({"A": ["B"], "B": ["A"]}, "A", {"B": {"A": None}}, ["A.B.A"]),
    ({"A": ["B"], "B": ["A"]}, "B", {"A": {"B": None}}, ["B.A.B"]),
    ({"A": ["B", "C"], "B": ["C"], "C": []}, "A", {"B": {"C": {}}, "C": {}}, []),
    ({"A": ["B", "C"], "B": ["B"], "C": ["B"]}, "A", {"B": {"B": None}, "C": {"B": {"B": None}}}, ["A.B.B"]),
]


def expansion(graph: Mapping[str, Sequence[str]]) -> Expansion:
    found = Expansion(
        lambda name, path: Record(tuple(Field(each, found.use(each, path / each)) for each in graph[name]), name)
    )
    return found


def tree(type_: Type) -> object:
    return {each.name: tree(each.type) for each in type_.fields} if isinstance(type_, Record) else None


@pytest.mark.parametrize(("graph", "name", "expected", "cut"), GRAPHS)
def test_a_type_that_holds_itself_is_json_there(
    graph: Mapping[str, Sequence[str]], name: str, expected: object, cut: list[str]
) -> None:
    found = expansion(graph)
    assert tree(found.define(name)) == expected
    assert [(each.code, each.path) for each in found.findings] == [("SCH001", path) for path in cut]


def test_every_definition_is_whole_whatever_was_read_before() -> None:
    found = expansion({"A": ["B"], "B": ["A"]})
    assert tree(found.define("A")) == {"B": {"A": None}}
    assert tree(found.define("B")) == {"A": {"B": None}}


def test_growth_without_end_is_cut() -> None:
    doubling = {str(each): [str(each + 1), f"-{each + 1}"] for each in range(40)}
    doubling |= {f"-{each}": [str(each + 1), f"-{each + 1}"] for each in range(1, 40)} | {"40": [], "-40": []}
    found = expansion(doubling)
    assert size(found.define("0")) <= 3 * LARGEST
    assert {each.code for each in found.findings} == {"SCH002"}
    found.findings.clear()
    assert size(found.define("38")) == 7
    assert not found.findings


def test_many_definitions_that_hold_each_other_are_read_in_bounded_time() -> None:
    names = [str(each) for each in range(200)]
    found = expansion(dict.fromkeys(names, names))
    reads = 0

    def count(name: str, path: Path) -> Type:
        nonlocal reads
        reads += 1
        return Record(tuple(Field(each, found.use(each, path / each)) for each in names[:5]), name)

    found.read = count
    for each in names:
        found.define(each)
    assert reads <= MOST_READS + LARGEST
    assert len(found.findings) <= (MOST_TOLD + 1) * len(names)
    assert "more places of" in found.findings[MOST_TOLD].message


def test_depth_without_end_is_cut() -> None:
    found = expansion({str(each): [str(each + 1)] for each in range(500)} | {"500": []})
    assert size(found.define("0")) == DEEPEST + 1
    assert [each.code for each in found.findings] == ["SCH002"]


def size(type_: Type) -> int:
    assert isinstance(type_, Record | Json)
    return 1 + sum(size(each.type) for each in type_.fields) if isinstance(type_, Record) else 1
