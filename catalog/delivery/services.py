"""Asking for a visit, planning it, handing the parcel over against the family's code."""

import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.locks import locked_shipment
from catalog.fulfilment.models import Shipment
from catalog.fulfilment.services import receive
from catalog.order.locks import locked_order
from catalog.partner.models import Partner
from marketplace.accounts.models import User
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from . import locks
from .enums import OPEN_STATES, DayPart, Explained, TaskState
from .errors import (
    CodeLocked,
    DayOutOfReach,
    NobodyDelivers,
    NotDeliverable,
    NotExplained,
    NotInTeam,
    NotOpen,
    NotThereYet,
    NotYourTask,
    WrongCode,
)
from .models import DeliveryOffer, DeliveryTask
from .rules import is_brought_by, may_carry
from .selectors import ON_THE_WAY, offers

LONGEST_AHEAD = timedelta(weeks=4)
MOST_TRIES = 5
_CODES = 900_000
_FIRST_CODE = 100_000


@dataclass(frozen=True)
class Wish:
    """When and how a family would like to be visited."""

    visit_on: date
    day_part: DayPart
    language: str


@transaction.atomic(durable=True)
def set_offer(*, partner: Partner, is_open: bool, languages: Collection[str]) -> DeliveryOffer:
    """Say whether a community brings parcels, and in which languages."""
    values = {"is_open": is_open and bool(languages), "languages": list(languages)}
    return DeliveryOffer.objects.update_or_create(partner=partner, defaults=values)[0]


@transaction.atomic(durable=True)
def ask_delivery(
    *, shipment: Shipment, community: Partner, wish: Wish, asked_by: User, now: datetime | None = None
) -> DeliveryTask:
    """Ask a community to bring a parcel and explain it. Raises NotDeliverable, NobodyDelivers, DayOutOfReach."""
    if shipment.order.user_id != asked_by.pk:
        raise NotDeliverable
    _refuse_day(wish.visit_on, now or timezone.now())
    offer = offers().filter(partner=community).first()
    if offer is None or wish.language not in offer.languages:
        raise NobodyDelivers
    locked_order(shipment.order_id)
    if locked_shipment(shipment.pk).status not in ON_THE_WAY:
        raise NotDeliverable
    try:
        with transaction.atomic():
            return DeliveryTask.objects.create(
                shipment=shipment,
                community=community,
                asked_by=asked_by,
                language=wish.language,
                visit_on=wish.visit_on,
                day_part=wish.day_part,
                code=_new_code(),
            )
    except IntegrityError as error:
        raise NotDeliverable from error


@transaction.atomic(durable=True)
def plan_delivery(*, task: DeliveryTask, worker: User, planned_by: User, now: datetime | None = None) -> DeliveryTask:
    """Give a task to one of the community's people, or to another one. Raises NotOpen, NotInTeam, NotYourTask."""
    if not may_carry(planned_by, task.community_id):
        raise NotYourTask
    if not may_carry(worker, task.community_id):
        raise NotInTeam
    task = _open_task(task)
    is_new = task.worker_id != worker.pk
    task.state, task.worker, task.planned_at = TaskState.PLANNED, worker, now or timezone.now()
    task.save(update_fields=["state", "worker", "planned_at"])
    if is_new:
        _tell(worker, task, "carry", _("有一次上门交给你了。"), reverse("communities:rounds"))
        _tell(
            task.asked_by, task, "planned", _("上门的时间安排好了。"), reverse("delivery:detail", args=[task.public_id])
        )
    return task


@transaction.atomic(durable=True)
def note_missed(*, task: DeliveryTask, missed_by: User) -> DeliveryTask:
    """Note that nobody opened: the family chooses another day. Raises NotOpen, NotYourTask."""
    task = _brought(_open_task(task), missed_by)
    task.missed += 1
    task.state, task.worker, task.planned_at = TaskState.ASKED, None, None
    task.save(update_fields=["missed", "state", "worker", "planned_at"])
    body = _("今天来过，没有遇到人。方便的话，另选一天。")
    _tell(task.asked_by, task, f"missed-{task.missed}", body, reverse("delivery:detail", args=[task.public_id]))
    return task


