"""Small things done with a post or a reply: a hug, taking back, not seeing any more. Each goes back to where it was."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.models import User
from marketplace.core.errors import Refusal

from ..errors import Gone, NotYours
from ..models import Post, Reply
from ..selectors import reading
from ..selectors.hidden import hidden_aliases
from ..services import hiding, hugging, withdrawing
from ..services.raising import alias_of
from ..services.showing import thread_of
from .reading import reader


@require_POST
@login_required
def hug(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Give a hug, or take one's own back."""
    writing, user = _seen(request, kind, public_id), _member(request)
    give = hugging.take_hug_back if request.POST.get("back") else hugging.give_hug
    _try(request, lambda: give(user=user, writing=writing))
    return _back_to(writing)


@require_POST
@login_required
def mute(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Read nothing more under this name."""
    writing = _seen(request, kind, public_id)
    if _try(request, lambda: hiding.mute(user=_member(request), writing=writing)):
        messages.success(request, _("以后你看不到这个名字在这一篇里说的话。对方不会知道。"))
    return _after_hiding(writing)


@require_POST
@login_required
def block(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """See nothing of each other any more in this thread."""
    writing = _seen(request, kind, public_id)
    if _try(request, lambda: hiding.block(user=_member(request), writing=writing)):
        messages.success(request, _("在这一篇里，你们谁也看不到谁了。对方不会收到通知。"))
    return _after_hiding(writing)


@require_POST
@login_required
def show_all(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo all hiding in a thread."""
    post = reading.thread_of(public_id)
    if post is None or not reader(request).may_read(post.topic):
        raise Http404
    hiding.show_all_again(user=_member(request), thread=post)
    messages.success(request, _("都放回来了。"))
    return redirect("community:thread", post.public_id)


@require_POST
@login_required
def withdraw(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Take one's own words back."""
    writing = _found(kind, public_id)
    if _own(lambda: withdrawing.withdraw(user=_member(request), writing=writing), request):
        messages.success(request, _("已经收回，别人看不到了。半小时内还可以放回来。"))
    return redirect("community:mine")


@require_POST
@login_required
def undo(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Put back what was taken back."""
    writing = _found(kind, public_id)
    if _own(lambda: withdrawing.undo_withdrawal(user=_member(request), writing=writing), request):
        messages.success(request, _("放回来了。"))
    return redirect("community:mine")


def _found(kind: str, public_id: UUID) -> Post | Reply:
    found = reading.writing_of(kind, public_id) if kind in ("post", "reply") else None
    if found is None:
        raise Http404
    return found


def _seen(request: HttpRequest, kind: str, public_id: UUID) -> Post | Reply:
    """Return something this reader can see; of anything else it cannot be told whether it is there."""
    found, who = _found(kind, public_id), reader(request)
    thread, alias = thread_of(found), alias_of(found)
    if not found.is_shown or not thread.is_shown or not who.may_read(thread.topic):
        raise Http404
    if alias is None or alias.pk in hidden_aliases(who.user, [thread]):
        raise Http404
    return found


def _own(action: Callable[[], object], request: HttpRequest) -> bool:
    """What is not one's own is not there."""
    try:
        action()
    except Refusal as refusal:
        if isinstance(refusal, Gone | NotYours):
            raise Http404 from refusal
        messages.error(request, str(refusal))
        return False
    return True


def _try(request: HttpRequest, action: Callable[[], object]) -> bool:
    try:
        action()
    except Gone as gone:
        raise Http404 from gone
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _after_hiding(writing: Post | Reply) -> HttpResponse:
    if isinstance(writing, Post):
        return redirect("community:topic", writing.topic.slug)
    return redirect("community:thread", writing.thread.public_id)


def _back_to(writing: Post | Reply) -> HttpResponse:
    return redirect(f"{reverse('community:thread', args=[thread_of(writing).public_id])}#w-{writing.public_id}")


def _member(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
