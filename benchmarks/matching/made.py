"""Pairs of tables made of invented words, whose columns are known by their values rather than by their names.

Few real pairs have values. These teach how much it says that values are written alike, lie in one range or are
the same.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.matching.cases import Case
from penstock.matching.fields import Described, Shape
from penstock.schema import Date, Float, Integer, Path, Text, Type

SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
ROWS = 5
PLAIN = 6
"""Each so manyth pair has no values."""

Value = str | int | float


@dataclass(frozen=True)
class Concept:
    """What a column holds: how a value is made, and how it may be written otherwise."""

    type: Type
    make: Callable[[random.Random], Value]
    rewrite: Callable[[Value], Value]


def word(chance: random.Random, longest: int = 4) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, longest)))


def number(chance: random.Random) -> Concept:
    low = 10 ** chance.uniform(-1, 5)
    high, digits = low * chance.uniform(1.5, 60), chance.choice([0, 0, 1, 2])
    if not digits:
        return Concept(Integer(), lambda r: r.randint(int(low), int(high) + 1), str)
    return Concept(Float(), lambda r: round(r.uniform(low, high), digits), lambda value: f"{value:,}")


def category(chance: random.Random) -> Concept:
    pool = [word(chance, 3) for _ in range(chance.randint(2, 12))]
    return Concept(Text(), lambda r: r.choice(pool), lambda value: str(value).upper())


def phrase(chance: random.Random) -> Concept:
    few, many = sorted((chance.randint(1, 4), chance.randint(3, 25)))
    return Concept(
        Text(), lambda r: " ".join(word(r) for _ in range(r.randint(few, many))).capitalize(), lambda value: value
    )


def person(_: random.Random) -> Concept:
    def turned(value: Value) -> Value:
        return ", ".join(reversed(str(value).split(" ")))

    return Concept(Text(), lambda r: f"{word(r, 3).capitalize()} {word(r).capitalize()}", turned)


def day(chance: random.Random) -> Concept:
    start, length = date(chance.randint(1990, 2025), 1, 1), chance.choice([30, 365, 4000])
    form = chance.choice(["%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%dT%H:%M:%SZ", "%d.%m.%Y"])
    return Concept(
        Date(),
        lambda r: (start + timedelta(days=r.randint(0, length))).strftime(form),
        lambda value: str(value).replace("-", "/").replace(".", "-"),
    )


def code(chance: random.Random) -> Concept:
    letters, digits = chance.randint(0, 3), chance.randint(3, 8)
    front = "".join(chance.choices("ABCDEFGHKLMNPRSTX", k=letters))
    return Concept(Text(), lambda r: front + "".join(r.choices("0123456789", k=digits)), lambda value: f"{value}-0")


def link(chance: random.Random) -> Concept:
    site = f"https://{word(chance)}.example/{word(chance, 2)}"
    return Concept(Text(), lambda r: f"{site}/{word(r)}", lambda value: str(value).replace("https", "http"))


def character_text(chance: random.Random) -> Concept:
    pool = [chr(chance.randint(0x4E00, 0x9000)) for _ in range(chance.randint(6, 60))]
    longest = chance.choice([3, 8, 25])
    return Concept(Text(), lambda r: "".join(r.choices(pool, k=r.randint(2, longest))), lambda value: value)


CONCEPTS = (number, number, category, category, phrase, person, day, code, link, character_text)


def made(pairs: int, seed: int) -> list[Case]:
    """Pairs of tables, each of them anew."""
    chance = random.Random(seed)
    return [one_plain_pair(chance, at) if at % PLAIN == 0 else one_pair(chance, at) for at in range(pairs)]


def one_pair(chance: random.Random, at: int) -> Case:
    both, left, right = chance.randint(3, 9), chance.randint(0, 4), chance.randint(0, 4)
    concepts = [chance.choice(CONCEPTS)(chance) for _ in range(both + left + right)]
    shared, known = chance.random(), chance.choice([0.1, 0.4, 0.8])
    source, target = [], []
    for place, concept in enumerate(concepts):
        name = "_".join(word(chance, 3) for _ in range(chance.randint(1, 2)))
        values = [concept.make(chance) for _ in range(ROWS)]
        if place < both + left:
            source.append(Described(Path((name,)), concept.type, "", tuple(values)))
        if place < both or place >= both + left:
            others = [value if chance.random() < shared else concept.make(chance) for value in values]
            if chance.random() < 0.15:
                others = [concept.rewrite(value) for value in others]
            target.append(Described(Path((renamed(name, known, chance),)), concept.type, "", tuple(others)))
    truth = frozenset((each, each) for each in range(both))
    return Case("made", f"made {at}", Shape("left", tuple(source)), Shape("right", tuple(target)), truth)


def one_plain_pair(chance: random.Random, at: int) -> Case:
    """Two tables without values, whose names are the same, or other forms of the same."""
    both, left, right = chance.randint(4, 14), chance.randint(0, 6), chance.randint(0, 6)
    names = [tuple(word(chance, 3) for _ in range(chance.randint(1, 3))) for _ in range(both + left + right)]
    table = word(chance)
    source = names[: both + left]
    target = [*(formed(name, table, chance) for name in names[:both]), *names[both + left :]]
    shapes = [
        Shape(table, tuple(Described(Path(("_".join(name),)), None) for name in each)) for each in (source, target)
    ]
    return Case("made", f"plain {at}", shapes[0], shapes[1], frozenset((each, each) for each in range(both)))


def formed(name: tuple[str, ...], table: str, chance: random.Random) -> tuple[str, ...]:
    """The same words, or more, fewer, shorter or in another order."""
    chosen = chance.random()
    if chosen < 0.5:
        return name
    if chosen < 0.65:
        return (table, *name)
    if chosen < 0.8:
        return (*name, word(chance, 2))
    if chosen < 0.9:
        return tuple(each[:4] for each in name)
    return tuple(reversed(name))


def renamed(name: str, known: float, chance: random.Random) -> str:
    """The same name, a short form of it, or another."""
    if chance.random() < known:
        return name if chance.random() < 0.7 else name[:4]
    return chance.choice([f"col{chance.randint(1, 99)}", word(chance), f"{word(chance)}_{word(chance, 2)}"])
