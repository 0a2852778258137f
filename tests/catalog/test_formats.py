import pytest

from penstock.catalog.formats import count_formats, format_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2021-02-28", "date"),
        ("2024-02-29", "date"),
        ("2021-02-29", None),
        ("2021-13-01", None),
        ("0000-01-01", None),
        ("2021-2-8", None),
        ("20210228", "integer_text"),
        ("2021-02-28T10:00:00Z", "timestamp_zone"),
        ("2021-02-28 10:00:00.123456+02:00", "timestamp_zone"),
        ("2021-02-28T10:00:00-0930", "timestamp_zone"),
        ("2021-02-30T10:00:00Z", None),
        ("2021-02-28T10:00:00.1234567Z", None),
        ("2021-02-28T24:00:00Z", None),
        ("2021-02-28T10:00:00", "timestamp"),
        ("2021-02-28T10:00:60", None),
        ("05:00:00", "time"),
        ("25:00:00", None),
        ("12:30", None),
        ("0", "integer_text"),
        ("-12", "integer_text"),
        ("076", "leading_zeros"),
        ("+1", None),
        ("٣", None),
        ("1.50", "decimal_text"),
        ("1,50", None),
        ("True", "boolean_word"),
        ("NO", "boolean_word"),
        ("none", None),
        ("f47ac10b-58cc-4372-a567-0e02b2c3d479", "uuid"),
        ("f47ac10b-58cc-4372-a567-0e02b2c3d47", None),
        ("https://example.org/a?b=c", "url"),
        ("test.app://rent/1", "url"),
        ("a.b+c@example.co.uk", "email"),
        ("a@b", None),
        ("", "empty"),
        (" ", None),
        ("2021-02-28\n", None),
        ("7\n", None),
        ("größe", None),
    ],
)
def test_format(text: str, name: str | None) -> None:
    assert format_of(text) == name


def test_each_text_counts_once() -> None:
    assert count_formats(["7", "7", "x", "", "2021-01-01"]) == {"integer_text": 2, "empty": 1, "date": 1}
