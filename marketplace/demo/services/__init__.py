"""Loading demo data, once, and keeping its times ahead of today."""

from .loading import load_demo_data

__all__ = ["load_demo_data"]
