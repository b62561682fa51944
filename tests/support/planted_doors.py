"""The site with doors that are wrong on purpose: a walk that does not find each of them finds nothing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from catalog.order.models import Order
from marketplace import urls
from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from marketplace.doors.kinds import FAMILIES, SIGNED_IN, SUPPORT_ON_DUTY, Door, Whose
from marketplace.families.models import Child
from tests.support.door_walk import Walk, World

PREFIX = "planted"


@login_required
def anybodys_order(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Forgets to ask whose order it is."""
    return HttpResponse(Order.objects.get(public_id=public_id).number)


@login_required
def list_of_all(request: HttpRequest) -> HttpResponse:
    """Shows a list that was never narrowed to the person."""
    return HttpResponse(" ".join(Child.objects.values_list("nickname", flat=True)))


@login_required
def quiet_change(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Refuses politely, after it has changed a stranger's row."""
    Child.objects.filter(public_id=public_id).update(school_year=None, nickname="改了")
    raise Http404


@role_required(Role.STAFF)
def without_duty(request: HttpRequest) -> HttpResponse:
    """Asks for the role and forgets the duty."""
    return HttpResponse("inside")


def without_second_step(request: HttpRequest) -> HttpResponse:
    """Asks for role and duty by hand, and forgets the second step."""
    if not request.user.is_authenticated or not request.user.duty_shifts.filter(duty="support").exists():
        raise Http404
    return HttpResponse("inside")


@login_required
def shut_to_all(request: HttpRequest) -> HttpResponse:
    """Refuses those it is for."""
    raise Http404


@login_required
def whole_of_oscar(request: HttpRequest) -> HttpResponse:
    """Nobody declared it."""
    return HttpResponse("inside")


urlpatterns = [
    path("planted/orders/<uuid:public_id>/", anybodys_order, name="planted_order"),
    path("planted/all/", list_of_all, name="planted_list"),
    path("planted/change/<uuid:public_id>/", quiet_change, name="planted_change"),
    path("planted/duty/", without_duty, name="planted_duty"),
    path("planted/step/", without_second_step, name="planted_step"),
    path("planted/shut/", shut_to_all, name="planted_shut"),
    path("planted/undeclared/", whole_of_oscar, name="planted_undeclared"),
    *urls.urlpatterns,
]

DOORS = {
    "planted_order": Door(SIGNED_IN, Whose.OWN, of="order"),
    "planted_list": Door(SIGNED_IN, Whose.OWN_CHILD),
    "planted_change": Door(FAMILIES, Whose.OWN_CHILD, of="child"),
    "planted_duty": Door(SUPPORT_ON_DUTY, Whose.STAFF_QUEUE),
    "planted_step": Door(SUPPORT_ON_DUTY, Whose.STAFF_QUEUE),
    "planted_shut": Door(FAMILIES, Whose.OWN),
    "planted_gone": Door(FAMILIES, Whose.OWN),
}
EXPECTED = (*DOORS, "planted_undeclared")


def find_planted(world: World) -> set[str]:
    """Return which of these doors a walk complains about."""
    with override_settings(ROOT_URLCONF="tests.support.planted_doors"):
        found = Walk(world, doors=DOORS).all()
    return {name for name in EXPECTED if any(name in fault for fault in found.faults)}
