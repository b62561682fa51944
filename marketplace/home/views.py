"""The start page and 我的."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from catalog.order.models import Order
from cms.wellbeing.moods import Weather
from marketplace.accounts.rules import is_family, is_teen
from marketplace.accounts.selectors import start_page_of
from marketplace.families.selectors import day_of
from marketplace.notifications.selectors import unread_message_count
from payments.requests.selectors import asks_for_guardian, open_ask_of

from . import selectors


def home(request: HttpRequest) -> HttpResponse:
    """What Xinqiao is and where to begin; for a signed-in family, what comes next."""
    if is_teen(request.user):
        return _young_home(request)
    context: dict[str, Any] = {"needs": selectors.need_categories(), "free": selectors.soon_free_providers()}
    if is_family(request.user):
        context["family"] = selectors.family_overview(request.user)
    return render(request, "home/home.html", context)


def _young_home(request: HttpRequest) -> HttpResponse:
    """A young person's start page: a greeting, what can be done now, what comes next; nothing for sale."""
    context = {
        "young": selectors.young_overview(request.user),
        "needs": selectors.need_categories(),
        "today": timezone.localdate(),
        "weathers": list(Weather),
    }
    return render(request, "home/young_home.html", context)


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Everything of one's own, as one calm list."""
    if is_teen(request.user):
        return _young_me(request)
    context = {
        "family": selectors.family_overview(request.user),
        "tally": selectors.tally(request.user),
        "asks_waiting": len(asks_for_guardian(request.user)),
        "portal": "" if is_family(request.user) else start_page_of(request.user),
    }
    return render(request, "home/me.html", context)


def _young_me(request: HttpRequest) -> HttpResponse:
    """A young person's own things: bookings, orders if there are any, what waits for a parent, family, privacy, help; no sums."""
    day = day_of(request.user, now=timezone.now())
    context = {
        "young": selectors.young_overview(request.user),
        "limits": day and day.limits,
        "open_ask": open_ask_of(request.user),
        "has_orders": Order.objects.filter(user=request.user).exists(),
        "unread": unread_message_count(request.user),
    }
    return render(request, "home/young_me.html", context)
