"""The way back: from the target of a mapping to one of its sources, as far as nothing was lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from penstock.errors import UnknownOperationError
from penstock.mapping import typed
from penstock.mapping.catalogue import named
from penstock.mapping.check import check
from penstock.mapping.check.problem import NAMES
from penstock.mapping.model import (
    Argument,
    Build,
    Call,
    Constant,
    Expression,
    FieldMapping,
    ForEach,
    Mapping,
    Read,
    Shape,
    Unmapped,
    record_of,
)
from penstock.mapping.reads import reads
from penstock.mapping.wire.gaps import target_gaps
from penstock.schema import ITEM, Decimal, Float, Integer, List, Path, Record, Type, parse_path

NOT_READ = "nothing in the target is made of it"


@dataclass(frozen=True, slots=True)
class Inverted:
    """The mapping back, and the fields of the source that it cannot fill, with the reason."""

    mapping: Mapping
    lost: tuple[Unmapped, ...] = ()


@dataclass(slots=True)
class _Node:
    """What is known of the way back to one field of the source."""

    value: Expression | None = None
    inner: dict[str, "_Node"] = field(default_factory=dict)
    loop: "tuple[Expression, str, _Node] | None" = None
    """The list of the target over which the way back goes, what its elements are called, and what is made of them."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A record of the source, or the elements of a list, and where it is."""

    node: _Node
    at: Path


def invert(mapping: Mapping, source: str = "") -> Inverted:
    """The mapping from the target back to a source.

    What comes back is what it was: copies, renamed and nested fields, loops, and operations that say what undoes them.

    Args:
        mapping: a sound mapping.
        source: which source; by default the first.
    """
    shape = mapping.source(source) if source else next(iter(mapping.sources), None)
    if shape is None:
        return Inverted(replace(mapping, sources=(mapping.target,), target=Shape("", Record()), fields=()), ())
    way = _Way()
    here = Path((mapping.target.name,))
    way.fields(mapping.fields, check(mapping).typed.root, here, shape.name, _Spot(way.tree, Path()))
    back = Mapping((mapping.target,), shape, _fields(way.tree, record_of(shape.type), Path(), way.reasons))
    back = replace(back, fields=_fitted(back, way.reasons), name=mapping.name)
    lost = tuple(_lost(back, way.reasons))
    return Inverted(replace(back, unmapped_target=lost), lost)


def _fields(node: _Node, record: Record, at: Path, reasons: dict[Path, str]) -> tuple[FieldMapping, ...]:
    made = []
    for each in record.fields:
        inner = node.inner.get(each.name)
        value = _value(inner, each.type, at / each.name, reasons) if inner else None
        made += [FieldMapping(each.name, value, "rule")] if value is not None else []
    return tuple(made)


def _value(node: _Node, type_: Type, at: Path, reasons: dict[Path, str]) -> Expression | None:
    if node.value is not None:
        return node.value
    if node.loop is not None and isinstance(type_, List):
        items, element, body = node.loop
        inside = _value(body, type_.element, at / ITEM, reasons)
        return ForEach(items, element, inside) if inside else None
    if isinstance(type_, Record):
        fields = _fields(node, type_, at, reasons)
        return Build(fields) if fields else None
    return None


def _fitted(back: Mapping, reasons: dict[Path, str]) -> tuple[FieldMapping, ...]:
    """The fields whose values are of the types of the source again, by a conversion where that is needed."""
    wrong = _misfits(back)
    fields = _changed(
        back.fields, back.target.type, Path(), lambda leaf, type_, at: _fit(leaf, type_, str(at) in wrong)
    )
    left = _misfits(replace(back, fields=fields))
    reasons.update({parse_path(at): problem for at, problem in left.items()})
    return _changed(fields, back.target.type, Path(), lambda leaf, _, at: None if str(at) in left else leaf)


def _misfits(back: Mapping) -> dict[str, str]:
    return {
        each.path: each.message
        for each in check(back).findings
        if each.severity == "error" and NAMES[each.code] != "unmapped_required"
    }


Change = Callable[[FieldMapping, Type, Path], FieldMapping | None]


def _changed(fields: tuple[FieldMapping, ...], type_: Type, at: Path, change: Change) -> tuple[FieldMapping, ...]:
    """Leaves changed one by one, or left out."""
    known = record_of(type_).by_name()
    made = []
    for each in fields:
        inner, path = known[each.target].type, at / each.target
        match each.value:
            case Build(fields=below):
                new: FieldMapping | None = replace(each, value=Build(_changed(below, inner, path, change)))
            case ForEach(body=Build(fields=below)):
                body = Build(_changed(below, inner, path / ITEM, change))
                new = replace(each, value=replace(each.value, body=body))
            case _:
                new = change(each, inner, path)
        made += [new] if new else []
    return tuple(made)


