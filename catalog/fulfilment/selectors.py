"""Reads of what a family bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from catalog.catalogue.enums import ProductKind
from catalog.catalogue.models import Lesson, Product
from catalog.order.models import Order
from catalog.partner.models import Partner
from marketplace.accounts.models import User
from payments.subscriptions.enums import Benefit

from .entitlement import entitlement_for
from .enums import ShipmentStatus
from .models import Entitlement, Shipment


def entitlements_of(user: User) -> QuerySet[Entitlement]:
    """Return what the person may open, newest first, with `lesson_count` and `finished_count`.

    Bought for good, and what they began with a plan as long as it opens courses.
    """
    mine = Entitlement.objects.filter(user=user, ended_at__isnull=True)
    if not entitlement_for(user, Benefit.COURSES).opened:
        mine = mine.filter(order_line__isnull=False)
    return (
        mine.select_related("product", "child")
        .annotate(
            lesson_count=Count("product__lessons", distinct=True), finished_count=Count("progress", distinct=True)
        )
        .order_by("-opened_at")
    )


def courses_with_plan(user: User) -> QuerySet[Product]:
    """Return the courses that the person's plan opens and they have not begun, with `lesson_count`; none without it."""
    if not entitlement_for(user, Benefit.COURSES).opened:
        return Product.objects.none()
    begun = Entitlement.objects.filter(user=user, ended_at__isnull=True).values("product_id")
    return (
        Product.objects.filter(kind=ProductKind.COURSE, is_public=True)
        .exclude(pk__in=begun)
        .annotate(lesson_count=Count("lessons"))
        .filter(lesson_count__gt=0)
        .order_by("title", "pk")
    )


def entitlements_from(order: Order) -> QuerySet[Entitlement]:
    """Return what an order opened and is still open."""
    return Entitlement.objects.filter(order_line__order=order, ended_at__isnull=True).select_related("product")


def parcels_of(user: User) -> QuerySet[Shipment]:
    """Return the person's parcels, newest first, with what is in them."""
    return _with_contents(Shipment.objects.filter(order__user=user))


def parcels_from(order: Order) -> QuerySet[Shipment]:
    """Return the parcels of an order, one per partner."""
    return _with_contents(Shipment.objects.filter(order=order))


def parcels_to_send(partner: Partner) -> QuerySet[Shipment]:
    """Return the parcels a partner has still to send, the oldest first, with addresses."""
    waiting = Shipment.objects.filter(partner=partner, status=ShipmentStatus.WAITING)
    return _with_contents(waiting).select_related("order__shipping_address").order_by("created_at")


def _with_contents(shipments: QuerySet[Shipment]) -> QuerySet[Shipment]:
    return shipments.select_related("order", "partner").prefetch_related("lines").order_by("-created_at")


@dataclass(frozen=True)
class LessonView:
    """A lesson as its reader sees it."""

    lesson: Lesson
    is_finished: bool


@dataclass(frozen=True)
class Course:
    """An opened course: lessons in order, and how far its reader is."""

    entitlement: Entitlement
    lessons: Sequence[LessonView]

    @property
    def finished_count(self) -> int:
        return sum(view.is_finished for view in self.lessons)

    @property
    def next_lesson(self) -> Lesson | None:
        """The first lesson that is not finished yet."""
        return next((view.lesson for view in self.lessons if not view.is_finished), None)


def course_of(user: User, public_id: UUID) -> Course | None:
    """Return a course this person may open, else None."""
    entitlement = entitlements_of(user).filter(public_id=public_id).first()
    if entitlement is None:
        return None
    finished = set(entitlement.progress.values_list("lesson_id", flat=True))
    lessons = Lesson.objects.filter(product=entitlement.product_id).order_by("position")
    return Course(entitlement, [LessonView(lesson, lesson.pk in finished) for lesson in lessons])
