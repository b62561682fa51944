"""Messages of families about their bookings, and answering them. Who a child is, consent's door decides as on other pages."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from catalog.consultations.talk import rules, selectors, services
from catalog.consultations.talk.forms import MessageForm
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal

from ..access import booking_of, portal_view
from ..rules import Portal
from ..sights import look_at_bookings

PAGE_SIZE = 20


@never_cache
@require_GET
@portal_view
def talks(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The bookings that are talked about, what waits for an answer first; no word of it here."""
    page = Paginator(selectors.talked_about(portal.providers()), PAGE_SIZE).get_page(request.GET.get("page"))
    look_at_bookings(portal, page.object_list)
    return render(request, "clinics/talks.html", {"portal": portal, "page": "talks", "page_obj": page})


@sensitive_post_parameters("words")
@never_cache
@require_http_methods(["GET", "POST"])
@portal_view
def talk(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """One talk, with one person of the family at a time."""
    booking = booking_of(portal, public_id)
    people = selectors.people_of(booking)
    wanted = request.GET.get("with", "")
    person = next((each for each in people if str(each.public_id) == wanted), people[0] if people else None)
    if person is None or not booking.sight.detail:  # type: ignore[attr-defined]
        raise Http404
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.say_as_organisation(
                booking_id=booking.pk, person=person, author=portal.user, words=form.cleaned_data["words"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已发出。"))
            return redirect(f"{reverse('clinics:talk', args=[public_id])}?with={person.public_id}")
    said = list(selectors.talk_of(booking, person))
    prefetch_keys(said)
    services.mark_read(booking=booking, person=person, by_family=False)
    context = {
        "portal": portal,
        "page": "talks",
        "booking": booking,
        "people": [(each, each.pk == booking.child.account_id) for each in people],
        "person": person,
        "said": said,
        "form": form,
        "is_open": rules.is_open(booking, timezone.now()),
    }
    return render(request, "clinics/talk.html", context, status=422 if form.errors else 200)
