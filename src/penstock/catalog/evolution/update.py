"""Writes decisions down in a catalog, and keeps them when new data come.

A decided type is what tables are built on, so it changes only when that harms nobody: an integer that becomes wider,
a decimal or a double, as the table of `penstock.schema.widen` has it. Nothing else changes a decision: the values that
do not fit make the path gated (see `penstock.catalog.decisions.shape`) and are set aside one by one when they are
loaded. A field without a value other than null is not decided yet. What a person decided never changes.
"""

from dataclasses import replace

from penstock.catalog.decisions.decide import decide, fits
from penstock.catalog.model import Catalog
from penstock.catalog.profiling.node import Node, add, freeze, thaw
from penstock.schema import Json, Map, Record, assignable


def settle(catalog: Catalog) -> Catalog:
    """The catalog with the type of every field decided and written down; the keys of maps are added up under `*`."""
    tree = thaw(catalog)
    _settle_records(tree)
    return replace(freeze(tree, catalog.name), through=catalog.through, history=catalog.history)


def update(old: Catalog, new: Catalog) -> Catalog:
    """The counts of both with the decisions and descriptions of `old`, widened where that is safe.

    New fields are decided and go behind the known ones. `new` is a profile of other records than `old` has seen.
    """
    tree = thaw(old)
    _settle_records(tree)
    incoming = thaw(new)
    incoming.forget_decisions()
    add(tree, incoming)
    _settle_records(tree)
    through = max(old.through, new.through)
    return replace(freeze(tree, old.name or new.name), through=through, history=old.history)


def _settle_records(root: Node) -> None:
    """Records are records, whatever their keys look like, so nothing is decided about them as a whole."""
    if root.holds_records:
        root.type = None
    else:
        _settle(root)
    for each in root.children.values():
        _settle(each)


def _settle(node: Node) -> None:
    if isinstance(node.type, Record) and node.decided_by == "person" and not node.capped:
        node.every_key = None  # taken for a map before; its fields come with the next data
    if node.type is None or node.decided_by == "rule":
        _decide(node)
    if isinstance(node.type, Map) and not node.capped:
        node.forget_keys()
    for each in node.nested():
        _settle(each)


def _decide(node: Node) -> None:
    decided, node.type = node.type, None
    fresh = decide(node)
    if decided is None:
        node.type = fresh if _has_values(node) else None
    else:
        is_wider = not isinstance(fresh, Json) and assignable(decided, fresh) and fits(node, fresh)
        node.type = fresh if is_wider and not fits(node, decided) else decided


def _has_values(node: Node) -> bool:
    """Whether there is a value that says something: neither null nor an object without keys."""
    kinds = set(node.types) - {"null"}
    return bool(kinds) and (kinds != {"object"} or bool(node.children) or node.every_key is not None)
