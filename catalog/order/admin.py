"""Oscar's admin of these models, unchanged."""

from oscar.apps.order.admin import *  # noqa: F403
