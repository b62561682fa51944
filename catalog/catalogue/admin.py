"""Oscar's admin of these models, unchanged."""

from oscar.apps.catalogue.admin import *  # noqa: F403
