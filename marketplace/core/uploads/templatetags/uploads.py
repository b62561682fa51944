"""{% signed_file_link file %}: the address of a file for whoever looks at the page."""

from typing import Any

from django import template

from ..links import signed_link
from ..models import StoredFile

register = template.Library()


@register.simple_tag(takes_context=True)
def signed_file_link(context: dict[str, Any], file: StoredFile) -> str:
    """Return the address under which the visitor opens the file."""
    return signed_link(file, person=context["request"].user)
