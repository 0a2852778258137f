"""Penstock: an AI-assisted data engineer."""

__version__ = "0.1.0"
