"""Whatever a document looks like, looking at it ends with a proposal or a clear error."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from penstock.errors import AnswerError
from penstock.pipeline.probe.answer import Answer, Json, read_page
from penstock.pipeline.probe.cursors import cursor_hint, propose_cursor
from penstock.pipeline.probe.keys import propose_key
from penstock.pipeline.probe.paging import missing_pages, propose_paging
from penstock.pipeline.probe.records import is_at, propose_records, records_at, values_at
from penstock.pipeline.probe.second_page import prove, second_url
from penstock.schema import parse_path

NAMES = st.sampled_from(
    ["id", "name", "data", "results", "next", "previous", "page", "pages", "total", "offset", "limit", "a.b", "",
     "features", "type", "next_cursor", "updated_at", "count", "items"]
)  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "x", "/a?b=1", "https://api.example.org/?page=2", "2026-01-01T00:00:00Z", "²", "7"]),
)
DOCUMENTS = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5), max_leaves=25
)


@given(DOCUMENTS)
@settings(max_examples=300, deadline=None)
def test_a_document_of_any_form(document: Json) -> None:
    answer = Answer("https://api.example.org/x?page=1&limit=3", 200, {}, json.dumps(document).encode())
    try:
        page = read_page(answer)
    except AnswerError:
        return
    choice = propose_records(page.document)
    for each in (choice, *choice.alternatives) if choice else ():
        assert is_at(page.document, each.value)
        records = records_at(page.document, each.value)
        key = propose_key(records, "x")
        assert key is None or len({tuple(map(repr, row)) for row in _rows(records, key.value)}) == len(records)
        propose_cursor(records, ["since"], {})
        cursor_hint(records)
        missing_pages(page, each.value, len(records))
        paging = propose_paging(page, each.value)
        for way in (paging, *paging.alternatives):
            second_url(way.value, page, len(records))
        prove(each.value, records, answer)


def _rows(records: list[Json], key: tuple[str, ...]) -> list[list[Json]]:
    return [[found for path in key for found in values_at(each, parse_path(path))] for each in records]
