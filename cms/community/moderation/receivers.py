"""What the desk and the surge rule do when something was sent, and when the safety desk is done."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from marketplace.safeguarding.concerns.signals import concern_closed
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.answers import Answer

from ..enums import WritingState
from ..models import Post, Reply
from ..postvention.services.noticing import notice
from ..signals import writing_sent
from .enums import Cause
from .services.receiving import open_case

_MODELS: dict[str, type[Post] | type[Reply]] = {Source.POST: Post, Source.REPLY: Reply}


@receiver(writing_sent, dispatch_uid="community.count_for_surge")
def count_for_surge(sender: Any, *, writing: Post | Reply, text: str, answer: Answer, **kwargs: Any) -> None:
    """Count what was sent in the themes it speaks of."""
    notice(writing=writing, text=text, kind=answer.kind, level=answer.level)


@receiver(concern_closed, dispatch_uid="community.back_to_the_desk")
def back_to_the_desk(sender: Any, *, ref: str, source: str, **kwargs: Any) -> None:
    """Put a text that still waits back into the queue once its concern is closed: a moderator decides about the words."""
    model = _MODELS.get(source)
    if model is None or not ref:
        return
    waiting = model._default_manager.filter(public_id=UUID(ref), state=WritingState.WAITING).first()
    if waiting is not None:
        open_case(writing=waiting, cause=Cause.GATE)
