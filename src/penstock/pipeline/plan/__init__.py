"""The normalisation plan as data: which tables the records of a dataset become."""

from penstock.pipeline.plan.build import plans_of
from penstock.pipeline.plan.codec import format_plan, needs_refresh, parse_plan, vanished_tables
from penstock.pipeline.plan.model import Column, Names, PageKind, Plan, Table

__all__ = [
    "Column",
    "Names",
    "PageKind",
    "Plan",
    "Table",
    "format_plan",
    "needs_refresh",
    "parse_plan",
    "plans_of",
    "vanished_tables",
]
