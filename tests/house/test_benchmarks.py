"""The benchmarks compare what is comparable: both ways to the tables make the same decisions, and the right ones."""

import json
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from benchmarks import compiled, expert
from benchmarks.data import write_pages
from benchmarks.measure import ProcessFailedError, measure
from benchmarks.same import DifferentTablesError, assert_same

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("orders")
    write_pages(3_000_000, folder, records=1_000)
    return folder


def verdict(record: dict[str, object]) -> str:
    """Where the first wrong value is, in plain Python."""
    if type(record["quantity"]) is not int:
        return "quantity"
    customer, lines = record["customer"], record["lines"]
    assert isinstance(customer, dict)
    assert isinstance(lines, list)
    if type(customer["score"]) is not float:
        return "customer.score"
    return "" if all(type(line["price"]) is float for line in lines) else "lines[].price"


def test_both_ways_give_the_same_right_tables(pages: Path, tmp_path: Path) -> None:
    records = [json.loads(line) for file in sorted(pages.glob("*")) for line in file.read_bytes().splitlines()]
    verdicts = Counter(map(verdict, records))
    accepted = [record for record in records if not verdict(record)]
    expert.main(str(pages), str(tmp_path / "expert.duckdb"))
    compiled.main(compiled.prepare(pages, tmp_path), str(tmp_path / "compiled.duckdb"))
    assert_same(tmp_path / "expert.duckdb", tmp_path / "compiled.duckdb")
    assert verdicts.total() > verdicts[""] > 0
    with duckdb.connect(str(tmp_path / "compiled.duckdb")) as connection:
        total = connection.execute("select count(*), sum(quantity), sum(total) from orders").fetchone()
        lines = connection.execute("select count(*), sum(quantity) from orders__lines").fetchone()
        found = connection.execute("select path, count(*) from rejects.orders group by path").fetchall()
    assert total is not None
    assert total[:2] == (len(accepted), sum(record["quantity"] for record in accepted))
    assert total[2] == pytest.approx(sum(record["total"] for record in accepted))
    every = [line for record in accepted for line in record["lines"]]
    assert lines == (len(every), sum(line["quantity"] for line in every))
    assert dict(found) == {path: count for path, count in verdicts.items() if path}


@pytest.mark.parametrize(
    ("column", "change"),
    [
        (r"orders\.rows", "delete from orders where id = 2"),
        (r"orders\.id", "update orders set id = 3 where id = 2"),
        (r"orders__tags\.parent_id", "update orders__tags set _parent_id = 'b'"),
        (r"orders__tags\.value", "update orders__tags set value = 'other'"),
        ("orders__lines: ", "alter table orders__lines rename value to price"),
    ],
)
def test_a_difference_is_found(column: str, change: str, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "expert")) as connection:
        connection.execute("create table orders as select unnest([1, 2]) as id")
        for name in ("orders__lines", "orders__tags"):
            connection.execute(f"create table {name} as select 1 as parent_id, 1 as position, 'x' as value")
    with duckdb.connect(str(tmp_path / "compiled")) as connection:
        connection.execute("create table orders as select unnest([1, 2]) as id, unnest(['a', 'b']) as _row_id")
        for name in ("orders__lines", "orders__tags"):
            connection.execute(f"create table {name} as select 'a' as _parent_id, 1 as _position, 'x' as value")
    assert_same(tmp_path / "expert", tmp_path / "compiled")
    with duckdb.connect(str(tmp_path / "compiled")) as connection:
        connection.execute(change)
    with pytest.raises(DifferentTablesError, match=column):
        assert_same(tmp_path / "expert", tmp_path / "compiled")


def test_a_process_is_measured_to_its_end() -> None:
    cost = measure([sys.executable, "-c", "x = bytearray(60_000_000); print(sum(range(3_000_000)))"])
    assert cost.cpu > 0
    assert cost.memory > 60
    assert cost.output.strip() == str(sum(range(3_000_000)))
    with pytest.raises(ProcessFailedError, match="ended with 3"):
        measure([sys.executable, "-c", "raise SystemExit(3)"])


def test_memory_is_that_of_the_process_alone() -> None:
    held = bytearray(b"x") * 150_000_000
    measured = measure([sys.executable, "-c", "x = bytearray(b'x') * 20_000_000; print(len(x))"])
    assert measured.output == "20000000\n"
    assert 20 < measured.memory < 100 < len(held) / 1e6
