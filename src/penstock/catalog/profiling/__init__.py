"""Counts what is in records, in one pass: records, their columns, what is measured of them, the tree of counts."""
