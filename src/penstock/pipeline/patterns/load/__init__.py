"""Patterns that load landed files into a warehouse."""
