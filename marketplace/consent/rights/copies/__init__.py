"""Making the copy a person takes along: a page to read and print, the same as JSON, and a FHIR R4B bundle."""

from .package import MadeCopy, zipped

__all__ = ["MadeCopy", "zipped"]
