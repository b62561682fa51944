"""Words of consent in templates."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from ..enums import DataItem

register = template.Library()


@register.filter
def data_items(values: Iterable[str]) -> str:
    """Write kinds of data in words: 测评分数、测评报告."""
    return _("、").join(str(DataItem(value).label) for value in values)
