"""Says what is wrong with a mapping, and what the rest of it means for the types it is for."""

from penstock.mapping.check.mapping import Checked, check

__all__ = ["Checked", "check"]
