"""Oscar's admin of these models, unchanged."""

from oscar.apps.partner.admin import *  # noqa: F403
