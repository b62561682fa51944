"""What is held about people who got or passed something on."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.voucher.models import Voucher

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes

from .models import Arrival, Reward, ShareLink


def _rewards(subject: Subject) -> "QuerySet[Reward]":
    return Reward.objects.filter(person=subject.user).select_related("voucher").order_by("given_at", "pk")


def _row(reward: Reward) -> dict[str, Any]:
    return {
        "kind": reward.get_kind_display(),
        "code": reward.voucher.code,
        "given_at": reward.given_at,
        "until": reward.voucher.end_datetime,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    columns = {"kind": _("为什么送"), "code": _("优惠码"), "given_at": _("时间"), "until": _("有效到")}
    links = [
        {"code": link.code, "created_at": link.created_at} for link in ShareLink.objects.filter(owner=subject.user)
    ]
    return [
        Section("rewards", _("收到的优惠券"), columns, [_row(reward) for reward in _rewards(subject)]),
        Section("share_links", _("分享的链接"), {"code": _("链接"), "created_at": _("时间")}, links),
    ]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    arrivals = Arrival.objects.filter(Q(newcomer=subject.user) | Q(link__owner=subject.user))
    return [
        goes(_("收到的优惠券"), _rewards(subject)),
        goes(_("由链接来到这里的记录"), arrivals),
        goes(_("分享的链接"), ShareLink.objects.filter(owner=subject.user)),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    """A code without its person would be everybody's: it ends first."""
    vouchers = Voucher.objects.filter(reward__person=subject.user)
    if subject.user is not None:
        vouchers.filter(end_datetime__gt=timezone.now()).update(end_datetime=timezone.now())
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for rewards and shared links."""
    register(
        SubjectData(
            key="vouchers",
            title=_("优惠券和分享"),
            covers=frozenset({"vouchers.Reward", "vouchers.ShareLink", "vouchers.Arrival"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
