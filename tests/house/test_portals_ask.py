"""A portal's page that reads children or bookings goes through consent's door."""

import ast
from pathlib import Path

import pytest

from marketplace.core.embedded.locations import CHECKOUT

#: Models that show a child, and what a portal may ask instead.
ABOUT_CHILDREN = {
    "Child",
    "EndingRequest",
    "waiting_ending_requests",
    "Booking",
    "OrderQuestion",
    "SafetyOverride",
    "Shipment",
    "Feedback",
}
DOOR = {
    "look",
    "booking_of",
    "look_at_bookings",
    "look_at_lines",
    "write_down_questions",
    "write_down_parcels",
    "write_down_reviews",
    "disclosures",
}


def names_in(path: Path) -> set[str]:
    """Every name a module reads or calls."""
    tree = ast.parse(path.read_text())
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }


def views() -> list[Path]:
    return sorted(path for path in (CHECKOUT / "partners").rglob("*.py") if "view" in str(path.relative_to(CHECKOUT)))


@pytest.mark.parametrize("path", views(), ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_a_portal_view_that_reads_children_asks_the_door(path):
    names = names_in(path)

    assert not names & ABOUT_CHILDREN or names & DOOR


def test_the_check_finds_a_view_that_does_not_ask(tmp_path):
    view = tmp_path / "views.py"
    view.write_text("def day(request):\n    return Booking.objects.all()\n")

    assert names_in(view) & ABOUT_CHILDREN and not names_in(view) & DOOR


def test_templates_of_portals_name_a_child_only_behind_a_sight():
    """In a portal's template a child's name stands inside `{% if … sight… %}` or behind a decision."""
    for template in (CHECKOUT / "partners").rglob("*.html"):
        text = template.read_text()
        for before in text.split("child.nickname")[:-1]:
            opened = before.rsplit("{% if", 1)[-1].rsplit("{% elif", 1)[-1]
            assert "sight" in opened or "decision" in opened, template.name
