"""What the community does when the safety desk is done with a concern."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from marketplace.safeguarding.concerns.signals import concern_closed
from marketplace.safeguarding.enums import Source

from .enums import WaitingFor, WritingState
from .models import Post, Reply

_MODELS: dict[str, type[Post] | type[Reply]] = {Source.POST: Post, Source.REPLY: Reply}


@receiver(concern_closed, dispatch_uid="community.hand_back")
def hand_back(*, ref: str, source: str, **_: Any) -> None:
    """Let a text that was held for safety wait for a moderator like any other; nothing is shown by a closed concern."""
    model = _MODELS.get(source)
    if model and ref:
        held = model._default_manager.filter(public_id=UUID(ref), state=WritingState.WAITING)
        held.filter(waiting_for=WaitingFor.SAFETY).update(waiting_for=WaitingFor.AGE)
