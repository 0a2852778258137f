"""A plain nested node under a list of the target: over which list of the source it goes."""

from collections.abc import Iterator

from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import Build, Expression, FieldMapping, ForEach, Read
from penstock.mapping.reads import field_with_reads, reads
from penstock.mapping.wire.names import Names
from penstock.schema import ITEM, Part, Path

_HINT = 'map the list with {"operation": "FOR_EACH", "parameters": ["source.list"], "as": "item", "fields": {…}}'


def looped(fields: tuple[FieldMapping, ...], names: Names, outer: int) -> ForEach:
    """The loop that the leaves of a list mean: over the one list that all their paths go through.

    Args:
        fields: the leaves.
        names: what they may read.
        outer: in how many lists of the same kind the list stands; theirs are on the way to its own.

    Raises:
        LeafError: there is none, or more than one.
    """
    prefixes = [set(_prefixes(path)) for path in reads(Build(fields))]
    shared = set.intersection(*prefixes) if prefixes else set()
    if len(shared) != outer + 1:
        fewer = len(shared) <= outer
        problem = "its paths go through no list together" if fewer else "its paths share more than one list"
        raise LeafError("ambiguous_iteration", f"over which list it goes is not clear: {problem}", _HINT)
    prefix = max(shared, key=len)
    element = names.fresh("item", taken=set(_elements(Build(fields))))

    def move(path: Path) -> Read:
        is_inside = path.parts[: len(prefix) + 1] == (*prefix, ITEM)
        return Read(Path((element, *path.parts[len(prefix) + 1 :])) if is_inside else path)

    return ForEach(Read(Path(prefix)), element, Build(tuple(field_with_reads(each, move) for each in fields)))


def _prefixes(path: Path) -> Iterator[tuple[Part, ...]]:
    """The lists whose elements a path goes through."""
    return (path.parts[:at] for at, part in enumerate(path.parts) if part == ITEM)


def _elements(value: Expression) -> Iterator[str]:
    """What the elements of the loops inside are called."""
    match value:
        case ForEach():
            yield value.element
            yield from _elements(value.body)
        case Build(fields=fields):
            for leaf in fields:
                yield from _elements(leaf.value)
