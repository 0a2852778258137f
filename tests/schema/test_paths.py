import pytest
from hypothesis import given
from hypothesis import strategies as st

from penstock.errors import PathSyntaxError
from penstock.schema import ITEM, KEY, Path, parse_path

_parts = st.one_of(st.text(), st.sampled_from(["", ".", "*", "[]", "\\", "0", "\\0", "a.b", "x[0]"]), st.just(ITEM))


@given(st.lists(st.one_of(_parts, st.just(KEY)), max_size=5).map(lambda each: Path(tuple(each))))
def test_what_is_written_is_read_back(path: Path) -> None:
    assert parse_path(str(path)) == path


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("a", ("a",)),
        ("order.lines[].sku", ("order", "lines", ITEM, "sku")),
        ("matrix[][]", ("matrix", ITEM, ITEM)),
        ("[].a", (ITEM, "a")),
        ("rates.*", ("rates", KEY)),
        ("*", (KEY,)),
        ("*.x", (KEY, "x")),
        (r"a\.b", ("a.b",)),
        (r"\*", ("*",)),
        (r"a\[\]", ("a[]",)),
        (r"\\", ("\\",)),
        (r"\0", ("",)),
        (r"a.\0.b", ("a", "", "b")),
        ("0", ("0",)),
        (r"\00", ("00",)),
        ("größe.名前", ("größe", "名前")),
        ("ID Nation", ("ID Nation",)),
    ],
)
def test_reads(text: str, parts: tuple[object, ...]) -> None:
    assert parse_path(text).parts == parts


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("a.", 2),
        (".a", 0),
        ("a..b", 2),
        ("a[", 1),
        ("a[0]", 1),
        ("a]", 1),
        ("a*", 1),
        ("*a", 1),
        ("a\\", 2),
        ("[]a", 2),
    ],
)
def test_says_where_a_path_is_wrong(text: str, position: int) -> None:
    with pytest.raises(PathSyntaxError, match="Hint: ") as caught:
        parse_path(text)
    assert caught.value.position == position


def test_knows_parents_prefixes_and_repetition() -> None:
    path = parse_path("a.b[].c")
    assert str(path.parent) == "a.b[]"
    assert path.starts_with(parse_path("a.b"))
    assert not path.starts_with(parse_path("a.c"))
    assert path.is_repeated
    assert not parse_path("a.b").is_repeated
    assert str(Path() / "x" / ITEM) == "x[]"
