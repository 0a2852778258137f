"""Records with half of a character are told from the others, wherever they are, and every one keeps its position."""

import json

import pytest

from penstock.catalog.inputs.halves import add_whole_records, has_half, raw_page, without_halves
from penstock.catalog.profiling.profile import Profiler, profile_documents
from penstock.catalog.profiling.records import records_in
from penstock.errors import UnreadableDataError
from penstock.schema import parse_path

WHOLE = [
    (b'[{"a": 1.10, "b": [1, {"c": "\xc3\xa9, ]}"}]}, 2, null, [3], "x\\"]"]', "", "json"),
    (b'\xef\xbb\xbf {"x": {"r": 1}, "x" : {"r": [ {"a": 1} ,{"a": 2} ], "s": []}}', "x.r", "json"),
    (b'{"r": {"a": 12345678901234567890}}', "r", "json"),
    (b'{"r": null}', "r", "json"),
    (b'{"r": []}', "r[]", "json"),
    (b'[{"n": 1}, [[1], [2, 3]]]', "1", "json"),
    (b'[1, [{"r": [{"a": "\\ud83d\\ude04"}]}]]', "1.0.r", "json"),
    (b'{"a": 1}\n\n [2] \r\n"x"', "", "ndjson"),
    (b'{"r": [1, 2]}\n{"r": 3}\n{"r": null}\n', "r", "ndjson"),
]


@pytest.mark.parametrize(("page", "records", "form"), WHOLE)
def test_the_records_are_those_that_are_read_else(page: bytes, records: str, form: str) -> None:
    where = parse_path(records)
    expected = list(records_in(page, where, form))
    read = list(raw_page(page, where, form, "page"))
    listed = "[" + ",".join(each.text for each in read) + "]"
    assert list(records_in(listed.encode(), parse_path(""), "json")) == expected
    assert not any(each.half for each in read)
    copy, halves = without_halves(page, where, form, "page")
    assert halves == ()
    assert list(records_in(copy.encode(), where, form)) == expected


BROKEN = [
    (rb'[{"a": "\ud83d"}, {"a": "x"}]', "", "json", '[{},{"a": "x"}]', [(1, "a", r'"\ud83d"')]),
    (
        rb'{"n": "\ud83d", "r": [1, "\uDC00", ["\ud83d"]]}',
        "r",
        "json",
        '{"r":[1,null,[]]}',
        [(2, "", r'"\udc00"'), (3, "[]", r'"\ud83d"')],
    ),
    (rb'{"r": {"a": {"x": "\ud83d"}}}', "r", "json", '{"r":{}}', [(1, "a.x", r'"\ud83d"')]),
    (rb'[7, [{"\ud83d": 1}]]', "1", "json", "[0,[{}]]", [(1, "", r'"\ud83d"')]),
    (rb'[{"a.b": {"c\udc00": [{"d": "\ud83d"}]}}]', "", "json", "[{}]", [(1, r"a\.b", r'"c\udc00"')]),
    (rb'[{"c\udc00": {"d": 1}}]', "", "json", "[{}]", [(1, "", r'"c\udc00"')]),
    (rb'[{"a": "\ud83d", "a": 1}]', "", "json", "[{}]", [(1, "a", r'"\ud83d"')]),
    (b'{"a": 1}\n{"a": "\\ud83d \xc3\xa9"}\n', "", "ndjson", '{"a": 1}\n{}', [(2, "a", '"\\ud83d é"')]),
    (b'{"r": [1]}\n{"r": ["\\ud83d", 2]}\n', "r", "ndjson", '{"r":[1]}\n{"r":[null,2]}', [(2, "", r'"\ud83d"')]),
]


@pytest.mark.parametrize(("page", "records", "form", "copy", "found"), BROKEN)
def test_an_empty_record_takes_their_place(
    page: bytes, records: str, form: str, copy: str, found: list[tuple[int, str, str]]
) -> None:
    assert has_half(page)
    text, halves = without_halves(page, parse_path(records), form, "page")
    assert text == f"{copy}\n"
    assert [(each.position, each.path, each.value) for each in halves] == found
    read = list(raw_page(page, parse_path(records), form, "page"))
    assert [each.half for each in read if each.half] == list(halves)
    assert len(list(records_in(text.encode(), parse_path(records), form))) == len(read)


@pytest.mark.parametrize("text", [r'"\ud83d\ude00"', r'"\\ud83d"', '"d83d"', r'"\ud7ff \ue000"'])
def test_whole_characters_are_no_halves(text: str) -> None:
    assert not has_half(text.encode())


def test_the_others_are_counted() -> None:
    profiler = Profiler()
    page = json.dumps([{"a": 1}, {"b": "\ud83d"}, {"a": 2, "c": 1.5}]).encode()
    assert add_whole_records(profiler, page, parse_path(""), "json", "page") == 1
    assert profiler.catalog() == profile_documents([{"a": 1}, {"a": 2, "c": b"1.5"}])


@pytest.mark.parametrize(
    ("page", "records", "form", "says"),
    [
        (rb'{"r": ["\ud83d"]', "r", "json", "a.json: holds half of a character"),
        (rb'{"r": ["\ud83d"]}', "s", "json", "a.json: has nothing at 's'"),
        (b'{"a": "\\ud83d"}\n{]\n', "", "ndjson", "a.json, line 2: is not JSON"),
    ],
)
def test_what_is_wrong_besides_is_told(page: bytes, records: str, form: str, says: str) -> None:
    with pytest.raises(UnreadableDataError, match="Hint: ") as caught:
        without_halves(page, parse_path(records), form, "a.json")
    assert str(caught.value).startswith(says)
