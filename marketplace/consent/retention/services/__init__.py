"""What retention does: erase what is over, and hold what must stay."""

from .holds import release_hold, set_hold
from .reports import Report, preview
from .runs import apply_retention

__all__ = ["Report", "apply_retention", "preview", "release_hold", "set_hold"]
