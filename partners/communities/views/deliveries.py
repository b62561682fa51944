"""Bringing parcels: what a manager plans, and a worker's rounds with the little they need at the door."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.delivery import selectors as deliveries
from catalog.delivery import services as delivering
from catalog.delivery.models import DeliveryTask
from marketplace.consent.enums import Affiliation, DataItem, Purpose, Reason
from marketplace.core.audit.services import AccessNote, record_accesses
from marketplace.core.errors import Refusal
from marketplace.core.labels import kept_label

from ..access import community_view, manager_view
from ..forms import HandOverForm, OfferForm, PlanVisitForm
from ..rules import Portal


@require_http_methods(["GET", "POST"])
@never_cache
@manager_view
def visits(request: HttpRequest, portal: Portal) -> HttpResponse:
    """What is to be planned, by part of town; and what the community offers."""
    offer = deliveries.offer_of(portal.partner.pk)
    initial = {"is_open": offer.is_open, "languages": offer.languages} if offer else {}
    form = OfferForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        delivering.set_offer(partner=portal.partner, **form.cleaned_data)
        messages.success(request, _("存好了。"))
        return redirect("communities:visits")
    people = _people(portal)
    rows = [
        (task, deliveries.part_of_town(task), PlanVisitForm(people=people, auto_id=f"id_{task.pk}_%s"))
        for task in deliveries.tasks_to_plan(portal.partner.pk)
    ]
    context = {"portal": portal, "page": "visits", "rows": rows, "form": form}
    return render(request, "communities/visits.html", context, status=400 if form.errors else 200)


def _people(portal: Portal) -> list[tuple[str, str]]:
    carriers = deliveries.carriers_of(portal.partner.pk)
    return [(str(person.public_id), person.nickname or _("没有写称呼")) for person in carriers]


@require_POST
@manager_view
def plan_visit(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Say who goes."""
    task = get_object_or_404(deliveries.tasks_to_plan(portal.partner.pk), public_id=public_id)
    chosen = request.POST.get("worker", "")
    worker = next((each for each in deliveries.carriers_of(portal.partner.pk) if str(each.public_id) == chosen), None)
    if worker is None:
        messages.error(request, _("请选一个人。"))
        return redirect("communities:visits")
    try:
        delivering.plan_delivery(task=task, worker=worker, planned_by=portal.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("communities:visits")


@require_GET
@never_cache
@community_view
def rounds(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Where this person goes: name, address, a neutral word for the parcel, and nothing else."""
    tasks = list(deliveries.tasks_of(portal.user, portal.partner.pk))
    write_down_visits(portal, tasks)
    context = {"portal": portal, "page": "rounds", "rows": [deliveries.door_view(task) for task in tasks]}
    return render(request, "communities/rounds.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@community_view
def hand_over(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """At the door: the list gone through, and the family's code."""
    task = _own_task(portal, public_id)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            delivering.hand_over(task=task, handed_by=portal.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("交到手上了，谢谢你跑这一趟。"))
            return redirect("communities:rounds")
    write_down_visits(portal, [task])
    context = {"portal": portal, "page": "rounds", "shown": deliveries.door_view(task), "form": form}
    return render(request, "communities/hand_over.html", context, status=400 if form.errors else 200)


@require_POST
@community_view
def missed(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Nobody opened."""
    try:
        delivering.note_missed(task=_own_task(portal, public_id), missed_by=portal.user)
        messages.success(request, _("记下了，家人会另选一天。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("communities:rounds")


def _own_task(portal: Portal, public_id: UUID) -> DeliveryTask:
    task = deliveries.tasks_of(portal.user, portal.partner.pk).filter(public_id=public_id).first()
    if task is None:
        raise Http404
    return task


def write_down_visits(portal: Portal, tasks: Sequence[DeliveryTask]) -> None:
    """Write down that the page showed where these families live: one INSERT."""
    record_accesses(
        AccessNote(
            actor=portal.user,
            subject_id=task.asked_by.public_id,
            items=[DataItem.CONTACT],
            purpose=Purpose.CARE,
            reason=Reason.SERVICE,
            actor_label=kept_label(portal.partner.name, Affiliation.COMMUNITY_WORKER.label),
            records=[task.public_id],
        )
        for task in tasks
    )
