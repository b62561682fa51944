"""Whom the desk's pages open to."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role

from ..models import Concern
from ..rules import may_lead
from ..selectors import concern_of, is_keeper_now

View = Callable[..., HttpResponseBase]


def concern_or_404(public_id: UUID) -> Concern:
    """Return a concern that is there."""
    concern = concern_of(public_id)
    if concern is None:
        raise Http404
    return concern


def leads_only(view: View) -> View:
    """Let only leads see a view; for others of our staff it is not there."""
    return _for_staff(view, may_lead)


def leads_and_keepers(view: View) -> View:
    """Let leads, and whoever is on safety duty now, see a view in which nobody outside our staff appears."""
    return _for_staff(view, lambda user: may_lead(user) or is_keeper_now(user))


def _for_staff(view: View, is_let_in: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_let_in(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return role_required(Role.STAFF)(guarded)
