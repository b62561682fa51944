"""Shows an agreement's plain text: "## " heads a section, "- " starts an item, an empty line ends a paragraph."""

from typing import Any

from django import template

from marketplace.accounts.models import Agreement

register = template.Library()


@register.filter
def blocks(agreement: Agreement) -> list[dict[str, Any]]:
    """Return the text in the reader's language as headings, lists and paragraphs, in order."""
    return [_block(part.strip()) for part in agreement.text.split("\n\n") if part.strip()]


def _block(part: str) -> dict[str, Any]:
    lines = part.splitlines()
    if part.startswith("## "):
        return {"kind": "heading", "text": part.removeprefix("## ")}
    if all(line.startswith("- ") for line in lines):
        return {"kind": "list", "items": [line.removeprefix("- ") for line in lines]}
    return {"kind": "paragraph", "text": " ".join(lines)}
