"""The kernel of the mapper: the model, the operations, their check and their reference meaning.

A `Mapping` (see `model`) is checked against its types, which gives findings and a `TypedMapping` (see `typed`); that is
evaluated here (`evaluate`) and emitted by `penstock.emitters`. Standard library only.
"""

from penstock.mapping.catalogue import all_operations
from penstock.mapping.check import Checked, check
from penstock.mapping.evaluate import Outcome, Reject, evaluate
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
    walk,
)

__all__ = [
    "Argument",
    "Build",
    "Call",
    "Checked",
    "Constant",
    "Expression",
    "FieldMapping",
    "ForEach",
    "Mapping",
    "Outcome",
    "Read",
    "Reject",
    "Shape",
    "Unmapped",
    "all_operations",
    "check",
    "evaluate",
    "walk",
]
