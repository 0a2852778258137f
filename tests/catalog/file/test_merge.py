from dataclasses import replace
from pathlib import Path

import pytest

from penstock.catalog.evolution.update import settle, update
from penstock.catalog.file.document import dump_catalog, load_catalog
from penstock.catalog.file.merge import Conflict, adopt, merge_catalogs
from penstock.catalog.file.store import CatalogStore
from penstock.catalog.model import Catalog
from penstock.catalog.profiling.profile import profile_documents
from penstock.errors import CatalogFormatError
from penstock.schema import format_type, parse_path

OLD = settle(profile_documents([{"id": 1, "code": "007", "at": "2021-01-01", "gone": 1}], "events"))
LAST = dump_catalog(OLD)
NEW = replace(
    update(OLD, profile_documents([{"id": 2.5, "code": "008", "at": "2021-01-02", "new": True}])), through="2"
)


def edit(old: str, new: str, text: str = LAST) -> str:
    assert old in text
    return text.replace(old, new, 1)


def line(catalog: Catalog, path: str) -> tuple[str, str, str, str]:
    field = catalog.by_path()[parse_path(path)]
    return format_type(field.type) if field.type else "", field.decided_by, field.description, field.personal


ID = "  id:\n    type: integer\n"
CODE = "  code:\n    type: text\n"


@pytest.mark.parametrize(
    ("mine", "path", "expected"),
    [
        (LAST, "id", ("float", "rule", "", "")),
        (edit(CODE, "  code:\n    type: json\n"), "code", ("json", "person", "", "")),
        (edit(CODE, CODE + "    description: mine\n"), "code", ("text", "rule", "mine", "")),
        (edit(CODE, CODE + "    personal: salary\n"), "code", ("text", "rule", "", "salary")),
        (edit(CODE, CODE + "    personal: no\n"), "code", ("text", "rule", "", "none")),
        (edit(CODE, CODE + "    decided_by: person\n"), "code", ("text", "person", "", "")),
        (edit(ID, ID + "    decided_by: person\n"), "id", ("integer", "person", "", "")),
        (edit(ID, "  id:\n    type: decimal(20,2)\n"), "id", ("decimal(20,2)", "person", "", "")),
        (edit(ID, ID + "    description: mine\n"), "id", ("float", "rule", "mine", "")),
    ],
)
def test_what_a_person_wrote_is_kept(mine: str, path: str, expected: tuple[str, ...]) -> None:
    merged = merge_catalogs(LAST, mine, NEW)
    assert line(merged.catalog, path) == expected
    assert load_catalog(merged.text) == load_catalog(dump_catalog(merged.catalog))
    counts = {str(each.path): (each.present, each.parents) for each in merged.catalog.fields}
    assert counts == {"id": (2, 2), "code": (2, 2), "at": (2, 2), "gone": (1, 2), "new": (1, 1 + 1)}


def test_a_decision_can_be_given_back() -> None:
    decided = merge_catalogs(LAST, edit(CODE, "  code:\n    type: json\n"), OLD)
    assert "decided_by: person" in decided.text
    mine = edit("    decided_by: person\n", "", decided.text)
    assert line(merge_catalogs(decided.text, mine, decided.catalog).catalog, "code") == ("json", "rule", "", "")


def test_without_the_text_that_was_written_last_only_what_says_so_is_a_persons() -> None:
    mine = edit(CODE, "  code:\n    type: json\n    description: mine\n")
    for last in ("", "no catalog", edit("records: 1", "records: 9")):
        assert line(merge_catalogs(last, mine, NEW).catalog, "code") == ("text", "rule", "mine", "")
    said = edit(CODE, "  code:\n    type: json\n    decided_by: person\n")
    assert line(merge_catalogs("", said, NEW).catalog, "code") == ("json", "person", "", "")


