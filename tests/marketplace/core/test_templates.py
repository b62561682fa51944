"""What holds for every template of ours: nothing inline, no page of others, icons that exist."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from marketplace.core.bundles import STATIC

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("marketplace", "payments", "catalog", "partners", "cms", "recommender")
TEMPLATES = sorted(path for room in ROOMS for path in (ROOT / room).glob("**/templates/**/*.html"))
# E-mail programs know no style sheets: its one frame carries style attributes.
PAGES = [path for path in TEMPLATES if "email" not in path.relative_to(ROOT).parts]
ICONS = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))

INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
FOREIGN = re.compile(
    r"<(?:script|link|img|iframe|source|video|audio|use)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
)


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_nothing_is_inline(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for forbidden in (INLINE_STYLE, INLINE_SCRIPT, HANDLER, FOREIGN):
        assert not forbidden.search(source)


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_icons_exist(path: Path) -> None:
    named = set(re.findall(r"{% icon \"([\w-]+)\"", path.read_text(encoding="utf-8")))
    assert named <= ICONS


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_files_exist(path: Path) -> None:
    """A name that is not there is a broken picture in the demo and a failing page in production."""
    source = path.read_text(encoding="utf-8")
    named = set(re.findall(r"{% static ['\"]([^'\"]+)['\"]", source))
    pictures = {f"img/empty-{name}.svg" for name in re.findall(r"empty\.html\" with [^%]*picture=\"(\w+)\"", source)}
    assert {name for name in named | pictures if not finders.find(name)} == set()