def _fit(leaf: FieldMapping, type_: Type, is_wrong: bool) -> FieldMapping:
    match type_:
        case Integer() if is_wrong:
            return replace(leaf, value=Call("TO_INT", (Argument(leaf.value),)))
        case Decimal(precision=precision, scale=scale) if is_wrong:
            digits = (Argument(Constant(precision), "precision"), Argument(Constant(scale), "scale"))
            return replace(leaf, value=Call("TO_DECIMAL", (Argument(leaf.value), *digits)))
    return leaf


def _lost(back: Mapping, reasons: dict[Path, str]) -> Iterator[Unmapped]:
    for each in target_gaps(back):
        reason = next((why for path, why in reasons.items() if path.starts_with(each.path)), NOT_READ)
        yield Unmapped(each.path, reason, each.required)


@dataclass(slots=True)
class _Way:
    tree: _Node = field(default_factory=_Node)
    reasons: dict[Path, str] = field(default_factory=dict)
    """Why fields of the source are lost, by their paths."""
    count: int = 0

    def fields(self, leaves: tuple[FieldMapping, ...], made: Any, here: Path, start: str, spot: _Spot) -> None:
        """Note the way back for what some leaves read; `here` is where their record stands in the target."""
        known = {each.name: each for each in made.fields} if isinstance(made, typed.Build) else {}
        for leaf in leaves:
            if leaf.target not in known:
                continue
            if leaf.on_reject is None:
                self.value(leaf.value, known[leaf.target].value, Read(here / leaf.target), start, spot)
            else:
                self.lose(leaf.value, start, spot, "a value for rejects takes its place")

    def value(self, value: Expression, made: typed.Expression, here: Read, start: str, spot: _Spot) -> None:
        """A value goes back through the operations that made it, from the outermost to what it reads."""
        if isinstance(value, Build):
            self.fields(value.fields, made, here.path, start, spot)
            return
        if isinstance(value, ForEach):
            self.loop(value, made, here, start, spot)
            return
        path, back, reason = _back(value, here)
        if path is None or path.parts[:1] != (start,) or ITEM in path.parts:
            return
        if isinstance(made.type, Float) and (isinstance(value, Call) or isinstance(made, typed.Widen)):
            reason = "floating point numbers are not exact"
        node = _down(spot.node, path.parts[1:])
        if reason:
            self.reasons.setdefault(Path((*spot.at.parts, *path.parts[1:])), reason)
        elif node.value is None and node.loop is None:
            node.value = back

    def lose(self, value: Expression, start: str, spot: _Spot, reason: str) -> None:
        """Note why what an expression reads does not come back."""
        for path in reads(value):
            if path.parts[:1] == (start,):
                self.reasons.setdefault(Path((*spot.at.parts, *path.parts[1:])), reason)

    def loop(self, loop: ForEach, made: typed.Expression, here: Read, start: str, spot: _Spot) -> None:
        """The list of the source is made of the list of the target, element by element."""
        path = loop.items.path if isinstance(loop.items, Read) else Path()
        if path.parts[:1] != (start,) or ITEM in path.parts or not isinstance(made, typed.ForEach):
            self.lose(loop.items, start, spot, "its list is not mapped element by element")
            return
        node = _down(spot.node, path.parts[1:])
        if node.loop is not None or node.value is not None:
            return
        self.count += 1
        element = f"item{self.count}"
        node.loop = here, element, _Node()
        inside = _Spot(node.loop[2], Path((*spot.at.parts, *path.parts[1:])) / ITEM)
        self.value(loop.body, made.body, Read(Path((element,))), loop.element, inside)


def _down(tree: _Node, steps: tuple[Any, ...]) -> _Node:
    for step in steps:
        tree = tree.inner.setdefault(step, _Node())
    return tree


def _back(value: Expression, here: Expression) -> tuple[Path | None, Expression, str]:
    """What an expression reads, the way back to it, and why there is none."""
    match value:
        case Read(path=path):
            return path, here, ""
        case Call(arguments=arguments) if arguments:
            inverse, reason = _inverse(value, here)
            read, back, inner = _back(arguments[0].value, inverse)
            return read, back, inner or reason
        case ForEach(items=items):
            return _back(items, here)[0], here, "its list is not made field by field"
    return None, here, ""


def _inverse(call: Call, here: Expression) -> tuple[Expression, str]:
    try:
        operation = named(call.operation)[0]
    except UnknownOperationError:
        return here, f"{call.operation} is unknown"
    others = [each.value for each in call.arguments[1:]]
    if operation.inverse is None or not all(isinstance(each, Constant) for each in others):
        return here, f"{operation.name} cannot be undone"
    undone = operation.inverse(replace(call, arguments=(Argument(here, call.arguments[0].name), *call.arguments[1:])))
    return (here, f"{operation.name} cannot be undone with these arguments") if undone is None else (undone, "")
