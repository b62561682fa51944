"""Words about people that are kept with a record, and read later in another language."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, override

_BETWEEN = " · "


def kept_label(*parts: str | Promise) -> str:
    """Return an organisation and a role as one label to keep: in the source language, whatever the writer reads."""
    with override(settings.LANGUAGE_CODE):
        return _BETWEEN.join(map(str, parts))


def shown_label(label: str) -> str:
    """Return a kept label in the reader's language: organisations keep their names, roles are translated."""
    return _BETWEEN.join(gettext(part) for part in label.split(_BETWEEN)) if label else ""
