"""Catalogs of types that were declared, and of data."""

import pytest

from penstock.errors import CatalogFormatError, SchemaKindError, UnknownPartError
from penstock.readers import Definition, Document
from penstock.readers.catalog import READER, WRITER
from penstock.readers.page import WRITER as PAGE
from penstock.schema import Decimal, Enum, Field, Integer, Json, List, Map, Record, Text, Union, nullable

ORDER = Record(
    (
        Field("id", Integer(), description="no"),
        Field("lines", List(Record((Field("price", Decimal(10, 2)),)))),
        Field("rates", Map(Text())),
        Field("state", Enum(("on", "off"))),
        Field("any", Union((Integer(), Text()))),
    ),
    "Order",
)
DOCUMENT = Document("json-schema", (Definition("Order", ORDER),), "Order")


def test_declared_types_stand_in_a_catalog() -> None:
    written = WRITER.write(DOCUMENT)
    found = READER.read(written.text, "order.yml")
    assert found.main == "Order"
    record = found.only().type
    assert isinstance(record, Record)
    assert [(each.name, nullable(each.type, value=False)) for each in record.fields] == [
        ("id", Integer()),
        ("lines", List(nullable(Record((Field("price", Decimal(10, 2, nullable=True)),)), value=False))),
        ("rates", Map(Json())),
        ("state", Enum(("on", "off"))),
        ("any", Json()),
    ]
    assert record.fields[0].description == "no"
    assert [(each.code, each.path) for each in written.findings] == [("SCH008", "Order")]
    assert "Order" in PAGE.write(DOCUMENT).text


def test_several_types_are_no_catalog() -> None:
    several = Document("ddl", (Definition("a", ORDER), Definition("b", ORDER)))
    with pytest.raises(UnknownPartError, match="Known: a, b"):
        WRITER.write(several)


@pytest.mark.parametrize("writer", [WRITER, PAGE])
def test_there_are_no_dialects(writer: type[WRITER]) -> None:  # type: ignore[valid-type]
    with pytest.raises(SchemaKindError):
        writer.write(DOCUMENT, "x")  # type: ignore[attr-defined]


def test_a_catalog_that_is_none() -> None:
    with pytest.raises(CatalogFormatError):
        READER.read("penstock: catalog/9", "a.yml")
