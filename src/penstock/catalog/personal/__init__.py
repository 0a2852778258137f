"""Finds values that are personal and masks them."""
