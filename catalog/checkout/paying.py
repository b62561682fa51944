"""Who pays for a young person's basket: the part of the checkout that only they see."""

from typing import Any

from django.http import HttpRequest

from marketplace.accounts.models import User
from marketplace.families.rules import has_others_pay
from payments.requests.forms import AskForm
from payments.requests.services import Ask

from .forms import WhoPaysForm


class PayingPart:
    """Two small forms: who pays, and what a parent is asked. The second counts only when a parent pays."""

    def __init__(self, request: HttpRequest, user: User, *, total_fen: int) -> None:
        data: Any = request.POST if request.method == "POST" else None
        self.who = WhoPaysForm(data, user=user, total_fen=total_fen)
        self.ask_form = AskForm(data, user=user, prefix="ask")

    def is_valid(self) -> bool:
        """Whether the forms that count are filled in."""
        return self.who.is_valid() and (not self.who.is_parent or self.ask_form.is_valid())

    @property
    def ask(self) -> Ask | None:
        """What a parent is asked, None where nobody is; only after is_valid()."""
        return self.ask_form.ask if self.who.is_parent else None


def paying_part(request: HttpRequest, *, total_fen: int) -> PayingPart | None:
    """The part for a young person whose basket costs something; None for everybody else."""
    user = request.user
    if not total_fen or not isinstance(user, User) or not has_others_pay(user):
        return None
    return PayingPart(request, user, total_fen=total_fen)
