"""Trains the matcher, or measures it: each family by weights that were learned from the others."""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.matching.cases import families
from benchmarks.matching.scores import Score, Sure, calibration_error, reliability, score
from benchmarks.matching.speed import speeds
from benchmarks.matching.training import MADE, Families, look, train
from penstock.matching.weights import FILE, Weights, format_weights

ROOT = Path(__file__).parents[2]
CASES = ROOT.parent / "shared/data/matching"
WEIGHTS = ROOT / "src/penstock/matching" / FILE
SHOWN = ("described", "bare")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--cases", type=Path, default=CASES, help="a folder of families of cases")
    parser.add_argument("--train", action="store_true", help=f"learn from all families, and write {FILE}")
    parser.add_argument("--speed", action="store_true", help="measure seconds and memory instead")
    options = parser.parse_args()
    if options.speed:
        sys.stdout.writelines(f"{line}\n" for line in speeds())
        return
    looked = look(families(options.cases))
    if options.train:
        WEIGHTS.write_text(format_weights(train(looked)), encoding="utf-8")
        return
    started = time.process_time()
    results = {name: left_out(looked, name) for name in looked if name != MADE}
    sys.stdout.writelines(f"{line}\n" for line in report(results))
    sys.stdout.write(f"\n{time.process_time() - started:.0f} s of processor time\n")


Result = tuple[list[Score], list[Sure]]


def left_out(looked: Families, name: str) -> Result:
    """The scores of one family, with descriptions and without, by what the others teach."""
    weights: Weights = train({other: each for other, each in looked.items() if other != name})
    described, bare = (score(looked[name][part::2], weights) for part in (0, 1))
    return [described[0], bare[0]], [*described[1], *bare[1]]


def report(results: dict[str, Result]) -> Iterator[str]:
    """Tables in Markdown: each family and their mean, and how far confidence is right."""
    yield "| family | descriptions | precision | recall | F1 | F1, sources reused | MRR | acc@1 | acc@5 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for part, shown in enumerate(SHOWN):
        for name, (scores, _) in results.items():
            yield row(name, shown, [scores[part]])
        yield row("**mean**", shown, [scores[part] for scores, _ in results.values()])
    every = [each for _, sure in results.values() for each in sure]
    yield f"\nCalibration error over all: {calibration_error(every):.3f}; " + ", ".join(
        f"{name} {calibration_error(sure):.3f}" for name, (_, sure) in results.items()
    )
    yield "\n| confidence | candidates | mean confidence | right |\n|---|---|---|---|"
    for count, said, right in reliability(every):
        tenth = min(9, int(said * 10))
        yield f"| {tenth / 10:.1f} to {(tenth + 1) / 10:.1f} | {count} | {said:.2f} | {right:.2f} |"


def row(name: str, shown: str, scores: Sequence[Score]) -> str:
    columns = ("precision", "recall", "f1", "several", "mrr", "first", "fifth")
    means = " | ".join(f"{fmean(getattr(each, column) for each in scores):.3f}" for column in columns)
    return f"| {name} | {shown} | {means} |"


if __name__ == "__main__":
    main()
