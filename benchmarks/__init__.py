"""Ratios between Penstock, hand-written SQL and dlt, measured side by side in one run: `make bench`."""
