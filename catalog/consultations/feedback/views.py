"""Giving feedback on a session, and reading what others said about a product."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.browse.selectors.products import public_products
from catalog.scheduling.models import Booking
from marketplace.core.errors import Refusal

from . import rules, selectors, services
from .forms import FeedbackForm
from .models import Feedback

PAGE_SIZE = 20


def _booking(request: HttpRequest, public_id: UUID) -> Booking:
    """A session this person booked or attended; anybody else's does not exist."""
    found = Booking.objects.select_related("child", "occupancy__provider__partner", "service__product")
    booking = get_object_or_404(found, public_id=public_id)
    if rules.role_of(request.user, booking) is None:  # type: ignore[arg-type]
        raise Http404
    return booking


@sensitive_post_parameters("words")
@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def give(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say something about a session that took place; what was said is shown afterwards."""
    booking = _booking(request, public_id)
    given = selectors.feedback_by(request.user, booking)
    if given is not None:
        return _given_page(request, booking, given)
    if not rules.is_held(booking) or not rules.is_in_time(booking, timezone.now()):
        messages.info(request, _("见面进行过以后的两个月里，可以写评价。"))
        return redirect("bookings:detail", public_id)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_kept(request, booking, form):
        return redirect("feedback:give", public_id)
    context = {"booking": booking, "form": form}
    return render(request, "feedback/give.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one's words back."""
    given = get_object_or_404(Feedback.objects.select_related("booking"), public_id=public_id, person=request.user)
    services.withdraw_words(public_id=public_id, withdrawn_by=request.user)
    messages.success(request, _("文字已经撤回，不再显示。"))
    return redirect("feedback:give", given.booking.public_id)


@require_safe
def of_product(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything people said about a product."""
    product = get_object_or_404(public_products(), pk=pk)
    page = Paginator(selectors.shown_feedback(product), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"product": product, "page_obj": page, "summary": selectors.summary_of(product)}
    return render(request, "feedback/of_product.html", context)


def _is_kept(request: HttpRequest, booking: Booking, form: FeedbackForm) -> bool:
    try:
        services.give_feedback(booking_id=booking.pk, given_by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("谢谢你说出来。"))
    return True


def _given_page(request: HttpRequest, booking: Booking, given: Feedback) -> HttpResponse:
    return render(request, "feedback/given.html", {"booking": booking, "given": given})
