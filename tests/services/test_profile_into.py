"""Data profiled into a catalog that is there already: what a person wrote stays, the counts are those of the data."""

import json
from pathlib import Path
from typing import Any

import pytest

from penstock.catalog.file.document import dump_catalog, load_catalog
from penstock.catalog.personal.masking import Examples
from penstock.errors import CatalogFormatError, NoDataError, PipelineCatalogError
from penstock.services.profile import profile, profile_into

RECORDS: dict[str, list[Any]] = {
    "flat": [{"id": each, "email": f"a{each}@example.org", "status": "open"} for each in range(60)],
    "maps": [{"rates": {f"2021-{each % 12 + 1:02}-{each % 28 + 1:02}": 1.5}} for each in range(400)],
    "odd": [{"a": 1, "b": [[1], []], "c": {}}, {"a": "x", "b": None, "A": 1e300}, {}],
    "wide": [{"k": {f"key{each}": each}} for each in range(5_100)],
    "bare": [1, "x", None],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalog.yml"


def into(file: Path, records: list[Any], **how: Any) -> str:
    """The text of the file after the records were profiled into it."""
    data = file.with_name("data.ndjson")
    data.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    file.write_text(profile_into(file, [str(data)], **how).text, encoding="utf-8")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("examples", ["masked", "plain", "none"])
@pytest.mark.parametrize("records", RECORDS.values(), ids=RECORDS)
def test_the_same_data_again_change_nothing(file: Path, records: list[Any], examples: Examples) -> None:
    first = into(file, records, examples=examples)
    assert into(file, records, examples=examples) == first
    assert first == dump_catalog(profile([str(file.with_name("data.ndjson"))], examples=examples))


def test_what_a_person_wrote_stays_and_counts_do_not(file: Path) -> None:
    text = into(file, RECORDS["flat"])
    text = text.replace("    type: integer\n", "    type: text  # a code\n    description: of the shop\n")
    file.write_text(text.replace("    personal: email\n", "    personal: no\n"), encoding="utf-8")
    written = into(file, [{"id": 7, "email": "b@example.org", "new": True}])
    assert "type: text  # a code" in written
    catalog = load_catalog(written)
    found = {str(each.path): each for each in catalog.fields}
    assert (catalog.name, catalog.records, list(found)) == ("data", 1, ["id", "email", "new"])
    assert (found["id"].decided_by, found["id"].description, found["id"].types) == (
        "person",
        "of the shop",
        {"integer": 1},
    )
    assert (found["email"].personal, found["email"].values.examples) == ("none", ("b@example.org",))
    assert found["new"].decided_by == "rule"


def test_a_map_by_a_person_stays_one(file: Path) -> None:
    text = into(file, [{"by": {"ada": 1, "bob": 2}}])
    file.write_text(text.replace("type: record", "type: map"), encoding="utf-8")
    assert [str(each.path) for each in load_catalog(into(file, [{"by": {"cyd": 3}}])).fields] == ["by", "by.*"]


def test_a_description_outlives_counts_alone(file: Path) -> None:
    text = into(file, [{"id": 1}])
    file.write_text(text.replace("    type: integer\n", "    type: text\n    description: mine\n"), encoding="utf-8")
    into(file, [{"id": 2}], counts_only=True)
    (field,) = load_catalog(into(file, [{"id": 3}])).fields
    assert (field.description, field.type and field.type.name) == ("mine", "text")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("penstock: penstock/1\nname: shop\n", CatalogFormatError),
        ("penstock: catalog/1\nname: a\nrecords: 0\nthrough: 2026-11-21T00:00:00Z\nfields: {}\n", PipelineCatalogError),
    ],
)
def test_other_files_are_not_written_over(file: Path, text: str, error: type[Exception]) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(error):
        into(file, [{"id": 1}])
    assert file.read_text(encoding="utf-8") == text


def test_nothing_is_written_without_data(file: Path) -> None:
    with pytest.raises(NoDataError):
        profile_into(file, [str(file.with_name("none.csv"))])
