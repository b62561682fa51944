"""A family's side of a talk about a booking: one's own words and the organisation's, nobody else's of the family."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from catalog.scheduling.models import Booking
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal

from . import rules, selectors, services
from .forms import MessageForm


@sensitive_post_parameters("words")
@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def talk(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Read what was said, and write."""
    found = Booking.objects.select_related("child", "occupancy__provider__partner", "service__product")
    booking = get_object_or_404(found, public_id=public_id)
    if not rules.is_familys(request.user, booking):  # type: ignore[arg-type]
        raise Http404
    form = MessageForm(request.POST or None)
    help_card = None
    if request.method == "POST" and form.is_valid():
        try:
            _message, answer = services.say_as_family(
                booking_id=booking.pk, person=request.user, words=form.cleaned_data["words"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if not answer.card:
                messages.success(request, _("已发出。"))
                return redirect("talk:talk", public_id)
            help_card, form = answer, MessageForm()
    said = list(selectors.talk_of(booking, request.user))
    prefetch_keys(said)
    services.mark_read(booking=booking, person=request.user, by_family=True)
    context = {
        "booking": booking,
        "said": said,
        "form": form,
        "is_open": rules.is_open(booking, timezone.now()),
        "answer": help_card,
    }
    return render(request, "talk/talk.html", context, status=422 if form.errors else 200)
