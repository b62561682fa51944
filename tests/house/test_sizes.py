"""Modules and functions stay as small as the architecture promises."""

import ast
from pathlib import Path
from statistics import median, quantiles

import pytest

from marketplace.core.embedded.locations import CHECKOUT

PACKAGES = ("marketplace", "cms", "payments", "catalog", "recommender", "partners")


def modules() -> list[Path]:
    """Our own code: no migrations, no empty package markers."""
    found = [path for package in PACKAGES for path in (CHECKOUT / package).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts and path.stat().st_size]


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions(path: Path) -> list[tuple[str, int]]:
    nodes = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))
    return [(f"{path.relative_to(CHECKOUT)}:{node.name}", node.end_lineno - node.lineno + 1) for node in nodes]


@pytest.fixture(scope="module")
def function_sizes() -> list[tuple[str, int]]:
    return [sized for path in modules() for sized in functions(path)]


def test_no_module_is_longer_than_500_lines():
    assert [str(path) for path in modules() if lines(path) > 500] == []


def test_most_modules_are_short():
    sizes = [lines(path) for path in modules()]
    assert median(sizes) < 75
    assert quantiles(sizes, n=10)[-1] < 300


def test_no_function_is_longer_than_60_lines(function_sizes):
    assert [name for name, size in function_sizes if size > 60] == []


def test_most_functions_are_short(function_sizes):
    sizes = [size for _, size in function_sizes]
    assert median(sizes) <= 8
    assert quantiles(sizes, n=10)[-1] <= 25
