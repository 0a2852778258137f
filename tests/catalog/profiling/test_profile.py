import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penstock.catalog.model import Catalog, FieldProfile, Integers, Numbers, Texts, Values
from penstock.catalog.profiling import node
from penstock.catalog.profiling.node import thaw
from penstock.catalog.profiling.profile import BATCH, Profiler, merge, profile_documents
from penstock.catalog.profiling.records import records_in
from penstock.errors import UnreadableDataError
from penstock.schema import Path, parse_path

_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(2**63, 2**130),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.sampled_from(["2021-02-28", "2021-02-30", "2021-01-01T00:00:00Z", "076", "7", "yes", "1.50", "a@b.org"]),
)
_documents = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "A", "", "k.1"]), inner),
    max_leaves=10,
)


def find(catalog: Catalog, path: str) -> FieldProfile:
    return catalog.by_path()[parse_path(path)]


@given(st.lists(_documents, max_size=12), st.lists(_documents, max_size=12), st.lists(_documents, max_size=4))
def test_merging_is_profiling_everything(one: list[object], two: list[object], three: list[object]) -> None:
    parts = [profile_documents(each) for each in (one, two, three)]
    whole = thaw(profile_documents([*one, *two, *three]))
    assert thaw(merge(merge(parts[0], parts[1]), parts[2])) == whole
    assert thaw(merge(parts[0], merge(parts[1], parts[2]))) == whole
    assert thaw(merge(parts[2], merge(parts[1], parts[0]))) == whole


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.dictionaries(st.sampled_from("uvwxyz"), _scalars))))
def test_merging_is_profiling_everything_when_keys_are_capped(documents: list[object]) -> None:
    before = node.MAX_KEYS, node.FIXED_MISSING
    node.MAX_KEYS, node.FIXED_MISSING = 4, 1  # type: ignore[misc]  # as few as a small example can have
    try:
        half = len(documents) // 2
        merged = merge(profile_documents(documents[:half]), profile_documents(documents[half:]))
        assert thaw(merged) == thaw(profile_documents(documents))
    finally:
        node.MAX_KEYS, node.FIXED_MISSING = before  # type: ignore[misc]


@given(st.lists(_documents, max_size=8))
def test_a_tree_and_its_catalog_say_the_same(documents: list[object]) -> None:
    catalog = profile_documents(documents, "x")
    assert node.freeze(thaw(catalog), "x") == catalog


def test_counts_what_is_there() -> None:
    documents = [
        {"id": 1, "name": "a", "tags": ["x", None]},
        {"id": None, "tags": []},
        {"id": 2.5, "name": "äöü", "tags": [1], "at": {"day": "2021-01-01"}},
    ]
    catalog = profile_documents(documents, "events")
    assert (catalog.name, catalog.records) == ("events", 3)
    assert [str(each.path) for each in catalog.fields] == ["id", "name", "tags", "tags[]", "at", "at.day"]
    assert catalog.fields == (
        FieldProfile(
            Path(("id",)),
            3,
            3,
            {"integer": 1, "null": 1, "number": 1},
            integers=Integers(1, 1),
            numbers=Numbers(2.5, 2.5, 1, 1),
            values=Values(catalog.fields[0].values.sample, (1, 2.5), {1: 1}),
        ),
        FieldProfile(
            Path(("name",)),
            3,
            2,
            {"string": 2},
            longest=3,
            shortest=1,
            values=Values(catalog.fields[1].values.sample, ("äöü", "a"), {"a": 1, "äöü": 1}),
        ),
        FieldProfile(Path(("tags",)), 3, 3, {"array": 3}, elements=Integers(0, 2)),
        FieldProfile(
            parse_path("tags[]"),
            3,
            3,
            {"string": 1, "null": 1, "integer": 1},
            integers=Integers(1, 1),
            longest=1,
            shortest=1,
            values=Values(catalog.fields[3].values.sample, (1, "x"), {1: 1, "x": 1}),
        ),
        FieldProfile(Path(("at",)), 3, 1, {"object": 1}),
        FieldProfile(
            parse_path("at.day"),
            1,
            1,
            {"string": 1},
            {"date": 1},
            longest=10,
            shortest=10,
            texts=Texts("2021-01-01", "2021-01-01"),
            values=Values(catalog.fields[5].values.sample, ("2021-01-01",), {"2021-01-01": 1}),
        ),
    )


def ndjson(*lines: str) -> Catalog:
    profiler = Profiler()
    profiler.add(records_in("\n".join(lines).encode(), Path(), "ndjson"))
    return profiler.catalog()


@pytest.mark.parametrize(
    ("values", "types"),
    [
        (["true", "1", '"1"', "null"], {"boolean": 1, "integer": 1, "string": 1, "null": 1}),
        (["{}", "[]", "[[]]", '{"a":1}'], {"object": 2, "array": 2}),
        (["1.0", "1e2", "-0", "0"], {"number": 2, "integer": 2}),
    ],
)
def test_never_mixes_types(values: list[str], types: dict[str, int]) -> None:
    assert find(ndjson(*(f'{{"x": {each}}}' for each in values)), "x").types == types


