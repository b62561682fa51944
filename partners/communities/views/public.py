"""What anybody sees: the activities to come, one of them, signing up, and saying afterwards what it was like."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.models import User
from marketplace.core.errors import Refusal

from .. import selectors, services
from ..forms import AnswerForm, SignUpForm
from ..models import SignUp
from ..services.attending import is_open

MOST_SHOWN = 60


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """What is to come, of all communities or of one district."""
    now, district = timezone.now(), request.GET.get("district", "")[:30]
    context = {
        "rows": selectors.public_activities(now, district=district)[:MOST_SHOWN],
        "districts": selectors.districts(now),
        "district": district,
    }
    return render(request, "communities/public/list.html", context)


@require_safe
def activity(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One activity, and the way to sign up."""
    found = get_object_or_404(selectors.shown_activities(), public_id=public_id)
    now = timezone.now()
    context = {
        "activity": found,
        "is_open": is_open(found, now),
        "is_over": found.ends_at <= now,
        "sign_up": selectors.sign_up_of(found, request.user),
        "opinion": selectors.opinion_of(found),
        "form": SignUpForm(),
        "answer_form": AnswerForm(),
    }
    return render(request, "communities/public/activity.html", context)


@require_POST
@login_required
def sign_up(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take seats."""
    found = get_object_or_404(selectors.shown_activities(), public_id=public_id)
    form = SignUpForm(request.POST)
    try:
        seats = form.cleaned_data["seats"] if form.is_valid() else 1
        services.sign_up(activity=found, person=cast(User, request.user), seats=seats)
        messages.success(request, _("报好了。到的时候给门口的人看报名号就行。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@require_POST
@login_required
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the seats back."""
    mine = _own(request, public_id)
    try:
        services.cancel_sign_up(sign_up=mine)
        messages.success(request, _("取消了，座位让给别人。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(mine.activity)


@require_POST
@login_required
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what it was like; once, and nobody knows who said it."""
    mine = _own(request, public_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("两个问题都请选一个。"))
        return redirect(mine.activity)
    try:
        services.answer_activity(sign_up=mine, **form.cleaned_data)
        messages.success(request, _("谢谢。不会有人知道是谁说的。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(mine.activity)


def _own(request: HttpRequest, public_id: UUID) -> SignUp:
    """The person's own sign-up, by its id; 404 for anybody else's."""
    found = SignUp.objects.select_related("activity").filter(public_id=public_id, person=cast(User, request.user))
    mine = found.first()
    if mine is None:
        raise Http404
    return mine
