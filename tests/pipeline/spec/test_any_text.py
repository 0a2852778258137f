"""Whatever is written in a penstock.yml, checking it ends with findings or a spec that can be written again."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pipeline.spec.test_write import LARGE, spec_of

from penstock.pipeline.spec.load import check_spec
from penstock.pipeline.spec.write import write_spec

TEXT = write_spec(spec_of(LARGE))
PIECES = st.sampled_from(
    [*"{}[]: \n\"'#|%@\t~?", "- ", "&a ", "*a", "!!x ", "null", "no", ".nan", "kind", "0x1", "<<: ", "\u2028", "\x85"]
)


def test_a_bucket_that_is_no_host_is_a_finding() -> None:
    checked = check_spec(TEXT.replace("s3://", "s3://["))
    assert checked.spec is None
    assert "SPEC170" in {each.code for each in checked.findings}


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(0, 6), PIECES), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_a_damaged_text(changes: list[tuple[int, int, str]]) -> None:
    text = TEXT
    for start, length, piece in changes:
        text = text[:start] + piece + text[start + length :]
    checked = check_spec(text)
    assert all(each.message and each.suggestion for each in checked.findings)
    assert (checked.spec is None) == any(each.severity == "error" for each in checked.findings)
    if checked.spec:
        assert check_spec(write_spec(checked.spec)).spec == checked.spec
