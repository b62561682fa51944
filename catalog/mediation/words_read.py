"""What families write in a dispute: the gate reads it, and people on safety duty where a concern speaks of it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.encryption.sealed import ERASED
from marketplace.safeguarding.concerns.contexts import Context, register_context
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.services import screen
from marketplace.safeguarding.gate.showing import show_next

from .models import Case, Evidence


def screen_words(request: HttpRequest, said: Case | Evidence, user: User) -> None:
    """Let the gate read what was just written; the numbers to call come on the next page."""
    ref = str(said.public_id)
    show_next(request, screen(text=said.words, source=Source.MESSAGE, ref=ref, author=user))


def _words_of(ref: str) -> Context | None:
    case = Case.objects.select_related("opened_by").filter(public_id=ref).first()
    if case is not None:
        return None if case.words is ERASED else Context(case.words, case.opened_at, _("订单争议"))
    given = Evidence.objects.select_related("case__opened_by").filter(public_id=ref).first()
    if given is None or given.words is ERASED:
        return None
    return Context(given.words, given.given_at, _("订单争议"))


def register_readers() -> None:
    """Let the desk read what it was called for."""
    register_context(Source.MESSAGE, _words_of, room="mediation")
