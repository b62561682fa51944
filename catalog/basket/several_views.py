"""Pages on which several places are taken in one go: a series, or places taken together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from catalog.scheduling.enums import Attendee
from catalog.scheduling.errors import SlotTaken
from catalog.scheduling.models import Provider
from catalog.scheduling.rules import HOLD_FOR
from catalog.scheduling.selectors import open_slots
from catalog.scheduling.selectors.availability import modes_of
from catalog.scheduling.services import SeriesDate, TogetherWish, plan_series
from catalog.scheduling.services.series import NEAR
from marketplace.core.errors import Refusal
from marketplace.families.models import Child
from marketplace.families.selectors import booked_for_by
from payments.requests.rules import may_fill_a_basket

from . import services
from .choosing import Choice, NotATime, choice_from, free_slot
from .forms import SeriesForm, TogetherForm
from .offers import current_offer
from .views import explain_that_a_parent_pays, show_taken

_FIRST_COUNT = 4
#: How many other times a date that somebody wants to change is given.
_OTHERS = 6


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One date of a preview: what can be chosen for it, and what is (None: leave this one out)."""

    number: int
    planned: SeriesDate
    options: Sequence[datetime]
    is_changing: bool

    @property
    def name(self) -> str:
        """The field's name."""
        return f"date-{self.number}"


@login_required
def series(request: HttpRequest) -> HttpResponse:
    """Show the dates of a series before anything is kept; sending them keeps all or none and leads to the checkout."""
    choice = _choice(request)
    if not may_fill_a_basket(request.user):
        return explain_that_a_parent_pays(request, choice)
    provider = _provider_of(choice)
    if choice.occupancy or choice.service.series_limit < 2 or provider is None:
        messages.info(request, _("这个时间不能约成系列，可以先约一次。"))
        return redirect(choice.service.product.get_absolute_url())
    form = _series_form(request, choice)
    context: dict[str, Any] = {"choice": choice, "provider": provider, "form": form, "rows": []}
    if not form.is_bound or not form.is_valid():
        return _show_series(request, context, status=422 if form.errors else 200)
    try:
        planned = _plan(choice, provider, form.cleaned_data)
        if request.method == "POST":
            return _keep_series(request, choice, provider, form)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        planned = _plan_again(choice, provider, form.cleaned_data)
    rows = [_row(request, choice, provider, number, each) for number, each in enumerate(planned)]
    return _show_series(request, context | {"rows": rows}, status=409 if form.errors else 200)


def _choice(request: HttpRequest) -> Choice:
    try:
        return choice_from(request.GET)
    except NotATime:
        raise Http404 from None


def _provider_of(choice: Choice) -> Provider | None:
    """Who gives all of it: whom the address names, else whoever is free first. None when nobody is free."""
    if choice.provider:
        return choice.provider
    slot = free_slot(choice)
    return choice.service.providers.filter(pk__in=slot.provider_ids).order_by("pk").first() if slot else None


def _series_form(request: HttpRequest, choice: Choice) -> SeriesForm:
    """The wishes, from the form that keeps them or from the address that looks at them."""
    wishes = request.POST if request.method == "POST" else request.GET
    limit, modes = choice.service.series_limit, modes_of(choice.service)
    children = list(booked_for_by(request.user).values_list("public_id", flat=True)[:2])
    first = {
        "child": str(children[0]) if len(children) == 1 else "",
        "mode": modes[0] if modes else "",
        "every": 1,
        "count": min(_FIRST_COUNT, limit),
    }
    is_asked = request.method == "POST" or "count" in request.GET
    return SeriesForm(wishes if is_asked else None, user=request.user, modes=modes, limit=limit, initial=first)


def _plan(choice: Choice, provider: Provider, wishes: dict[str, Any]) -> list[SeriesDate]:
    return plan_series(
        service=choice.service,
        provider=provider,
        starts_at=choice.starts_at,
        every_weeks=wishes["every"],
        count=wishes["count"],
        mode=wishes["mode"],
        child=wishes["child"],
    )


def _plan_again(choice: Choice, provider: Provider, wishes: dict[str, Any]) -> list[SeriesDate]:
    """Look once more after a refusal: somebody was quicker. Nothing when it was the plan itself that is refused."""
    try:
        return _plan(choice, provider, wishes)
    except Refusal:
        return []


