"""When providers work: weekly hours, days off, extra hours, working rules."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.scheduling import services
from catalog.scheduling.enums import Weekday
from catalog.scheduling.models import Provider, WeeklyAvailability
from catalog.scheduling.services.availability import WorkingHours, add_weekly_hours, remove_weekly_hours
from marketplace.core.errors import Refusal

from ..access import portal_view
from ..availability_forms import RulesForm, rules_initial
from ..forms import ExceptionForm, HoursForm
from ..rules import Portal
from ..selectors import provider_of


@require_GET
@portal_view
def hours(request: HttpRequest, portal: Portal, public_id: UUID | None = None) -> HttpResponse:
    """One provider's hours; the first one's when none is named."""
    providers = list(portal.providers())
    provider = provider_of(portal, public_id) if public_id else next(iter(providers), None)
    return _page(request, portal, provider)


def _page(
    request: HttpRequest,
    portal: Portal,
    provider: Provider | None,
    *,
    hours_form: HoursForm | None = None,
    exception_form: ExceptionForm | None = None,
    rules_form: RulesForm | None = None,
) -> HttpResponse:
    """The page as it stands, or again with the form that was not right."""
    upcoming = provider.availability_exceptions.select_related("location") if provider else None
    context = {
        "portal": portal,
        "page": "hours",
        "providers": list(portal.providers()),
        "provider": provider,
        "weekdays": _weekdays(provider) if provider else (),
        "exceptions": upcoming.filter(ends_at__gte=timezone.now()) if upcoming is not None else (),
        "hours_form": hours_form or HoursForm(portal=portal),
        "exception_form": exception_form or ExceptionForm(portal=portal),
        "rules_form": rules_form or (RulesForm(initial=rules_initial(provider)) if provider else None),
    }
    return render(request, "clinics/hours.html", context)


def _weekdays(provider: Provider) -> list[tuple[str, list[WeeklyAvailability]]]:
    """Return Monday to Sunday by name, each with its stretches; a day off has none."""
    rows = list(provider.weekly_availability.select_related("location"))
    return [(str(name), [row for row in rows if row.weekday == number]) for number, name in Weekday.choices]


@require_POST
@portal_view
def add_hours(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Add a stretch of weekly hours."""
    provider = provider_of(portal, public_id)
    form = HoursForm(request.POST, portal=portal)
    if not form.is_valid():
        return _page(request, portal, provider, hours_form=form)
    new = form.cleaned_data
    place = new["location"].pk if new["location"] else None
    stretch = WorkingHours(new["weekday"], new["from_time"], new["to_time"], location_id=place)
    return _answer(request, provider, lambda: add_weekly_hours(provider=provider, stretch=stretch))


@require_POST
@portal_view
def remove_hours(request: HttpRequest, portal: Portal, public_id: UUID, pk: int) -> HttpResponse:
    """Take a stretch of weekly hours away; bookings already made stay."""
    provider = provider_of(portal, public_id)
    return _answer(request, provider, lambda: remove_weekly_hours(provider=provider, hours_id=pk))


@require_POST
@portal_view
def add_exception(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Close or open a stretch of one day."""
    provider = provider_of(portal, public_id)
    form = ExceptionForm(request.POST, portal=portal)
    if not form.is_valid():
        return _page(request, portal, provider, exception_form=form)
    values = {name: form.cleaned_data[name] for name in ("starts_at", "ends_at", "is_open", "reason", "location")}
    return _answer(request, provider, lambda: services.add_exception(provider=provider, **values))


@require_POST
@portal_view
def remove_exception(request: HttpRequest, portal: Portal, public_id: UUID, pk: int) -> HttpResponse:
    """Take an exception back."""
    provider = provider_of(portal, public_id)
    return _answer(request, provider, lambda: services.remove_exception(provider=provider, exception_id=pk))


@require_POST
@portal_view
def set_rules(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Say how a provider works over holidays, and how many sessions they take at most."""
    provider = provider_of(portal, public_id)
    form = RulesForm(request.POST)
    if not form.is_valid():
        return _page(request, portal, provider, rules_form=form)
    return _answer(request, provider, lambda: services.set_working_rules(provider=provider, **form.cleaned_data))


def _answer(request: HttpRequest, provider: Provider, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
        messages.success(request, _("已保存。已经约好的不受影响。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:hours_of", public_id=provider.public_id)
