"""Talks: the list, one talk, signing up and giving the seat back; with an account or with a secret link."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.accounts.security.attempts import may_send_form
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal

from ..models import Event, EventSeat
from . import selectors, services
from .calendar import calendar_file
from .enums import SeatState
from .forms import SignUpForm


@require_safe
def talks(request: HttpRequest) -> HttpResponse:
    """What is to come, and what was."""
    now = timezone.now()
    mine = {}
    if request.user.is_authenticated:
        mine = {seat.event_id: seat for seat in selectors.seats_of(request.user, now)}
    rows = [(event, mine.get(event.pk)) for event in selectors.coming_events(now)[:60]]
    return render(request, "content/talks/list.html", {"rows": rows, "past": selectors.past_events(now)[:12]})


@require_http_methods(["GET", "HEAD", "POST"])
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One talk, and the way to sign up."""
    found = _event(slug)
    has_account = request.user.is_authenticated
    form = SignUpForm(request.POST or None, has_account=has_account)
    if request.method == "POST" and form.is_valid():
        answer = _sign_up(request, found, form)
        if answer is not None:
            return answer
    now = timezone.now()
    context: dict[str, Any] = {
        "event": found,
        "form": form,
        "free": found.seats - found.taken,
        "is_open": services.is_open(found, now),
        "is_over": found.ends_at <= now,
        "seat": selectors.seat_of(found, request.user),
    }
    if context["seat"] is not None and context["seat"].state == SeatState.WAITING:
        context["place"] = selectors.place_in_line(context["seat"])
    return render(request, "content/talks/event.html", context)


def _sign_up(request: HttpRequest, found: Event, form: SignUpForm) -> HttpResponse | None:
    """Sign up and lead on; None where the form has something to say."""
    person = cast(User, request.user) if request.user.is_authenticated else None
    if person is None and not may_send_form(request, "talk_sign_up"):
        form.add_error(None, _("报名得太快了，过一会儿再试。"))
        return None
    try:
        signed = services.sign_up(event=found, person=person, **form.cleaned_data)
    except Refusal as refused:
        form.add_error(None, str(refused))
        return None
    if person is None:
        return redirect(f"{reverse('talks:seat', args=[signed.seat.public_id])}?k={signed.secret}")
    is_going = signed.seat.state == SeatState.GOING
    messages.success(request, _("报好了，座位给你留着。") if is_going else _("已经排上候补。有座位会告诉你。"))
    return redirect(found)


@require_POST
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the seat back, signed in."""
    seat = selectors.seat_of(_event(slug), request.user)
    if seat is None:
        raise Http404
    _cancel(request, seat)
    return redirect(seat.event)


@never_cache
@require_safe
def seat(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A sign-up without an account, for who holds the link."""
    found = _seat(public_id, request.GET.get("k", ""))
    context: dict[str, Any] = {"seat": found, "event": found.event, "secret": request.GET.get("k", "")}
    context["link"] = request.build_absolute_uri(request.get_full_path())
    if found.state == SeatState.WAITING:
        context["place"] = selectors.place_in_line(found)
    return render(request, "content/talks/seat.html", context)


@require_POST
def cancel_with_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the seat back, with the link."""
    secret = request.POST.get("k", "")
    found = _seat(public_id, secret)
    _cancel(request, found)
    return redirect(f"{reverse('talks:seat', args=[public_id])}?k={secret}")


def _cancel(request: HttpRequest, found: EventSeat) -> None:
    try:
        services.cancel_seat(public_id=found.public_id)
        messages.success(request, _("已取消。座位让给了别人。"))
    except Refusal as refused:
        messages.error(request, str(refused))


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The talk for a calendar; nothing of who comes is in it."""
    return HttpResponse(
        calendar_file(_event(slug), now=timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="xinqiao-talk.ics"'},
    )


@never_cache
@require_safe
@duty_required(Duty.CONTENT)
def at_the_door(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes, for the member of staff at the door: names to call and numbers, no addresses."""
    found = Event.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    rows = list(selectors.sign_ups(found))
    prefetch_keys(rows)
    return render(request, "content/talks/door.html", {"event": found, "rows": rows})


def _event(slug: str) -> Event:
    found = selectors.event_at(slug)
    if found is None:
        raise Http404
    return found


def _seat(public_id: UUID, secret: str) -> EventSeat:
    found = selectors.seat_with_secret(public_id, secret)
    if found is None:
        raise Http404
    return found
