"""The interface described for programs (OpenAPI 3.1) and, in a table, for people."""

from dataclasses import dataclass
from typing import Any

from . import offer, trade, work  # noqa: F401  (their operations)
from .site import api


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program can do."""

    method: str
    path: str
    summary: str
    scopes: tuple[str, ...]


def description() -> dict[str, Any]:
    """Return the whole description as plain values."""
    return dict(api.get_openapi_schema(path_prefix="api/v1/"))


def operations() -> list[Operation]:
    """Return every operation with the scopes it wants, in the order of its address."""
    return [
        Operation(method.upper(), path, operation["description"], tuple(operation["x-scopes"]))
        for path, methods in sorted(description()["paths"].items())
        for method, operation in methods.items()
    ]
