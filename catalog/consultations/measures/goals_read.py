"""Where people on safety duty read the goal a concern speaks of."""

from django.utils.translation import gettext as _

from marketplace.core.encryption.sealed import ERASED
from marketplace.safeguarding.concerns.contexts import Context, register_context
from marketplace.safeguarding.enums import Source

from .models import Goal


def _goal_of(ref: str) -> Context | None:
    goal = Goal.objects.select_related("child").filter(public_id=ref).first()
    if goal is None or goal.text is ERASED:
        return None
    return Context(text=goal.text, written_at=goal.set_at, where=_("见面前写下的目标"))


def register_reader() -> None:
    """Let the desk read what it was called for."""
    register_context(Source.INTAKE, _goal_of)
