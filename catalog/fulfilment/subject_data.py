"""What was opened and what was sent: courses with the lessons finished, parcels."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Obstacle, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes, stays, stripped

from .enums import ShipmentStatus
from .models import Entitlement, LessonProgress, Shipment

ON_THE_WAY = (ShipmentStatus.WAITING, ShipmentStatus.SHIPPED)


def _entitlements(subject: Subject) -> "QuerySet[Entitlement]":
    mine = Q(user=subject.user) if subject.user else Q()
    if subject.child:
        mine |= Q(child=subject.child)
    return Entitlement.objects.filter(mine).select_related("product", "child").order_by("opened_at", "pk")


def _parcels(subject: Subject) -> "QuerySet[Shipment]":
    if subject.user is None:
        return Shipment.objects.none()
    return Shipment.objects.filter(order__user=subject.user).select_related("order", "partner").order_by("created_at")


def _course_row(entitlement: Entitlement) -> dict[str, Any]:
    return {
        "title": entitlement.product.title,
        "child": entitlement.child.nickname if entitlement.child else None,
        "opened_at": entitlement.opened_at,
        "ended_at": entitlement.ended_at,
        "finished": [
            {"lesson": each.lesson.title, "finished_at": each.finished_at} for each in entitlement.progress.all()
        ],
    }


def _parcel_row(parcel: Shipment) -> dict[str, Any]:
    return {
        "order": parcel.order.number,
        "organisation": parcel.partner.name,
        "status": parcel.get_status_display(),
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "shipped_at": parcel.shipped_at,
        "delivered_at": parcel.delivered_at,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    courses = {
        "title": _("课程"),
        "child": _("为谁"),
        "opened_at": _("开通"),
        "finished": _("学完的课"),
    }
    parcels = {
        "order": _("订单"),
        "organisation": _("机构"),
        "status": _("状态"),
        "carrier": _("快递公司"),
        "tracking_number": _("运单号"),
    }
    opened = _entitlements(subject).prefetch_related("progress__lesson")
    return [
        Section("courses", _("开通的课程"), courses, [_course_row(each) for each in opened]),
        Section("parcels", _("包裹"), parcels, [_parcel_row(each) for each in _parcels(subject)]),
    ]


def _removals(subject: Subject) -> list[Removal]:
    entitlements = _entitlements(subject)
    title = _("包裹的运单号和时间（没有收件人和地址）")
    removals = [goes(_("学习进度"), LessonProgress.objects.filter(entitlement__in=entitlements.order_by()))]
    if subject.user:
        removals.append(goes(_("开通的课程"), Entitlement.objects.filter(user=subject.user)))
        removals.append(stays(_parcels(subject), record_class="orders", dated="created_at", title=title))
    if subject.child:
        bought_by_others = Entitlement.objects.filter(child=subject.child)
        removals.append(stripped(_("课程里的“为谁”"), bought_by_others, child=None))
    return removals


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def _obstacles(subject: Subject) -> list[Obstacle]:
    return [
        Obstacle(
            _("订单 %(number)s 的包裹还没有签收。收到以后再删除资料。") % {"number": parcel.order.number},
            reverse("mine:parcels"),
            _("查看包裹"),
        )
        for parcel in _parcels(subject).filter(status__in=ON_THE_WAY)
    ]


def register_subject_data() -> None:
    """Answer for courses and parcels."""
    register(
        SubjectData(
            key="fulfilment",
            title=_("课程和包裹"),
            covers=frozenset({"fulfilment.Entitlement", "fulfilment.LessonProgress", "fulfilment.Shipment"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            obstacles=_obstacles,
        )
    )
