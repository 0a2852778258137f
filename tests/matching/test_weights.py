"""The weights that ship fit what is computed, and hold on real pairs."""

from pathlib import Path
from statistics import fmean

import pytest
from benchmarks.matching.cases import read_cases
from benchmarks.matching.learning import fit
from benchmarks.matching.made import made
from benchmarks.matching.scores import agreement, calibration_error, score
from benchmarks.matching.training import look_at

from penstock.matching.weights import Weights, format_weights, learned, parse_weights

CASES = Path(__file__).parents[2].parent / "shared/data/matching"
FLOORS = {
    "ecs_otel": (0.78, 0.92),
    "fivetran": (0.94, 0.97),
    "mimic4_omop": (0.15, 0.48),
    "otel_rename": (0.75, 0.92),
    "webtables": (0.85, 0.92),
}
"""The least F1 and MRR of a family, with descriptions and without."""


def test_weights_are_text() -> None:
    again = parse_weights(format_weights(learned()))
    assert again == learned()


@pytest.mark.parametrize("change", [("+", "name is odd"), ("-", "")])
def test_weights_of_other_features_are_refused(change: tuple[str, str]) -> None:
    lines = format_weights(learned()).splitlines()
    at = lines.index("[alone]") + 1
    lines[at : at + 1] = [lines[at], f"0.5 {change[1]}"] if change[0] == "+" else []
    with pytest.raises(ValueError, match="other features"):
        parse_weights("\n".join(lines))


def test_learning_finds_the_weights() -> None:
    rows = [((1.0, one / 10, other / 10), one > other, 1.0) for one in range(11) for other in range(11)]
    bias, mine, theirs = fit(rows, 1e-3)
    assert mine > 1
    assert theirs < -1
    assert sum((bias + mine * row[1] + theirs * row[2] > 0) == right for row, right, _ in rows) >= 119


def test_columns_are_known_by_their_values() -> None:
    looked = [look_at(case) for case in made(40, seed=77)]
    found, sure = score(looked, learned())
    assert found.f1 > 0.6
    assert calibration_error(sure) < 0.1


def test_agreement() -> None:
    assert agreement({(0, 0), (1, 1)}, frozenset({(0, 0), (2, 2), (3, 3), (1, 2)})) == pytest.approx((0.5, 0.25, 1 / 3))
    assert agreement(set(), frozenset({(0, 0)})) == (0.0, 0.0, 0.0)


@pytest.mark.skipif(not CASES.exists(), reason="the development cases (../shared/data/matching) are not here")
@pytest.mark.parametrize("family", list(FLOORS))
def test_real_pairs(family: str) -> None:
    weights: Weights = learned()
    for bare in (False, True):
        cases = [each.bare() if bare else each for each in read_cases(CASES / family)]
        found, _ = score([look_at(each) for each in cases], weights)
        assert found.f1 >= FLOORS[family][0]
        assert found.mrr >= FLOORS[family][1]
        assert fmean((found.precision, found.recall)) > 0