@pytest.mark.parametrize(
    ("mine", "conflicts"),
    [
        (LAST, ()),
        (edit(ID, "  id:\n    type: text\n"), (Conflict("id", "type", "text", "float", "mine"),)),
        (edit(ID, "  id:\n    type: float\n"), ()),
        (edit("    present: 1\n", "    present: 7\n"), (Conflict("id", "present", "7", "2", "new"),)),
        (edit("types: {integer: 1}", "types: {string: 1}"), (
            Conflict("id", "types", "string: 1", "integer: 1, number: 1", "new"),)),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(mine: str, conflicts: tuple[Conflict, ...]) -> None:
    found = merge_catalogs(LAST, mine, NEW).conflicts
    assert found == conflicts
    assert all(each.path in str(each) for each in found)


def test_entries_that_a_person_adds_or_takes_out() -> None:
    at = LAST.index("values:")
    added = (
        LAST[:at] + "  extra:\n    description: comes in spring\n    present: 0\n    of: 0\n    types: {}\n" + LAST[at:]
    )
    assert line(merge_catalogs(LAST, added, NEW).catalog, "extra")[2] == "comes in spring"
    start, end = LAST.index("  gone:\n"), LAST.index("values:")
    without = LAST[:start] + LAST[end:].replace("  gone: {counts: {1: 1}}\n", "")
    missed = replace(NEW, fields=tuple(
        replace(each, seen=replace(each.seen, missed=1)) if str(each.path) == "gone" else each for each in NEW.fields
    ))  # fmt: skip
    assert parse_path("gone") not in merge_catalogs(LAST, without, missed).catalog.by_path()
    assert parse_path("gone") in merge_catalogs(LAST, without, NEW).catalog.by_path()


def test_comments_stay_at_their_lines() -> None:
    mine = "# ours\n" + edit(
        CODE, '  # sent by the depot\n  code:  # not a number!\n    # ask "Ada" # first\n    type: json  # for now\n'
    )
    mine = edit("  gone:\n", "  # old\n  gone:\n", mine) + "# the end\n"
    text = merge_catalogs(LAST, mine, NEW).text
    assert text.startswith("# ours\npenstock: catalog/1\n")
    assert (
        '  # sent by the depot\n  code:  # not a number!\n    # ask "Ada" # first\n    type: json  # for now\n' in text
    )
    assert "  # old\n  gone:\n" in text
    assert text.endswith("# the end\n")
    assert merge_catalogs(text, text.replace("# old", "# older"), load_catalog(text)).text == text.replace(
        "# old", "# older"
    )


def test_no_comment_is_lost_with_its_line() -> None:
    mine = edit("types: {integer: 1}\n", "types: {integer: 1}\n    # odd\n    formats: {}  # none\n")
    merged = merge_catalogs(LAST, mine, replace(NEW, fields=NEW.fields[1:]))
    assert "# odd" in merged.text
    assert "# none" in merged.text
    assert load_catalog(merged.text) == merged.catalog


@pytest.mark.parametrize("description", ["'a # b'", '"a # b"', "|\n      a # b\n      # c\n", "a#b", "'it''s # so'"])
def test_what_looks_like_a_comment_in_a_text_is_none(description: str) -> None:
    mine = edit(CODE, f"{CODE}    description: {description}\n  # real\n".replace("\n\n", "\n"))
    merged = merge_catalogs(LAST, mine, OLD)
    assert merged.text.count("# real") == 1
    assert load_catalog(merged.text).fields[1].description == load_catalog(mine).fields[1].description
    assert merged.text.count("#") == 1 + merged.catalog.fields[1].description.count("#")


@pytest.mark.parametrize(
    "key", ["plain", "a: b", "it's", "# no", "a #b", "null", "2026-11-21", "a?", "- x", "ü", "\u2028", "", "x" * 200]
)
def test_comments_stay_in_a_file_that_nobody_touched(key: str) -> None:
    catalog = settle(profile_documents([{key: {"id": "a # b", key: 'it\'s # "x"'}, "tags": ["#1"]}], "odd"))
    plain = dump_catalog(catalog)
    commented = plain.replace("  tags:\n", "  # ours\n  tags:  # all\n    # here\n")
    touched = merge_catalogs(plain, commented, catalog)
    assert (touched.text.count("# ours"), touched.text.count("# all"), touched.text.count("# here")) == (1, 1, 1)
    untouched = merge_catalogs(touched.text, touched.text, catalog)
    assert untouched.text == touched.text
    assert load_catalog(untouched.text) == load_catalog(plain)


def test_edits_of_a_real_file_survive_runs(tmp_path: Path) -> None:
    store = CatalogStore(tmp_path / "catalog" / "events.yml", tmp_path / ".penstock" / "catalog" / "events.yml")
    assert store.read() is None
    store.write(OLD, None)
    text = store.file.read_text(encoding="utf-8")
    store.file.write_text("# ours\n" + edit(CODE, "  code:\n    type: json\n    description: depot\n", text), "utf-8")
    for run in range(3):
        old = store.read()
        assert old is not None
        assert line(old, "code") == ("json", "person", "depot", "")
        new = update(old, profile_documents([{"id": run, "code": 8}]))
        assert store.write(replace(new, through=str(run)), old) == ()
        assert store.last.read_text(encoding="utf-8") == store.file.read_text(encoding="utf-8")
    assert store.file.read_text(encoding="utf-8").startswith("# ours\n")
    assert [each.name for each in store.file.parent.iterdir()] == ["events.yml"]


def test_an_edit_between_reading_and_writing_is_kept(tmp_path: Path) -> None:
    store = CatalogStore(tmp_path / "events.yml", tmp_path / "last.yml")
    store.write(OLD, None)
    old = store.read()
    store.file.write_text(edit(CODE, CODE + "    description: late\n", store.file.read_text("utf-8")), "utf-8")
    store.write(NEW, old)
    assert line(load_catalog(store.file.read_text("utf-8")), "code")[2] == "late"


def test_a_file_that_was_broken_is_not_written_over(tmp_path: Path) -> None:
    store = CatalogStore(tmp_path / "events.yml", tmp_path / "last.yml")
    store.write(OLD, None)
    store.file.write_text("penstock: catalog/1\nfields: [", "utf-8")
    with pytest.raises(CatalogFormatError, match=r"events\.yml"):
        store.read()
    with pytest.raises(CatalogFormatError, match=r"events\.yml"):
        store.write(NEW, OLD)
    assert store.file.read_text("utf-8") == "penstock: catalog/1\nfields: ["


def test_what_the_program_widened_is_not_taken_for_an_edit() -> None:
    # A process that died between its two files leaves the text of before.
    assert line(adopt(LAST, dump_catalog(NEW)), "id") == ("float", "rule", "", "")


def test_masked_examples_stay_over_runs(tmp_path: Path) -> None:
    store = CatalogStore(tmp_path / "events.yml", tmp_path / "last.yml")
    store.write(settle(profile_documents([{"email": "ada@example.org"}], "events")), None)
    for run in range(2):
        old = store.read()
        assert old is not None
        store.write(update(old, profile_documents([{"email": f"bob{run}@example.org"}])), old)
    read = store.read()
    assert read is not None
    assert read.fields[0].values.shown == ("a***@e***.org",)
    assert read.fields[0].present == 3
