from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penstock.catalog.evolution.update import settle, update
from penstock.catalog.file.copies import KEPT, Copies
from penstock.catalog.file.document import dump_catalog, load_catalog, to_document
from penstock.catalog.file.store import CatalogStore
from penstock.catalog.model import Catalog
from penstock.catalog.profiling.profile import profile_documents
from penstock.errors import CatalogFormatError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text("aé😄 #:'1"),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text("ab.#'", max_size=3), below, max_size=3),
    max_leaves=8,
)


def catalog(*records: Any) -> Catalog:
    return settle(profile_documents(records, "some"))


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.msgpack"))


@given(st.lists(JSON, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_copy_is_the_text(tmp_path_factory: pytest.TempPathFactory, records: list[object]) -> None:
    made = catalog(*records)
    text = dump_catalog(made)
    copies = Copies(tmp_path_factory.mktemp("copies"))
    copies.keep(text, to_document(made))
    read = copies.load(text, "some.yml")
    assert read == load_catalog(text)
    assert [each.path for each in read.fields] == [each.path for each in load_catalog(text).fields]


def test_a_copy_is_read_instead_of_the_text(tmp_path: Path) -> None:
    copies = Copies(tmp_path)
    made = catalog({"id": 1})
    copies.keep("not: [even YAML", to_document(made))
    assert copies.load("not: [even YAML", "some.yml") == load_catalog(dump_catalog(made))


def test_a_text_without_a_copy_gets_one(tmp_path: Path) -> None:
    text = dump_catalog(catalog({"id": 1, "name": "Ada"}))
    assert Copies(tmp_path / "cache").load(text, "some.yml") == load_catalog(text)
    assert len(files(tmp_path / "cache")) == 1
    assert (tmp_path / "cache/.gitignore").read_text("utf-8") == "*\n"


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda _: b"", lambda data: data[:40] + b"?" + data[41:]])
def test_a_damaged_copy_is_made_again(tmp_path: Path, change: Any) -> None:
    text = dump_catalog(catalog({"id": 1, "name": "Ada"}))
    copies = Copies(tmp_path)
    copies.load(text, "some.yml")
    (file,) = files(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(change(whole))
    assert copies.load(text, "some.yml") == load_catalog(text)
    assert file.read_bytes() == whole


def test_integers_that_the_format_does_not_hold_have_no_copy(tmp_path: Path) -> None:
    big = dump_catalog(catalog({"id": 2**64}))
    assert Copies(tmp_path).load(big, "some.yml") == load_catalog(big)
    assert not files(tmp_path)


def test_what_is_no_catalog_has_no_copy(tmp_path: Path) -> None:
    with pytest.raises(CatalogFormatError, match=r"some\.yml"):
        Copies(tmp_path).load("penstock: catalog/9\n", "some.yml")
    assert not files(tmp_path)


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    text = dump_catalog(catalog({"id": 1}))
    assert Copies(tmp_path / "cache" / "some").load(text, "some.yml") == load_catalog(text)


def test_few_copies_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 2):
        Copies(tmp_path).load(dump_catalog(catalog({"id": number})), "some.yml")
    assert len(files(tmp_path)) == KEPT


def test_a_store_reads_copies_and_edits(tmp_path: Path) -> None:
    store = CatalogStore(tmp_path / "a.yml", tmp_path / "last.yml", Copies(tmp_path / "cache"))
    first = catalog(*({"id": number, "email": f"p{number}@example.org"} for number in range(99)))
    store.write(first, None)
    (file,) = files(tmp_path / "cache")
    text = store.file.read_text("utf-8")
    read = store.read()
    assert read == load_catalog(text)
    assert not read.fields[1].values.sample  # no copy has hashes of personal values
    store.file.write_text(text.replace("type: integer", "type: text", 1), encoding="utf-8")
    edited = store.read()
    assert edited is not None
    assert edited.fields[0].decided_by == "person"
    store.write(update(edited, first), edited)
    assert file in files(tmp_path / "cache")
    assert store.read() == load_catalog(store.file.read_text("utf-8"))