def _row(request: HttpRequest, choice: Choice, provider: Provider, number: int, planned: SeriesDate) -> SeriesRow:
    is_changing = request.GET.get("change") == str(number)
    options = [planned.wanted_at] if planned.is_free else list(planned.alternatives)
    if is_changing:
        options = sorted({*options, *_times_near(choice, provider, planned.wanted_at)})
    return SeriesRow(number, planned, options, is_changing)


def _times_near(choice: Choice, provider: Provider, wanted: datetime) -> list[datetime]:
    day = timezone.localtime(wanted).date()
    slots = open_slots(
        service=choice.service, provider=provider, from_on=day - NEAR, to_on=day + NEAR, beyond_horizon=True
    )
    nearest = sorted((slot.starts_at for slot in slots), key=lambda moment: abs(moment - wanted))
    return nearest[: _OTHERS + 1]


def _keep_series(request: HttpRequest, choice: Choice, provider: Provider, form: SeriesForm) -> HttpResponse:
    wishes = form.cleaned_data
    services.put_series_in_basket(
        user=request.user,
        service=choice.service,
        provider=provider,
        starts=_chosen_dates(request, wishes["count"]),
        every_weeks=wishes["every"],
        child=wishes["child"],
        mode=wishes["mode"],
    )
    return redirect("checkout:index")


def _chosen_dates(request: HttpRequest, count: int) -> list[datetime]:
    """Read the dates that were chosen; what is left out or no time is not one."""
    found = []
    for number in range(count):
        try:
            moment = parse_datetime(request.POST.get(f"date-{number}", ""))
        except ValueError:
            moment = None
        if moment is not None and timezone.is_aware(moment):
            found.append(moment)
    return found


def _show_series(request: HttpRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    try:
        fen = current_offer(context["choice"].service.product).unit_fen
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return redirect(context["choice"].service.product.get_absolute_url())
    rows = context["rows"]
    query = request.GET.copy()
    query.pop("change", None)
    facts = {
        "fen": fen,
        "total_fen": fen * sum(bool(row.options) for row in rows),
        "children": context["form"].fields["child"].queryset,
        "hold_minutes": int(HOLD_FOR / timedelta(minutes=1)),
        "address": f"{request.path}?{query.urlencode()}",
    }
    return render(request, "basket/series.html", context | facts, status=status)


@login_required
def together(request: HttpRequest) -> HttpResponse:
    """Choose who comes together; sending it keeps all places or none and leads to the checkout."""
    choice = _choice(request)
    if not may_fill_a_basket(request.user):
        return explain_that_a_parent_pays(request, choice)
    modes = modes_of(choice.service)
    form = TogetherForm(
        request.POST or None, user=request.user, modes=modes, initial={"mode": modes[0] if modes else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.put_together_in_basket(user=request.user, wishes=_wishes(choice, form.cleaned_data))
        except SlotTaken as refusal:
            return show_taken(request, refusal, choice)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("checkout:index")
    return _show_together(request, choice, form)


def _wishes(choice: Choice, chosen: dict[str, Any]) -> list[TogetherWish]:
    """One place for each child; the guardian's seat stands beside the first child's."""
    children: list[Child] = list(chosen["children"])
    wishes = [_wish(choice, child, chosen["mode"], Attendee.CHILD) for child in children]
    if chosen["with_guardian"]:
        wishes.append(_wish(choice, children[0], chosen["mode"], Attendee.GUARDIAN))
    return wishes


def _wish(choice: Choice, child: Child, mode: str, attendee: Attendee) -> TogetherWish:
    return TogetherWish(
        choice.service, child, mode, starts_at=choice.starts_at, occupancy=choice.occupancy, attendee=attendee
    )


def _show_together(request: HttpRequest, choice: Choice, form: TogetherForm) -> HttpResponse:
    try:
        fen = current_offer(choice.service.product).unit_fen
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return redirect(choice.service.product.get_absolute_url())
    context = {
        "choice": choice,
        "form": form,
        "fen": fen,
        "children": form.fields["children"].queryset,
        "chosen": [str(value) for value in form["children"].value() or []],
        "admits_guardian": bool(choice.occupancy) and choice.service.admits_guardian,
        "hold_minutes": int(HOLD_FOR / timedelta(minutes=1)),
    }
    return render(request, "basket/together.html", context, status=422 if form.errors else 200)
