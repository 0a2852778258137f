"""Suites of cases, and how what was proposed is scored against them."""
