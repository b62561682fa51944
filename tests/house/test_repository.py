"""What must never stand in the repository."""

import re
import subprocess
from pathlib import Path

import pytest

from marketplace.core.embedded.locations import CHECKOUT

OURS = ("marketplace", "cms", "payments", "catalog", "recommender", "partners")
#: Thin forks of Oscar apps load classes by name, as Oscar does; nothing else may, because import-linter cannot see it.
FORKS = ("catalog/partner", "catalog/catalogue", "catalog/basket", "catalog/checkout", "catalog/order")
REGISTRY = re.compile(r"(--(extra-)?index-url|--find-links|files\.python[h]osted|py[p]i\.org/simple|registry\.np[m])")
MACHINE_PATH = re.compile(r"(?<![\w./-])/(work|root|home|Users)/[A-Za-z0-9_.-]+")


def text_files() -> list[Path]:
    """Every text file that is or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=False).stdout.decode()
    if not listed:
        pytest.skip("not a git checkout")
    paths = [CHECKOUT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


def mentions(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(CHECKOUT)}: {match.group()}"
        for path in text_files()
        if path != Path(__file__).resolve()
        for match in [pattern.search(path.read_text(errors="replace"))]
        if match
    ]


def test_no_registry_address_stands_in_the_repository():
    assert mentions(REGISTRY) == []


def test_no_path_of_one_machine_stands_in_the_repository():
    assert mentions(MACHINE_PATH) == []


def test_only_oscar_forks_load_classes_by_name():
    loading = re.compile(r"\bget_(class|classes|model)\(")
    found = [
        str(path.relative_to(CHECKOUT))
        for package in OURS
        for path in (CHECKOUT / package).rglob("*.py")
        if "migrations" not in path.parts and loading.search(path.read_text())
    ]
    assert [name for name in found if not name.startswith(FORKS)] == []
