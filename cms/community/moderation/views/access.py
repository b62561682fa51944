"""Whom the desk opens to, and how a look at somebody's words is written down."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.functional import Promise

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.core.errors import Refusal
from marketplace.core.labels import kept_label

from ...models import Case, Post, Reply
from ...selectors.reading import writing_of

moderators_only = duty_required(Duty.MODERATION)
_PURPOSE = "moderation"


def me(request: HttpRequest) -> User:
    """Return who is signed in; the guard made sure of it."""
    return cast(User, request.user)


def case_or_404(public_id: UUID) -> Case:
    """Return a case with what it is about."""
    cases = Case.objects.select_related("post__topic", "reply__thread__topic", "reply__alias")
    found = cases.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def writing_or_404(kind: str, public_id: UUID) -> Post | Reply:
    """Return a post or reply."""
    found = writing_of(kind, public_id) if kind in ("post", "reply") else None
    if found is None:
        raise Http404
    return found


def kind_of(writing: Post | Reply) -> str:
    """Return the word for a text in addresses."""
    return "post" if isinstance(writing, Post) else "reply"


def note_look(request: HttpRequest, writing: Post | Reply, action: Action = Action.READ) -> None:
    """Write down that a moderator read or moved a text: about the text, as nobody here knows whose it is."""
    record_access(
        actor=me(request),
        subject_id=writing.public_id,
        items=[],
        records=[writing.public_id],
        purpose=_PURPOSE,
        reason="duty",
        action=action,
        actor_label=kept_label(Role.STAFF.label),
    )


def attempt(request: HttpRequest, act: Callable[[], object], done: str | Promise = "") -> bool:
    """Do it, and say that it was done, or why not."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    if done:
        messages.success(request, str(done))
    return True
