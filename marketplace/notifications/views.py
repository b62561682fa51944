"""A person's messages, and the demo's outbox."""

import re
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from . import selectors, services
from .enums import Channel
from .models import Message

_CODE = re.compile(r"(?<![\w-])\d{6}(?![\w-])", re.ASCII)


@login_required
def show_inbox(request: HttpRequest) -> HttpResponse:
    """A person's in-app messages, newest first."""
    page = Paginator(selectors.inbox_messages(request.user), 20).get_page(request.GET.get("page"))
    context = {"page": page, "has_unread": selectors.unread_message_count(request.user) > 0}
    return render(request, "notifications/inbox.html", context)


@login_required
@require_POST
def open_message(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark a message as read and go where it leads. A POST, because it changes something."""
    message = get_object_or_404(selectors.inbox_messages(request.user), public_id=public_id)
    services.mark_read(user=request.user, public_id=public_id)
    return HttpResponseRedirect(message.url) if message.url.startswith("/") else redirect("inbox")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every message as read."""
    services.mark_read(user=request.user)
    return redirect("inbox")


@never_cache
def show_outbox(request: HttpRequest) -> HttpResponse:
    """Every message that would have left the house; only where OUTBOX_ENABLED says so."""
    if not settings.OUTBOX_ENABLED:
        raise Http404
    search, channel = request.GET.get("q", ""), request.GET.get("channel", "")
    page = Paginator(selectors.outbox_messages(search=search, channel=channel), 30).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": [{"message": message, "code": _code_in(message)} for message in page],
        "search": search,
        "channel": channel,
        "channel_choices": Channel.choices,
        "refresh": request.GET.get("refresh") == "1",
    }
    return render(request, "notifications/outbox.html", context)


def _code_in(message: Message) -> str:
    """Return the code a message carries: codes go to addresses, not to people known by account."""
    found = _CODE.search(message.body) if message.recipient_id is None else None
    return found.group() if found else ""
