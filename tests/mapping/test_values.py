"""Which JSON values are of which type."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from penstock.mapping.values import Misfit, decode, encode
from penstock.schema import parse_type


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("integer", 1.0, 1),
        ("integer", Decimal("1E+3"), 1000),
        (
            "decimal(38,9)",
            Decimal("1234567890123456789012345678.123456789"),
            "1234567890123456789012345678.123456789",
        ),
        ("decimal(4,2)", 1.1, "1.10"),
        ("decimal(4,2)", Decimal("-0.00"), "0.00"),
        ("float", 1, 1.0),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("timestamp", "1969-12-31T23:00:00-01:00", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_value_that_fits(type_: str, value: Any, expected: Any) -> None:
    found = decode(value, parse_type(type_))
    assert found == (Decimal(expected) if type_.startswith("decimal") else expected)
    assert str(found) == str(expected)
    assert decode(found, parse_type(type_)) == found


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("integer", "1"),
        ("integer", True),
        ("integer", 1.5),
        ("integer", 2**63),
        ("integer", float("nan")),
        ("integer", Decimal("1E+999999999")),
        ("decimal(4,2)", 1.234),
        ("decimal(4,2)", Decimal("1E+999999999")),
        ("decimal(4,2)", Decimal("NaN")),
        ("float", 10**400),
        ("date", "2023-02-29"),
        ("date", "20240229"),
        ("date", "2024-W09-4"),
        ("timestamp", "2024-02-29T00:00:00"),
        ("timestamp", "0001-01-01T00:00:00+14:00"),
        ("timestamp", "2024-02-29T24:00:00Z"),
        ("timestamp", "20240229T000000Z"),
        ("timestamp", "2024-02-29T00:00:00.1234567Z"),
        ("timestamp", "2024-02-29T00:00Z"),
        ("time", "10:00:00+02:00"),
        ("time", "10:00"),
        ("binary", "é"),
    ],
)
def test_a_value_that_does_not_fit(type_: str, value: Any) -> None:
    with pytest.raises(Misfit):
        decode(value, parse_type(type_))


def test_values_are_written_as_json_has_them() -> None:
    written = encode({"at": [datetime(2024, 2, 29, 1, 2, 3, 400, tzinfo=UTC)], "day": date(1969, 7, 20), "raw": b"a"})
    assert written == {"at": ["2024-02-29T01:02:03.0004Z"], "day": "1969-07-20", "raw": "YQ=="}
