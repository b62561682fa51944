"""Reads of the browse pages."""
