"""Writes of oversight: reports only. Nothing else of the portal writes."""

from .reports import drawn_up, make_due_reports, make_report

__all__ = ["drawn_up", "make_due_reports", "make_report"]
