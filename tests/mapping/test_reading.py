"""What is read of a source is looked at where it is read: a bad value rejects only what is made of it."""

from typing import Any

import pytest

from penstock.mapping import Build, FieldMapping, ForEach, Mapping, Read, Shape, check, evaluate
from penstock.schema import Field, List, Path, Record, Text, parse_path, parse_type

CUSTOMER = Record((Field("name", parse_type("text")), Field("age", parse_type("integer"))))


def mapped(record: Any) -> tuple[Any, list[tuple[str, str]]]:
    line = Record((Field("sku", Text(nullable=True)), Field("count", parse_type("integer"))))
    source = Record((Field("customer", CUSTOMER), Field("lines", List(line))))
    out = Record((Field("sku", parse_type("text")),))
    target = Record((Field("name", parse_type("text")), Field("lines", List(out))))
    body = Build((FieldMapping("sku", Read(Path(("line", "sku")))),))
    fields = (
        FieldMapping("name", Read(parse_path("order.customer.name"))),
        FieldMapping("lines", ForEach(Read(parse_path("order.lines")), "line", body)),
    )
    checked = check(Mapping((Shape("order", source),), Shape("target", target), fields))
    assert checked.is_valid
    outcome = evaluate(checked.typed, {"order": record})
    return outcome.record, [(str(each.path), each.reason) for each in outcome.rejects]


@pytest.mark.parametrize(
    ("record", "rejects"),
    [
        ({"customer": {"name": "a", "age": "old"}, "lines": [{"sku": "x", "count": "many"}]}, []),
        ({"customer": {"name": 1}, "lines": []}, [("name", "the source value is not a text")]),
        ({"customer": "a", "lines": []}, [("name", "the source value is not an object")]),
        ({"customer": {"name": None}, "lines": []}, [("name", "is required, but there is no value")]),
        ({"customer": {"name": "a"}, "lines": {}}, [("lines", "the source value is not a list")]),
        ({"customer": {"name": "a"}, "lines": ["x"]}, [("lines", "the source value is not an object")]),
        ({"customer": {"name": "a"}, "lines": [None]}, [("lines", "the source value is null")]),
        ({"customer": {"name": "a"}, "lines": [{}]}, [("lines[].sku", "is required, but there is no value")]),
        ({"customer": {"name": "a"}}, [("lines", "is required, but there is no value")]),
        ("a", [("name", "the source value is not an object"), ("lines", "the source value is not an object")]),
    ],
)
def test_reading(record: Any, rejects: list[tuple[str, str]]) -> None:
    assert mapped(record)[1] == rejects
