"""What scheduling holds about people: bookings, and the page of somebody who gives care."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Obstacle, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes, stays
from marketplace.core.formatting import moment_text

from .enums import BookingStatus, CancelledBy
from .fhir import appointment, basis_of
from .models import Booking, BusyCalendar, CalendarFeed, Provider
from .rules import PAID_AHEAD
from .services import release_bookings


def _bookings(subject: Subject) -> QuerySet[Booking]:
    """Of a child its own; of an adult those they made."""
    mine = Q(child=subject.child) if subject.child else Q()
    if subject.user:
        mine |= Q(booked_by=subject.user)
    return (
        Booking.objects.filter(mine)
        .select_related("occupancy__provider__partner", "occupancy__location", "service__product", "child")
        .order_by("occupancy__starts_at", "pk")
    )


def _place(booking: Booking) -> str:
    location = booking.occupancy.location
    return f"{location.name} {location.address}" if location else ""


def _time_and_place(booking: Booking) -> dict[str, Any]:
    """What a guardian of a young person sees of a booking: never what it is about (D6)."""
    return {
        "starts_at": booking.occupancy.starts_at,
        "ends_at": booking.occupancy.ends_at,
        "mode": booking.get_mode_display(),
        "place": _place(booking),
        "organisation": booking.occupancy.provider.partner.name,
        "status": booking.get_status_display(),
    }


def _whole(booking: Booking) -> dict[str, Any]:
    return _time_and_place(booking) | {
        "id": booking.public_id,
        "title": booking.service.product.title,
        "provider": booking.occupancy.provider.name,
        "child": booking.child.nickname,
        "booked_at": booking.created_at,
        "cancelled_at": booking.cancelled_at,
        "cancelled_by": booking.get_cancelled_by_display(),
        "moved_count": booking.moved_count,
    }


def _export(subject: Subject) -> list[Section]:
    full = subject.scope is Scope.FULL
    columns = {
        "starts_at": _("时间"),
        "mode": _("方式"),
        "place": _("地点"),
        "organisation": _("机构"),
        "status": _("状态"),
    }
    if full:
        columns |= {"title": _("预约的是什么"), "provider": _("咨询师"), "child": _("为谁")}
    rows = [_whole(each) if full else _time_and_place(each) for each in _bookings(subject)]
    sections = [Section("bookings", _("预约"), columns, rows, scope=subject.scope)]
    if full and subject.user:
        sections += _provider_sections(subject.user)
        sections += _calendar_sections(subject.user)
    return sections


def _calendar_sections(user: Any) -> list[Section]:
    feeds = [
        {
            "kind": each.get_kind_display(),
            "opened_at": each.created_at,
            "read_at": each.read_at,
            "ended_at": each.ended_at,
        }
        for each in user.calendar_feeds.order_by("pk")
    ]
    calendars = [
        {"label": each.label, "address": each.address, "added_at": each.added_at, "read_at": each.read_at}
        for each in BusyCalendar.objects.filter(provider__user=user).select_related("provider").order_by("pk")
    ]
    feed_columns = {"kind": _("显示什么"), "opened_at": _("启用"), "read_at": _("最近读取"), "ended_at": _("停用")}
    columns = {"label": _("名称"), "address": _("日历地址"), "added_at": _("添加"), "read_at": _("最近读取")}
    return [
        *([Section("calendar_feeds", _("私密日历地址"), feed_columns, feeds)] if feeds else []),
        *([Section("busy_calendars", _("我的其他日历"), columns, calendars)] if calendars else []),
    ]


def _provider_sections(user: Any) -> list[Section]:
    rows = [
        {
            "name": each.name,
            "title": each.title,
            "organisation": each.partner.name,
            "credential": each.credential,
            "biography": each.biography,
        }
        for each in Provider.objects.filter(user=user).select_related("partner")
    ]
    columns = {
        "name": _("姓名"),
        "title": _("头衔"),
        "organisation": _("机构"),
        "credential": _("资质"),
        "biography": _("介绍"),
    }
    return [Section("provider", _("公开的咨询师页面"), columns, rows)] if rows else []


def _fhir(subject: Subject) -> list[dict[str, Any]]:
    bookings, is_full = list(_bookings(subject)), subject.scope is Scope.FULL
    based = basis_of(bookings) if is_full else {}
    return [appointment(each, full=is_full, based_on=based.get(each.pk, "")) for each in bookings]


def _removals(subject: Subject) -> list[Removal]:
    title = _("预约的时间、地点和各方（没有称呼和内容）")
    removals = [stays(_bookings(subject), record_class="bookings", dated="occupancy__ends_at", title=title)]
    if subject.user:
        removals += [
            goes(_("私密日历地址"), CalendarFeed.objects.filter(person=subject.user)),
            goes(_("我的其他日历"), BusyCalendar.objects.filter(provider__user=subject.user)),
        ]
    return removals


def _erase(subject: Subject) -> ErasureOutcome:
    """Give back times that are only held; what was booked and is over stays, without a name."""
    held = _bookings(subject).filter(status=BookingStatus.PENDING)
    release_bookings(booking_ids=list(held.values_list("pk", flat=True)), cancelled_by=CancelledBy.FAMILY)
    return carried_out(_removals(subject))


def _obstacles(subject: Subject) -> list[Obstacle]:
    coming = _bookings(subject).filter(status__in=PAID_AHEAD, occupancy__ends_at__gt=timezone.now())
    return [
        Obstacle(
            _("%(when)s 还有一个预约。先去，或者先取消它，再删除资料。")
            % {"when": moment_text(each.occupancy.starts_at)},
            reverse("bookings:detail", args=[each.public_id]),
            _("查看预约"),
        )
        for each in coming
    ]


def register_subject_data() -> None:
    """Answer for bookings."""
    register(
        SubjectData(
            key="scheduling",
            title=_("预约"),
            covers=frozenset(
                {
                    "scheduling.Booking",
                    "scheduling.BookingSeries",
                    "scheduling.BusyCalendar",
                    "scheduling.BusyTime",
                    "scheduling.CalendarFeed",
                    "scheduling.Occupancy",
                    "scheduling.Provider",
                }
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            fhir=_fhir,
            obstacles=_obstacles,
        )
    )
