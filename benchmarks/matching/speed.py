"""How long the matcher takes for large schemas of invented words."""

import random
import resource
import time
from collections.abc import Iterator

from benchmarks.matching.made import word
from penstock.matching import Described, Shape, match
from penstock.schema import Path, Text

SIZES = (20, 1_000, 5_000)
RUNS = 3


def schema(fields: int, seed: int) -> Shape:
    """Fields in tables of about twenty, with names of two or three words out of some hundreds."""
    chance = random.Random(seed)
    pool = [word(chance, 3) for _ in range(max(40, fields // 4))]
    names: dict[Path, None] = {}
    while len(names) < fields:
        table = f"{pool[len(names) // 20 % len(pool)]}_{len(names) // 20}"
        names[Path((table, "_".join(chance.sample(pool, chance.randint(1, 3)))))] = None
    return Shape("schema", tuple(Described(path, Text()) for path in names))


def changed(shape: Shape, seed: int) -> Shape:
    """The same fields with some words gone, in another order."""
    chance = random.Random(seed)
    fields = []
    for each in shape.fields:
        table, name = map(str, each.path.parts)
        words = name.split("_")
        chance.shuffle(words)
        fields.append(Described(Path((table, "".join(part.capitalize() for part in words[:2]))), Text()))
    chance.shuffle(fields)
    unique = {each.path: each for each in fields}
    return Shape("changed", tuple(unique.values()))


def speeds() -> Iterator[str]:
    """A table in Markdown: seconds of the best of some runs, and the most memory up to then."""
    yield "| fields | seconds | memory, MB | matches |\n|---|---|---|---|"
    for size in SIZES:
        source = schema(size, seed=1)
        target = changed(source, seed=2)
        taken, found = [], 0
        for _ in range(RUNS if size < SIZES[-1] else 1):
            started = time.perf_counter()
            found = len(match([source], target).matches)
            taken.append(time.perf_counter() - started)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield f"| {size} x {len(target.fields)} | {min(taken):.3f} | {memory:.0f} | {found} |"