@pytest.mark.parametrize("value", [2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**30 + 1, 10**4000 + 1])
def test_integers_stay_exact(value: int) -> None:
    assert find(ndjson(f'{{"x": {value}}}', '{"x": 0}'), "x").integers == Integers(min(0, value), max(0, value))


@pytest.mark.parametrize(
    ("literals", "numbers"),
    [
        (["1.5", "-22.25"], Numbers(-22.25, 1.5, 2, 2)),
        (["0.10"], Numbers(0.1, 0.1, 1, 2)),
        (["59.91465759277344"], Numbers(59.91465759277344, 59.91465759277344, 2, 14)),
        (["1234567890123456.123456789"], Numbers(1234567890123456.0, 1234567890123456.0, 16, 9, inexact=1)),
        (["-1.2e3"], Numbers(-1200.0, -1200.0, 4, 0)),
        (["1.25E-3"], Numbers(0.00125, 0.00125, 1, 5)),
        (["1e999"], Numbers(float("inf"), float("inf"), 1000, 0, inexact=1)),
        (["-0.0", "0.0"], Numbers(0.0, 0.0, 1, 1)),
        (["1e99999999999999999999"], Numbers(float("inf"), float("inf"), 9999, 9999, inexact=1)),
        (["0.1", "0.1000000000000000055511151231257827"], Numbers(0.1, 0.1, 1, 34, inexact=1)),
    ],
)
def test_numbers_stay_exact(literals: list[str], numbers: Numbers) -> None:
    assert find(ndjson(*(f'{{"x": {each}}}' for each in literals)), "x").numbers == numbers


def test_takes_plain_python_values() -> None:
    catalog = profile_documents([{"x": 1.5}, {"x": Decimal("2.50")}])
    assert find(catalog, "x").numbers == Numbers(1.5, 2.5, 1, 2)


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), Decimal("NaN"), {1, 2}, (1,)])
def test_refuses_what_json_does_not_have(value: object) -> None:
    with pytest.raises(UnreadableDataError, match="JSON does not have"):
        profile_documents([{"x": value}])


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth // 2):
        value = {"a": [value]}
    return value


def test_refuses_deep_nesting() -> None:
    assert profile_documents([nested(100)]).records == 1
    with pytest.raises(UnreadableDataError, match="deeper than 100 levels"):
        profile_documents([nested(102)])


def test_sees_a_change_late_in_the_data() -> None:
    documents: list[object] = [{"x": 1}] * 20_480 + [{"x": "late"}]
    assert find(profile_documents(documents), "x").types == {"integer": 20_480, "string": 1}


def test_keeps_names_that_differ_in_case_or_are_odd() -> None:
    catalog = profile_documents([{"id": 1, "ID": "x", "Id": None, "": 1, "a.b": 1, "*": 1, "[]": 1}])
    assert [each.path.parts for each in catalog.fields] == [("id",), ("ID",), ("Id",), ("",), ("a.b",), ("*",), ("[]",)]
    assert len({str(each.path) for each in catalog.fields}) == 7


def test_counts_every_value_of_a_repeated_key() -> None:
    catalog = ndjson('{"a": 1, "b": {"c": 1, "c": "x", "c": null}}', '{"a": 2, "b": {"c": 2}}')
    found = find(catalog, "b.c")
    assert (found.parents, found.present, found.repeated) == (2, 2, 2)
    assert found.types == {"integer": 2, "string": 1, "null": 1}
    assert find(catalog, "a").repeated == 0


def test_keys_are_capped_and_it_says_so() -> None:
    documents = [{"fixed": 1, "counts": {f"k{each}-{inner}": inner for inner in range(10)}} for each in range(600)]
    catalog = profile_documents(documents)
    assert find(catalog, "counts").capped
    assert find(catalog, "counts.*").types == {"integer": 6000}
    assert find(catalog, "counts.*").integers == Integers(0, 9)
    assert [str(each.path) for each in catalog.fields] == ["fixed", "counts", "counts.*"]


def test_records_that_are_no_objects() -> None:
    catalog = profile_documents([1, "x", [True], {"a": 1}])
    root = find(catalog, "")
    assert root.types == {"integer": 1, "string": 1, "array": 1, "object": 1}
    assert (root.parents, root.present) == (4, 4)
    assert find(catalog, "a").parents == 1


def test_no_records() -> None:
    assert profile_documents([], "x") == Catalog("x", 0, ())


def test_a_batch_border_does_not_matter() -> None:
    documents = [{"n": each, f"k{each % 7}": str(each)} for each in range(2 * BATCH + 3)]
    text = "\n".join(map(json.dumps, documents))
    one_by_one = Profiler()
    for each in documents:
        one_by_one.add([each])
    assert thaw(ndjson(text)) == thaw(one_by_one.catalog())
