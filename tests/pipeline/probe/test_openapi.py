"""What an OpenAPI description says: paths, parameters, records, sign-in."""

import json
from typing import Any

import pytest

from penstock.errors import ApiDescriptionError
from penstock.pipeline.probe.cursors import described_cursor
from penstock.pipeline.probe.described_paging import described_paging
from penstock.pipeline.probe.openapi import Operation, choose, read_description

DESCRIPTION = """
openapi: 3.0.3
info: {title: Bikes, version: "1"}
servers:
  - url: https://{region}.bikes.example/v1/
    variables: {region: {default: eu}}
security: [{token: []}]
paths:
  /trips:
    parameters:
      - {name: page, in: query, schema: {type: integer, default: 0}}
    get:
      operationId: listTrips
      summary: All trips
      parameters:
        - {$ref: '#/components/parameters/Size'}
        - {name: updated_since, in: query, schema: {type: string, format: date-time}}
        - {name: X-Trace, in: header, schema: {type: string}}
      responses:
        "200":
          content:
            application/json:
              schema:
                type: object
                properties:
                  meta: {type: object, properties: {total_pages: {type: integer}}}
                  data: {type: array, items: {$ref: '#/components/schemas/Trip'}}
    post: {responses: {}}
  /trips/{trip_id}:
    get:
      responses: {"200": {content: {application/json: {schema: {$ref: '#/components/schemas/Trip'}}}}}
  /stations:
    get:
      security: []
      parameters: [{name: city, in: query, required: true, schema: {type: string}}]
      responses:
        default:
          content: {application/x-ndjson: {schema: {type: array, items: {$ref: '#/components/schemas/Station'}}}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
  parameters:
    Size: {name: per_page, in: query, schema: {type: integer, maximum: 50}}
  schemas:
    Station: {type: object, properties: {station_id: {type: string}, name: {type: string}}}
    Base: {type: object, properties: {id: {type: string}}}
    Trip:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          properties:
            updated_at: {type: string, format: date-time}
            parent: {$ref: '#/components/schemas/Trip'}
            legs: {type: array, items: {$ref: '#/components/schemas/Station'}}
"""


def operations() -> dict[str, Operation]:
    return {each.path: each for each in read_description(DESCRIPTION, "api.yaml").operations()}


def test_the_operations_are_read() -> None:
    found = operations()
    assert list(found) == ["/trips", "/trips/{trip_id}", "/stations"]
    trips = found["/trips"]
    assert (trips.url, trips.name, trips.summary) == ("https://eu.bikes.example/v1/trips", "listTrips", "All trips")
    assert list(trips.parameters) == ["page", "per_page", "updated_since"]
    assert (trips.records, list(trips.record)) == ("data", ["id", "updated_at", "parent", "legs"])
    assert trips.security == {"type": "http", "scheme": "bearer"}
    assert (found["/stations"].records, found["/stations"].format, found["/stations"].security) == ("", "ndjson", None)


@pytest.mark.parametrize(
    ("path", "missing"), [("/trips", []), ("/trips/{trip_id}", ["trip_id"]), ("/stations", ["city"])]
)
def test_parameters_without_a_value_are_known(path: str, missing: list[str]) -> None:
    assert operations()[path].open_parameters == missing


def test_paging_and_cursor_as_described() -> None:
    trips = operations()["/trips"]
    assert described_paging(trips).value.model_dump() == {
        "kind": "page_number",
        "parameter": "page",
        "start": 0,
        "size_parameter": "per_page",
        "size": 50,
        "total_pages_path": "meta.total_pages",
    }
    cursor = described_cursor(trips)
    assert cursor is not None
    assert (cursor.value.path, cursor.value.parameter) == ("updated_at", "updated_since")
    assert described_paging(operations()["/stations"]).value.kind == "none"
    assert described_cursor(operations()["/stations"]) is None


@pytest.mark.parametrize(
    ("url", "wanted", "paths"),
    [
        ("https://eu.bikes.example/v1/trips?page=2", None, ["/trips"]),
        ("https://eu.bikes.example/v1/trips/77", None, ["/trips/{trip_id}"]),
        ("https://eu.bikes.example/v1/other", None, []),
        (None, "stations", ["/stations"]),
        (None, "listTrips", ["/trips"]),
        (None, "/trips/{trip_id}", ["/trips/{trip_id}"]),
        (None, "trips", ["/trips", "/trips/{trip_id}"]),
        (None, None, ["/trips", "/stations"]),
    ],
)
def test_the_path_is_chosen(url: str | None, wanted: str | None, paths: list[str]) -> None:
    found = list(operations().values())
    # The record of one trip has legs, but they are a part of it.
    found = [each for each in found if each.path != "/trips/{trip_id}" or url or wanted]
    assert [each.path for each in choose(found, url, wanted)] == paths


def with_query(*names: str, answer: dict[str, Any] | None = None) -> Operation:
    parameters = [{"name": name, "in": "query", "schema": {}} for name in names]
    properties = (answer or {}) | {"items": {"type": "array", "items": {"properties": {"id": {}}}}}
    get = {
        "parameters": parameters,
        "responses": {"200": {"content": {"application/json": {"schema": {"properties": properties}}}}},
    }
    document = {"openapi": "3.1.0", "paths": {"/x": {"get": get}}}
    return read_description(json.dumps(document), "api.json").operations()[0]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (with_query("offset", "limit", answer={"total": {}}), {"kind": "offset", "limit": 100, "total_path": "total"}),
        (with_query("cursor", answer={"next_cursor": {}}), {"kind": "cursor", "path": "next_cursor"}),
        (with_query(answer={"next": {"type": "string"}}), {"kind": "next_url", "path": "next"}),
        (with_query("q"), {"kind": "none"}),
    ],
)
def test_every_kind_of_described_paging(operation: Operation, expected: dict[str, Any]) -> None:
    assert described_paging(operation).value.model_dump().items() >= expected.items()
    assert (operation.records, operation.url) == ("items", "/x")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("swagger: '2.0'\npaths: {}", "Swagger 2.0"),
        ("openapi: 4.0.0", "no OpenAPI 3"),
        ("- 1", "no OpenAPI 3"),
        ("a: [", "neither JSON nor YAML"),
        ("openapi: 3.0.0\npaths: {/a: {get: {parameters: [{$ref: '#/components/x'}]}}}", "nothing is at"),
        ("openapi: 3.0.0\npaths: {/a: {get: {parameters: [{$ref: 'other.yaml#/x'}]}}}", "another document"),
        ("openapi: 3.0.0\npaths: {/a: {get: {parameters: [{$ref: '#/a'}]}}}\na: {$ref: '#/a'}", "circle"),
    ],
)
def test_what_cannot_be_used_is_refused(text: str, says: str) -> None:
    with pytest.raises(ApiDescriptionError, match=says) as caught:
        read_description(text, "api.yaml").operations()
    assert "Hint: " in str(caught.value)
