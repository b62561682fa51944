"""A portal with rows that nobody guards: a walk that does not find each of them proves nothing."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.test import override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from catalog.partner.enums import OrganisationType
from catalog.scheduling.models import Room
from marketplace import urls
from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from marketplace.doors.kinds import MANAGERS, Door, Whose
from partners.schools.models import SchoolList

from .databases import unsaved
from .isolation import Neighbours

_staff = role_required(Role.PARTNER_STAFF)


@_staff
def any_row(request: HttpRequest, public_id: str) -> HttpResponse:
    """Fetches a row by its id, and never asks whose it is."""
    return HttpResponse(str(get_object_or_404(SchoolList, public_id=public_id).public_id))


@_staff
def every_row(request: HttpRequest) -> JsonResponse:
    """Hands out a list that was never narrowed to the organisation."""
    return JsonResponse({"lists": [str(row) for row in SchoolList.objects.values_list("public_id", flat=True)]})


@csrf_exempt
@_staff
def any_choice(request: HttpRequest) -> HttpResponse:
    """Offers one's own rooms, and takes anybody's."""
    if request.method == "POST":
        Room.objects.filter(pk=request.POST["room"]).update(name="改了")
        return HttpResponse("done")
    own = Room.objects.filter(location__partner__users=request.user).first()
    return HttpResponse(f'<form method="post"><input type="hidden" name="room" value="{own.pk if own else 0}"></form>')


urlpatterns = [
    path("planted/rows/<uuid:public_id>/", any_row, name="planted_row"),
    path("planted/list/", every_row, name="planted_list"),
    path("planted/choice/", any_choice, name="planted_choice"),
    *urls.urlpatterns,
]
DOORS = {
    "planted_row": Door(MANAGERS, Whose.OWN_ORGANISATION, of="draft of a school list"),
    "planted_list": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "planted_choice": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "clinics:room_edit": Door(MANAGERS, Whose.OWN_ORGANISATION, of="own room"),  # so that each side has a room
}
EXPECTED = ("planted_row", "planted_list", "planted_choice")


def find_planted() -> set[str]:
    """Return which of them a walk complains about."""
    with override_settings(ROOT_URLCONF="tests.support.planted_isolation"), unsaved():
        found = Neighbours(OrganisationType.SCHOOL, urlconf="tests.support.planted_isolation", doors=DOORS).walk()
    return {name for name in EXPECTED if any(name in leak for leak in found.leaks)}
