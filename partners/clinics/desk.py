"""What the portal's first page counts, by what somebody does: numbers only, without any family's name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.capacity.selectors import capacity_report
from catalog.consultations.talk.selectors import unread_by_organisation
from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Shipment
from catalog.returns.enums import ReturnState
from catalog.returns.selectors import returns_at
from catalog.scheduling.selectors import conflicts_of
from catalog.waitlist.selectors import entries_of
from marketplace.core.templatetags.xinqiao import yuan
from payments.settlement.selectors import balance_of

from .dates import monday_of
from .rules import Portal
from .selectors import local_midnight, requests_of, sessions_of


@dataclass(frozen=True)
class Figure:
    """One card: what is counted, how much, a word beside it, and the page about it."""

    label: Any
    value: str
    note: str
    page: str


@dataclass(frozen=True)
class Task:
    """Something that waits for somebody here."""

    label: str
    count: int
    page: str
    icon: str


def figures_of(portal: Portal) -> list[Figure]:
    """Return the cards this person's work is about."""
    cards: list[tuple[bool, Callable[[Portal], Figure]]] = [
        (portal.may_see_care, _booked),
        (portal.sees_everybodys_care, _waiting),
        (portal.may_manage_money, _to_settle),
    ]
    return [make(portal) for may, make in cards if may]


def tasks_of(portal: Portal) -> list[Task]:
    """Return what waits, most urgent first; what nobody waits for is left out."""
    tasks: list[Task] = []
    if portal.may_see_care:
        conflicts = len(conflicts_of(list(portal.providers())))
        tasks += [
            Task(_("付了款、等你们确认的预约"), requests_of(portal).count(), "clinics:requests", "question"),
            Task(_("家庭发来的新消息"), unread_by_organisation(portal.providers()), "clinics:talks", "chat"),
            Task(_("要改时间的预约"), conflicts, "clinics:conflicts", "warning"),
        ]
    if portal.may_manage_orders:
        parcels = Shipment.objects.filter(partner=portal.partner, status=ShipmentStatus.WAITING).count()
        returns = returns_at(portal.partner).filter(state__in=(ReturnState.ASKED, ReturnState.SENT_BACK)).count()
        tasks += [
            Task(_("等发货的包裹"), parcels, "clinics:shipments", "parcel"),
            Task(_("等答复的退货"), returns, "clinics:returns", "swap"),
        ]
    return [task for task in tasks if task.count]


def _booked(portal: Portal) -> Figure:
    monday = monday_of(timezone.localdate())
    sessions = sessions_of(portal).filter(
        starts_at__gte=local_midnight(monday), starts_at__lt=local_midnight(monday + timedelta(days=7))
    )
    taken = sum(bool(session.places) for session in sessions)  # type: ignore[attr-defined]  # a Prefetch's to_attr
    return Figure(_("本周已约"), _("{count} 场").format(count=taken), _fill(portal), "clinics:week")


def _fill(portal: Portal) -> str:
    """How full the week is, beside the one before it."""
    if not portal.sees_everybodys_care:
        return ""
    weeks = capacity_report([portal.partner], monday=monday_of(timezone.localdate())).weeks
    now, before = weeks[-1].fill.percent, weeks[-2].fill.percent
    if now is None:
        return _("这一周没有开放时间")
    if before is None:
        return _("满约率 {now} %").format(now=now)
    return _("满约率 {now} %，比上周 {change:+d}").format(now=now, change=now - before)


def _waiting(portal: Portal) -> Figure:
    rows = entries_of(list(portal.providers()))
    families = {row.entry.pk: row.entry for row in rows}
    longest = max(((timezone.now() - entry.joined_at).days for entry in families.values()), default=0)
    note = _("最久 {days} 天").format(days=longest) if families else _("没有人在等")
    return Figure(_("等候中的家庭"), str(len(families)), note, "clinics:waiting")


def _to_settle(portal: Portal) -> Figure:
    balance = balance_of(portal.partner.public_id)
    note = _("其中现在可付 {sum}").format(sum=yuan(balance.payable_fen, "2"))
    return Figure(_("待结算"), yuan(balance.owed_fen, "2"), note, "clinics:money")
