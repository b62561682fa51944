"""The private address a calendar program reads: whoever knows its secret sees times, and nothing of what they are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from . import selectors, services
from .calendar_file import calendar_feed


@require_safe
def booking_feed(request: HttpRequest, secret: str) -> HttpResponse:
    feed = selectors.feed_of_secret(secret)
    if feed is None:
        raise Http404
    now = timezone.now()
    services.note_feed_read(feed=feed, now=now)
    response = HttpResponse(
        calendar_feed(selectors.shown_in_feed(feed, now=now), now=now),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="xinqiao.ics"', "X-Robots-Tag": "noindex"},
    )
    patch_cache_control(response, private=True, no_store=True)
    return response
