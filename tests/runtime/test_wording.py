import pytest

from penstock.runtime.wording import count, size


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (34_211, "34 kB"), (9_949_000, "9.9 MB"), (2 * 10**15, "2000 TB")],
)
def test_size(number: int, text: str) -> None:
    assert size(number) == text


@pytest.mark.parametrize(("number", "text"), [(0, "0 rows"), (1, "1 row"), (1200, "1,200 rows")])
def test_count(number: int, text: str) -> None:
    assert count(number, "row") == text
