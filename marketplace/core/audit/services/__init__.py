"""Writes of the record of looks: recording, sealing, exporting, erasing whole days."""

from .erasing import erase_days
from .exporting import export_lines
from .recording import AccessNote, Actor, record_access, record_accesses
from .sealing import seal_events

__all__ = ["AccessNote", "Actor", "erase_days", "export_lines", "record_access", "record_accesses", "seal_events"]
