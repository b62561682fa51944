"""What a family bought: courses to open, parcels to wait for."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.catalogue.models import Product
from marketplace.core.errors import Refusal

from . import selectors, services
from .errors import NotYours
from .selectors import Course, LessonView

PAGE_SIZE = 20


@login_required
def library(request: HttpRequest) -> HttpResponse:
    """List the courses and practices the person may open, and what their plan opens besides."""
    page = Paginator(selectors.entitlements_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "with_plan": selectors.courses_with_plan(request.user)}
    return render(request, "fulfilment/library.html", context)


@require_POST
@login_required
def open_course(request: HttpRequest) -> HttpResponse:
    """Open a course that is theirs or that their plan opens."""
    number = request.POST.get("product", "")
    product = get_object_or_404(Product, pk=number if number.isdecimal() else 0)
    try:
        entitlement = services.open_course(user=request.user, product=product)
    except NotYours:
        raise Http404 from None
    return redirect("mine:course", public_id=entitlement.public_id)


@login_required
def parcels(request: HttpRequest) -> HttpResponse:
    """List the person's parcels with their state."""
    page = Paginator(selectors.parcels_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "fulfilment/parcels.html", {"page": page})


@require_POST
@login_required
def received(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note that a parcel has arrived."""
    parcel = get_object_or_404(selectors.parcels_of(request.user), public_id=public_id)
    try:
        services.note_received(user=request.user, shipment=parcel)
        messages.success(request, _("收到就好。需要退的话，从今天起七天内都可以。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("mine:parcels")


@login_required
def course(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a course: how far the person is, and its lessons."""
    return render(request, "fulfilment/course.html", {"course": _own_course(request, public_id)})


@login_required
def lesson(request: HttpRequest, public_id: UUID, position: int) -> HttpResponse:
    """Show one lesson."""
    found = _own_course(request, public_id)
    index, shown = _lesson_at(found, position)
    context = {
        "course": found,
        "shown": shown,
        "number": index + 1,
        "before": found.lessons[index - 1] if index else None,
        "after": found.lessons[index + 1] if index + 1 < len(found.lessons) else None,
    }
    return render(request, "fulfilment/lesson.html", context)


@require_POST
@login_required
def finish(request: HttpRequest, public_id: UUID, position: int) -> HttpResponse:
    """Note that a lesson was finished, and go on to the next one."""
    found = _own_course(request, public_id)
    index, shown = _lesson_at(found, position)
    try:
        services.finish_lesson(entitlement=found.entitlement, lesson=shown.lesson, user=request.user)
    except NotYours:
        raise Http404 from None
    if index + 1 < len(found.lessons):
        return redirect("mine:lesson", public_id=public_id, position=found.lessons[index + 1].lesson.position)
    return redirect("mine:course", public_id=public_id)


def _own_course(request: HttpRequest, public_id: UUID) -> Course:
    found = selectors.course_of(request.user, public_id)
    if found is None:
        raise Http404
    return found


def _lesson_at(found: Course, position: int) -> tuple[int, LessonView]:
    for index, view in enumerate(found.lessons):
        if view.lesson.position == position:
            return index, view
    raise Http404
