"""Reads of the finance portal."""
