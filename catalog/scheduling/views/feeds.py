"""The page on which a family opens, and ends, the private address its phone reads bookings from."""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import selectors, services
from ..enums import FeedKind


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def phone_calendar(request: HttpRequest) -> HttpResponse:
    """Say what the address shows; once made, show it and its picture this one time."""
    if request.method != "POST":
        feed = selectors.open_feed_of(request.user, FeedKind.FAMILY)
        return render(request, "bookings/phone_calendar.html", {"feed": feed})
    feed, secret = services.open_feed(person=request.user, kind=FeedKind.FAMILY)
    link = request.build_absolute_uri(reverse("bookings:feed", args=[secret]))
    subscribe = "webcal" + link.removeprefix("https").removeprefix("http")
    context = {"feed": feed, "link": link, "subscribe": subscribe, "qr": _picture(subscribe)}
    return render(request, "bookings/phone_calendar.html", context)


@require_POST
@login_required
@never_cache
def end_phone_calendar(request: HttpRequest) -> HttpResponse:
    """Close the address: whoever has it reads nothing any more."""
    services.end_feed(person=request.user, kind=FeedKind.FAMILY)
    messages.success(request, _("这个日历地址已经停用。"))
    return redirect("bookings:phone_calendar")


def _picture(link: str) -> SafeString:
    """Draw the address for a phone's camera."""
    drawing = segno.make(link, error="m").svg_inline(omitsize=True, border=2, dark="#1E2B2A", light="#FFFFFF")
    return mark_safe(drawing)  # noqa: S308 - of squares, made from our own address
