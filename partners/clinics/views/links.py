"""Other calendars that count as busy, and a private address for one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog.scheduling.enums import FeedKind
from catalog.scheduling.models import Provider
from catalog.scheduling.selectors import busy_calendars_of, open_feed_of
from catalog.scheduling.services import add_busy_calendar, end_feed, open_feed, remove_busy_calendar
from marketplace.core.errors import Refusal

from ..access import portal_view
from ..availability_forms import BusyCalendarForm
from ..rules import Portal
from ..selectors import provider_of


@require_GET
@never_cache
@portal_view
def calendars(request: HttpRequest, portal: Portal, public_id: UUID | None = None) -> HttpResponse:
    """One provider's other calendars; the first one's when none is named."""
    provider = provider_of(portal, public_id) if public_id else portal.providers().first()
    return _page(request, portal, provider)


def _page(
    request: HttpRequest,
    portal: Portal,
    provider: Provider | None,
    *,
    form: BusyCalendarForm | None = None,
    secret: str = "",
) -> HttpResponse:
    is_own = provider is not None and provider.user_id == portal.user.pk
    address = request.build_absolute_uri(reverse("bookings:feed", args=[secret])) if secret else ""
    context = {
        "portal": portal,
        "page": "calendars",
        "providers": list(portal.providers()),
        "provider": provider,
        "calendars": busy_calendars_of(provider) if provider else (),
        "form": form or BusyCalendarForm(),
        "is_own": is_own,
        "feed": open_feed_of(portal.user, FeedKind.PROVIDER) if is_own else None,
        "address": address,
    }
    return render(request, "clinics/calendars.html", context)


@require_POST
@portal_view
def add_calendar(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Add another calendar; it is read at once, then every quarter of an hour."""
    provider = provider_of(portal, public_id)
    form = BusyCalendarForm(request.POST)
    if not form.is_valid():
        return _page(request, portal, provider, form=form)
    try:
        add_busy_calendar(provider=provider, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("address", str(refusal))
        return _page(request, portal, provider, form=form)
    messages.success(request, _("已添加，正在读取。里面有事的时间不会被约走。"))
    return redirect("clinics:calendars_of", public_id=provider.public_id)


@require_POST
@portal_view
def remove_calendar(request: HttpRequest, portal: Portal, public_id: UUID, calendar_id: UUID) -> HttpResponse:
    """Forget another calendar, and what was busy by it."""
    provider = provider_of(portal, public_id)
    remove_busy_calendar(provider=provider, public_id=calendar_id)
    messages.success(request, _("已移除。只在那个日历里有事的时间，可以预约了。"))
    return redirect("clinics:calendars_of", public_id=provider.public_id)


@require_POST
@never_cache
@portal_view
def make_feed(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Make one's own private address, and show it this one time; the one before it ends."""
    _feed, secret = open_feed(person=portal.user, kind=FeedKind.PROVIDER)
    return _page(request, portal, _own(portal), secret=secret)


@require_POST
@portal_view
def stop_feed(request: HttpRequest, portal: Portal) -> HttpResponse:
    """End one's own private address."""
    end_feed(person=portal.user, kind=FeedKind.PROVIDER)
    messages.success(request, _("这个地址已经停用。"))
    own = _own(portal)
    return redirect("clinics:calendars_of", public_id=own.public_id) if own else redirect("clinics:calendars")


def _own(portal: Portal) -> Provider | None:
    """The provider who this person is, if any."""
    return portal.providers().filter(user=portal.user).first()
