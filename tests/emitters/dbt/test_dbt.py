"""The models of several mappings are built by dbt itself: contract, tests, rejects."""

import os
from pathlib import Path

import duckdb
import pytest

from penstock.emitters import Options
from penstock.emitters.dbt import emitter, plain
from penstock.errors import UnsupportedOperationError
from penstock.mapping import Argument, Call, Constant, FieldMapping, Mapping, Read, Shape, check
from penstock.mapping.typed import TypedMapping
from penstock.runtime.dbt import dbt_build
from penstock.schema import Date, Decimal, Enum, Field, Integer, List, Record, Text, Timestamp, nullable, parse_path


def _mapping(name: str, source: Record, target: Record, **fields: Read | Call | Constant) -> TypedMapping:
    leaves = tuple(FieldMapping(key, value, comment="a {{ note }} {% x %} ' \"") for key, value in fields.items())
    checked = check(Mapping((Shape("raw", source),), Shape("target", target), leaves, name=name))
    assert checked.is_valid, checked.findings
    return checked.typed


def _read(path: str) -> Read:
    return Read(parse_path(path))


RAW = Record(
    (
        Field("id", Integer()),
        Field("total", nullable(Text())),
        Field("kind", nullable(Enum(("a", "{{ b }}")))),
        Field("tags", nullable(List(Text()))),
        Field("guest", nullable(Record((Field("first name", nullable(Text())),)))),
    )
)
ORDERS = _mapping(
    "orders",
    RAW,
    Record(
        (
            Field("id", Integer(), key=True, description="the number {{ x }}"),
            Field("total", nullable(Decimal(10, 2))),
            Field("select", nullable(Enum(("a", "{{ b }}")))),
            Field("tags", nullable(List(Text()))),
            Field("guest", nullable(Record((Field("first name", nullable(Text())),)))),
            Field("text", Text()),
        )
    ),
    id=_read("raw.id"),
    total=Call("TO_DECIMAL", (Argument(_read("raw.total")), Argument(Constant(10)), Argument(Constant(2)))),
    select=_read("raw.kind"),
    tags=_read("raw.tags"),
    guest=_read("raw.guest"),
    text=Constant("{{ 1 + 1 }} {% raw %} {# no #} '"),
)
DAYS = _mapping(
    "Days {{ of }} orders",
    RAW,
    Record((Field("id", Integer()), Field("day", nullable(Date())), Field("at", nullable(Timestamp())))),
    id=_read("raw.id"),
    day=Call("PARSE_DATE", (Argument(_read("raw.total")),)),
    at=Call("EPOCH_TO_TIMESTAMP", (Argument(_read("raw.id")), Argument(Constant("s")))),
)


@pytest.mark.slow
def test_dbt_builds_the_models(tmp_path: Path) -> None:
    database = tmp_path / "test.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "CREATE TABLE raw AS SELECT * REPLACE (id::BIGINT AS id) FROM (VALUES "
            "(1, '1.50', 'a', ['x'], {'first name': 'é'}), "
            "(2, 'x', '{{ b }}', NULL, NULL), (3, NULL, 'c', [], NULL)) AS t(id, total, kind, tags, guest)"
        )
    (tmp_path / "models").mkdir()
    for mapping in (ORDERS, DAYS):
        for file, text in emitter.emit(mapping, Options(relations={"raw": '"raw"'})).files.items():
            (tmp_path / "models" / file).write_text(text)
    (tmp_path / "dbt_project.yml").write_text(
        "name: t\nversion: '1.0'\nprofile: t\nflags: {send_anonymous_usage_stats: false}\n"
    )
    (tmp_path / "profiles.yml").write_text(
        f"t:\n  target: d\n  outputs:\n    d: {{type: duckdb, path: '{database}'}}\n"
    )
    results = dbt_build(
        tmp_path, dict(os.environ), lambda _: None, ["path:models"], log=tmp_path / "dbt.log", full_refresh=False
    )
    assert {each.name: each.message for each in results if each.is_failed} == {}
    assert {"orders", "orders_rejects", "days_of_orders"} <= {each.name for each in results}
    with duckdb.connect(str(database)) as connection:
        rows = connection.execute('SELECT id, total::VARCHAR, "select", tags, guest, text FROM orders').fetchall()
        assert rows == [(1, "1.50", "a", ["x"], {"first name": "é"}, "{{ 1 + 1 }} {% raw %} {# no #} '")]
        rejects = connection.execute("SELECT _source->>'id', path FROM orders_rejects ORDER BY ALL").fetchall()
        assert rejects == [("2", "total"), ("3", "select")]
        assert connection.execute("SELECT count(*) FROM days_of_orders_rejects").fetchone() == (2,)


def test_names_that_dbt_cannot_quote_are_refused() -> None:
    mapping = _mapping("x", RAW, Record((Field('a"b', nullable(Text())),)), **{'a"b': _read("raw.total")})
    with pytest.raises(UnsupportedOperationError, match="quote"):
        emitter.emit(mapping, Options())


def test_a_source_is_a_reference() -> None:
    assert "FROM {{ ref('raw') }} AS" in emitter.emit(DAYS, Options()).text


@pytest.mark.parametrize("text", ["{{ x }}", "{{{%", "%}}", "{#", "a {b} c", "{% endraw %}"])
def test_templates_in_texts_stay_text(text: str) -> None:
    from jinja2 import Environment

    assert Environment(autoescape=False).from_string(plain(text)).render() == text
