"""Bringing the numbers to somebody who is sent on to another page after writing."""

from django.contrib import messages
from django.http import HttpRequest

from .answers import Answer

#: Marks a message that `includes/messages.html` shows as the crisis card, and not as a line that goes away.
CRISIS = "crisis"


def show_next(request: HttpRequest, answer: Answer) -> None:
    """Show the numbers to call, with the answer's kind sentence, on the next page this person sees."""
    if answer.card:
        messages.warning(request, answer.reply, extra_tags=CRISIS)
