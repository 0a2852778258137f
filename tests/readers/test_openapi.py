"""The schemas of OpenAPI descriptions."""

import json
from typing import Any

import pytest

from penstock.errors import DocumentFormatError
from penstock.readers.openapi import READER
from penstock.schema import Date, Field, Integer, List, Record, Text, Type, nullable

API = """
openapi: 3.0.3
info: {title: Orders, version: '1'}
paths:
  /orders:
    get:
      responses:
        '200': {$ref: '#/components/responses/Orders'}
    post:
      requestBody:
        content:
          text/plain: {schema: {type: string}}
          application/json: {schema: {$ref: '#/components/schemas/Order'}}
      responses:
        201:
          content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}
components:
  responses:
    Orders:
      content:
        application/json:
          schema: {type: array, items: {$ref: '#/components/schemas/Order'}}
  schemas:
    Order:
      description: what is ordered
      required: [id, no]
      properties:
        id: {type: integer}
        no: {type: string, nullable: true}
        day: {type: string, format: date}
        by: {allOf: [{$ref: '#/components/schemas/Guest'}], nullable: true, description: who}
        old: {$ref: '#/components/schemas/Guest', type: integer}
    Guest: {type: object, properties: {name: {type: string}}}
"""

GUEST = Record((Field("name", Text(), optional=True),), "Guest")
ORDER = Record(
    (
        Field("id", Integer()),
        Field("no", Text(nullable=True)),
        Field("day", Date(), optional=True),
        Field("by", nullable(GUEST), optional=True, description="who"),
        Field("old", GUEST, optional=True),
    ),
    "Order",
)


def test_components() -> None:
    document = READER.read(API, "api.yaml")
    assert [(each.name, each.type, each.description) for each in document.definitions] == [
        ("Order", ORDER, "what is ordered"),
        ("Guest", GUEST, ""),
    ]
    assert not document.main
    assert not document.findings


PARTS: list[tuple[str, str, Type]] = [
    ("Guest", "Guest", GUEST),
    ("/components/schemas/Order", "Order", ORDER),
    ("/components/schemas/Order/properties/no", "no", Text(nullable=True)),
    ("/paths/~1orders/post/requestBody", "Order", ORDER),
    ("/paths/~1orders/get/responses/200", "Orders", List(ORDER)),
    ("/paths/~1orders/post/responses/201", "orders", Record((Field("id", Text(), optional=True),), "orders")),
]


@pytest.mark.parametrize(("part", "name", "expected"), PARTS)
def test_a_part(part: str, name: str, expected: Type) -> None:
    document = READER.read(API, "api.yaml", part)
    assert (document.main, document.only().type) == (name, expected)
    assert document.only().pointer == (part if part.startswith("/") else "/components/schemas/Guest")


def test_json_and_31() -> None:
    schemas: dict[str, Any] = {
        "A": {"type": ["string", "null"]},
        "B": {"$ref": "#/components/schemas/A", "minLength": 1},
    }
    document = READER.read(json.dumps({"openapi": "3.1.0", "components": {"schemas": schemas}}), "api.json")
    assert [each.type for each in document.definitions] == [Text(nullable=True), Text(nullable=True)]


@pytest.mark.parametrize(
    ("text", "part", "says"),
    [
        ("swagger: '2.0'", "", "this is Swagger 2.0"),
        ("openapi: 4.0.0", "", "no OpenAPI 3"),
        ("- a", "", "no OpenAPI 3"),
        ("openapi: 3.0.0", "", "no schema is there"),
        ("openapi: 3.0.0\ncomponents: []", "", "is no object"),
        ("openapi: 3.0.0", "/paths/~1x", "nothing is there"),
        ("openapi: 3.0.0\ncomponents: {schemas: {A: 5}}", "", "at A: a schema is neither"),
        ("openapi: 3.0.0\nx: {$ref: '#/x'}", "/x", ""),
    ],
)
def test_bad_input(text: str, part: str, says: str) -> None:
    if not says:
        assert READER.read(text, "api.yaml", part).findings
        return
    with pytest.raises(DocumentFormatError, match="Hint: ") as caught:
        READER.read(text, "api.yaml", part)
    assert says in str(caught.value)
