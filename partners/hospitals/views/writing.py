"""Whoever cares for a young person writes to a hospital, and sees what becomes of it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services import look
from marketplace.core.errors import Refusal

from .. import services
from ..forms import LetterForm
from ..selectors import carer_of, letters_by
from ..sights import look_as_writer

PAGE_SIZE = 20


@never_cache
@require_GET
@role_required(Role.PRACTITIONER)
def mine(request: HttpRequest) -> HttpResponse:
    """The letters this person wrote."""
    user = cast(User, request.user)
    page = Paginator(letters_by(user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "hospitals/mine.html", {"page_obj": page, "sights": look_as_writer(user, list(page))})


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(Role.PRACTITIONER)
def new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write about whom one's own booking is for."""
    user = cast(User, request.user)
    booking = carer_of(user, public_id)
    if booking is None:
        raise Http404
    child = booking.child
    seen = look(viewer=user, children=[child], items=(DataItem.PROFILE,), purpose=Purpose.CARE)
    decision = seen.may_see(child, DataItem.PROFILE)
    if not decision:
        raise Http404
    form = LetterForm(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        try:
            letter = services.write_letter(
                child=child, provider=booking.occupancy.provider, written_by=user, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已发给医院。"))
            return redirect("referrals:letter", letter.public_id)
    context = {"child": child, "decision": decision, "form": form, "booking": booking}
    return render(request, "hospitals/new.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(Role.PRACTITIONER)
def letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One's own letter with the hospital's answer; sent by POST, it is taken back."""
    user = cast(User, request.user)
    found = letters_by(user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            services.withdraw_letter(public_id=public_id, by=user)
            messages.success(request, _("已收回，医院不会再看到。"))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("referrals:letter", public_id)
    return render(request, "hospitals/own_letter.html", {"sight": look_as_writer(user, [found])[0]})
