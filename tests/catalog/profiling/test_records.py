import json
from io import BytesIO

import pytest

from penstock.catalog.inputs.documents import add_page
from penstock.catalog.profiling.profile import Profiler
from penstock.catalog.profiling.records import RepeatedKeys, records_in
from penstock.errors import UnreadableDataError
from penstock.schema import parse_path


def read(page: str | bytes, records: str = "", format: str = "json") -> list[object]:  # noqa: A002  # as in the spec
    data = page.encode() if isinstance(page, str) else page
    return list(records_in(data, parse_path(records), format, name="page.json"))


@pytest.mark.parametrize(
    ("page", "records", "format", "expected"),
    [
        ('[{"a": 1}, {"a": 2}]', "", "json", [{"a": 1}, {"a": 2}]),
        ('{"a": 1}', "", "json", [{"a": 1}]),
        ("[]", "", "json", []),
        ("null", "", "json", []),
        ("[1, null, [2]]", "", "json", [1, None, [2]]),
        ('{"data": {"stations": [{"id": 1}]}}', "data.stations", "json", [{"id": 1}]),
        ('{"data": {"stations": [{"id": 1}]}}', "data.stations[]", "json", [{"id": 1}]),
        ('{"data": {"id": 1}}', "data", "json", [{"id": 1}]),
        ('{"data": null}', "data", "json", []),
        ('[{"page": 1}, [{"id": 1}, {"id": 2}]]', "1", "json", [{"id": 1}, {"id": 2}]),
        ('{"a.b": [1]}', r"a\.b", "json", [1]),
        ('\ufeff{"a": 1}', "", "json", [{"a": 1}]),
        ('{"a": 1}\n\n{"a": 2}\r\n', "", "ndjson", [{"a": 1}, {"a": 2}]),
        ("[1]\n2", "", "ndjson", [[1], 2]),
        ('{"d": [1, 2]}\n{"d": [3]}', "d", "ndjson", [1, 2, 3]),
        ("", "", "ndjson", []),
        ('{"a": 1.50, "b": 123456789012345678901234567890}', "", "json",
         [{"a": b"1.50", "b": 123456789012345678901234567890}]),
    ],
)  # fmt: skip
def test_records(page: str, records: str, format: str, expected: list[object]) -> None:  # noqa: A002
    assert read(page, records, format) == expected


@pytest.mark.parametrize(
    ("page", "records", "format", "says"),
    [
        ("", "", "json", "page.json: is empty"),
        ("{", "", "json", "page.json: is not JSON: Input data was truncated"),
        ('{"a": NaN}', "", "json", "no NaN or Infinity"),
        ("<html>", "", "json", "looks like HTML"),
        ('{"a": 1}\n{"a": 2}', "", "json", "looks like NDJSON"),
        (b'{"a": "\xff"}', "", "json", "is not UTF-8"),
        ("[" * 10_000 + "]" * 10_000, "", "json", "nests too deep"),
        ("9" * 5000, "", "json", "is not JSON"),
        ('{"a": 1}\n\n{"a": }', "", "ndjson", "page.json, line 3: is not JSON"),
        ('{"a": 1}\n{"a": 2', "", "ndjson", "page.json, line 2: is not JSON: Input data was truncated"),
        (
            '{"data": {"station": []}}',
            "data.stations",
            "json",
            "no 'stations' at 'data'.\nHint: Did you mean 'station'?",
        ),
        ('{"data": 7}', "data.stations", "json", "there is no object at 'data'"),
        ("[[1]]", "stations", "json", "there is a list at the top"),
        ("[[1]]", "1", "json", "there is a list at the top"),
        ('{"d": [1]}\n{"e": [3]}', "d", "ndjson", "page.json, line 2: has nothing at 'd'"),
        ("{}", "", "xml", "unknown format 'xml'"),
    ],
)
def test_says_what_is_wrong_and_where(page: str | bytes, records: str, format: str, says: str) -> None:  # noqa: A002
    with pytest.raises(UnreadableDataError) as caught:
        read(page, records, format)
    assert says in str(caught.value)
    assert "\nHint: " in str(caught.value)


