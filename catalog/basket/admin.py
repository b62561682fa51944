"""Oscar's admin of these models, unchanged."""

from oscar.apps.basket.admin import *  # noqa: F403
