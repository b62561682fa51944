"""Natural keys: the same key gives the same row on every load."""

from uuid import NAMESPACE_URL, UUID, uuid5

PREFIX = "demo-"


def stable_id(kind: str, key: str) -> UUID:
    """The public id of a demo row."""
    return uuid5(NAMESPACE_URL, f"https://xinqiao.example/demo/{kind}/{key}")


def product_code(key: str) -> str:
    """A demo product's UPC, which is unique."""
    return PREFIX + key
