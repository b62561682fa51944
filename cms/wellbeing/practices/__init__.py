"""The skills library: every practice, in the order of the cards."""

from .calm import BODY_SCAN, BREATHING, GROUNDING, SLEEP
from .kinds import Blank, MethodFamily, Practice, Source, Step
from .words import GRATITUDE, SAY_IT, SMALL_STEPS, THOUGHTS, WORRY_TIME

PRACTICES: tuple[Practice, ...] = (
    BREATHING,
    GROUNDING,
    BODY_SCAN,
    WORRY_TIME,
    THOUGHTS,
    SMALL_STEPS,
    SAY_IT,
    GRATITUDE,
    SLEEP,
)
BY_SLUG: dict[str, Practice] = {practice.slug: practice for practice in PRACTICES}

__all__ = ["BY_SLUG", "PRACTICES", "Blank", "MethodFamily", "Practice", "Source", "Step"]