def test_lines_are_counted_from_where_a_part_starts() -> None:
    with pytest.raises(UnreadableDataError, match="line 42"):
        list(records_in(b"1\n{", parse_path(""), "ndjson", name="x", first_line=41))


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 2}',
        '{"a" : 1, "a": 2}',
        '{"a"\n: 1, "a"\t:2, "b": "x\\":"}',
        '{"b": "\\":", "a": 1, "a": 2}',
        '{"a": 1, "\\u0061": 2}',
    ],
)
def test_finds_repeated_keys(text: str) -> None:
    (record,) = read(text)
    assert isinstance(record, RepeatedKeys)
    assert (record["a"], record.shadowed) == (2, {"a": [1]})


@pytest.mark.parametrize("text", ['{"a": "x\\": y"}', '{"a" : 1.0}', '{"a": " :", "b": [{"a": 1}]}', '{"a\\\\": 1}'])
def test_does_not_see_repeated_keys_where_none_are(text: str) -> None:
    (record,) = read(text)
    assert type(record) is dict


def test_repeated_keys_keep_numbers_exact() -> None:
    (record,) = read('{"a": 1, "a": 1.50, "b": 100000000000000000000000000001}')
    assert record == {"a": b"1.50", "b": 100000000000000000000000000001}


LINES = b"".join(b'{"id": %d, "at": {"x": [1.50, null]}, "id": "%s"}\n' % (at, b"-" * 90) for at in range(4_000))


@pytest.mark.parametrize(
    ("page", "records", "form"),
    [
        (LINES, "", "ndjson"),
        (b"\xef\xbb\xbf" + LINES.rstrip(b"\n"), "", "ndjson"),
        (LINES, "at.x", "ndjson"),
        (b"[1, 2]\n\n[3]\n", "", "ndjson"),
        (b"", "", "ndjson"),
        (b" [" + LINES.rstrip(b"\n").replace(b"\n", b",") + b"]", "", "json"),
        (b'{"rows": [' + LINES.rstrip(b"\n").replace(b"\n", b",") + b"]}", "rows", "json"),
        (b"[[1, 2], [3]]", "1", "json"),
        (b"null", "", "json"),
    ],
)
def test_a_page_counted_part_by_part_is_the_page(page: bytes, records: str, form: str) -> None:
    by_part, at_once = Profiler("page"), Profiler("page")
    add_page(by_part, BytesIO(page), parse_path(records), form, "page")
    at_once.add(records_in(page, parse_path(records), form, name="page"))
    assert by_part.catalog() == at_once.catalog()


@pytest.mark.parametrize(
    ("page", "form", "where"),
    [
        (LINES + b"{]\n", "ndjson", "a/page.json, line 4001"),
        (b"[1, 2", "json", "a/page.json, record 2"),
        (b"{]", "json", "a/page.json"),
        (b"", "json", "a/page.json"),
        (b"{}", "xml", "a/page.json"),
    ],
)
def test_an_error_in_a_page_names_its_file(page: bytes, form: str, where: str) -> None:
    with pytest.raises(UnreadableDataError, match="Hint: ") as caught:
        add_page(Profiler(), BytesIO(page), parse_path(""), form, "a/page.json")
    assert str(caught.value).startswith(where)


@pytest.mark.parametrize(
    ("page", "form", "where"),
    [
        (rb'{"a": "x"}' + b"\n" + rb'{"a": "cut \ud83d"}' + b"\n", "ndjson", "page, line 2"),
        (rb'[{"a": "x"}, {"a": "\uDE00"}]', "json", "page, record 2"),
        (rb'{"a": "\ude00\ud83d"}', "json", "page"),
        (rb'{"\\\ud83d": 1}', "json", "page"),
        (rb'{"a": 1, "a": "\ud83d\u0041"}', "json", "page"),
    ],
)
def test_half_of_a_character_is_named(page: bytes, form: str, where: str) -> None:
    with pytest.raises(UnreadableDataError, match="Hint: a text was cut") as caught:
        add_page(Profiler(), BytesIO(page), parse_path(""), form, "page")
    assert str(caught.value).startswith(f"{where}: holds half of a character (\\u")


@pytest.mark.parametrize("text", [r'"\ud83d\ude00"', r'"\\ud83d"', r'"\\\ud83d\ude00"', r'"\u00e9"'])
def test_whole_characters_are_read(text: str) -> None:
    assert list(read(text)) == [json.loads(text)]
    for end in range(1, len(text)):
        with pytest.raises(UnreadableDataError, match="was it cut off"):
            list(read(text[:end]))
