"""Oscar's root application without its pages: we use its models and price machinery, and write the pages ourselves."""

from oscar.core.application import OscarConfig


class Shop(OscarConfig):
    name = "oscar"
    default = False