@transaction.atomic(durable=True)
def move_delivery(*, task: DeliveryTask, asked_by: User, wish: Wish, now: datetime | None = None) -> DeliveryTask:
    """Choose another day; the community plans anew. Raises NotYourTask, NotOpen, DayOutOfReach, NobodyDelivers."""
    task = _open_task(_own(task, asked_by))
    _refuse_day(wish.visit_on, now or timezone.now())
    offer = offers().filter(partner=task.community_id).first()
    if offer is None or wish.language not in offer.languages:
        raise NobodyDelivers
    task.visit_on, task.day_part, task.language = wish.visit_on, wish.day_part, wish.language
    task.state, task.worker, task.planned_at = TaskState.ASKED, None, None
    task.save(update_fields=["visit_on", "day_part", "language", "state", "worker", "planned_at"])
    return task


@transaction.atomic(durable=True)
def cancel_delivery(*, task: DeliveryTask, asked_by: User, now: datetime | None = None) -> DeliveryTask:
    """Do without the visit; the parcel goes its usual way. Raises NotYourTask, NotOpen."""
    task = _open_task(_own(task, asked_by))
    task.state, task.ended_at, task.code = TaskState.CANCELLED, now or timezone.now(), ""
    task.save(update_fields=["state", "ended_at", "code"])
    return task


@transaction.atomic(durable=True)
def renew_code(*, task: DeliveryTask, asked_by: User) -> DeliveryTask:
    """Draw a new code; the one before opens nothing. Raises NotYourTask, NotOpen."""
    task = _open_task(_own(task, asked_by))
    task.code, task.wrong_tries = _new_code(), 0
    task.save(update_fields=["code", "wrong_tries"])
    return task


def hand_over(
    *, task: DeliveryTask, code: str, explained: Collection[str], handed_by: User, now: datetime | None = None
) -> DeliveryTask:
    """Close a task with the family's code once everything is explained: the parcel has arrived.

    A wrong code is counted even though it is refused, so that nobody tries a million of them.
    Raises: NotYourTask, NotOpen, NotThereYet, NotExplained, CodeLocked, WrongCode.
    """
    if set(explained) != set(Explained):
        raise NotExplained
    handed = _hand_over(task, code.strip(), handed_by, now or timezone.now())
    if handed is None:
        raise WrongCode
    return handed


@transaction.atomic(durable=True)
def _hand_over(task: DeliveryTask, code: str, handed_by: User, now: datetime) -> DeliveryTask | None:
    """The closed task; None for a wrong code, which is counted."""
    shipment = task.shipment
    locked_order(shipment.order_id)
    shipment = locked_shipment(shipment.pk)
    task = _brought(_open_task(task), handed_by)
    if shipment.status != ShipmentStatus.SHIPPED:
        raise NotThereYet
    if task.wrong_tries >= MOST_TRIES:
        raise CodeLocked
    if not hmac.compare_digest(code.encode(), task.code.encode()):
        task.wrong_tries += 1
        task.save(update_fields=["wrong_tries"])
        return None
    receive(shipment=shipment, now=now)
    task.state, task.ended_at, task.code = TaskState.DONE, now, ""
    task.explained = list(Explained)
    task.save(update_fields=["state", "ended_at", "code", "explained"])
    body = _("包裹已经交到手上，也讲过怎么用了。要退的话，从今天起七天内都可以。")
    _tell(task.asked_by, task, "done", body, reverse("delivery:detail", args=[task.public_id]))
    return task


def _new_code() -> str:
    return str(_FIRST_CODE + secrets.randbelow(_CODES))


def _refuse_day(day: date, now: datetime) -> None:
    today = timezone.localdate(now)
    if not today < day <= today + LONGEST_AHEAD:
        raise DayOutOfReach


def _own(task: DeliveryTask, user: User) -> DeliveryTask:
    if task.asked_by_id != user.pk:
        raise NotYourTask
    return task


def _brought(task: DeliveryTask, user: User) -> DeliveryTask:
    """The task, if it is this person's to bring now; asked of the locked row, because tasks change hands."""
    if not is_brought_by(user, task):
        raise NotYourTask
    return task


def _open_task(task: DeliveryTask) -> DeliveryTask:
    task = locks.locked_task(task.pk)
    if task.state not in OPEN_STATES:
        raise NotOpen
    return task


def _tell(person: User, task: DeliveryTask, what: str, body: str, url: str) -> None:
    stamp = f"{task.visit_on}-{person.pk}"
    notify(
        key=f"visit-{task.public_id}-{what}-{stamp}",
        recipient=person,
        subject=_("送货上门"),
        body=body,
        url=url,
        channels=[Channel.IN_APP],
    )
